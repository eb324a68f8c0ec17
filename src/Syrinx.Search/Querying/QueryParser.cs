using System.Globalization;
using Syrinx.Search.Analysis;

namespace Syrinx.Search.Querying;

/// <summary>
/// Reads the query language (docs/search.md). Nothing is an error: an operator that makes no sense (<c>since:tomorrow</c>)
/// is searched for as the words that it is. Signs of Chinese keyboards (：「」＃＠－) serve as their ASCII twins. OR joins its two
/// neighbours and binds closer than the AND that a space means, as on X; parentheses are ignored.
/// </summary>
internal static class QueryParser
{
    /// <summary>UTF-16 units of a query that are read.</summary>
    public const int MaxLength = 1000;

    /// <summary>Pieces of a query that are used.</summary>
    public const int MaxPieces = 64;

    private static readonly string[] KnownFilters = ["replies", "links"];

    public static ParsedQuery Parse(string text)
    {
        bool shortened = text.Length > MaxLength;
        var rest = shortened ? text.AsSpan(0, MaxLength) : text.AsSpan();
        List<List<QueryNode>> groups = [];
        bool joinNext = false;
        int pieces = 0;
        while (Next(ref rest, out var node, out bool isOr))
        {
            if (isOr)
            {
                joinNext = groups.Count > 0;
                continue;
            }
            if (++pieces > MaxPieces)
            {
                shortened = true;
                break;
            }
            if (joinNext)
                groups[^1].Add(node);
            else
                groups.Add([node]);
            joinNext = false;
        }
        return new(groups, shortened);
    }

    /// <summary>Cuts one piece from the front of the text; false at its end.</summary>
    private static bool Next(ref ReadOnlySpan<char> text, out QueryNode node, out bool isOr)
    {
        node = null!;
        isOr = false;
        while (true)
        {
            int i = 0;
            while (i < text.Length && (char.IsWhiteSpace(text[i]) || char.IsControl(text[i])
                || text[i] is '(' or ')' or '（' or '）'))
                i++;
            text = text[i..];
            if (text.IsEmpty)
                return false;
            bool negated = text.Length > 1 && text[0] is '-' or '－' && !char.IsWhiteSpace(text[1]);
            if (negated)
                text = text[1..];
            if (TakeQuoted(ref text, out string quoted))
            {
                if (quoted.Length == 0)
                    continue;
                node = new(Operator.Phrase, quoted, negated);
                return true;
            }
            if (TakeOperator(ref text, negated, out node))
                return true;
            int end = WordEnd(text);
            string word = text[..end].ToString();
            text = text[end..];
            isOr = word is "OR" && !negated;
            if (isOr)
                return true;
            if (word is "AND" && !negated)
                continue;
            if (Unit(word, negated) is { } unit)
            {
                node = unit;
                return true;
            }
            // signs alone ask for nothing
            if (TextTokenizer.Tokenize(word).Count == 0)
                continue;
            node = new(Operator.Words, word, negated);
            return true;
        }
    }

    /// <summary>Whether a value can be typed as it is, without quotes.</summary>
    public static bool IsBare(string value) => value.Length > 0 && Closing(value[0]) == 0
        && value[0] is not ('(' or ')' or '（' or '）')
        && !char.IsWhiteSpace(value[0]) && WordEnd(value) == value.Length;

    private static int WordEnd(ReadOnlySpan<char> text)
    {
        int i = 0;
        // at least one character, whatever it is, so that every step makes progress
        while (i < text.Length && (i == 0 || !char.IsWhiteSpace(text[i]) && Closing(text[i]) == 0
            && text[i] is not ('(' or ')' or '（' or '）')))
            i++;
        return i;
    }

    private static char Closing(char opening) => opening switch
    {
        '"' or '＂' => '"',
        '“' => '”',
        '「' => '」',
        '『' => '』',
        _ => '\0',
    };

    /// <summary>Takes a quoted phrase; a quote that is never closed counts as a space.</summary>
    private static bool TakeQuoted(ref ReadOnlySpan<char> text, out string quoted)
    {
        quoted = "";
        char closing = text.IsEmpty ? '\0' : Closing(text[0]);
        if (closing == 0)
            return false;
        int end = text[1..].IndexOf(closing);
        if (end < 0 && closing == '"')
            end = text[1..].IndexOf('＂');
        if (end < 0)
        {
            text = text[1..];
            return true;
        }
        var inside = text.Slice(1, end);
        text = text[(end + 2)..];
        if (TextTokenizer.Tokenize(inside).Count > 0)
            quoted = inside.ToString().Replace('"', ' ').Replace('＂', ' ').Trim();
        return true;
    }

