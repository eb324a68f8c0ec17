using System.CommandLine;
using Syrinx.Cli.Terminal;
using Syrinx.Data.Sample;

namespace Syrinx.Cli.Verbs;

/// <summary><c>syrinx sample</c>: the sample platform as real export files.</summary>
internal static class SampleVerb
{
    public static Command Create()
    {
        var output = new Option<string>("--out")
        {
            Description = "A new or empty folder, or a former sample",
            HelpName = "DIR",
            Required = true,
        };
        var posts = new Option<int>("--posts")
        {
            Description = "Public posts to write",
            HelpName = "N",
            DefaultValueFactory = _ => 20_000,
        };
        var command = new Command(
            "sample",
            "Writes the sample platform: an invented town's posts as X archives, X API pages and PTT articles.\n\n"
            + "Example: syrinx sample --out sample --posts 20000")
        {
            output,
            posts,
        };
        command.Runs((parse, context) =>
        {
            string directory = parse.GetValue(output)!;
            var report = SamplePlatform.Write(directory, parse.GetValue(posts), context.Seed, context.Progress, context.Cancel);
            return new VerbResult(report,
                $"{report.Posts:#,0} posts by {report.Authors} authors in {report.Files} files under {directory} "
                + $"({report.Bytes / 1e6:0.0} MB, {report.Seconds:0.0} s). See README.txt there.");
        });
        return command;
    }
}
