using System.Buffers;
using System.Text.RegularExpressions;

namespace Syrinx.Ads;

/// <summary>A word list of <c>claims.json</c> ready to look for.</summary>
/// <param name="Kind">What kind of claim its words make.</param>
/// <param name="Unit">What they assert.</param>
/// <param name="Noun">What they say it of by themselves (免運 is free ~delivery); null for most.</param>
/// <param name="Pattern">Finds them.</param>
internal sealed record ClaimWords(ClaimKind Kind, string Unit, string? Noun, Regex Pattern);

/// <summary>Words for the same thing.</summary>
/// <param name="Id">With ~ before it where it stands among words.</param>
/// <param name="IsTopic">Two different topics never support each other.</param>
/// <param name="IsMeasure">It is what is counted when it follows a number.</param>
/// <param name="Latin">Single words, as stems.</param>
/// <param name="Phrases">Entries of several words, and Chinese ones of two characters or more.</param>
/// <param name="Han">All Chinese entries.</param>
internal sealed record WordGroup(
    string Id, bool IsTopic, bool IsMeasure, IReadOnlySet<string> Latin, IReadOnlyList<string> Phrases, IReadOnlyList<string> Han);

/// <summary>
/// What <c>claims.json</c> says about words, ready to look things up. Loaded once; immutable and safe to share between threads.
/// </summary>
internal sealed partial class Vocabulary
{
    private static readonly Lazy<Vocabulary> Loaded = new(() => new(DataFiles.Read<Data>("claims.json")));

    private readonly Dictionary<string, List<WordGroup>> _byStem = [];
    private readonly List<WordGroup> _groups;
    private readonly SearchValues<string> _phrases;
    private readonly HashSet<string> _stopEnglish;
    private readonly string _stopHan;
    private readonly IReadOnlyList<string> _fillers;
    private readonly HashSet<string> _scopeEnglish;
    private readonly IReadOnlyList<string> _scopeHan;

    private Vocabulary(Data data)
    {
        Words = [.. data.Words.Select(w => new ClaimWords(
            Enum.Parse<ClaimKind>(w.Kind, ignoreCase: true), w.Unit, w.Noun, WordPattern.Any([.. w.En, .. w.Zh])!))];
        NotSuperlative = data.NotSuperlative.ToHashSet();
        NotGratis = WordPattern.Any(data.FreeNotGratis)!;
        NotMost = data.NotMost.ToHashSet();
        NotBetter = WordPattern.Any(data.NotBetter)!;
        string limits = string.Concat(data.ZhLimitWords);
        // a limit word with a number soon behind it is a limit: 最多3人, 最低只有20分貝
        MostHan = new Regex($"最(?!{string.Join('|', data.ZhNotMost)})(?![{limits}][^級的等品階端峰尖人,、。!?;\\n]{{0,4}}?\\s*(?:[a-z]{{0,3}}\\$\\s*)?[\\d{HanNumerals}])(?<what>[\\u3400-\\u9fff]{{0,4}})",
            RegexOptions.CultureInvariant);
        string scope = string.Join('|', data.ScopeZh);
        FirstHan = new Regex(
            $"(?:(?:{scope})[\\u3400-\\u9fff]{{0,3}}第\\s*[一1](?!\\d)|第\\s*[一1](?=\\s*(?:{string.Join('|', data.ZhRankAfterFirst)}))|第\\s*[一1](?!\\d)(?!\\s*(?:{string.Join('|', data.ZhOrdinalAfterFirst)}))|(?<![a-z0-9])no\\.?\\s?1(?!\\d))",
            RegexOptions.CultureInvariant);
        _groups = [.. data.Groups.Select(g => new WordGroup(g.Id, g.Topic, g.Measure,
            g.En.Where(e => !e.Contains(' ', StringComparison.Ordinal) && !e.Contains('-', StringComparison.Ordinal)).Select(Stemmer.Stem).ToHashSet(),
            [.. g.En.Where(e => e.Contains(' ', StringComparison.Ordinal) || e.Contains('-', StringComparison.Ordinal)).Select(e => e.Replace('-', ' ')), .. g.Zh.Where(z => z.Length > 1)], g.Zh))];
        foreach (var group in _groups)
        {
            foreach (string stem in group.Latin)
            {
                if (!_byStem.TryGetValue(stem, out var list))
                    _byStem[stem] = list = [];
                list.Add(group);
            }
        }
        _phrases = SearchValues.Create([.. _groups.SelectMany(g => g.Phrases)], StringComparison.Ordinal);
        Conditions = [.. data.Conditions.Select(c => (c.Id, WordPattern.Any([.. c.En, .. c.Zh])!))];
        Contrasts = [.. data.Contrasts.Select(c => c.Select(side => WordPattern.Any(side)!).ToList())];
        Instructions = WordPattern.Any([.. data.InstructionsEn, .. data.InstructionsZh])!;
        _stopEnglish = [.. data.StopEn];
        _stopHan = data.StopZh;
        _fillers = data.StopZhWords;
        _scopeEnglish = [.. data.ScopeEn];
        _scopeHan = data.ScopeZh;
    }