    /// <summary>Takes <c>name:value</c> or <c>name:"value"</c> if the name and the value make sense.</summary>
    private static bool TakeOperator(ref ReadOnlySpan<char> text, bool negated, out QueryNode node)
    {
        node = null!;
        int colon = text.IndexOfAny(':', '：');
        if (colon is < 1 or > 14 || colon + 1 >= text.Length)
            return false;
        if (OperatorNamed(text[..colon]) is not { } name)
            return false;
        var rest = text[(colon + 1)..];
        string value;
        if (Closing(rest[0]) != 0)
        {
            if (!TakeQuoted(ref rest, out value))
                return false;
        }
        else
        {
            int end = char.IsWhiteSpace(rest[0]) || rest[0] is '(' or ')' or '（' or '）' ? 0 : WordEnd(rest);
            value = rest[..end].ToString();
            rest = rest[end..];
        }
        if (Checked(name, value, negated) is not { } checkedNode)
            return false;
        node = checkedNode;
        text = rest;
        return true;
    }

    private static Operator? OperatorNamed(ReadOnlySpan<char> name)
    {
        Span<char> folded = stackalloc char[name.Length];
        for (int i = 0; i < name.Length; i++)
            folded[i] = CharacterFolding.Fold(name[i]);
        return folded switch
        {
            "from" or "author" => Operator.From,
            "to" => Operator.To,
            "lang" => Operator.Language,
            "since" => Operator.Since,
            "until" => Operator.Until,
            "board" or "community" => Operator.Community,
            "title" => Operator.Title,
            "url" => Operator.Url,
            "min_faves" or "min_likes" => Operator.MinLikes,
            "min_retweets" or "min_reposts" => Operator.MinReposts,
            "min_replies" => Operator.MinReplies,
            "score" => Operator.Score,
            "filter" => Operator.Filter,
            _ => null,
        };
    }

    /// <summary>The piece, or null where the value makes no sense for the operator.</summary>
    private static QueryNode? Checked(Operator name, string value, bool negated)
    {
        switch (name)
        {
            case Operator.From or Operator.To:
                while (value.Length > 0 && (value[0] is '@' or '＠' || char.IsWhiteSpace(value[0])))
                    value = value[1..];
                break;
            case Operator.Since or Operator.Until:
                return DateTime.TryParseExact(value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _)
                    ? new(name, value, negated) : null;
            case Operator.MinLikes or Operator.MinReposts or Operator.MinReplies:
                return TryNumber(value, out long least) && least >= 0
                    ? new(name, least.ToString(CultureInfo.InvariantCulture), negated) : null;
            case Operator.Score:
                string comparison = value is ['>' or '<', '=', ..] ? value[..2]
                    : value.Length > 0 && value[0] is '>' or '<' or '=' ? value[..1] : "";
                return TryNumber(value.AsSpan(comparison.Length), out long score)
                    ? new(name, score.ToString(CultureInfo.InvariantCulture), negated, comparison.Length == 0 ? ">="
                        : comparison) : null;
            case Operator.Filter:
                return KnownFilters.Contains(value.ToLowerInvariant()) ? new(name, value.ToLowerInvariant(), negated) : null;
            case Operator.Title:
                return TextTokenizer.Tokenize(value).Count > 0 ? new(name, value, negated) : null;
        }
        return value.Length > 0 ? new(name, value, negated) : null;
    }

    private static bool TryNumber(ReadOnlySpan<char> text, out long number) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number);

    /// <summary><c>#tag</c>, <c>$CASH</c> and <c>@user</c>.</summary>
    private static QueryNode? Unit(string word, bool negated)
    {
        Operator? name = word[0] switch
        {
            '#' or '＃' => Operator.Tag,
            '$' or '＄' when word.Length > 1 && char.IsAsciiLetter(word[1]) => Operator.CashTag,
            '@' or '＠' => Operator.Mention,
            _ => null,
        };
        if (name is null)
            return null;
        int end = 1;
        while (end < word.Length && (char.IsLetterOrDigit(word[end]) || char.IsSurrogate(word[end]) || word[end] == '_'
            || char.GetUnicodeCategory(word[end]) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark))
            end++;
        // a sign in the middle: not one unit but words
        return end > 1 && word.AsSpan(end).IndexOfAnyExcept(".,!?;:。，！？、；：") < 0 ? new(name.Value, word[1..end], negated) : null;
    }
}
