using System.Text.RegularExpressions;

namespace Syrinx.Ads;

// Superlatives, comparisons, guarantees, "free", pressure of time: claims that are nothing but their words.
internal sealed partial class ClaimMatcher
{
    private Mismatch? Promises(Claim claim, Claim said, Fact fact, IReadOnlyList<Fact> all)
    {
        if (!SamePromise(claim, said, fact))
            return Mismatch.NoSuchFact;
        if (claim.Negated != said.Negated || claim.Unit == "offer" && said.Unit == "offer" && claim.Literal != said.Literal)
            return Mismatch.OtherValue;
        bool same = claim.Kind switch
        {
            ClaimKind.Free => SameGift(claim, said, fact, all),
            ClaimKind.Urgency or ClaimKind.Reach => true,
            ClaimKind.Comparison => SpanIsIn(claim, fact) && (claim.Context.Noun.Count == 0 || claim.Context.Noun.Overlaps(fact.Words)),
            ClaimKind.Superlative => SameRank(claim, said, fact),
            _ => SameGuarantee(claim, said, fact),
        };
        return !same ? Mismatch.OtherThing : claim.Kind == ClaimKind.Urgency ? null : Scope(claim, fact);
    }

    /// <summary>Whether a fact's words promise the same kind of thing.</summary>
    private static bool SamePromise(Claim claim, Claim said, Fact fact) =>
        claim.Unit == said.Unit && claim.Unit != "code"
        || claim.Literal.StartsWith("百分", StringComparison.Ordinal) && said is { Unit: "percent", Low: 100 }
        || claim.Unit == "offer" && said.Unit == "free" && IsBuyAndGet(claim, said, fact)
        || claim.Unit == "free" && said.Unit == "nofee" || claim.Unit == "nofee" && said.Unit == "free"
        // "guaranteed for two years" is what a warranty of two years says
        || claim.Unit == "guarantee" && said.Unit == "warranty" && SharesNumber(claim.Context.Clause, said)
        || claim.Unit == "guarantee" && said.Unit is "refund" or "warranty" && RefundWord().IsMatch(claim.Context.Text)
        || claim.Unit == "timelimit" && (said is { Kind: ClaimKind.Date, Role: "until" } || said.Unit == "relative")
        || claim.Unit == "stocklimit" && said.Unit == "count" && OnlySoMany().IsMatch(fact.Reading.Folded.Text);

    /// <summary>買兩條送果醬一罐 says two and one without the form of an offer.</summary>
    private static bool IsBuyAndGet(Claim claim, Claim said, Fact fact)
    {
        string text = fact.Reading.Folded.Text;
        return NumberScanner.Scan(text[..said.Start]) is [.., var buy] && NumberScanner.Scan(text[said.End..]) is [var get, ..] && claim.Literal == $"{buy.Value}+{get.Value} free";
    }

    /// <summary>Beside a guarantee stands a word of its fact, another claim of it, or nothing that says of what it is one.</summary>
    private bool SameGuarantee(Claim claim, Claim said, Fact fact)
    {
        var own = Own(claim.Context.Clause);
        own.UnionWith(Own(claim.Context.Noun));
        // frame for life, battery two years: "frame and battery for life" is said of one thing too many
        if (fact.Reading.Claims.Any(o => o.Kind == ClaimKind.Guarantee && !SharesNumber(claim.Context.Clause, o) && own.Any(w => w[0] is not ('~' or '?') && Names(o, w) && !Names(said, w))))
            return false;
        return own.Count == 0 || claim.Context.Text.EndsWith('嗎') || claim.Context.Clause.Overlaps(said.Context.Clause) || said.Context.Clause.Count == 0 && own.Overlaps(fact.Words) || SharesNumber(claim.Context.Sentence, said)
            || claim.Unit == "refund" && claim.Context.Sentence.Any(w => w[0] == '#' && said.Context.Sentence.Contains(w));
    }

