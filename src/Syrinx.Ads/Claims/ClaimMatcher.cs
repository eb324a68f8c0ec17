using System.Globalization;
using System.Text.RegularExpressions;

namespace Syrinx.Ads;

/// <summary>
/// Whether a fact asserts what a claim asserts. A number, price, percentage or date whose value and kind match a fact is supported
/// unless the words around it contradict: they name another counted thing, another role (was, threshold, saving, until), another period,
/// or fit another value of the facts better. A superlative, comparison, guarantee or "free" is nothing but its words, so these must agree.
/// Immutable and safe to share between threads.
/// </summary>
/// <param name="productWords">The words of the product's name, which tell nothing apart.</param>
/// <param name="subject">Words of the keywords and the category, which do not tell one price of the house from another.</param>
internal sealed partial class ClaimMatcher(IReadOnlySet<string> productWords, IReadOnlySet<string> subject)
{
    // what a promise lasts for is not what anything else lasts for, and a fee is not the price of the thing
    private static readonly HashSet<string> Promises = ["~warranty", "~return", "~delivery", "~trial", "~experience", "~rent"];

    private static readonly HashSet<string> Judged = ["~warranty", "~return", "~delivery", "~trial", "~review", "~sales"];
    private static readonly HashSet<string> Pairs = ["雙", "對"];

    // topics that facts name by few words
    private static readonly HashSet<string> Strong = [.. Judged, "~opening", "~closed", "~preparation", "~experience"];

    private static readonly Dictionary<string, string> HanPeriods = new() { ["month"] = "月", ["year"] = "年", ["week"] = "週", ["day"] = "天", ["night"] = "晚" };

    private static readonly HashSet<string> Offers = ["free", "off", "discount", "gift", "免費", "免運", "運費", "折扣", "贈送", "加贈"];

    private static readonly string[] Metals = ["gold", "silver", "bronze", "金", "銀", "銅"];

    // characters of many words
    private const string EverywhereHan = "首次第天月年週人費元全每滿免加送買帶做來用大小一再";

    // the first month free is not the first class free
    private static readonly string[] Periods = ["day", "week", "month", "year", "night", "hour", "月", "週", "晚", "年"];

    // counted things that are never called otherwise; people have too many names
    internal static readonly HashSet<string> Telling = ["~shop", "~company", "~cup", "~bottle", "~bag", "~box", "~can", "~colour", "~flavour", "~layer", "~floor", "~seat", "~age", "~lesson", "~instalment", "~star", "~count_review", "~room", "~people"];

    /// <summary>Null if the fact supports the claim, else why not.</summary>
    public Mismatch? Compare(Claim claim, Fact fact, IReadOnlyList<Fact> all)
    {
        Mismatch? nearest = Special(claim, fact, all) ? null : Mismatch.NoSuchFact;
        foreach (var said in fact.Reading.Claims)
        {
            if (nearest is null)
                break;
            var mismatch = IsNumeric(claim) ? Numbers(claim, said, fact, all) : Words(claim, said, fact, all);
            if (mismatch is null || mismatch > nearest)
                nearest = mismatch;
        }
        return nearest;
    }

    private static bool IsNumeric(Claim c) =>
        c.Kind is ClaimKind.Number or ClaimKind.Price or ClaimKind.Percentage && c.Unit != "code" || c.Kind == ClaimKind.Date;

