using System.Globalization;
using System.Text.RegularExpressions;

namespace Syrinx.Tokens;

/// <summary>
/// Cuts text into the pieces that merges never cross. The patterns are those of Hugging Face's <c>tokenizer.json</c>
/// (<c>Split</c> with behaviour <c>Isolated</c>): every match is a piece, and so is what lies between two matches.
/// Immutable and safe to share between threads.
/// </summary>
internal sealed partial class PreTokenizer
{
    /// <summary>
    /// Qwen2's pattern, which llama.cpp knows as <c>qwen2</c>: contractions; a word with the one sign before it; a single
    /// digit; signs with the line ends after them; line ends; spaces, of which the last belongs to the next word.
    /// </summary>
    public const string Qwen2Pattern =
        @"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+";

    /// <summary>GPT-2's pattern, which <c>ByteLevel</c> with <c>use_regex</c> stands for.</summary>
    public const string Gpt2Pattern = @"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+";

    // A character of each general category, to stand for those beyond U+FFFF: .NET's regex sees these as two surrogates,
    // which are neither letters nor digits, where Hugging Face's sees one character.
    private static readonly char[] StandIns = new char[30];

    private readonly Regex[] _patterns;

    static PreTokenizer()
    {
        Array.Fill(StandIns, '\u00A9');
        const string OneOfEach = "\u00C0\u00E0\u01C5\u02B0\u4E2D\u0300\u0903\u0488\u0660\u2160\u00BC\u203F"
            + "\u2010\u2045\u2046\u00AB\u00BB\u00A1\u00AC\u00A2\u00A8\u00A9\u00AD\uE000\u0378";
        foreach (char c in OneOfEach)
            StandIns[(int)char.GetUnicodeCategory(c)] = c;
    }

    /// <param name="patterns">The patterns, each applied to the pieces of the one before.</param>
    /// <exception cref="ArgumentException">A pattern is not a regular expression that .NET knows.</exception>
    public PreTokenizer(IReadOnlyList<string> patterns)
    {
        Patterns = patterns;
        _patterns = [.. patterns.Select(p => p == Qwen2Pattern ? Qwen2() : new Regex(p, RegexOptions.CultureInvariant))];
    }

    public static PreTokenizer ForQwen2 { get; } = new([Qwen2Pattern]);

    public IReadOnlyList<string> Patterns { get; }

    /// <summary>Where the pieces of <paramref name="text"/> end, in order; the last ends where the text does.</summary>
    /// <param name="text">Text without lone surrogates.</param>
    /// <param name="ends">Emptied first.</param>
    public void Split(ReadOnlySpan<char> text, List<int> ends)
    {
        ends.Clear();
        if (!text.ContainsAnyInRange('\uD800', '\uDFFF'))
        {
            SplitPlain(text, ends);
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
        SplitPlain(plain.AsSpan(0, length), ends);
        int at = 0, moved = 0;
        for (int e = 0; e < ends.Count; e++)
        {
            for (; at < ends[e]; at++)
            {
                if (char.IsHighSurrogate(text[at + moved]))
                    moved++;
            }
            ends[e] += moved;
        }
    }

    private void SplitPlain(ReadOnlySpan<char> text, List<int> ends)
    {
        Split(_patterns[0], text, 0, ends);
        for (int p = 1; p < _patterns.Length; p++)
        {
            var pieces = ends.ToArray();
            ends.Clear();
            int start = 0;
            foreach (int end in pieces)
            {
                Split(_patterns[p], text[start..end], start, ends);
                start = end;
            }
        }
    }

    private static void Split(Regex pattern, ReadOnlySpan<char> text, int offset, List<int> ends)
    {
        int end = 0;
        foreach (var match in pattern.EnumerateMatches(text))
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

    [GeneratedRegex(Qwen2Pattern, RegexOptions.CultureInvariant)]
    private static partial Regex Qwen2();
}
