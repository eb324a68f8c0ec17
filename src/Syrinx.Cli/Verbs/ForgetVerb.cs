using System.CommandLine;
using System.Globalization;
using Syrinx.Cli.Forgetting;
using Syrinx.Cli.Terminal;

namespace Syrinx.Cli.Verbs;

/// <summary><c>syrinx forget</c>: an author is taken out of the home folder, for good.</summary>
internal static class ForgetVerb
{
    private static readonly Argument<string> Author = new("AUTHOR")
    {
        Description = "The author's id with its platform (x:12, ptt:name), or a handle that only one author has (@ann)",
    };

    public static Command Create()
    {
        var command = new Command("forget",
            "Adds an author to the opt-out list and takes them out of posts, corpus, tokens, index, quarantine and kept conversations; names the "
            + "models that had seen them, and writes a report of what is left (nothing). Exports outside the home folder are not touched.\n\n"
            + "Example: syrinx forget x:12")
        {
            Author,
        };
        command.Runs(async (parse, context) =>
        {
            var report = await new ForgetRun(context).Run(parse.GetValue(Author)!);
            return new VerbResult(report, Summary(report, context.Home));
        });
        return command;
    }

    private static string Summary(ForgetReport r, HomeFolder home)
    {
        static string N(long n) => n.ToString("N0", CultureInfo.InvariantCulture);
        List<string> lines =
        [
            $"Removed: {N(r.Posts)} posts; their words in {N(r.Documents)} documents, {N(r.Dialogues)} dialogues and {N(r.Preferences)} preferences; "
                + $"{N(r.Index)} entries of the index; {N(r.Conversations)} replies in conversations; {N(r.Quotes)} quotations.",
            r.ModelsThatSaw.Count == 0 ? "No model had seen them."
                : $"These models had seen them and have not forgotten: {string.Join(", ", r.ModelsThatSaw)}. Train anew and delete them.",
        ];
        if (r.ModelsUnknown.Count > 0)
            lines.Add($"Of these models nobody knows: {string.Join(", ", r.ModelsUnknown)}.");
        lines.Add($"Everything was read again: nothing is left. The proof is {Path.Combine(home.Path, r.Report!)}. A running server should be restarted.");
        return string.Join('\n', lines);
    }
}
