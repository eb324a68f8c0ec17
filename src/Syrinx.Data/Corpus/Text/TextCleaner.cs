using System.Text;
using System.Text.RegularExpressions;
using Syrinx.Data.Corpus.Privacy;

namespace Syrinx.Data.Corpus.Text;

/// <summary>
/// What a reader of the conversation would not miss is taken out of a post's text: handles at the start of a reply, PTT's
/// headers, quotations and signatures, app signatures, invisible characters, runs of blank lines. Thread-safe.
/// </summary>
internal static partial class TextCleaner
{
    /// <summary>The post's own words, on lines without outer blanks, at most one blank line in a row.</summary>
    public static string Clean(string text, string platform)
    {
        text = Visible(text);
        text = WithoutLeadingHandles(text);
        if (text.Contains("](", StringComparison.Ordinal))
            text = MarkdownLink().Replace(text, "$1");
        bool bbs = platform == "ptt";
        if (bbs)
            text = CutSignature(text);
        if (!text.Contains('\n'))
            return IsAppSignature(text) ? "" : OneBlank(text).Trim();

        var cleaned = new StringBuilder(text.Length);
        bool blank = true;
        foreach (var range in text.AsSpan().Split('\n'))
        {
            var line = text.AsSpan(range).Trim();
            if (bbs && (line.StartsWith("※") || line.StartsWith(": ") || line is ":" || line.StartsWith("> "))
                || IsAppSignature(line) || line.StartsWith('※') && BbsFooter().IsMatch(line))
                continue;
            if (line.Length > 0 && line[0] is '推' or '噓' or '→' && PushLine().Match(line.ToString()) is { Success: true } push)
                line = push.Result("$1 $2");
            if (line.IsEmpty && blank)
                continue;
            blank = line.IsEmpty;
            cleaned.Append(line).Append('\n');
        }
        return OneBlank(cleaned.ToString()).Trim();
    }

    /// <summary>Handles at the very start go; nearly every text is seen to have none at its first letter.</summary>
    internal static string WithoutLeadingHandles(string text)
    {
        var start = text.AsSpan().TrimStart();
        return start.Length > 0 && start[0] == '@' ? Links.LeadingHandles().Replace(text, "") : text;
    }

    private static string OneBlank(string text) =>
        text.Contains("  ", StringComparison.Ordinal) || text.AsSpan().IndexOfAny('\u00A0', '\u3000') >= 0
            ? Blanks().Replace(text, " ") : text;

    // The pattern has no room for longer lines, but for blanks and dashes in front.
    private static bool IsAppSignature(ReadOnlySpan<char> line) =>
        line.Length < 100 && (line.Contains(" from", StringComparison.OrdinalIgnoreCase) || line.Contains(" via", StringComparison.OrdinalIgnoreCase))
        && AppSignature().IsMatch(line);

    // PTT allows six lines of signature after a line "--"; a "--" further up is the author's own.
    private static string CutSignature(string text)
    {
        int at = text.LastIndexOf("\n--\n", StringComparison.Ordinal);
        if (at < 0 && text.EndsWith("\n--", StringComparison.Ordinal))
            at = text.Length - 3;
        return at >= 0 && text.AsSpan(at + 3).Count('\n') <= 7 ? text[..at] : text;
    }

    private static string Visible(string text)
    {
        foreach (char c in text)
        {
            if (Suspect[c])
                return Rewrite(text);
        }
        return text;
    }

    private static readonly bool[] Suspect =
        [.. Enumerable.Range(0, char.MaxValue + 1).Select(c => IsInvisible((char)c) || char.IsSurrogate((char)c))];

    private static string Rewrite(string text)
    {
        var kept = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes()) // a lone surrogate comes as U+FFFD
        {
            if (rune.Value == '\r')
                continue;
            if (rune.Value == '\t')
                kept.Append(' ');
            else if (!rune.IsBmp || !IsInvisible((char)rune.Value))
                kept.Append(rune);
        }
        return kept.ToString();
    }

    // Controls, soft hyphen, zero width space, directional marks, byte order mark. The joiner U+200D stays: it makes emoji.
    private static bool IsInvisible(char c) =>
        c < ' ' && c != '\n' || c is >= '\u007F' and <= '\u009F' or '\u00AD' or '\u200B' or '\u200E' or '\u200F'
            or >= '\u202A' and <= '\u202E' or '\u2060' or >= '\u2066' and <= '\u2069' or '\uFEFF' or '\uFFFC';

    /// <summary>A push that an export left inside the article: who wrote it, from where and when is not for reading.</summary>
    [GeneratedRegex(@"^(推|噓|→) +[A-Za-z][A-Za-z0-9]{1,11} *[:：] ?(.*?) *(?:[0-9]{1,3}(?:\.[0-9]{1,3}){3})? *(?:[0-9]{2}/[0-9]{2}(?: [0-9]{2}:[0-9]{2})?)?$", RegexOptions.CultureInvariant)]
    private static partial Regex PushLine();

    [GeneratedRegex(@"^※ ?(?:發信站|文章網址|編輯|引述|轉錄者|Origin)", RegexOptions.CultureInvariant)]
    private static partial Regex BbsFooter();

    [GeneratedRegex(@"[ \u00A0\u3000]+", RegexOptions.CultureInvariant)]
    private static partial Regex Blanks();

    [GeneratedRegex(@"^\s*-*\s*(?:Sent from|Posted from|Sent via)\s\S.{0,40}$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex AppSignature();

    [GeneratedRegex(@"\[([^\[\]\n]{1,300})\]\((?:https?://|/)[^\s()]{1,2000}\)", RegexOptions.CultureInvariant)]
    private static partial Regex MarkdownLink();
}