    /// <summary>Assertions that facts make without a claim of the same form.</summary>
    private static bool Special(Claim claim, Fact fact, IReadOnlyList<Fact> all)
    {
        if (claim.Unit == "code")
            return HasCode(fact.Squeezed, FactBook.Squeeze(claim.Literal));
        if (claim.Unit == "without" || claim.Unit == "count" && claim is { Low: 0, High: 0 })
        {
            // sugar-free, zero sugar: no sugar, without sugar, 無糖
            var what = claim.Unit == "without" ? new HashSet<string> { claim.Literal } : claim.Context.Noun;
            return what.Overlaps(fact.Words) && NothingOf().IsMatch(fact.Reading.Folded.Text);
        }
        // 扶手四向可調 has four without a counting word
        if (claim is { Unit: "count", HasCounter: true } && claim.Context.Clause.Overlaps(fact.Words)
            && NumberScanner.Scan(fact.Reading.Folded.Text).Any(n => n.Value == claim.Low && n.Value > 1 && !fact.Reading.Claims.Any(c => c.Start <= n.Start && n.End <= c.End)))
            return true;
        // "three languages": English, German and Spanish
        if (claim is { Unit: "count", Low: >= 2 and <= 12, Bound: Bound.Exactly, HasCounter: false } && claim.Low == claim.High && !claim.Context.Noun.Overlaps(Telling)
            && ListItem().Count(fact.Reading.Folded.Text) + 1 == claim.Low && !fact.Reading.Claims.Any(IsNumeric) && !all.Any(o => o != fact && claim.Context.Noun.Overlaps(o.Words)))
            return true;
        if (claim.Unit == "clock" && Always().IsMatch(fact.Reading.Folded.Text) || claim is { Unit: "weekday", Role: "" } && !fact.Reading.Claims.Any(c => c.Unit == "weekday") && EveryDay().IsMatch(fact.Reading.Folded.Text))
            return true;
        return claim.Unit is "count" && claim.Low == claim.High && claim.Context.Noun.Concat(claim.Context.Nearest).Any(n => n[0] is >= 'a' and <= 'z' && n.Length > 1
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
        if (claim.Unit == "months" && said.Unit == "age")
            said = said with { Unit = "months", Low = said.Low * 12, High = said.High * 12 }; // vines of forty years are 40-year-old vines
        if (claim.Unit == "age" && said.Unit == "months")
            claim = claim with { Unit = "months", Low = claim.Low * 12, High = claim.High * 12 };
        if (said.Unit == "offer" && claim is { Unit: "count", HasCounter: true })
            return NumberScanner.Scan(fact.Reading.Folded.Text[said.Start..said.End]).Any(n => n.Value == claim.Low) ? null : Mismatch.OtherValue;
        if (!SameUnit(claim, said))
            return IsBare(claim) && IsBareValueOf(claim, said, fact, all) || IsYear(claim, said) ? null : Mismatch.NoSuchFact;
        if (claim.Kind == ClaimKind.Date)
            return Dates(claim, said.Unit == "weekday" ? said with { Literal = string.Concat(fact.Reading.Claims.Where(c => c.Unit == "weekday" && c.Role == said.Role).Select(c => c.Literal).Distinct()) } : said);
        if (!SameValue(claim, said) || !SameRole(claim, said, fact) || claim.Negated != said.Negated)
            return Mismatch.OtherValue;
        if (!SamePer(claim, said) || NamesAnotherThing(claim, said, fact, all) || Contradicts(claim, said) || FitsAnotherValueBetter(claim, said, fact, all))
            return Mismatch.OtherThing;
        return claim.Unit is "discount" or "off" || claim.Role == "saving" ? Scope(claim, fact) : null;
    }

    /// <summary>A number with nothing that says what it counts: "$1,150 for two", "see you between 9 and 1", "class of 2024".</summary>
    private static bool IsBare(Claim claim) => claim.Unit == "count" && !claim.HasCounter && (!claim.Context.NounFollows || claim.Low is >= 1900 and <= 2100);

    /// <summary>Whether a fact's claim of any kind has the value of a bare number.</summary>
    private bool IsBareValueOf(Claim claim, Claim said, Fact fact, IReadOnlyList<Fact> all)
    {
        if (said.Role is "was" or "until" && said.Unit != "clock")
            return false;
        if (claim.Low != claim.High)
            return said.Unit == "clock" && new[] { claim.Low, claim.High }.All(h => fact.Reading.Claims.Any(c => c.Unit == "clock" && h <= 24 && SameHour($"{h * 60:0}?", c.Literal)));
        return (said.Unit == "clock" && claim.Low <= 24 && SameHour($"{claim.Low * 60:0}?", said.Literal)
                || NumberScanner.Scan(fact.Reading.Folded.Text[said.Start..said.End]).Any(n => n.Value == claim.Low))
            && !FitsAnotherValueBetter(claim with { Unit = said.Unit, Role = said.Role }, said, fact, all);
    }

    /// <summary>A year reads like a count: "the 2024 show".</summary>
    private static bool IsYear(Claim claim, Claim said) =>
        claim is { Unit: "date", Role: "" } && said is { Unit: "count", Low: >= 1900 and <= 2100 } && claim.Literal == string.Create(CultureInfo.InvariantCulture, $"{said.Low:0}//");

    /// <summary>Was and now, threshold, saving: a price has one of these parts. "From £280 to £220" says both without a word for either.</summary>
    private static bool SameRole(Claim claim, Claim said, Fact fact) => claim.Role == said.Role
        || claim.Role.Length == 0 && said.Role == "saving" && claim.Per.Length > 0 && claim.Per == said.Per
        || claim.Role.Length == 0 && said.Role == "threshold" && claim.Context.Sentence.Overlaps(Offers)
        || claim.Role.Length == 0 && said.Role is "was" or "threshold"
            && fact.Reading.Claims.Any(o => o != said && o.Low != said.Low && claim.Context.Clause.Contains(string.Create(CultureInfo.InvariantCulture, $"#{o.Unit}:{o.Low:0.####}")));

    /// <summary>A price a month is none without the month; a price each is one for the piece that the claim names.</summary>
    private bool SamePer(Claim claim, Claim said)
    {
        if (claim.Per == said.Per)
            return true;
        // what a room costs is for a night; "pay monthly ($8)" names the month elsewhere
        if (claim.Per.Length == 0 && (said.Per == "night" || claim.Context.Sentence.Contains(said.Per) || HanPeriods.TryGetValue(said.Per, out string? han) && claim.Context.Characters.Contains(han)))
            return true;
        if (IsPeriod(claim.Per) || IsPeriod(said.Per))
            return false;
        if (said.Per.Length == 0 && (claim.Per == "item" || claim.Per.Length > 0 && claim.Per[0] is not '~' and < '\u3400'))
            return !said.Context.Clause.Any(w => w.StartsWith("#count:", StringComparison.Ordinal));
        return claim.Per.Length == 0 || said.Per is "item" && claim.Per[0] != '~' || productWords.Contains(claim.Per)
            || said.Context.Clause.Contains(claim.Per) || said.Context.Noun.Contains(claim.Per)
            || said.Per.Length == 0 && Vocabulary.Default.HanOf(claim.Per).Any(said.Context.Characters.Contains);
    }

    private static bool IsPeriod(string per) => per is "month" or "year" or "week" or "day" or "hour" or "night";

    private static bool SameUnit(Claim claim, Claim said) => claim.Unit == said.Unit
        || claim.Unit == "off" && (said.Unit == "discount" || said.Role == "saving");

    /// <summary>Whether the fact's value makes the claim's true.</summary>
    private static bool SameValue(Claim claim, Claim said)
    {
        bool range = claim.Low != claim.High, saidRange = said.Low != said.High;
        if (range)
            return saidRange && Near(claim, claim.Low, said.Low) && Near(claim, claim.High, said.High);
        if (saidRange)
        {
            return claim.Bound is Bound.UpTo or Bound.Within && Near(claim, claim.High, said.High)
                || claim.Bound is Bound.AtLeast && Near(claim, claim.Low, said.Low)
                || claim.Kind == ClaimKind.Number && claim.Unit is not ("time" or "months" or "count") && (claim.Low == said.Low || claim.Low == said.High);
        }
        bool counts = claim.Unit == "count" && said.Unit == "count";
        if (!Near(claim, claim.Low, said.Low))
        {
            // 3,200 customers are "over 3,000 customers"; 1.9 kg are "less than two kilos", NT$450 "under NT$500"
            decimal ratio = said.Low == 0 ? 0 : claim.Low / said.Low;
            bool close = claim.Kind is ClaimKind.Number or ClaimKind.Price && claim.Unit != "multiple" && (!counts || claim.Low >= 10);
            return close && (said.Bound is Bound.Exactly or Bound.About or Bound.AtLeast or Bound.MoreThan or Bound.Plus && claim.Kind == ClaimKind.Number
                    && (claim.Bound is Bound.MoreThan or Bound.Plus || counts && claim.Bound == Bound.AtLeast) && ratio is < 1 and >= 0.5m
                || said.Bound is Bound.Exactly or Bound.About or Bound.Within or Bound.UpTo && claim.Bound == Bound.LessThan && ratio is > 1 and <= 2);
        }
        return claim.Bound switch
        {
            Bound.Exactly or Bound.Within => said.Bound is Bound.Exactly or Bound.About or Bound.Within || claim.Kind != ClaimKind.Price && said.Bound is Bound.AtLeast or Bound.MoreThan or Bound.Plus
                || said.Bound is Bound.UpTo && claim.Kind == ClaimKind.Number,
            Bound.About => true,
            Bound.AtLeast => said.Bound is Bound.Exactly or Bound.AtLeast or Bound.MoreThan or Bound.Plus,
            // "over 24 months" is a span of time, "over 15 years of experience" a claim
            Bound.MoreThan when claim.Unit is "time" or "months" && !claim.Context.Topics.Contains("~experience") => true,
            Bound.MoreThan or Bound.Plus => said.Bound is Bound.AtLeast or Bound.MoreThan or Bound.Plus,
            Bound.UpTo => said.Bound is Bound.Exactly or Bound.UpTo or Bound.Within,
            Bound.LessThan => said.Bound is Bound.LessThan,
            _ => said.Bound is Bound.Exactly or Bound.Within or Bound.About,
        };
    }

    // half a per cent for what was converted
    private static bool Near(Claim claim, decimal a, decimal b) => a == b
        || claim.Kind == ClaimKind.Number && claim.Unit != "count" && a != Math.Floor(a) && Math.Abs(a - b) <= Math.Max(Math.Abs(a), Math.Abs(b)) * 0.005m;

    /// <summary>Whether the words around the claim say that something else is meant than what the fact counts, prices or promises.</summary>
    private bool NamesAnotherThing(Claim claim, Claim said, Fact fact, IReadOnlyList<Fact> all)
    {
        var (t, f) = (claim.Context, said.Context);
        if (f.Characters.Contains("單") && t.Characters.Overlaps(Pairs))
            return true; // 單腳420公克 is not what a pair weighs
        bool overlap = Own(t.Clause).Overlaps(f.Sentence) || Own(t.Noun).Overlaps(f.Sentence);
        var topics = Own(t.Topics);
        if (topics.Overlaps(Promises) && !topics.Overlaps(f.Topics) && !overlap
            || topics.Count > 0 && f.Topics.Count > 0 && !topics.Overlaps(f.Topics) && (!overlap || f.Topics.Overlaps(Promises)))
            return true;
        // "open 24 hours" where the dough rests for 24 hours, and the shop opens at eight
        if (!overlap && topics.Overlaps(Strong) && !topics.Overlaps(f.Topics) && all.Any(o => o != fact && topics.Overlaps(o.Words)))
            return true;
        if (claim.Unit is not ("count" or "ordinal" or "multiple" or "percent") || t.Noun.Overlaps(f.Noun) || t.Noun.Overlaps(f.Clause))
            return false;
        if (claim.Unit == "percent" ? t.NounFollows && f.NounFollows && !t.Noun.Overlaps(f.Sentence) : IsAnother(t.Noun, f))
            return true;
        // "two nurses" where there are two vets and four nurses
        var noun = Own(t.Noun);
        return (t.NounFollows || claim.HasCounter) && !noun.Overlaps(fact.Words) && all.Any(o => o != fact && noun.Overlaps(o.Words))
            || noun.Count > 0 && all.SelectMany(o => o.Reading.Claims)
                .Any(o => o != said && o.Unit == claim.Unit && (o.Low != said.Low || o.High != said.High) && noun.Overlaps(o.Context.Noun));
    }

    private static bool IsAnother(IReadOnlySet<string> noun, ClaimContext said) =>
        noun.FirstOrDefault(Telling.Contains) is { } thing && said.Noun.Count > 0
        && (thing == "~people" ? said.Noun.Any(n => Telling.Contains(n) && n is not ("~people" or "~count_review" or "~star")) : said.NounFollows || said.Noun.Overlaps(Telling));

    /// <summary>
    /// Whether the words around the claim belong to another value of the same kind: with "a cup NT$60, a bag NT$450" the claim "a bag for
    /// NT$60" names a true price of something else.
    /// </summary>
    private bool FitsAnotherValueBetter(Claim claim, Claim said, Fact fact, IReadOnlyList<Fact> all)
    {
        var own = Own(claim.Context.Clause);
        own.UnionWith(Own(claim.Context.Noun));
        own.ExceptWith(subject);
        own.RemoveWhere(w => w[0] == '一'); // 一台 is each of them
        if (own.Count == 0 || claim.Role != said.Role)
            return false;
        if (claim.Unit == "count" && claim.Context.NounFollows && claim.Context.Noun.Overlaps(said.Context.Noun))
            return false;
        if (claim.Context.Clause.Any(w => w[0] == '#' && said.Context.Clause.Contains(w)))
            return false; // the weekday or the size beside it is this one's
        // medium 55, large 65: the word next to the number decides
        var near = claim.Context.Nearest.Where(n => n is not ("~price" or "~discount") && n[0] != '一').ToList();
        if (fact.Reading.Claims.Any(o => o.Unit == claim.Unit && o.Role == claim.Role && o.Low != said.Low && near.Any(n => Names(o, n) && !Names(said, n))) && !near.Any(n => Names(said, n)))
            return true;
        // a fact is short: all its words belong to its number, but where it has two of them, those of the clause do
        int here = Common(own, said, wide: false), inFact = Common(own, said, wide: true);
        return all.Where(f => !f.IsInstruction).Any(f => f.Reading.Claims.Any(other => other.Unit == claim.Unit && other.Role == claim.Role
            && (other.Low != said.Low || other.High != said.High) && (f == fact ? Common(own, other, wide: false) > here : Common(own, other, wide: true) > inFact)));
    }

    private static bool Names(Claim claim, string word) => claim.Context.Clause.Contains(word) || claim.Context.Noun.Contains(word);

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
    private static int Common(HashSet<string> words, Claim claim, bool wide)
    {
        var common = words.Where(w => Names(claim, w) || wide && claim.Context.Sentence.Contains(w)).ToList();
        return Math.Max(common.Count(w => w[0] is not ('~' or '?')), common.Count(w => w[0] is '~' or '#'));
    }

    private HashSet<string> Own(IReadOnlySet<string> words) => [.. words.Where(w => w[0] != '#' && !productWords.Contains(w))];

    private static Mismatch? Dates(Claim claim, Claim said)
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
        if (claim.Unit == "weekday")
            return null;
        // since 1987, from 1987 on: founded or not, both begin there
        static string Side(string role) => role == "founded" ? "from" : role;
        var (t, f) = (claim.Context.Topics, said.Context.Topics);
        bool otherSide = claim.Role.Length > 0 && said.Role.Length > 0 && Side(claim.Role) != Side(said.Role)
            || claim.Role == "until" && said.Role.Length == 0 && claim.Unit == "date" || said.Role == "until" && claim.Role == "from";
        // a house that has been there since 1987 has baked and poured since 1987; it has not promised or been praised since then
        return otherSide || t.Overlaps(Judged) && !t.Overlaps(f) ? Mismatch.OtherThing : null;
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

    private Mismatch? Words(Claim claim, Claim said, Fact fact, IReadOnlyList<Fact> all)
    {
        bool sameUnit = claim.Unit == said.Unit && claim.Unit != "code"
            || claim.Literal.StartsWith("百分", StringComparison.Ordinal) && said is { Unit: "percent", Low: 100 }
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
            ClaimKind.Free when claim.Literal.AsSpan().IndexOfAny("送贈") >= 0 && fact.Reading.Folded.Text.AsSpan().IndexOfAny("送贈") < 0 && !said.Context.Noun.Contains("~gift") && claim.Unit != "offer" => false, // lent is not given
            ClaimKind.Free when !t.Clause.Any(w => w[0] == '#' && f.Clause.Contains(w)) && Periods.Any(p => (t.Clause.Contains(p) || t.Characters.Contains(p)) && !fact.Words.Contains(p) && !fact.Reading.Folded.Text.Contains(p, StringComparison.Ordinal)) => false,
            ClaimKind.Free => t.Noun.Overlaps(f.Noun) || !t.NounFollows && (t.Clause.Overlaps(f.Noun) || t.Topics.Overlaps(f.Topics) || Own(t.Clause).Count(w => w[0] != '#' && f.Clause.Contains(w)) >= 2
                || t.Sentence.Any(w => w[0] == '#' && f.Clause.Contains(w)) || SharesCharacters(t.Characters, f.Characters) && !all.Any(o => o != fact && t.Clause.Overlaps(o.Words) && !t.Clause.Overlaps(fact.Words))) || f.Noun.Count == 0 && t.Sentence.Any(w => w[0] == '#' && f.Clause.Contains(w)) || (f.Noun.Count == 0 || t.Noun.Count == 0) && (Own(t.Clause).Count == 0 || Own(t.Clause).Overlaps(fact.Words)) || claim.Unit == "offer" || claim.Unit == "nofee" && t.Clause.Overlaps(f.Clause),
            ClaimKind.Urgency or ClaimKind.Reach => true,
            ClaimKind.Comparison => SpanIsIn(claim, fact) && (t.Noun.Count == 0 || t.Noun.Overlaps(fact.Words)),
            ClaimKind.Superlative when claim.Unit == "award" && Metals.Any(m => (t.Clause.Contains(m) || claim.Literal.Contains(m, StringComparison.Ordinal)) && !fact.Reading.Folded.Text.Contains(m, StringComparison.Ordinal)) => false,
            ClaimKind.Superlative when claim.Literal == Claim.MostOf => true, // its word is what it counts
            ClaimKind.Superlative => t.Noun.Count > 0 ? t.Noun.Overlaps(fact.Words) : f.Noun.Count == 0 || t.Clause.Overlaps(fact.Words) || t.Sentence.Overlaps(fact.Words),
            _ => Own(t.Clause).Count == 0 || t.Clause.Overlaps(f.Clause) || f.Clause.Count == 0 && Own(t.Clause).Overlaps(fact.Words),
        };
        return !same ? Mismatch.OtherThing : claim.Kind == ClaimKind.Urgency ? null : Scope(claim, fact);
    }

