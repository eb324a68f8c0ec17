using System.Globalization;
using System.Text.RegularExpressions;

namespace Syrinx.Ads;

/// <summary>
/// Whether a fact asserts what a claim asserts: the same value, unit and money, of the same thing, reaching no further. Where words
/// cannot decide, the claim is refused. Immutable and safe to share between threads.
/// </summary>
/// <param name="productWords">The words of the product's name, which tell nothing apart.</param>
internal sealed partial class ClaimMatcher(IReadOnlySet<string> productWords)
{
    // a fee is not the price of the thing, and what a promise lasts for is not what anything else lasts for
    private static readonly HashSet<string> Fees = ["~delivery", "~rent", "~return"];
    private static readonly HashSet<string> Strong = ["~delivery", "~warranty", "~return", "~trial", "~experience", "~opening", "~closed", "~preparation", "~review", "~sales"];
    private static readonly HashSet<string> Pairs = ["雙", "對"];
    private static readonly HashSet<string> Promises = ["~warranty", "~return", "~delivery", "~trial", "~experience"];

    /// <summary>Null if the fact supports the claim, else why not.</summary>
    public Mismatch? Compare(Claim claim, Fact fact, IReadOnlyList<Fact> all)
    {
        Mismatch? nearest = Special(claim, fact) ? null : Mismatch.NoSuchFact;
        foreach (var said in fact.Reading.Claims)
        {
            if (nearest is null)
                break;
            var mismatch = IsNumeric(claim) ? Numbers(claim, said, fact, all) : Words(claim, said, fact);
            if (mismatch is null || mismatch > nearest)
                nearest = mismatch;
        }
        return nearest;
    }

    private static bool IsNumeric(Claim c) =>
        c.Kind is ClaimKind.Number or ClaimKind.Price or ClaimKind.Percentage && c.Unit != "code" || c.Kind == ClaimKind.Date;

    /// <summary>Assertions that facts make without a claim of the same form.</summary>
    private static bool Special(Claim claim, Fact fact)
    {
        if (claim.Unit == "code")
            return HasCode(fact.Squeezed, FactBook.Squeeze(claim.Literal));
        if (claim.Unit == "without" || claim.Unit == "count" && claim is { Low: 0, High: 0 })
        {
            // sugar-free, zero sugar: no sugar, without sugar, 無糖
            var what = claim.Unit == "without" ? new HashSet<string> { claim.Literal } : claim.Context.Noun;
            return what.Overlaps(fact.Words) && NothingOf().IsMatch(fact.Reading.Folded.Text);
        }
        // "$1,150 for two": what is counted was said before; the fact that holds one number must hold the other
        if (claim.Unit == "count" && claim.Context.Noun.Count == 0 && claim.Context.Clause.FirstOrDefault(w => w[0] == '#') is { } beside)
        {
            return NumberScanner.Scan(fact.Reading.Folded.Text).Any(n => n.Value == claim.Low)
                && fact.Reading.Claims.Any(c => beside == string.Create(CultureInfo.InvariantCulture, $"#{c.Unit}:{c.Low:0.####}"));
        }
        return claim.Unit is "count" && claim.Low == claim.High && claim.Context.Noun.Any(n => n[0] is >= 'a' and <= 'z' && n.Length > 1
            && HasCode(fact.Squeezed, n + claim.Low.ToString("0.##", CultureInfo.InvariantCulture)));
    }

    private static bool HasCode(string squeezed, string code)
    {
        for (int at = squeezed.IndexOf(code, StringComparison.Ordinal); at >= 0; at = squeezed.IndexOf(code, at + 1, StringComparison.Ordinal))
        {
            int end = at + code.Length;
            if ((end == squeezed.Length || !char.IsAsciiDigit(squeezed[end])) && (at == 0 || !char.IsAsciiDigit(squeezed[at - 1]) || !char.IsAsciiDigit(code[0])))
                return true;
        }
        return false;
    }

