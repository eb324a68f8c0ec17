using System.Numerics;

namespace Syrinx.Data.Corpus.Signals;

/// <summary>Measures <see cref="QualitySignals"/> in one pass over the characters and one per n-gram order over the words. Keeps its
/// buffers; one a thread.</summary>
internal sealed class QualityMeter
{
    // Characters of segmented Chinese a word.
    private const double CharactersPerWord = 1.6;
    // A long text is judged by its first words: n-grams of a whole forum thread would cost more than they tell.
    private const int MostTokens = 20_000;
    private const ulong Base = 0x9E3779B97F4A7C15UL;

    private static readonly string[] EnglishStopWords = ["the", "be", "to", "of", "and", "that", "have", "with"];
    // Function words of written Chinese; those of FineWeb-2's list that are one character, and the commonest.
    private const string ChineseStopWords = "的是在了於于為为與与後后";

    [ThreadStatic]
    private static QualityMeter? _ofThread;

    // Rolling hashes and lengths before each token: a word, or a character of a script without blanks.
    private ulong[] _hashes = new ulong[256];
    private int[] _lengths = new int[256];
    private ulong[] _seen = new ulong[1024];
    private ushort[] _counts = new ushort[1024];
    private int _tokens;

    public static QualityMeter OfThread => _ofThread ??= new QualityMeter();

    public QualitySignals Measure(string text, string lang, double langScore)
    {
        bool chinese = QualityRules.IsChinese(lang);
        _tokens = 0;
        _hashes[0] = 0;
        _lengths[0] = 0;
        int spaced = 0, dense = 0, letters = 0, alphabetic = 0, hashes = 0, ellipses = 0, longest = 0;
        uint stopWords = 0;
        for (int i = 0; i < text.Length;)
        {
            char c = text[i];
            if (IsDense(c))
            {
                int stop = chinese ? ChineseStopWords.IndexOf(c) : -1;
                stopWords |= stop < 0 ? 0 : 1u << stop;
                dense++;
                Push(c * Base, 1);
                i++;
                continue;
            }
            if (c <= ' ' || char.IsWhiteSpace(c))
            {
                i++;
                continue;
            }
            int start = i;
            ulong hash = 0;
            bool letter = false, digit = false;
            for (; i < text.Length && text[i] > ' ' && !IsDense(text[i]) && !char.IsWhiteSpace(text[i]); i++)
            {
                c = text[i];
                hash = (hash ^ c) * 0x100000001B3UL;
                letter |= char.IsLetter(c);
                digit |= char.IsDigit(c);
                hashes += c == '#' ? 1 : 0;
                if (c == '…' || c == '.' && i + 2 < text.Length && text[i + 1] == '.' && text[i + 2] == '.' && (i == start || text[i - 1] != '.'))
                    ellipses++;
            }
            if (letter || digit)
            {
                spaced++;
                letters += i - start;
                alphabetic += letter ? 1 : 0;
                longest = Math.Max(longest, i - start);
                Push(hash, i - start);
                stopWords |= lang == "en" ? EnglishStopWord(text.AsSpan(start, i - start)) : 0;
            }
        }
        double words = spaced + dense / CharactersPerWord;
        int stops = lang == "en" ? BitOperations.PopCount(stopWords) : chinese ? Distinct(stopWords) : -1;
        var lines = LineStatistics.Of(text);
        double scale = dense > letters / 2.5 ? CharactersPerWord : 1;
        double[] top = new double[3], duplicate = new double[6];
        // where no n-gram stands twice, no longer one does
        bool any = true;
        for (int i = 0; i < top.Length && any; i++)
            any = (top[i] = TopNgram(Scaled(2 + i, scale))) > 0;
        for (int i = 0; i < duplicate.Length && any; i++)
            any = (duplicate[i] = DuplicateNgram(Scaled(5 + i, scale))) > 0;
        return new QualitySignals
        {
            Words = words,
            MeanWordLength = words == 0 ? 0 : (letters + dense) / words,
            Hashes = words == 0 ? 0 : hashes / words,
            Ellipses = words == 0 ? 0 : ellipses / words,
            AlphabeticWords = words == 0 ? 0 : (alphabetic + dense / CharactersPerWord) / words,
            StopWords = stops,
            TopNgrams = top,
            DuplicateNgrams = duplicate,
            LongestWord = longest,
            NewlinesPerWord = words == 0 ? 0 : lines.Breaks / words,
            BulletLines = lines.Bullets,
            EllipsisLines = lines.Ellipses,
            DuplicateLines = lines.Duplicates,
            DuplicateLineCharacters = lines.DuplicateCharacters,
            DuplicateParagraphs = lines.DuplicateParagraphs,
            DuplicateParagraphCharacters = lines.DuplicateParagraphCharacters,
            Sentences = lines.Sentences,
            PunctuatedLines = lines.Punctuated,
            ShortLines = lines.Short,
            Boilerplate = lines.Boilerplate,
            Lang = lang,
            LangScore = langScore,
        };
    }

