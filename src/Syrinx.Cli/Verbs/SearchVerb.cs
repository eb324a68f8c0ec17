using System.CommandLine;
using System.Globalization;
using System.Text;
using Syrinx.Cli.Terminal;
using Syrinx.Search;

namespace Syrinx.Cli.Verbs;

/// <summary><c>syrinx search QUERY</c>: finds posts; the query language is the web app's.</summary>
internal static class SearchVerb
{
    private static readonly Argument<string[]> Query = new("query")
    {
        Description = "Words and operators: \"a phrase\", -not, this OR that, #tag, @user, from:, to:, since:, until:, lang:, "
            + "board:, title:, url:, min_faves:, score:, filter:replies, -filter:links; in single quotes, for the shell",
        HelpName = "QUERY",
        Arity = ArgumentArity.OneOrMore,
    };

    private static readonly Option<int> Limit = new("--limit")
    {
        Description = "Hits to show",
        DefaultValueFactory = _ => 10,
        HelpName = "N",
    };

    private static readonly Option<bool> Threads = new("--collapse") { Description = "Each conversation once, by its best post" };

    private static readonly Option<string> Mode = ModeOption();

    public static Command Create()
    {
        Limit.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && int.TryParse(result.Tokens[0].Value, out int n) && n is < 1 or > SearchQuery.MaxLimit)
                result.AddError($"--limit must be 1 to {SearchQuery.MaxLimit}.");
        });
        var command = new Command("search",
            "Finds posts.\n\nExample: syrinx search '牛肉麵 OR \"beef noodles\" since:2024-01-01 -filter:links' --limit 5")
        {
            Query, Limit, Threads, Mode,
        };
        command.Runs((parse, context) =>
        {
            CheckMode(parse.GetValue(Mode)!);
            using var index = SearchIndex.Open(context.Home.Index);
            var results = index.Search(new()
            {
                Text = string.Join(' ', parse.GetValue(Query)!),
                Limit = parse.GetValue(Limit),
                CollapseThreads = parse.GetValue(Threads),
            }, context.Cancel);
            return new VerbResult(
                new Report([.. results.Hits.Select(Hit.Of)], results.Total, results.TookMs, results.Understood, results.Relaxed),
                Describe(results, colour: !Console.IsOutputRedirected));
        });
        return command;
    }

    /// <summary><c>--mode</c>, of which <c>bm25</c> is the one there is.</summary>
    public static Option<string> ModeOption() => new("--mode")
    {
        Description = "How to rank: bm25",
        DefaultValueFactory = _ => "bm25",
        HelpName = "MODE",
    };

    /// <summary>Refuses modes that there are not.</summary>
    public static void CheckMode(string mode)
    {
        if (mode != "bm25")
            throw new InputException($"--mode {mode}: this version ranks by words only; use --mode bm25.");
    }

    private static string? Count(long? number, string one, string many) => number is { } n ? $" {n} {(n == 1 ? one : many)}" : null;

    private static string Describe(SearchResults results, bool colour)
    {
        var text = new StringBuilder();
        foreach (var hit in results.Hits)
        {
            string when = hit.CreatedAt?.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) ?? "no date";
            string?[] line =
            [
                hit.AuthorName ?? hit.Author ?? "?", hit.Author is null ? null : "@" + hit.Author, "· " + when,
                hit.Community is null ? null : "· " + hit.Community, Count(hit.Likes, "like", "likes"),
                Count(hit.Reposts, "repost", "reposts"), Count(hit.Replies, "reply", "replies"),
            ];
            text.AppendLine(Clean(string.Join(' ', line.Where(part => part is not null))));
            if (hit.Title is not null)
                text.Append("  ").AppendLine(Marked(hit.Title, hit.TitleHighlights, colour));
            var excerpt = Excerpt.Of(hit, 240);
            text.Append("  ").AppendLine(Marked(excerpt.Text, excerpt.Highlights, colour));
            text.Append("  ").AppendLine(Clean(hit.Url ?? hit.Id)).AppendLine();
        }
        string relaxed = results.Relaxed ? " (no post has all the words; these have most of them)" : "";
        text.Append(CultureInfo.InvariantCulture,
            $"{results.Total:N0} posts for {Clean(results.Understood)}{relaxed}, {results.TookMs:0.0} ms");
        return text.ToString();
    }

    /// <summary>Text on one line with the query's words in bold; control characters of posts never reach the terminal.</summary>
    private static string Marked(string text, IReadOnlyList<TextRange> highlights, bool colour)
    {
        if (!colour)
            return Clean(text);
        var marked = new StringBuilder();
        int at = 0;
        foreach (var (start, length) in highlights)
        {
            string word = Clean(text.Substring(start, length));
            marked.Append(Clean(text[at..start])).Append("\x1b[1;33m").Append(word).Append("\x1b[0m");
            at = start + length;
        }
        return marked.Append(Clean(text[at..])).ToString();
    }

    private static string Clean(string text) => string.Create(text.Length, text, static (clean, source) =>
    {
        for (int i = 0; i < source.Length; i++)
            clean[i] = IsShown(source[i]) ? source[i] : ' ';
    });

    /// <summary>Neither a control character nor one that turns the direction of writing.</summary>
    private static bool IsShown(char c) => !char.IsControl(c)
        && c is not ('\u2028' or '\u2029' or >= '\u202A' and <= '\u202E' or >= '\u2066' and <= '\u2069');

    private sealed record Report(IReadOnlyList<Hit> Hits, int Total, double TookMs, string Understood, bool Relaxed);

    private sealed record Hit(
        string Id, double Score, string? Author, DateTime? CreatedAt, string Text, string? AuthorName, string? Title,
        string? Community,
        string Kind, string? Lang, long? Likes, long? Reposts, long? Replies, string? Url)
    {
        public static Hit Of(SearchHit h) => new(h.Id, h.Score, h.Author, h.CreatedAt, h.Text, h.AuthorName, h.Title, h.Community,
            h.Kind, h.Language, h.Likes, h.Reposts, h.Replies, h.Url);
    }
}