    private Mismatch? Numbers(Claim claim, Claim said, Fact fact, IReadOnlyList<Fact> all)
    {
        if (SameYear(claim, said))
            return null;
        if (claim.Unit == "months" && said.Unit == "age")
            said = said with { Unit = "months", Low = said.Low * 12, High = said.High * 12 }; // vines of forty years are 40-year-old vines
        if (!SameUnit(claim, said))
            return Mismatch.NoSuchFact;
        if (claim.Kind == ClaimKind.Date)
            return Dates(claim, said, fact);
        if (!SameValue(claim, said) || claim.Role != said.Role || claim.Negated != said.Negated)
            return Mismatch.OtherValue;
        if (!SamePer(claim, said))
            return Mismatch.OtherThing;
        if (!SameThing(claim, said) || Contradicts(claim, said) || FitsAnotherValueBetter(claim, said, all))
            return Mismatch.OtherThing;
        return claim.Unit is "discount" or "off" || claim.Role == "saving" ? Scope(claim, fact) : null;
    }

    /// <summary>"Our 2024 graduates", "graduates of 2024": a year reads like a count, and a count like a year.</summary>
    private static bool SameYear(Claim claim, Claim said) =>
        claim is { Unit: "count", Low: >= 1900 and <= 2100 } && said.Unit == "date" && said.Literal == string.Create(CultureInfo.InvariantCulture, $"{claim.Low:0}//")
        || claim.Unit == "date" && claim.Role.Length == 0 && said is { Unit: "count", Low: >= 1900 and <= 2100 } && claim.Literal == string.Create(CultureInfo.InvariantCulture, $"{said.Low:0}//");

    /// <summary>A price a month is none without the month; a price each is one for the piece that the claim names.</summary>
    private bool SamePer(Claim claim, Claim said)
    {
        if (claim.Per == said.Per)
            return true;
        if (IsPeriod(claim.Per) || IsPeriod(said.Per))
            return false;
        return claim.Per.Length == 0 || said.Per is "item" && claim.Per[0] != '~' || productWords.Contains(claim.Per)
            || said.Context.Clause.Contains(claim.Per) || said.Context.Noun.Contains(claim.Per)
            || said.Per.Length == 0 && Vocabulary.Default.HanOf(claim.Per).Any(said.Context.Characters.Contains);
    }

    private static bool IsPeriod(string per) => per is "month" or "year" or "week" or "day" or "hour" or "night";

    private static bool SameUnit(Claim claim, Claim said) => claim.Unit == said.Unit
        // 手沖150: a price without its sign, where the words around are the price's
        || claim is { Unit: "count", Context.NounFollows: false } && said.Unit.StartsWith("money:", StringComparison.Ordinal) && claim.Low >= 10
            && claim.Context.Clause.Any(w => w[0] != '#' && said.Context.Clause.Contains(w))
        || claim.Unit == "off" && (said.Unit == "discount" || said.Role == "saving")
        || claim.Unit == "relative" && said.Unit == "relative";

    /// <summary>Whether the fact's value makes the claim's true.</summary>
    private static bool SameValue(Claim claim, Claim said)
    {
        bool range = claim.Low != claim.High, saidRange = said.Low != said.High;
        if (range)
            return saidRange && Near(claim.Low, said.Low) && Near(claim.High, said.High);
        if (saidRange)
        {
            return claim.Bound is Bound.UpTo or Bound.Within && Near(claim.High, said.High)
                || claim.Bound is Bound.AtLeast && Near(claim.Low, said.Low);
        }
        bool counts = claim.Unit == "count" && said.Unit == "count";
        if (!Near(claim.Low, said.Low))
        {
            // 3,200 customers are "over 3,000 customers"; NT$450 is "under NT$500"
            return said.Bound is Bound.Exactly or Bound.About or Bound.AtLeast or Bound.MoreThan or Bound.Plus
                && (counts && claim.Bound is Bound.MoreThan or Bound.AtLeast or Bound.Plus && said.Low > claim.Low && claim.Low * 10 >= said.Low * (claim.Bound == Bound.AtLeast ? 1 : 5)
                || claim.Kind == ClaimKind.Price && said.Bound is Bound.Exactly && claim.Bound == Bound.LessThan && said.Low < claim.Low && claim.Low <= said.Low * 2);
        }
        return claim.Bound switch
        {
            Bound.Exactly => said.Bound is Bound.Exactly or Bound.About or Bound.Within || counts && said.Bound is Bound.AtLeast or Bound.MoreThan or Bound.Plus or Bound.UpTo,
            Bound.About => true,
            Bound.AtLeast => said.Bound is Bound.Exactly or Bound.AtLeast or Bound.MoreThan or Bound.Plus,
            // "over 24 months" is a span of time, "over 15 years of experience" a claim
            Bound.MoreThan when claim.Unit is "time" or "months" && !claim.Context.Topics.Contains("~experience") => true,
            Bound.MoreThan or Bound.Plus => said.Bound is Bound.AtLeast or Bound.MoreThan or Bound.Plus,
            Bound.UpTo => said.Bound is Bound.Exactly or Bound.UpTo or Bound.Within,
            Bound.LessThan => said.Bound is Bound.LessThan,
            _ => said.Bound is Bound.Exactly or Bound.Within or Bound.About or Bound.LessThan,
        };
    }