    /// <summary>The award's name, as the fact has it: the "Beer Awards".</summary>
    private static bool IsNameIn(Claim claim, Fact fact)
    {
        string text = claim.Context.Text;
        int at = text.IndexOf(claim.Literal, StringComparison.Ordinal);
        int before = at <= 1 ? -1 : text.LastIndexOf(' ', at - 2);
        return at > 1 && claim.Literal.Length > 0 && text[before + 1] > 0x40 && fact.Reading.Folded.Text.Contains(text[(before + 1)..(at + claim.Literal.Length)], StringComparison.Ordinal);
    }

    /// <summary>The best of the same thing; what a gold medal is not, a silver one is.</summary>
    private static bool SameRank(Claim claim, Claim said, Fact fact)
    {
        var (t, f) = (claim.Context, said.Context);
        if (claim.Unit == "award" && Metals.Any(m => (t.Clause.Contains(m) || claim.Literal.Contains(m, StringComparison.Ordinal)) && !fact.Reading.Folded.Text.Contains(m, StringComparison.Ordinal)))
            return false;
        return claim.Unit == "award" && IsNameIn(claim, fact) || claim.Literal == Claim.MostOf // its word is what it counts
            || claim.Unit == "award" && t.Sentence.Count(fact.Words.Contains) >= 2 || SharesNumber(t.Sentence, said)
            || (t.Noun.Count > 0 ? t.Noun.Overlaps(fact.Words) : f.Noun.Count == 0 || t.Clause.Overlaps(fact.Words) || t.Sentence.Overlaps(fact.Words));
    }