    public const string HanNumerals = "零〇一二兩三四五六七八九十百千萬億壹貳叁肆柒捌玖拾佰仟";

    public static Vocabulary Default => Loaded.Value;

    /// <summary>Words that assert something by themselves.</summary>
    public IReadOnlyList<ClaimWords> Words { get; }

    /// <summary>Words on -est that are no superlatives.</summary>
    public IReadOnlySet<string> NotSuperlative { get; }

    /// <summary>"free" that does not mean without charge.</summary>
    public Regex NotGratis { get; }

    /// <summary>Words after "most" that make it a quantity.</summary>
    public IReadOnlySet<string> NotMost { get; }

    /// <summary>"better" that compares nothing.</summary>
    public Regex NotBetter { get; }

    /// <summary>最 with what it is most of, in the group <c>what</c>.</summary>
    public Regex MostHan { get; }

    /// <summary>第一 as a rank, No. 1.</summary>
    public Regex FirstHan { get; }

    /// <summary>Whom a fact holds for, when not for all.</summary>
    public IReadOnlyList<(string Id, Regex Pattern)> Conditions { get; }

    /// <summary>Sides that exclude one another: indoors and outdoors.</summary>
    public IReadOnlyList<IReadOnlyList<Regex>> Contrasts { get; }

    /// <summary>Sentences that speak to the machine.</summary>
    public Regex Instructions { get; }

    /// <summary>Whether a fact is for new customers: those who become members need not be members.</summary>
    public bool IsForNew(string folded) => Conditions[0].Pattern.IsMatch(folded);

    /// <summary>The group that begins a Chinese text as a counting word or as an adjective; null where none does.</summary>
    public WordGroup? GroupAt(string text, int at, bool measure) => _groups
        .Where(g => g.IsMeasure == measure && !g.IsTopic || measure && g.IsMeasure)
        .SelectMany(g => g.Han.Select(h => (Group: g, Word: h)))
        .Where(p => string.CompareOrdinal(text, at, p.Word, 0, p.Word.Length) == 0)
        .OrderByDescending(p => p.Word.Length).FirstOrDefault().Group;

    /// <summary>The group of adjectives that a Latin word belongs to; null where there is none.</summary>
    public WordGroup? Adjective(string word) =>
        _byStem.TryGetValue(Stemmer.Stem(word), out var groups) ? groups.FirstOrDefault(g => !g.IsMeasure && !g.IsTopic) : null;

    /// <summary>The measure that a Latin word names; null where it names none.</summary>
    public WordGroup? Measure(string word) =>
        _byStem.TryGetValue(Stemmer.Stem(word), out var groups) ? groups.FirstOrDefault(g => g.IsMeasure) : null;

    /// <summary>The Chinese words of a group (~cup: 杯).</summary>
    public IEnumerable<string> HanOf(string group) => _groups.Where(g => group.Length > 0 && group.AsSpan(1).SequenceEqual(g.Id)).SelectMany(g => g.Han);

    public bool IsStop(string word) => _stopEnglish.Contains(word)
        || word.IndexOf('\'', StringComparison.Ordinal) is > 0 and var mark && word[mark..] is not "'s" && _stopEnglish.Contains(word[..mark]); // we'll, you've

    public bool IsStop(char han) => _stopHan.Contains(han, StringComparison.Ordinal);

    /// <summary>
    /// The words of a piece of folded text that carry content: stems, pairs of Chinese characters, and the groups of both.
    /// </summary>
    public HashSet<string> ContentOf(ReadOnlySpan<char> text)
    {
        var words = new HashSet<string>();
        string piece = text.ToString();
        foreach (var match in LatinWord().EnumerateMatches(piece))
        {
            string word = piece.Substring(match.Index, match.Length);
            if (IsStop(word))
                continue;
            string stem = Stemmer.Stem(word);
            words.Add(stem);
            if (_byStem.TryGetValue(stem, out var groups))
                words.UnionWith(groups.Select(g => "~" + g.Id));
        }
        foreach (string filler in _fillers)
            piece = piece.Replace(filler, new string(' ', filler.Length), StringComparison.Ordinal);
        foreach (var match in HanRun().EnumerateMatches(piece))
        {
            for (int i = match.Index; i < match.Index + match.Length - 1; i++)
            {
                if (!_stopHan.Contains(piece[i], StringComparison.Ordinal) && !_stopHan.Contains(piece[i + 1], StringComparison.Ordinal))
                    words.Add(piece.Substring(i, 2));
            }
        }
        words.UnionWith(Conditions.Where(c => c.Pattern.IsMatch(piece)).Select(c => "?" + c.Id));
        piece = piece.Replace('-', ' ');
        if (!piece.AsSpan().ContainsAny(_phrases))
            return words;
        foreach (var group in _groups)
        {
            foreach (string phrase in group.Phrases)
            {
                if (ContainsPhrase(piece, phrase))
                {
                    words.Add("~" + group.Id);
                    break;
                }
            }
        }
        return words;
    }