    // half a per cent for what was converted; no difference that a reader would see
    private static bool Near(decimal a, decimal b) => a == b || Math.Abs(a - b) <= Math.Max(Math.Abs(a), Math.Abs(b)) * 0.005m && a != Math.Floor(a);

    /// <summary>Whether both are about the same, as far as words tell.</summary>
    private bool SameThing(Claim claim, Claim said)
    {
        var (t, f) = (claim.Context, said.Context);
        bool overlap = Own(t.Clause).Overlaps(f.Sentence) || Own(t.Noun).Overlaps(f.Sentence);
        if (t.Topics.Count > 0 && (f.Topics.Count > 0 ? !t.Topics.Overlaps(f.Topics) : !overlap && t.Topics.Overlaps(Strong)))
            return false;
        if (f.Characters.Contains("單") && t.Characters.Overlaps(Pairs))
            return false; // 單腳420公克 is not what a pair weighs
        switch (claim.Unit)
        {
            case "count" when said.Unit != "count":
                return true;
            case "rank":
                return true;
            case "count" or "ordinal" or "multiple":
                // "buy two" counts nothing by name; 60台車 counts by a single character
                return t.Noun.Count == 0 || t.Noun.Overlaps(f.Noun) || t.Noun.Overlaps(f.Clause)
                    || !f.NounFollows && (!t.NounFollows || Own(t.Clause).Overlaps(f.Clause) || t.Noun.All(n => n == "~people"))
                    || f.Noun.All(n => n.Length == 1) && Own(t.Clause).Count(f.Clause.Contains) >= 2;
            case "percent":
                return t.Noun.Count > 0 ? t.Noun.Overlaps(f.Noun) || t.Noun.Overlaps(f.Clause) || !t.NounFollows && SharesCharacters(t, f) : f.Noun.Count == 0 || overlap || SharesCharacters(t, f);
            case "discount" or "off":
                return f.Noun.Count == 0 || t.Noun.Count == 0 || t.Noun.Overlaps(f.Noun) || t.Clause.Overlaps(f.Clause)
                    || t.Sentence.Any(w => w[0] == '?' && f.Sentence.Contains(w)); // both for members
        }
        if (t.Topics.Count > 0 || overlap || claim.Unit == "night" || claim.Role == "threshold" || claim.Kind == ClaimKind.Number && t.Characters.Overlaps(f.Characters))
            return true;
        return claim.Kind == ClaimKind.Price ? !f.Topics.Overlaps(Fees) || t.Sentence.Overlaps(f.Topics)
            : !f.Topics.Overlaps(Promises) || Own(t.Clause).Count == 0;
    }

    /// <summary>Chinese is not cut into words: a shared character is a shared word where nothing else is counted.</summary>
    private static bool SharesCharacters(ClaimContext t, ClaimContext f) => !f.NounFollows && t.Characters.Overlaps(f.Characters);

    /// <summary>
    /// Whether the words around the claim belong to another value of the same kind: with "a cup NT$60, a bag NT$450" the claim "a bag for
    /// NT$60" names a true price of something else.
    /// </summary>
    private bool FitsAnotherValueBetter(Claim claim, Claim said, IReadOnlyList<Fact> all)
    {
        var own = Own(claim.Context.Clause);
        own.UnionWith(Own(claim.Context.Noun));
        if (own.Count == 0)
            return false;
        if (claim.Unit == "count" && claim.Context.NounFollows && claim.Context.Noun.Overlaps(said.Context.Noun))
            return false;
        int here = Common(own, said);
        return all.Where(f => !f.IsInstruction).SelectMany(f => f.Reading.Claims)
            .Any(other => other.Unit == claim.Unit && other.Role == claim.Role && (other.Low != said.Low || other.High != said.High) && Common(own, other) > here);
    }

