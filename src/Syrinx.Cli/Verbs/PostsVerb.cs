using System.CommandLine;
using Syrinx.Cli.Terminal;
using Syrinx.Data.Posts;

namespace Syrinx.Cli.Verbs;

/// <summary><c>syrinx posts export</c>: the posts of the home folder as JSONL.</summary>
internal static class PostsVerb
{
    private static readonly Option<string> Out = new("--out")
    {
        Description = "The file to write",
        HelpName = "FILE.jsonl",
        Required = true,
    };

    private static readonly Option<bool> WithLabels = new("--with-labels")
    {
        Description = "Add to each post what 'syrinx curate' said of it",
    };

    public static Command Create()
    {
        var export = new Command(
            "export", "Writes every post as a line of JSON.\n\nExample: syrinx posts export --out posts.jsonl")
        {
            Out, WithLabels,
        };
        export.Runs((parse, context) =>
        {
            string file = parse.GetValue(Out)!;
            long posts = PostExport.Run(context.Home, file, parse.GetValue(WithLabels), context.Progress, context.Cancel);
            return new VerbResult(new Report(posts), $"{posts} posts in {file}");
        });
        return new Command("posts", "The posts of the home folder.") { export };
    }

    private sealed record Report(long Posts);
}