    /// <summary>The topics among words.</summary>
    public HashSet<string> TopicsOf(IEnumerable<string> words) =>
        [.. words.Where(w => w[0] == '~' && _groups.Any(g => g.IsTopic && w.AsSpan(1).SequenceEqual(g.Id)))];

    /// <summary>Words of a piece that say how far a claim reaches.</summary>
    public HashSet<string> ScopeOf(ReadOnlySpan<char> text)
    {
        string piece = text.ToString();
        var scope = new HashSet<string>();
        foreach (var match in LatinWord().EnumerateMatches(piece))
        {
            string word = piece.Substring(match.Index, match.Length);
            word = word.EndsWith("'s", StringComparison.Ordinal) ? word[..^2] : word;
            if (_scopeEnglish.Contains(word) && !(word == "all" && AllYour().IsMatch(piece, match.Index)) && !(word is "all" or "whole" or "entire" && AllMonth().IsMatch(piece, match.Index + match.Length)))
                scope.Add(word);
        }
        scope.UnionWith(_scopeHan.Where(s => piece.Contains(s, StringComparison.Ordinal)));
        return scope;
    }

    private static bool ContainsPhrase(string text, string phrase)
    {
        for (int at = text.IndexOf(phrase, StringComparison.Ordinal); at >= 0; at = text.IndexOf(phrase, at + 1, StringComparison.Ordinal))
        {
            int end = at + phrase.Length;
            if (phrase[0] > 0x2E7F
                || (at == 0 || !char.IsAsciiLetterOrDigit(text[at - 1])) && (end == text.Length || !char.IsAsciiLetterOrDigit(text[end])))
                return true;
        }
        return false;
    }

    [GeneratedRegex(@"\Gall\s+(?:of\s+)?(?:your|you|we|our|set|in|about|it|that)(?![a-z])|\Gall\s{4,}")]
    private static partial Regex AllYour();

    // all through May, the whole of the summer: how long, not how far
    [GeneratedRegex(@"\G(?:\s+(?:through|of)\s{3}|\s+(?:through\s+|of\s+)?(?:the\s+)?(?:months?|years?|summer|winter|spring|autumn|season|long|january|february|march|april|may|june|july|august|september|october|november|december)(?![a-z]))")]
    private static partial Regex AllMonth();

    [GeneratedRegex(@"[a-z]+(?:'[a-z]+)?")]
    private static partial Regex LatinWord();

    [GeneratedRegex(@"[\u3400-\u9fff]{2,}")]
    private static partial Regex HanRun();

    private sealed record Data(
        IReadOnlyList<WordData> Words, IReadOnlyList<string> NotSuperlative, IReadOnlyList<string> FreeNotGratis, IReadOnlyList<string> NotMost,
        IReadOnlyList<string> NotBetter, IReadOnlyList<string> ZhNotMost, IReadOnlyList<string> ZhLimitWords, IReadOnlyList<string> ZhRankAfterFirst,
        IReadOnlyList<string> ZhOrdinalAfterFirst, IReadOnlyList<string> ScopeEn, IReadOnlyList<string> ScopeZh, IReadOnlyList<GroupData> Groups,
        IReadOnlyList<ConditionData> Conditions, IReadOnlyList<IReadOnlyList<IReadOnlyList<string>>> Contrasts, IReadOnlyList<string> InstructionsEn, IReadOnlyList<string> InstructionsZh,
        IReadOnlyList<string> StopEn, string StopZh, IReadOnlyList<string> StopZhWords);

    private sealed record WordData(string Kind, string Unit, IReadOnlyList<string> En, IReadOnlyList<string> Zh, string? Noun = null);

    private sealed record GroupData(string Id, IReadOnlyList<string> En, IReadOnlyList<string> Zh, bool Topic = false, bool Measure = false);

    private sealed record ConditionData(string Id, IReadOnlyList<string> En, IReadOnlyList<string> Zh);
}