    /// <summary>Whether the other numbers of the clause are others than those of the fact's: "weekends NT$2,400" for "weekdays NT$2,400".</summary>
    private static bool Contradicts(Claim claim, Claim said)
    {
        foreach (string number in claim.Context.Clause.Where(w => w[0] == '#'))
        {
            string unit = number[..(number.LastIndexOf(':') + 1)];
            if (!said.Context.Clause.Contains(number) && said.Context.Clause.Count(w => w.StartsWith(unit, StringComparison.Ordinal)) == 1
                && claim.Context.Clause.Count(w => w.StartsWith(unit, StringComparison.Ordinal)) == 1)
                return true;
        }
        return false;
    }

    // a word and its group are one and the same
    private static int Common(HashSet<string> words, Claim claim)
    {
        var common = words.Where(w => claim.Context.Clause.Contains(w) || claim.Context.Noun.Contains(w)).ToList();
        return Math.Max(common.Count(w => w[0] is not ('~' or '?')), common.Count(w => w[0] is '~' or '#'));
    }

    private HashSet<string> Own(IReadOnlySet<string> words) => [.. words.Where(w => !productWords.Contains(w))];

    private Mismatch? Dates(Claim claim, Claim said, Fact fact)
    {
        bool same = claim.Unit switch
        {
            "date" => SameDate(claim.Literal, said.Literal, whole: claim.Role == "until"),
            "weekday" when (claim.Role == "closed") != (said.Role == "closed") => AreTheOtherDays(claim.Literal, said.Literal),
            "weekday" => claim.Literal.Length > 0 && claim.Literal.All(d => said.Literal.Contains(d, StringComparison.Ordinal)),
            "clock" => SameHour(claim.Literal, said.Literal),
            _ => claim.Literal == said.Literal,
        };
        if (!same)
            return Mismatch.OtherValue;
        if (claim.Unit == "weekday" && (claim.Role == "closed") != (said.Role == "closed"))
            return null;
        string role = claim.Role == "from" && said.Role == "founded" || claim.Role == "founded" && said.Role == "from" ? said.Role : claim.Role;
        if (role != said.Role && (claim.Role.Length > 0 && (claim.Unit != "clock" || said.Role.Length > 0) || said.Role == "closed"))
            return Mismatch.OtherThing;
        var (t, f) = (claim.Context.Topics, said.Context.Topics);
        // a house that has been there since 1987 has baked, served and poured since 1987; it has not promised or been praised since then
        if (claim.Role is "from" or "founded" && said.Role is "from" or "founded" && claim.Literal.EndsWith("//", StringComparison.Ordinal)
            && !t.Overlaps(Promises) && !t.Contains("~review") && !t.Contains("~sales"))
            return null;
        return t.Count == 0 || f.Count == 0 && (claim.Role.Length > 0 || t.Overlaps(fact.Words) || Own(claim.Context.Clause).Overlaps(fact.Words)) || t.Overlaps(f)
            ? null : Mismatch.OtherThing;
    }

    /// <summary>Every part that the claim names is the fact's; a last day must be named whole, for "until July" says more than "until 15 July".</summary>
    private static bool SameDate(string claim, string said, bool whole)
    {
        string[] a = claim.Split('/'), b = said.Split('/');
        return Enumerable.Range(0, 3).All(i => a[i].Length == 0 && !(whole && i == 2) || a[i] == b[i] || i == 2 && (IsMonthEnd(a[1], a[i], b[i]) || IsMonthEnd(a[1], b[i], a[i])));
    }

    /// <summary>9月底 is 30 September.</summary>
    private static bool IsMonthEnd(string month, string end, string day) => end == "底" && month.Length > 0
        && day == DateTime.DaysInMonth(2024, int.Parse(month, CultureInfo.InvariantCulture)).ToString(CultureInfo.InvariantCulture);

    /// <summary>Closed on Mondays is open from Tuesday to Sunday, where both together are the week.</summary>
    private static bool AreTheOtherDays(string claim, string said) =>
        claim.Length > 0 && !claim.Any(d => said.Contains(d, StringComparison.Ordinal)) && (claim.Length + said.Length == 7 || said.Length >= 5);