    /// <summary>The same thing is free, in the same period.</summary>
    private bool SameGift(Claim claim, Claim said, Fact fact, IReadOnlyList<Fact> all)
    {
        var (t, f) = (claim.Context, said.Context);
        if (claim.Unit == "offer")
            return true;
        if (t.NounFollows && t.Noun.Count > 0 && t.Noun.All(w => w.All(c => EverywhereHan.Contains(c, StringComparison.Ordinal))))
            t = t with { Noun = new HashSet<string>(), NounFollows = false }; // 免費加, 免費用: the thing stands elsewhere
        if (t.NounFollows && t.Noun.Count > 0 && t.Noun.All(w => t.Scope.Contains("=" + w)))
            t = t with { Noun = new HashSet<string>(), NounFollows = false }; // free in Victoria
        if (IsLent(claim, said, fact) || NamesAnotherPeriod(claim, said, fact) || ReachesOtherDays(claim, fact))
            return false;
        if (FirstPeriod().Matches(claim.Context.Text).Select(PeriodOf).Intersect(FirstPeriod().Matches(fact.Reading.Folded.Text).Select(PeriodOf)).Any())
            return true; // 第一個月免費 is 首月免費
        // drying free, washing $2: "washing and drying are free" is said of one thing too many
        if (Own(f.Noun).Count > 0 && fact.Reading.Claims.Any(o => o is { Kind: ClaimKind.Price, Low: > 0, Role: "" } && !SharesNumber(t.Clause, o) && !t.Clause.Contains(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"#{o.Unit}:{o.Low:0.####}"))
            && Own(t.Clause).Any(w => w[0] is not ('~' or '?') && Names(o, w) && !Names(said, w))))
            return false;
        if (claim.Unit == "nofee" && !IsFeeOf(claim, said))
            return false; // no deposit is not what a free quote says
        if (said.Unit == "nofee" && FeeOf(said).Overlaps(t.Clause))
            return true; // cancelling is free where there is no cancellation fee
        if (t.Noun.Overlaps(f.Noun) || !f.NounFollows && Own(t.Noun).Overlaps(f.Clause) || claim.Unit == "nofee" && said.Unit == "nofee" || f.Noun.Count == 0 && SharesNumber(t.Sentence, said))
            return true;
        var own = Own(t.Clause);
        if ((f.Noun.Count == 0 || t.Noun.Count == 0) && (own.Count == 0 || own.Overlaps(fact.Words)))
            return true;
        if (t.NounFollows && SharesCharacters(HanOf(t.Noun), f.Characters))
            return true;
        bool namesAnother = own.Overlaps(all.Where(o => o != fact).SelectMany(o => o.Words).Where(w => !fact.Words.Contains(w)));
        return !t.NounFollows && (t.Clause.Overlaps(f.Noun) || t.Topics.Overlaps(f.Topics) || own.Count(f.Clause.Contains) >= 2
            || SharesNumber(t.Sentence, said) || !namesAnother && (own.Overlaps(fact.Words) || SharesCharacters(t.Characters, f.Characters)));
    }

    /// <summary>Whether a fact's "no fee" or "free" is about the fee that the claim says there is none of.</summary>
    private static bool IsFeeOf(Claim claim, Claim said)
    {
        if (said.Unit == "nofee" && IsInterest(claim) && IsInterest(said))
            return true;
        var what = FeeOf(claim);
        return what.Count == 0 || what.Overlaps(said.Unit == "nofee" ? FeeOf(said) : said.Context.Noun.Concat(said.Context.Clause));
    }

    private static HashSet<string> HanOf(IReadOnlySet<string> words) => [.. words.Where(w => w[0] > 0x2E7F).SelectMany(w => w).Select(c => c.ToString())];

    /// <summary>送 and 贈 give; a fact without them may only lend.</summary>
    private static bool IsLent(Claim claim, Claim said, Fact fact) => claim.Literal.AsSpan().ContainsAny("送贈")
        && !fact.Reading.Folded.Text.AsSpan().ContainsAny("送贈") && !said.Context.Noun.Contains("~gift");

    /// <summary>The first month free is not the first class free.</summary>
    private static bool NamesAnotherPeriod(Claim claim, Claim said, Fact fact) => !SharesNumber(claim.Context.Clause, said)
        && Periods.Any(p => (claim.Context.Clause.Contains(p) || claim.Context.Characters.Contains(p)) && !fact.Words.Contains(p) && !fact.Reading.Folded.Text.Contains(p, StringComparison.Ordinal));

    private static bool SharesNumber(IReadOnlySet<string> words, Claim said) => words.Any(w => w[0] == '#' && said.Context.Clause.Contains(w));

    /// <summary>Chinese is not cut into words, and says check in two ways that share a character: 檢查, 檢測.</summary>
    internal static bool SharesCharacters(IReadOnlySet<string> t, IReadOnlySet<string> f) => t.Any(c => f.Contains(c) && !EverywhereHan.Contains(c, StringComparison.Ordinal));

    /// <summary>What the claim compares with is what the fact compares with.</summary>
    private static bool SpanIsIn(Claim claim, Fact fact) => claim.Literal.Length == 0
        || Vocabulary.Default.ContentOf(claim.Literal) is var words && words.Count(fact.Words.Contains) * 2 >= words.Count;

    private static char PeriodOf(Match match) => match.Groups["p"].Value switch { "month" or "月" => 'm', "week" or "週" or "星期" or "禮拜" => 'w', "year" or "年" => 'y', _ => 'd' };

    [GeneratedRegex(@"(?<![a-z])first\s+(?<p>month|week|year|day)(?![a-z])|(?<![a-z])(?<p>month|week|year|day)\s+(?:one|1)(?![a-z\d])|首(?<p>月|週|年|日)|第[一1]個?(?<p>月|週|星期|禮拜|年|天|日)", RegexOptions.ExplicitCapture)]
    private static partial Regex FirstPeriod();

    [GeneratedRegex(@"(?<![a-z])(?:refund|money[\s-]back|warranty|returns?)(?:\s+\w+)?\s+(?:promise|guarantee)")]
    private static partial Regex RefundWord();

    [GeneratedRegex(@"(?<![a-z])(?:only|just|limited)(?![a-z])|限量|限|僅|只有|只做|每日")]
    private static partial Regex OnlySoMany();
}
