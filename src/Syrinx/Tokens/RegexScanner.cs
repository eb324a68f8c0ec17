using System.Globalization;
using System.Text.RegularExpressions;

namespace Syrinx.Tokens;

/// <summary>
/// Cuts by any regular expression, as Hugging Face's <c>Split</c> with behaviour <c>Isolated</c>: every match is a piece, and so
/// is what lies between two matches. Slow; the patterns of well-known tokenizers have scanners of their own.
/// </summary>
internal sealed class RegexScanner : PieceScanner
{
    // A character of each general category, to stand for those beyond U+FFFF: .NET's regex sees these as two surrogates,
    // which are neither letters nor digits, where Hugging Face's sees one character.
    private static readonly char[] StandIns = new char[30];

    private readonly Regex _pattern;

    static RegexScanner()
    {
        Array.Fill(StandIns, '\u00A9');
        const string OneOfEach = "\u00C0\u00E0\u01C5\u02B0\u4E2D\u0300\u0903\u0488\u0660\u2160\u00BC\u203F"
            + "\u2010\u2045\u2046\u00AB\u00BB\u00A1\u00AC\u00A2\u00A8\u00A9\u00AD\uE000\u0378";
        foreach (char c in OneOfEach)
            StandIns[(int)char.GetUnicodeCategory(c)] = c;
    }

    /// <exception cref="ArgumentException">The pattern is not a regular expression that .NET knows.</exception>
    public RegexScanner(string pattern) => _pattern = new Regex(pattern, RegexOptions.CultureInvariant);

    public override void Split(ReadOnlySpan<char> text, int offset, List<int> ends)
    {
        if (!text.ContainsAnyInRange('\uD800', '\uDFFF'))
        {
            SplitPlain(text, offset, ends);
            return;
        }
        // one stand-in a character; afterwards the ends are moved back by the second surrogates before them
        var plain = new char[text.Length];
        int length = 0;
        for (int i = 0; i < text.Length; i++)
        {
            plain[length++] = char.IsHighSurrogate(text[i])
                ? StandIns[(int)CharUnicodeInfo.GetUnicodeCategory(char.ConvertToUtf32(text[i], text[++i]))]
                : text[i];
        }
        int first = ends.Count;
        SplitPlain(plain.AsSpan(0, length), 0, ends);
        int at = 0, moved = 0;
        for (int e = first; e < ends.Count; e++)
        {
            for (; at < ends[e]; at++)
            {
                if (char.IsHighSurrogate(text[at + moved]))
                    moved++;
            }
            ends[e] += moved + offset;
        }
    }

    private void SplitPlain(ReadOnlySpan<char> text, int offset, List<int> ends)
    {
        int end = 0;
        foreach (var match in _pattern.EnumerateMatches(text))
        {
            if (match.Length == 0)
                continue;
            if (match.Index > end)
                ends.Add(offset + match.Index);
            end = match.Index + match.Length;
            ends.Add(offset + end);
        }
        if (end < text.Length)
            ends.Add(offset + text.Length);
    }
}