    private static bool SameHour(string claim, string said)
    {
        int a = int.Parse(claim.TrimEnd('?'), CultureInfo.InvariantCulture), b = int.Parse(said.TrimEnd('?'), CultureInfo.InvariantCulture);
        return a == b || (claim[^1] == '?' || said[^1] == '?') && a % 720 == b % 720;
    }

    private Mismatch? Words(Claim claim, Claim said, Fact fact)
    {
        bool sameUnit = claim.Unit == said.Unit
            || claim.Unit == "free" && said.Unit == "nofee" || claim.Unit == "nofee" && said.Unit == "free"
            // "guaranteed for two years" is what a warranty of two years says
            || claim.Unit == "guarantee" && said.Unit == "warranty" && claim.Context.Clause.Any(w => w[0] == '#' && said.Context.Clause.Contains(w))
            || claim.Unit == "timelimit" && (said is { Kind: ClaimKind.Date, Role: "until" } || said.Unit == "relative")
            || claim.Unit == "stocklimit" && said.Unit == "count" && OnlySoMany().IsMatch(fact.Reading.Folded.Text);
        if (!sameUnit)
            return Mismatch.NoSuchFact;
        if (claim.Negated != said.Negated || claim.Literal != said.Literal && claim.Unit == "offer")
            return Mismatch.OtherValue;
        var (t, f) = (claim.Context, said.Context);
        bool same = claim.Kind switch
        {
            ClaimKind.Free => t.Noun.Overlaps(f.Noun) || !t.NounFollows && (t.Topics.Overlaps(f.Topics) || Own(t.Clause).Count(w => w[0] != '#' && f.Clause.Contains(w)) >= 2
                || !f.NounFollows && t.Clause.Any(w => w[0] == '#' && f.Clause.Contains(w))) || (f.Noun.Count == 0 || t.Noun.Count == 0) && (Own(t.Clause).Count == 0 || Own(t.Clause).Overlaps(fact.Words)) || claim.Unit == "offer" || claim.Unit == "nofee" && t.Clause.Overlaps(f.Clause),
            ClaimKind.Urgency => true,
            ClaimKind.Comparison => SpanIsIn(claim, fact) && (t.Noun.Count == 0 || t.Noun.Overlaps(fact.Words)),
            ClaimKind.Superlative when claim.Unit == "award" && Metal().Match(claim.Literal) is { Success: true } metal && !fact.Reading.Folded.Text.Contains(metal.Value, StringComparison.Ordinal) => false,
            ClaimKind.Superlative => t.Noun.Count > 0 ? t.Noun.Overlaps(fact.Words) : f.Noun.Count == 0 || t.Clause.Overlaps(fact.Words) || t.Sentence.Overlaps(fact.Words),
            _ => Own(t.Clause).Count == 0 || t.Clause.Overlaps(f.Clause) || f.Clause.Count == 0 && Own(t.Clause).Overlaps(fact.Words),
        };
        return !same ? Mismatch.OtherThing : claim.Kind == ClaimKind.Urgency ? null : Scope(claim, fact);
    }

    /// <summary>What the claim compares with is what the fact compares with.</summary>
    private static bool SpanIsIn(Claim claim, Fact fact) => claim.Literal.Length == 0
        || Vocabulary.Default.ContentOf(claim.Literal) is var words && words.Count(fact.Words.Contains) * 2 >= words.Count;

    private Mismatch? Scope(Claim claim, Fact fact)
    {
        string said = fact.Reading.Folded.Text;
        bool further = claim.Context.Scope.Any(s => s[0] == '='
            ? claim.Kind is ClaimKind.Superlative or ClaimKind.Comparison && !fact.Words.Contains(s[1..]) && !productWords.Contains(s[1..])
            : !said.Contains(s, StringComparison.Ordinal));
        return further ? Mismatch.TooFar : null;
    }

    [GeneratedRegex(@"(?<![a-z])(?:no|zero|without|0|free|non|never)(?![a-z])|無|零|不含|不加|未添加|沒有|0\s*[\u3400-\u9fff]")]
    private static partial Regex NothingOf();

    [GeneratedRegex("gold|silver|bronze|金|銀|銅")]
    private static partial Regex Metal();

    [GeneratedRegex(@"(?<![a-z])(?:only|just|limited)(?![a-z])|限量|限|僅|只有|只做|每日")]
    private static partial Regex OnlySoMany();
}