    /// <summary>Chinese is not cut into words, and says check in two ways that share a character: 檢查, 檢測.</summary>
    internal static bool SharesCharacters(IReadOnlySet<string> t, IReadOnlySet<string> f) => t.Any(c => f.Contains(c) && !EverywhereHan.Contains(c, StringComparison.Ordinal));

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

    [GeneratedRegex(@",\s+(?:and\s+|or\s+)?|、|\s+(?:and|or|&)\s+|[和與及或](?=[\u3400-\u9fff]{2})")]
    private static partial Regex ListItem();

    [GeneratedRegex(@"24/7|(?<![a-z])(?:open|hours)[^.]*24\s*hours|24[\s-]*hours?\s+(?:a|opening)|(?:around|round)\s+the\s+clock|24小時(?:營業|開放|服務|不打烊)|全天候")]
    private static partial Regex Always();

    [GeneratedRegex(@"24/7|(?:7|seven)\s+days\s+a\s+week|(?<![a-z])(?:every\s*day|daily|all\s+week)(?![a-z])|天天|每天|每日|全年無休")]
    private static partial Regex EveryDay();

    [GeneratedRegex(@"(?<![a-z])(?:only|just|limited)(?![a-z])|限量|限|僅|只有|只做|每日")]
    private static partial Regex OnlySoMany();
}