    private void Push(ulong hash, int length)
    {
        if (_tokens == MostTokens)
            return;
        if (_tokens + 1 == _hashes.Length)
        {
            Array.Resize(ref _hashes, _hashes.Length * 2);
            Array.Resize(ref _lengths, _lengths.Length * 2);
        }
        _hashes[_tokens + 1] = _hashes[_tokens] * Base + (hash ^ hash >> 29);
        _lengths[_tokens + 1] = _lengths[_tokens] + length;
        _tokens++;
    }

    private double TopNgram(int n)
    {
        int grams = _tokens - n + 1;
        if (grams < 2)
            return 0;
        int places = Clear(grams);
        ulong power = Power(n);
        int most = 0;
        for (int i = 0; i < grams; i++)
        {
            int at = Place(Key(i, n, power), places);
            int count = _counts[at] = (ushort)Math.Min(ushort.MaxValue, _counts[at] + 1);
            if (count > 1)
                most = Math.Max(most, count * (_lengths[i + n] - _lengths[i]));
        }
        return Math.Min(1, (double)most / _lengths[_tokens]);
    }

    private double DuplicateNgram(int n)
    {
        int grams = _tokens - n + 1;
        if (grams < 2)
            return 0;
        int places = Clear(grams);
        ulong power = Power(n);
        int repeated = 0;
        for (int i = 0; i < grams;)
        {
            int at = Place(Key(i, n, power), places);
            if (_counts[at] == 0)
            {
                _counts[at] = 1;
                i++;
                continue;
            }
            repeated += _lengths[i + n] - _lengths[i];
            i += n;
        }
        return (double)repeated / _lengths[_tokens];
    }

    private ulong Key(int at, int n, ulong power) => _hashes[at + n] - _hashes[at] * power | 1;

    // Open addressing, half full at most; 0 is an empty place.
    private int Place(ulong key, int places)
    {
        int at = (int)(key >> 40) & (places - 1);
        while (_seen[at] != 0 && _seen[at] != key)
            at = at + 1 & (places - 1);
        _seen[at] = key;
        return at;
    }

    private int Clear(int grams)
    {
        int places = (int)BitOperations.RoundUpToPowerOf2((uint)grams * 2);
        if (_seen.Length < places)
        {
            _seen = new ulong[places];
            _counts = new ushort[places];
        }
        _seen.AsSpan(0, places).Clear();
        _counts.AsSpan(0, places).Clear();
        return places;
    }

    private static ulong Power(int n)
    {
        ulong power = 1;
        for (int i = 0; i < n; i++)
            power *= Base;
        return power;
    }

    private static int Scaled(int n, double scale) => (int)Math.Round(n * scale);

    // Both forms of a character are one word.
    private static int Distinct(uint stopWords) =>
        BitOperations.PopCount(stopWords & 0xF) + BitOperations.PopCount((stopWords >> 4 | stopWords >> 5) & 0b01010101);

    private static uint EnglishStopWord(ReadOnlySpan<char> word)
    {
        word = word.TrimEnd(".,!?;:)\"'");
        if (word.Length is < 2 or > 4)
            return 0;
        for (int i = 0; i < EnglishStopWords.Length; i++)
        {
            if (word.Equals(EnglishStopWords[i], StringComparison.OrdinalIgnoreCase))
                return 1u << i;
        }
        return 0;
    }

    // Han, kana, bopomofo, hangul without blanks between words counts by its blanks: hangul is not here.
    internal static bool IsDense(char c) => c is >= '\u3041' and <= '\u312F' or >= '\u3400' and <= '\u9FFF' or >= '\uF900' and <= '\uFAFF';
}
