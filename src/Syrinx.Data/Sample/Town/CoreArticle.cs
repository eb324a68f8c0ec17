using System.Globalization;

namespace Syrinx.Data.Sample.Town;

/// <summary>A push of a hand-written article.</summary>
/// <param name="Tag">推, 噓 or →; ※ for lines that the article's author put between the pushes.</param>
/// <param name="UserId">Who pushed.</param>
/// <param name="Text">What they said; lines separated by newlines in an author's insert.</param>
internal sealed record CorePush(char Tag, string UserId, string Text);

/// <summary>
/// A hand-written article of <c>boards/BOARD.txt</c>. Articles begin with a line of this form, Taipei time:
/// <code>
/// === 2026-01-14 12:20 userid (nickname)
/// [食記] the title
/// the body, with empty lines between paragraphs
/// 推 userid: a push; 噓 and → too
/// ※ a line that the author inserted between pushes
/// </code>
/// </summary>
internal sealed record CoreArticle(
    string Board, DateTime TaipeiTime, string UserId, string Nickname, string Title, string Body, IReadOnlyList<CorePush> Pushes)
{
    public static IReadOnlyList<CoreArticle> All { get; } = [.. TownFiles.In("boards").SelectMany(Parse)];

    private static IEnumerable<CoreArticle> Parse(string file)
    {
        string board = Path.GetFileNameWithoutExtension(file);
        string[] lines = TownFiles.Lines(file);
        int start = Array.FindIndex(lines, IsHead);
        while (start >= 0 && start < lines.Length)
        {
            int end = Array.FindIndex(lines, start + 1, IsHead);
            if (end < 0)
                end = lines.Length;
            yield return Article(board, lines[start..end]);
            start = end;
        }
    }

    private static bool IsHead(string line) => line.StartsWith("=== ", StringComparison.Ordinal);

    private static CoreArticle Article(string board, string[] lines)
    {
        string[] head = lines[0].Split(' ', 5);
        var time = DateTime.ParseExact($"{head[1]} {head[2]}", "yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
        var pushes = new List<CorePush>();
        var body = new List<string>();
        foreach (string line in lines.Skip(2))
        {
            if (line.Length > 2 && line[1] == ' ' && line[0] is '推' or '噓' or '→')
            {
                int colon = line.IndexOf(": ", StringComparison.Ordinal);
                pushes.Add(new(line[0], line[2..colon], line[(colon + 2)..]));
            }
            else if (line.StartsWith("※ ", StringComparison.Ordinal))
            {
                pushes.Add(new('※', head[3], line[2..]));
            }
            else if (pushes.Count == 0)
            {
                body.Add(line);
            }
        }
        return new(board, time, head[3], head[4].Trim('(', ')'), lines[1], string.Join('\n', body).Trim('\n'), pushes);
    }
}
