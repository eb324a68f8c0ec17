using System.Globalization;
using System.Text.RegularExpressions;

namespace Syrinx.Ads;

/// <summary>What a text claims, and the text as it was read.</summary>
/// <param name="Folded">The text.</param>
/// <param name="Claims">Its claims, in order.</param>
internal sealed record Reading(FoldedText Folded, IReadOnlyList<Claim> Claims);

/// <summary>
/// Finds the claims of a text: numbers, prices, percentages, dates, superlatives, comparisons, guarantees, "free", and pressure of time.
/// What one rule has taken is not read again by the next: prices and dates come before bare numbers. One reader reads one text.
/// </summary>
internal sealed partial class ClaimReader
{
    private const int LookBack = 32, Reach = 160;

    private readonly Vocabulary _words = Vocabulary.Default;
    private readonly FoldedText _folded;
    private readonly string _text;
    private readonly Clauses _clauses;
    private readonly bool[] _used;
    private readonly MoneyReader _money;
    private readonly IReadOnlyList<string> _names;
    private readonly bool _asFact;
    private readonly List<Claim> _claims = [];

    private ClaimReader(string text, MoneyReader money, IReadOnlyList<string> names, bool asFact)
    {
        _asFact = asFact;
        _folded = FoldedText.Of(text);
        _text = _folded.Text;
        _clauses = new(_text);
        _used = new bool[_text.Length];
        _money = money;
        _names = names;
    }

    /// <summary>Reads a text.</summary>
    /// <param name="text">As it was written.</param>
    /// <param name="money">What signs of money mean here.</param>
    /// <param name="names">Folded names whose bare numbers are no claims (the product's).</param>
    /// <param name="asFact">Whether it is a fact of the brief, or copy.</param>
    public static Reading Read(string text, MoneyReader money, IReadOnlyList<string> names, bool asFact)
    {
        var reader = new ClaimReader(text, money, names, asFact);
        reader.ReadOffers();
        reader.ReadDates();
        reader.ReadWords();
        reader.ReadQuantities();
        return new(reader._folded, reader.InContext());
    }

