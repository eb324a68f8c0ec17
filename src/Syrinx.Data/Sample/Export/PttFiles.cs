using System.Globalization;
using System.Text;
using Syrinx.Data.Sample.World;

namespace Syrinx.Data.Sample.Export;

/// <summary>
/// Writes the boards as the plain text that people copy out of a BBS: head, body, <c>--</c>, station and address lines, pushes.
/// Long pushes go on in a → line of the same user. Every 40th article has the run-together head of copies from the web.
/// </summary>
internal sealed class PttFiles(SampleWorld world, string folder)
{
    private static readonly CultureInfo Invariant = CultureInfo.InvariantCulture;
    private const int BodyColumns = 74;
    private const int PushColumns = 52;

    public IEnumerable<string> Write(CancellationToken cancel)
    {
        int number = 0;
        foreach (var article in world.Articles.OrderBy(a => a.CreatedAt).ThenBy(a => a.Name, StringComparer.Ordinal))
        {
            cancel.ThrowIfCancellationRequested();
            string board = Path.Combine(folder, article.Board);
            Directory.CreateDirectory(board);
            string path = Path.Combine(board, article.Name + ".txt");
            File.WriteAllText(path, number++ % 40 == 39 ? RunTogether(article) : Article(article));
            yield return path;
        }
    }

    private static string Article(SampleArticle article)
    {
        var text = new StringBuilder();
        string author = $" 作者  {article.Author.Handle} ({article.Author.Name})";
        text.Append(author).Append(' ', Math.Max(2, 60 - Columns(author))).Append(Invariant, $"看板  {article.Board}\n");
        text.Append(Invariant, $" 標題  {article.Title}\n 時間  {Time(article.CreatedAt)}\n").Append('─', 39).Append("\n\n");
        Body(text, article);
        foreach (var push in article.Pushes)
            Push(text, push, article, padded: true);
        return text.ToString();
    }

    private static string RunTogether(SampleArticle article)
    {
        var text = new StringBuilder();
        text.Append(Invariant, $"作者{article.Author.Handle} ({article.Author.Name})看板{article.Board}");
        text.Append(Invariant, $"標題{article.Title}時間{Time(article.CreatedAt)}\n\n");
        Body(text, article);
        foreach (var push in article.Pushes)
            Push(text, push, article, padded: false);
        return text.ToString();
    }

    private static void Body(StringBuilder text, SampleArticle article)
    {
        foreach (string line in article.Body.Split('\n'))
        {
            string before = line.StartsWith(": ", StringComparison.Ordinal) ? ": " : "";
            foreach (string piece in Wrap(line[before.Length..], BodyColumns - before.Length))
                text.Append(before).Append(piece).Append('\n');
        }
        text.Append(Invariant, $"\n--\n※ 發信站: 批踢踢實業坊(ptt.cc), 來自: {article.Ip} (臺灣)\n");
        text.Append(Invariant, $"※ 文章網址: https://www.ptt.cc/bbs/{article.Board}/{article.Name}.html\n");
    }

    private static void Push(StringBuilder text, SamplePush push, SampleArticle article, bool padded)
    {
        var at = push.CreatedAt.AddHours(8);
        if (push.Tag == '※')
        {
            text.Append(Invariant, $"\n{push.Text}\n\n※ 編輯: {article.Author.Handle} ({article.Ip} 臺灣), ");
            text.Append(at.ToString("MM'/'dd'/'yyyy HH:mm:ss", Invariant)).Append('\n');
            return;
        }
        char tag = push.Tag;
        foreach (string piece in Wrap(push.Text, PushColumns))
        {
            text.Append(tag).Append(' ').Append(push.Author.Handle.PadRight(12)).Append(": ").Append(piece);
            text.Append(' ', padded ? Math.Max(1, PushColumns + 1 - Columns(piece)) : 1);
            text.Append(at.ToString("MM'/'dd HH:mm", Invariant)).Append('\n');
            tag = '→';
        }
    }

    /// <summary>
    /// Lines of at most so many columns, broken behind punctuation or a space where there is one, and inside no word.
    /// </summary>
    internal static IEnumerable<string> Wrap(string text, int columns)
    {
        while (Columns(text) > columns)
        {
            int width = 0, at = 0, good = 0;
            while (at < text.Length && (width += text[at] < 0x1100 ? 1 : 2) <= columns)
            {
                if (text[at] is '，' or '。' or '！' or '？' or '、' or ' ' or '；')
                    good = at + 1;
                else if (text[at] >= 0x2E80 && good < at - 18)
                    good = at + 1;
                at++;
            }
            int end = good > 0 ? good : at;
            if (end < text.Length && text[end] is '，' or '。' or '！' or '？' or '、')
                end = Math.Max(1, end - 1);
            yield return text[..end].TrimEnd(' ');
            text = text[end..].TrimStart(' ');
        }
        yield return text;
    }

    private static int Columns(string text) => text.Sum(c => c < 0x1100 ? 1 : 2);

    private static string Time(DateTime utc)
    {
        var at = utc.AddHours(8);
        return string.Create(Invariant, $"{at:ddd MMM} {at.Day,2} {at:HH:mm:ss yyyy}");
    }
}
