using System.Runtime.CompilerServices;
using Syrinx.Data.Corpus.Language;

namespace Syrinx.Data.Corpus.Classifiers;

/// <summary>
/// What a text classifier sees of a text: hashed words, pairs of words, runs of three to five letters inside a word with its
/// borders, Chinese characters and their pairs, marks and emoji. Case, width and Traditional characters are folded, so that 幹你娘
/// and 干你娘 are one. Links, handles and numbers count as one mark each, and once, whatever they say: the length of a number told British
/// text-message spam from everything else, and took every telephone number for spam. Not thread-safe: one a thread.
/// </summary>
internal sealed class TextFeatures
{
    /// <summary>Number of buckets that features are hashed to: 2^16. Twice as many gave a thousandth more AUC at most.</summary>
    public const int Buckets = 1 << 16;

    private const int LongestWord = 40;
    private const int ShortestRun = 3;
    private const int LongestRun = 5;
    // "2nite" is a word, "150ppm" and "A123456789" are numbers.
    private const int DigitsInWord = 2;
    private const uint LinkHash = 0x1234567, HandleHash = 0x7654321, NumberHash = 0x3456712;

    // Kinds of characters.
    private const byte Blank = 0, Mark = 1, Letter = 2, Han = 3;

    private static readonly byte[] Kinds = BuildKinds();
    private static readonly char[] Folded = BuildFolded();

    private int[] _buckets = new int[1024];
    private int _count;
    private bool _link, _handle, _number;
    private UInt128 _marks, _doubled;

    [ThreadStatic]
    private static TextFeatures? _ofThread;

    /// <summary>This thread's own.</summary>
    public static TextFeatures OfThread => _ofThread ??= new TextFeatures();

    /// <summary>The buckets of a text, in reading order, repeats included; valid until the next call.</summary>
    public ReadOnlySpan<int> Of(ReadOnlySpan<char> text)
    {
        _count = 0;
        _link = _handle = _number = false;
        _marks = _doubled = 0;
        uint previous = 0;
        Span<char> word = stackalloc char[LongestWord + 2];
        word[0] = '<';
        for (int i = 0; i < text.Length;)
        {
            EnsureRoom();
            char c = text[i];
            switch (Kinds[c])
            {
                case Blank:
                    i++;
                    break;
                case Letter when c is 'h' or 'H' && LinkLength(text[i..]) is > 0 and int link:
                    Once(ref _link, LinkHash);
                    previous = LinkHash;
                    i += link;
                    break;
                case Letter:
                    i = Word(text, i, word, ref previous);
                    break;
                case Han:
                    Chinese(text, i);
                    previous = 0;
                    i++;
                    break;
                case Mark when c == '@' && i + 1 < text.Length && char.IsAsciiLetterOrDigit(text[i + 1]):
                    i++;
                    while (i < text.Length && (char.IsAsciiLetterOrDigit(text[i]) || text[i] == '_'))
                        i++;
                    Once(ref _handle, HandleHash);
                    previous = HandleHash;
                    break;
                case Mark when c == '&' && EntityLength(text[i..]) is > 0 and int entity:
                    i += entity;
                    break;
                default:
                    i += MarkAt(text, i);
                    break;
            }
        }
        return _buckets.AsSpan(0, _count);
    }

    private int Word(ReadOnlySpan<char> text, int at, Span<char> word, ref uint previous)
    {
        int length = 1, digits = 0;
        uint whole = 0;
        for (; at < text.Length && Kinds[text[at]] == Letter; at++)
        {
            if (length > LongestWord)
                continue;
            char c = Folded[text[at]];
            word[length++] = c;
            digits += c == '0' ? 1 : 0;
            whole = (whole ^ c) * 0x01000193u + (whole >> 13);
        }
        if (digits > DigitsInWord || digits == length - 1)
        {
            Once(ref _number, NumberHash);
            previous = NumberHash;
            return at;
        }
        word[length++] = '>';
        Add(Mixed(whole + 1));
        if (previous != 0)
            Add(Mixed(previous * 31 + whole));
        previous = Mixed(whole) | 1;
        for (int start = 0; start + ShortestRun <= length; start++)
        {
            uint hash = ((uint)word[start] << 16 ^ word[start + 1]) * 0x85EBCA6Bu;
            int end = Math.Min(length, start + LongestRun);
            for (int i = start + 2; i < end; i++)
            {
                hash = (hash ^ hash >> 15 ^ word[i]) * 0xC2B2AE35u;
                Add(hash ^ hash >> 16);
            }
        }
        EnsureRoom();
        return at;
    }