    /// <summary>
    /// The claims with what they are about. Other numbers of the clause do not count as words, but as themselves ("500 g for NT$450");
    /// and one promise is not about another ("a lifetime warranty").
    /// </summary>
    private IReadOnlyList<Claim> InContext()
    {
        var numbers = _claims.Where(c => c.Kind is ClaimKind.Number or ClaimKind.Price or ClaimKind.Percentage or ClaimKind.Date);
        var (text, original) = Without(numbers.Where(c => !c.IsLoose));
        var (bareText, bareOriginal) = Without(_claims.Where(c => !c.IsLoose));
        var topicText = Without(_claims.Where(c => !c.IsLoose && (numbers.Contains(c) || c.Kind == ClaimKind.Free))).Text; // no charge is no battery's
        return [.. _claims.OrderBy(c => c.Start).ThenBy(c => c.End).Select(claim =>
        {
            var context = numbers.Contains(claim) ? ContextOf(text, bareText, topicText, original, claim) : ContextOf(bareText, bareText, bareText, bareOriginal, claim);
            var (start, end) = _clauses.ClauseOf(claim.Start);
            var clause = _claims.Where(o => o != claim && o.Start >= start && o.End <= end && (o.Low == o.High && o.Low != 0 || o.Unit == "weekday"))
                .Select(o => $"#{o.Unit}:{(o.Unit == "weekday" ? o.Literal : o.Low.ToString("0.####", CultureInfo.InvariantCulture))}").ToHashSet();
            clause.UnionWith(context.Clause);
            var (from, to) = _clauses.SentenceOf(claim.Start);
            var sentence = _claims.Where(o => o != claim && o.Start >= from && o.End <= to && o.Low == o.High && o.Low != 0).Select(o => string.Create(CultureInfo.InvariantCulture, $"#{o.Unit}:{o.Low:0.####}")).ToHashSet();
            sentence.UnionWith(context.Sentence);
            // a day NT$200, the electric one NT$600: the day is said once
            sentence.UnionWith(_claims.Where(o => o != claim && o.Unit == claim.Unit && o.Kind == ClaimKind.Price && o.Per.Length > 0).Select(o => o.Per));
            return claim with { Context = context with { Clause = clause, Sentence = sentence } };
        })];
    }

    /// <summary>The folded text and the original with claims and the product's name left blank.</summary>
    private (string Text, string Original) Without(IEnumerable<Claim> claims)
    {
        char[] text = _text.ToCharArray(), original = _folded.Original.ToCharArray();
        foreach (var (start, end) in claims.Select(c => (c.Start, c.End)).Concat(NamePlaces()))
        {
            text.AsSpan(start, end - start).Fill(' ');
            original.AsSpan(_folded.OriginalAt(start).._folded.OriginalAt(end)).Fill(' ');
        }
        return (new(text), new(original));
    }

    /// <summary>"Buy one, get one free", 買一送一: one claim, not four.</summary>
    private void ReadOffers()
    {
        foreach (Match match in BuyAndGet().Matches(_text))
        {
            decimal buy = ValueOf(match.Groups["buy"].Value), get = ValueOf(match.Groups["get"].Value);
            string half = match.Groups["half"].Success ? "half" : "free";
            if (buy > 0 && get > 0)
                Add(new Claim(ClaimKind.Free, match.Index, match.Index + match.Length) { Unit = "offer", Literal = $"{buy}+{get} {half}" });
        }
        foreach (Match match in NextIsFree().Matches(_text))
        {
            decimal buy = ValueOf(match.Groups["buy"].Value), next = match.Groups["next"].Value switch { "second" or "2nd" or "二" or "2" => 2, "third" or "3rd" or "三" or "3" => 3, "fourth" or "4th" or "四" or "4" => 4, "fifth" or "5th" or "五" or "5" => 5, _ => 0 };
            if (buy > 0 && next == buy + 1)
                Add(new Claim(ClaimKind.Free, match.Index, match.Index + match.Length) { Unit = "offer", Literal = $"{buy}+1 free" });
        }
        foreach (Match match in ForThePriceOf().Matches(_text))
        {
            decimal all = ValueOf(match.Groups["all"].Value), paid = ValueOf(match.Groups["paid"].Value);
            if (all > paid && paid > 0)
                Add(new Claim(ClaimKind.Free, match.Index, match.Index + match.Length) { Unit = "offer", Literal = $"{paid}+{all - paid} free" });
        }
        foreach (Match match in Bogo().Matches(_text))
            Add(new Claim(ClaimKind.Free, match.Index, match.Index + match.Length) { Unit = "offer", Literal = "1+1 free" });
    }

    private static decimal ValueOf(string number) => NumberScanner.Scan(number) is [var atom, ..] ? atom.Value : number is "another" or "a" ? 1 : 0;

    /// <summary>Takes a claim and marks its place as read.</summary>
    private void Add(Claim claim)
    {
        _claims.Add(claim with { Negated = IsNegated(claim.Start) });
        Mark(claim.Start, claim.End);
    }

    /// <summary>What stands before a place, as far as rules look back.</summary>
    private string Before(int at) => _text[Math.Max(0, at - LookBack)..at];

    private void Mark(int start, int end) => _used.AsSpan(start, end - start).Fill(true);

    private bool IsUsed(int start, int end) => _used.AsSpan(start, end - start).Contains(true);

    private bool IsInName(int start, int end) => NamePlaces().Any(n => n.Start <= start && end <= n.End);

    private IEnumerable<(int Start, int End)> NamePlaces()
    {
        foreach (string name in _names)
        {
            for (int at = _text.IndexOf(name, StringComparison.Ordinal); at >= 0; at = _text.IndexOf(name, at + 1, StringComparison.Ordinal))
                yield return (at, at + name.Length);
        }
    }

    /// <summary>What a claim is about.</summary>
    /// <param name="text">The folded text without numbers.</param>
    /// <param name="bareText">The folded text without any claim.</param>
    /// <param name="topicText">The folded text without numbers and what is free.</param>
    /// <param name="original">The text as it was written, without numbers.</param>
    /// <param name="claim">The claim.</param>
    private ClaimContext ContextOf(string text, string bareText, string topicText, string original, Claim claim)
    {
        var (start, end) = (claim.Start, claim.End);
        var (clauseStart, clauseEnd) = _clauses.ClauseOf(start);
        var (sentenceStart, sentenceEnd) = _clauses.SentenceOf(start);
        // words further away are about something else, and looking at all of them for each claim would take quadratic time
        (clauseStart, clauseEnd) = (Math.Max(clauseStart, start - Reach), Math.Min(Math.Max(clauseEnd, end), end + Reach));
        (sentenceStart, sentenceEnd) = (Math.Max(sentenceStart, start - Reach), Math.Min(Math.Max(sentenceEnd, clauseEnd), end + Reach));
        var clause = Around(text, clauseStart, start, end, clauseEnd);
        var sentence = Around(text, sentenceStart, start, end, sentenceEnd);
        var (noun, follows) = claim.Counted.StartsWith('~') && !_asFact ? ([], true) : NounOf(bareText, start, end, clauseStart, clauseEnd, claim.Kind);
        if (claim.Counted.Length > 0)
        {
            noun.Add(claim.Counted);
            clause.Add(claim.Counted);
        }
        // "Fast delivery, in 2 days": a clause without words of its own is about what stands before it
        var topics = _words.TopicsOf(clause.Count > 0 ? Around(topicText, clauseStart, start, end, clauseEnd) : WordsWithoutNumbers(text, sentenceStart, sentenceEnd));
        // "$200 off, whenever you book" reaches as far as without the comma
        int scopeEnd = WheneverAfter().Match(text, Math.Min(clauseEnd, text.Length)) is { Success: true } whenever ? clauseEnd + whenever.Length : clauseEnd;
        var scope = _words.ScopeOf(text.AsSpan(clauseStart, scopeEnd - clauseStart));
        if (claim.Unit == "refund" && Whenever().IsMatch(text[sentenceStart..sentenceEnd]))
            scope.Add("whenever");
        if (BothOf().IsMatch(text[clauseStart..clauseEnd]))
        {
            scope.Add(Claim.Both);
            // "workmanship and material are both …": the first of them stands before the "and"
            if (JoinedBefore().Match(text[..clauseStart]) is { Success: true } joined)
                clause.UnionWith(_words.ContentOf(joined.Groups["word"].Value));
        }
        if (claim.Kind is ClaimKind.Percentage or ClaimKind.Price && EveryAfter().IsMatch(text, end))
            scope.Add(Claim.Every);
        if (claim.Kind == ClaimKind.Free && EveryBefore().IsMatch(text[clauseStart..start]))
            scope.Add(Claim.Every);
        if (claim.Kind is ClaimKind.Percentage or ClaimKind.Price && EveryTime().IsMatch(text[sentenceStart..sentenceEnd]))
            scope.Add(Claim.Every);
        if (claim.Kind == ClaimKind.Free && Regardless().IsMatch(text[sentenceStart..start]))
            scope.Add("all");
        scope.UnionWith(NamesIn(original, clauseStart, clauseEnd));
        var characters = text[clauseStart..clauseEnd].Where(c => c is >= '\u3400' and <= '\u9fff' && !_words.IsStop(c)).Select(c => c.ToString()).ToHashSet();
        return new(follows, noun, clause, sentence, topics, characters, scope, NearestTo(text, start, end, clauseStart, clauseEnd), _text[sentenceStart..sentenceEnd],
            PartOf(claim, sentenceStart, sentenceEnd));
    }

    /// <summary>The clause, and what stands beside it up to the clauses of other claims.</summary>
    private string PartOf(Claim claim, int sentenceStart, int sentenceEnd)
    {
        var (start, end) = _clauses.ClauseOf(claim.Start);
        int from = sentenceStart, to = sentenceEnd;
        foreach (var other in _claims)
        {
            var (otherStart, otherEnd) = _clauses.ClauseOf(other.Start);
            if (otherEnd <= start)
                from = Math.Max(from, otherEnd);
            else if (otherStart >= end)
                to = Math.Min(to, otherStart);
        }
        return _text[Math.Min(from, start)..Math.Max(to, Math.Max(end, claim.End))];
    }

    /// <summary>The content word right before and right behind.</summary>
    private HashSet<string> NearestTo(string text, int start, int end, int clauseStart, int clauseEnd)
    {
        var near = new HashSet<string>();
        if (NounWord().Matches(text[clauseStart..start]).LastOrDefault(m => !_words.IsStop(m.Value) && !m.Value.All(_words.IsStop)) is { } before)
            near.UnionWith(_words.ContentOf(before.Value[0] > 0x2E7F ? before.Value[^Math.Min(2, before.Length)..] : before.Value));
        if (NounWord().Matches(text[end..clauseEnd]).FirstOrDefault(m => !_words.IsStop(m.Value) && !m.Value.All(_words.IsStop)) is { } after)
            near.UnionWith(_words.ContentOf(after.Value[0] > 0x2E7F ? after.Value[..Math.Min(2, after.Length)] : after.Value));
        return near;
    }

    /// <summary>The words of those clauses of a sentence that have no number of their own.</summary>
    private HashSet<string> WordsWithoutNumbers(string text, int start, int end)
    {
        var words = new HashSet<string>();
        for (int at = start; at < end; at++)
        {
            var (from, to) = _clauses.ClauseOf(at);
            (from, to) = (Math.Max(from, at), Math.Min(Math.Max(to, at + 1), end));
            if (!_claims.Any(c => c.Kind is ClaimKind.Number or ClaimKind.Price or ClaimKind.Percentage && c.Start >= from && c.End <= to))
                words.UnionWith(_words.ContentOf(text.AsSpan(from, to - from)));
            at = to - 1;
        }
        return words;
    }

    private HashSet<string> Around(string text, int from, int start, int end, int to)
    {
        var words = _words.ContentOf(text.AsSpan(from, Math.Max(0, start - from)));
        words.UnionWith(_words.ContentOf(text.AsSpan(end, Math.Max(0, to - end))));
        return words;
    }

    /// <summary>Whether something is promised in the clause: "one day" tells a story, "one-day delivery" claims.</summary>
    private bool HasTopic(int start, int end)
    {
        var (clauseStart, clauseEnd) = _clauses.ClauseOf(start);
        return _words.TopicsOf(Around(_text, clauseStart, start, end, Math.Max(clauseEnd, end))).Count > 0;
    }

    /// <summary>What stands right behind a claim, or where nothing does, right before it.</summary>
    private (HashSet<string> Noun, bool Follows) NounOf(string text, int start, int end, int clauseStart, int clauseEnd, ClaimKind kind)
    {
        // free delivery and returns: what is free goes on behind the "and"
        if (kind is ClaimKind.Free or ClaimKind.Guarantee && JoinedAfter().Match(text, clauseEnd) is { Success: true } joined)
            clauseEnd += joined.Length;
        var after = kind == ClaimKind.Free && IsBefore().IsMatch(text[clauseStart..start]) ? [] : NounIn(text[end..clauseEnd], forward: true, kind);
        return after.Count > 0 ? (after, true) : (NounIn(text[clauseStart..start], forward: false, kind), false);
    }

    private HashSet<string> NounIn(string piece, bool forward, ClaimKind kind)
    {
        var words = NounWord().Matches(piece).Select(m => m.Value).ToList();
        if (!forward)
            words.Reverse();
        var noun = new HashSet<string>();
        var phrase = new List<string>();
        int taken = 0;
        for (int i = 0; i < words.Count; i++)
        {
            string word = words[i];
            if (word[0] > 0x2E7F)
            {
                // Chinese is not cut into words: up to six characters stand for the noun
                if (word.All(_words.IsStop))
                    continue;
                noun.UnionWith(_words.ContentOf(forward ? word[..Math.Min(6, word.Length)] : word[^Math.Min(6, word.Length)..]));
                if (word.Length == 1)
                    noun.Add(word);
                break;
            }
            if (_words.IsStop(word))
            {
                if (kind is ClaimKind.Free or ClaimKind.Guarantee && word is "and" or "or")
                    continue; // free delivery and returns
                if (taken > 0 || forward && kind != ClaimKind.Percentage
                    && word is "in" or "at" or "by" or "for" or "on" or "per" or "and" or "to" or "from" or "with" or "within" or "when" or "if" or "over" or "before" or "after" or "while" or "once" or "anywhere" or "everywhere" or "across")
                    break;
                continue;
            }
            noun.UnionWith(_words.ContentOf(word));
            phrase.Insert(forward ? phrase.Count : 0, word);
            if (kind == ClaimKind.Number && taken == 0 && forward && _words.Measure(word) is { } measure && (i + 1 == words.Count || _words.IsStop(words[i + 1])))
                return ["~" + measure.Id];
            if (++taken == (kind == ClaimKind.Number && forward ? 4 : kind == ClaimKind.Free ? 3 : 2))
                break;
        }
        if (phrase.Count > 1)
            noun.UnionWith(_words.ContentOf(string.Join(' ', phrase))); // wi-fi
        return noun;
    }

    /// <summary>Capitalised words inside a clause: Tainan's best is not Taiwan's best.</summary>
    private IEnumerable<string> NamesIn(string original, int start, int end)
    {
        foreach (Match match in Capitalised().Matches(original[_folded.OriginalAt(start).._folded.OriginalAt(end)]))
        {
            string word = FoldedText.Fold(match.Value);
            if (!_names.Any(n => n.Contains(word, StringComparison.Ordinal)) && !_words.IsStop(word))
                yield return "=" + Stemmer.Stem(word);
        }
    }

    private bool IsNegated(int start)
    {
        int from = Math.Max(_clauses.ClauseOf(start).Start, start - 40);
        return NegationBefore().IsMatch(_text[from..start]);
    }

    [GeneratedRegex(@"(?<![a-z])(?:buy|get|purchase|order)[\s-]+(?<buy>\d+|one|two|three|four|five|a)\b[a-z\d\s,]{0,28}?(?:,?[\s-]*(?:and\s+)?(?:get|take|have)[\s-]+)(?:the\s+)?(?<get>\d+|one|two|three|another|a)\b[a-z\s-]{0,40}?\s*(?:free|(?<half>(?:at\s+)?half\s+(?:price|off)))|(?<![第\d一二兩三四五六七八九十])(?<buy>[一二兩三四五1-5])[個件杯包瓶盒條份組張支片](?:就|即|立即|再)送\s*(?:你|您)?\s*(?<get>[一二兩三1-3])[個件杯包瓶盒條份組張支片]|(?:買|訂|購|點|集點?|集滿|喝滿?|住|帶|選)\s*(?<buy>[\d一二兩三四五六七八九十]+)\s*[個杯包袋瓶盒條份件組張支片入桶晚堂]?[\u3400-\u9fff]{0,10}?,?\s*(?:我們)?(?:就|再|即|多)?(?<half>半)?送\s*(?:你|您)?\s*(?<get>[\d一二兩三四五六七八九十]+)(?:[個杯包袋瓶盒條份件組張支片])?", RegexOptions.ExplicitCapture)]
    private static partial Regex BuyAndGet();

    // buy two and the third is free; 買兩個，第三個免費
    [GeneratedRegex(@"(?<![a-z])(?:buy|pick|choose|take|order|grab)\s+(?<buy>one|two|three|four|[1-4])\b[a-z\s]{0,16}?,?\s*(?:and\s+)?(?:get\s+)?(?:the|a|your)\s+(?<next>second|third|fourth|fifth|[2-5](?:nd|rd|th))(?:\s+one)?(?:,[a-z\s]{0,40},)?(?:\s+is|'s)?\s+(?:free|on\s+us)(?![a-z])|(?<![a-z])(?:the|a|your)\s+(?<next>second|third|fourth|fifth|[2-5](?:nd|rd|th))(?:\s+one)?(?:\s+is|'s)?\s+(?:free|on\s+us)\s+(?:when|if)\s+you\s+(?:buy|pick|choose|take|order|get)\s+(?<buy>one|two|three|four|[1-4])(?![a-z\d])|(?:買|帶|選|訂)(?<buy>[一兩二三四1-4])[個件杯包瓶盒條份組張支片],?\s*第\s?(?<next>[二三四五2-5])[個件杯包瓶盒條份組張支片]?(?:就|我們)?(?:免費|不用錢|送你)", RegexOptions.ExplicitCapture)]
    private static partial Regex NextIsFree();

    // three for the price of two, 3 for 2
    [GeneratedRegex(@"(?<![a-z\d$£€])(?<all>two|three|four|five|six|[2-6])[\s-]+for[\s-]+(?:the\s+price\s+of\s+)?(?<paid>one|two|three|four|five|[1-5])(?![a-z\d]|\s+(?:people|nights?|days?|persons?|hours?|minutes?|weeks?|months?|years?))", RegexOptions.ExplicitCapture)]
    private static partial Regex ForThePriceOf();

    [GeneratedRegex(@"(?<![a-z])bogo(?![a-z])|(?<![a-z])(?:two|2)[\s-]for[\s-](?:one|1|the price of (?:one|1))(?![a-z0-9])|兩件一件價")]
    private static partial Regex Bogo();

    // "your first day is free anyway": what is free stands before
    [GeneratedRegex(@"(?:(?<![a-z])(?:is|are|be|stays?|eats?|sleeps?|rides?|comes?|goes?|absolutely|completely|totally|entirely|always)|'(?:s|re))\s+$")]
    private static partial Regex IsBefore();

    // "every lesson is free"
    [GeneratedRegex(@"(?<![a-z])(?:every|each|any)\s(?:[a-z\-]+\s){1,3}(?:is|are|comes?|goes?|stays?)\s+(?:[a-z]+\s+)?$")]
    private static partial Regex EveryBefore();

    [GeneratedRegex(@"(?<![a-z])(?:every|each)\s+(?:time|month|single)(?![a-z])|月月|次次|年年|每一?[次單筆]")]
    private static partial Regex EveryTime();

    // "wherever you live, whoever you are"
    [GeneratedRegex(@"(?<![a-z])(?:no\s+matter|wherever|whoever|regardless)(?![a-z])|[不無]論(?:你|您|誰|哪|是)|不管(?:你|您|誰|哪|是|買|點|選)")]
    private static partial Regex Regardless();

    // "15% off every bag"
    [GeneratedRegex(@"\G\s*(?:off\s+)?(?:on\s+)?(?:every|each|all|any)(?![a-z])")]
    private static partial Regex EveryAfter();

    [GeneratedRegex(@"\G\s*,?\s*(?:whenever|隨時|任何時候)")]
    private static partial Regex WheneverAfter();

    [GeneratedRegex(@"(?<![a-z])(?:whenever|any\s?time)(?![a-z])|隨時|任何時候")]
    private static partial Regex Whenever();

    [GeneratedRegex(@"(?<![a-z])(?:both|alike)(?![a-z])|[都皆均]")]
    private static partial Regex BothOf();

    [GeneratedRegex(@"(?<word>[a-z]+) (?:and|&) ?$")]
    private static partial Regex JoinedBefore();

    [GeneratedRegex(@"\G(?:\s*(?:and|&|or)\s+[a-z]+)")]
    private static partial Regex JoinedAfter();

    [GeneratedRegex(@"[a-z]+(?:'[a-z]+)?|[\u3400-\u9fff]+")]
    private static partial Regex NounWord();

    [GeneratedRegex(@"(?<=[\p{L}\p{N}'’][\s,]+)(?:\p{Lu}[\p{Ll}\p{M}]+|\p{Lu}{2,3}(?!\p{L}))")]
    private static partial Regex Capitalised();

    [GeneratedRegex(@"(?:(?<![a-z])(?:not?|never|isn't|aren't|don't|doesn't|won't|cannot|can't|without|neither|nor)(?:\s+(?:a|an|the|any|to|be|is|are|claim|claims|promise|offer|give|make|exactly|necessarily|as|our|your|every|always|we|do|that|yet|of|it's|really|considered)){0,4}\s*|(?:不是|並非|並不|不|沒有|無法|不能|不會|不提供|未|勿|不做|不敢說|不代表|恕不|非)(?:是|能|會|提供|做|再|敢|任何|說|算|等於|代表|我們|一個|另外|另){0,3})$")]
    private static partial Regex NegationBefore();
}
