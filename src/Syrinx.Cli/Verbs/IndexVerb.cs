using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Syrinx.Cli.Terminal;
using Syrinx.Search;

namespace Syrinx.Cli.Verbs;

/// <summary>
/// <c>syrinx index</c>: the posts of the home folder into its search index; the old one serves until the new one is whole.
/// </summary>
internal static class IndexVerb
{
    public static Command Create()
    {
        var command = new Command("index",
            "Builds the search index over the posts, anew and in one step, with the labels of 'syrinx curate' if any.\n\n"
            + "Example: syrinx index --home home");
        command.Runs((_, context) =>
        {
            long started = Stopwatch.GetTimestamp();
            int posts = HomeIndex.Build(context.Home, context.Progress, context.Cancel);
            double seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
            long bytes = Directory.EnumerateFiles(context.Home.Index, "*", SearchOption.AllDirectories)
                .Sum(f => new FileInfo(f).Length);
            string summary = string.Create(CultureInfo.InvariantCulture,
                $"{posts:N0} posts indexed in {seconds:0.0} s, {bytes / 1e6:0.0} MB in {context.Home.Index}.")
                + " Try: syrinx search …";
            return new VerbResult(new Report(posts, seconds, bytes), summary);
        });
        return command;
    }

    private sealed record Report(int Posts, double Seconds, long Bytes);
}