    private void Chinese(ReadOnlySpan<char> text, int at)
    {
        uint hash = Folded[text[at]] * 0x9E3779B1u;
        Add(hash ^ hash >> 15);
        if (at + 1 < text.Length && Kinds[text[at + 1]] == Han)
            Add(Mixed(hash + Folded[text[at + 1]]));
    }

    // A mark, and that it is repeated, both once where they are ASCII; an emoji is two units and one mark.
    private int MarkAt(ReadOnlySpan<char> text, int at)
    {
        char c = Folded[text[at]];
        bool pair = char.IsHighSurrogate(c) && at + 1 < text.Length;
        bool doubled = at > 0 && text[at - 1] == text[at];
        if (IsNew(ref _marks, c))
            Add(Mixed(pair ? (uint)c << 16 | text[at + 1] : c + 0x40000000u));
        if (doubled && IsNew(ref _doubled, c))
            Add(Mixed(c + 0x50000000u));
        return pair ? 2 : 1;
    }

    private static bool IsNew(ref UInt128 seen, char c)
    {
        if (c >= 128)
            return true;
        var bit = UInt128.One << c;
        bool isNew = (seen & bit) == 0;
        seen |= bit;
        return isNew;
    }

    private static int LinkLength(ReadOnlySpan<char> text)
    {
        if (text.Length < 8 || !text.StartsWith("http", StringComparison.OrdinalIgnoreCase))
            return 0;
        if (!text[4..].StartsWith("://") && !text[4..].StartsWith("s://", StringComparison.OrdinalIgnoreCase))
            return 0;
        int end = 0;
        while (end < text.Length && !char.IsWhiteSpace(text[end]) && text[end] < '\u2E80')
            end++;
        return end;
    }

    // "&amp;", "&#128514;": what a web page left in the text.
    private static int EntityLength(ReadOnlySpan<char> text)
    {
        int end = text[..Math.Min(text.Length, 10)].IndexOf(';');
        if (end < 3)
            return 0;
        foreach (char c in text[1..end])
        {
            if (!char.IsAsciiLetterOrDigit(c) && c != '#')
                return 0;
        }
        return end + 1;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Add(uint hash) => _buckets[_count++] = (int)(hash & (Buckets - 1));

    // A table of prices is not spam for having thirty numbers.
    private void Once(ref bool seen, uint hash)
    {
        if (!seen)
            Add(hash);
        seen = true;
    }

    private static uint Mixed(uint hash)
    {
        hash = (hash ^ hash >> 15) * 0x2C1B3C6Du;
        hash = (hash ^ hash >> 12) * 0x297A2D39u;
        return hash ^ hash >> 15;
    }

    // The longest word makes fewer than 4 · 42 features.
    private void EnsureRoom()
    {
        if (_buckets.Length - _count < 4 * (LongestWord + 2))
            Array.Resize(ref _buckets, _buckets.Length * 2);
    }

    private static byte[] BuildKinds()
    {
        var kinds = new byte[char.MaxValue + 1];
        for (int c = 0; c < kinds.Length; c++)
        {
            kinds[c] = (char)c switch
            {
                '\'' or '’' => Letter,
                >= '\uFF10' and <= '\uFF5A' when char.IsLetterOrDigit((char)c) => Letter,
                >= '\u2E80' when char.IsLetter((char)c) => Han,
                _ when char.IsLetterOrDigit((char)c)
                    || char.GetUnicodeCategory((char)c) is System.Globalization.UnicodeCategory.NonSpacingMark
                        or System.Globalization.UnicodeCategory.SpacingCombiningMark => Letter,
                _ when char.IsWhiteSpace((char)c) || char.IsControl((char)c) => Blank,
                _ => Mark,
            };
        }
        return kinds;
    }

    private static char[] BuildFolded()
    {
        var folded = new char[char.MaxValue + 1];
        for (int i = 0; i < folded.Length; i++)
        {
            char c = (char)i;
            if (c is >= '\uFF01' and <= '\uFF5E')
                c = (char)(c - 0xFEE0);
            c = c == '’' ? '\'' : char.IsDigit(c) ? '0' : char.ToLowerInvariant(c);
            folded[i] = ChineseScript.ToSimplified(c);
        }
        return folded;
    }
}
