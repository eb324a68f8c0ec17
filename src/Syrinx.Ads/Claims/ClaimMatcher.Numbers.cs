using System.Globalization;
using System.Text.RegularExpressions;

namespace Syrinx.Ads;

// Numbers, prices and percentages: supported where value and kind match and the words around do not contradict.
internal sealed partial class ClaimMatcher
{
    private Mismatch? Numbers(Claim claim, Claim said, Fact fact, IReadOnlyList<Fact> all)
    {
        if (claim.Unit == "months" && said.Unit == "age")
            said = said with { Unit = "months", Low = said.Low * 12, High = said.High * 12 }; // vines of forty years are 40-year-old vines
        if (claim.Unit == "age" && said.Unit == "months")
            claim = claim with { Unit = "months", Low = claim.Low * 12, High = claim.High * 12 };
        if (said.Unit == "age" && IsBareAge(claim) || claim.Unit == "age" && IsBareAge(said))
            (claim, said) = (claim with { Unit = "age" }, said with { Unit = "age" }); // for kids 7-14
        if (claim.Unit == "count" && said.Unit == "age" && claim.Low < claim.High && claim.High <= 18)
            claim = claim with { Unit = "age" }; // campers 6–12
        if (claim is { Unit: "count", Bound: Bound.LessThan, HasCounter: false } && said is { Unit: "age", Bound: Bound.LessThan })
            claim = claim with { Unit = "age" }; // little ones under 4
        if (said.Unit == "offer" && claim is { Unit: "count", HasCounter: true })
            return NumberScanner.Scan(fact.Reading.Folded.Text[said.Start..said.End]).Any(n => n.Value == claim.Low) ? null : Mismatch.OtherValue;
        if (!SameUnit(claim, said))
            return IsBare(claim, said) && IsBareValueOf(claim, said, fact, all) || IsYear(claim, said) ? null : Mismatch.NoSuchFact;
        if (claim.Kind == ClaimKind.Date)
            return Dates(claim, said.Unit == "weekday" ? said with { Literal = string.Concat(fact.Reading.Claims.Where(c => c.Unit == "weekday" && c.Role == said.Role).Select(c => c.Literal).Distinct()) } : said, fact);
        if (claim is { Kind: ClaimKind.Price, Role: "", Bound: Bound.MoreThan or Bound.AtLeast or Bound.Plus } && said.Role == "threshold")
            claim = claim with { Role = "threshold", Bound = Bound.Exactly }; // ordering more than £80?
        if (!SameValue(claim, said) || !SameRole(claim, said, fact) || claim.Negated != said.Negated)
            return Mismatch.OtherValue;
        if (!SamePer(claim, said, fact) || NamesAnotherThing(claim, said, fact, all) || Contradicts(claim, said) || FitsAnotherValueBetter(claim, said, fact, all))
            return Mismatch.OtherThing;
        // most repairs take 45 minutes: not every single one does
        if (HedgedBefore().IsMatch(fact.Reading.Folded.Text[..said.Start]) && EverySingle().IsMatch(claim.Context.Text))
            return Mismatch.TooFar;
        if ((claim.Unit is "discount" or "off" || claim.Role == "saving") && ReachesOtherDays(claim, fact))
            return Mismatch.TooFar;
        return claim.Unit is "discount" or "off" || claim.Role == "saving" ? Scope(claim, fact) : null;
    }

    /// <summary>A number with nothing that says what it counts: "$1,150 for two", "see you between 9 and 1", "class of 2024".</summary>
    private static bool IsBare(Claim claim, Claim said) => claim.Unit == "count" && !claim.HasCounter
        && (!claim.Context.NounFollows || claim.Low is >= 1900 and <= 2100 || claim.MayBeHour && said.Unit == "clock");

    private static bool IsBareAge(Claim claim) => claim is { Unit: "count", HasCounter: false } && claim.Context.Noun.Contains("~age") && !claim.Context.NounFollows;

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
        || claim.Role == "was" && said.Role.Length == 0 && claim.Context.Sentence.Any(w => w.StartsWith("#discount", StringComparison.Ordinal))
        || claim.Role.Length == 0 && said.Role == "saving" && claim.Per.Length > 0 && claim.Per == said.Per
        || claim.Role.Length == 0 && said.Role == "threshold" && claim.Context.Sentence.Overlaps(Offers)
        || claim.Role.Length == 0 && said.Role is "was" or "threshold"
            && fact.Reading.Claims.Any(o => o != said && o.Low != said.Low && claim.Context.Clause.Contains(string.Create(CultureInfo.InvariantCulture, $"#{o.Unit}:{o.Low:0.####}")));

    /// <summary>A price a month is none without the month; a price each is one for the piece that the claim names.</summary>
    private bool SamePer(Claim claim, Claim said, Fact fact)
    {
        if (claim.Per == said.Per)
            return true;
        // what a room costs is for a night; "pay monthly ($8)" names the month elsewhere
        if (claim.Per.Length == 0 && (said.Per == "night" || SaysPeriod(claim, said.Per) || HanPeriods.TryGetValue(said.Per, out string? han) && claim.Context.Characters.Contains(han)))
            return true;
        // 租一天，150元: the day stands in the clause before
        if (claim.Per.Length == 0 && HanPeriods.TryGetValue(said.Per, out string? period) && claim.Context.Sentence.Any(w => w.Length == 2 && w[0] is '一' or '每' && w.EndsWith(period, StringComparison.Ordinal)))
            return true;
        if (claim.Per == "night" && said.Per.Length == 0 && Lodging().IsMatch(fact.Reading.Folded.Text))
            return true;
        // 平日每人320元,假日380元: the second is for each, too
        if (said.Per.Length == 0 && fact.Reading.Claims.Any(c => c.Unit == said.Unit && c.Per == claim.Per && c.Role == said.Role && c.Start < said.Start))
            return true;
        if (IsPeriod(claim.Per) || IsPeriod(said.Per))
            return false;
        bool onlyPrice = !fact.Reading.Claims.Any(c => c != said && c.Kind == ClaimKind.Price);
        if (said.Per == "item" && claim.Per == "~people" && onlyPrice)
            return true;
        if (claim.Per == "item" && (said.Per is not ("" or "~people") || said.Per == "~people" && onlyPrice))
            return true; // each is each window, where the window is all that has this price
        if (said.Per.Length == 0 && (claim.Per == "item" || claim.Per.Length > 0 && claim.Per[0] is not '~' and < '\u3400'))
            return !said.Context.Clause.Any(w => w.StartsWith("#count:", StringComparison.Ordinal));
        return claim.Per.Length == 0 || said.Per is "item" && claim.Per[0] != '~' || productWords.Contains(claim.Per)
            || said.Context.Clause.Contains(claim.Per) || said.Context.Noun.Contains(claim.Per)
            // 150公克一包，售價480元: the only price of a fact is one for what the fact names
            || said.Per.Length == 0 && onlyPrice && claim.Kind == ClaimKind.Price && IsHan(claim) && Own(claim.Context.Clause).Overlaps(said.Context.Clause)
            || said.Per.Length == 0 && onlyPrice
                && (said.Context.Sentence.Contains(claim.Per) || Vocabulary.Default.HanOf(claim.Per).Any(h => fact.Reading.Folded.Text.Contains(h, StringComparison.Ordinal)))
            || said.Per.Length == 0 && Vocabulary.Default.HanOf(claim.Per).Any(said.Context.Characters.Contains);
    }

    /// <summary>一杯 and 一碗 are how one thing is sold; English names the measure where it is one.</summary>
    private static bool IsHan(Claim claim) => Vocabulary.Default.HanOf(claim.Per).Any(claim.Context.Characters.Contains) || claim.Per[0] > 0x2E7F;

    private static bool SaysPeriod(Claim claim, string per) =>
        per.Length > 0 && (claim.Per == per || claim.Context.Sentence.Any(w => w.StartsWith(per, StringComparison.Ordinal) || per == "year" && w.StartsWith("annual", StringComparison.Ordinal)));

    private static bool IsPeriod(string per) => per is "month" or "year" or "week" or "day" or "hour" or "night";

    private static bool SameUnit(Claim claim, Claim said) => claim.Unit == said.Unit
        || claim.Unit == "off" && (said.Unit == "discount" || said.Role == "saving");

    /// <summary>Whether the fact's value makes the claim's true.</summary>
    private static bool SameValue(Claim claim, Claim said)
    {
        bool range = claim.Low != claim.High, saidRange = said.Low != said.High;
        if (range && !saidRange && claim.Unit == "age" && said.Bound is Bound.AtLeast or Bound.Plus && claim.Low >= said.Low)
            return true;
        if (range)
            return saidRange && Near(claim, claim.Low, said.Low) && Near(claim, claim.High, said.High);
        if (saidRange)
        {
            return claim.Bound is Bound.UpTo or Bound.Within && Near(claim, claim.High, said.High)
                || claim.Bound is Bound.AtLeast && Near(claim, claim.Low, said.Low)
                || claim.Kind == ClaimKind.Number && claim.Unit is not ("time" or "months" or "count") && (claim.Low == said.Low || claim.Low == said.High);
        }
        bool counts = claim.Unit == "count" && said.Unit == "count";
        if (claim.Unit == "age" && claim.Bound is Bound.Exactly && said.Bound is Bound.AtLeast or Bound.Plus && claim.Low > said.Low)
            return true; // at sixty, too, where six and over are welcome
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
        // labour 15 years, material 25: "labour and material both 25 years" is said of one thing too many
        if (t.Scope.Contains(Claim.Both) && fact.Reading.Claims.Any(o => o.Unit == said.Unit && o.Low != said.Low && Own(t.Clause).Any(w => w[0] is not ('~' or '?') && Names(o, w) && !Names(said, w))))
            return true;
        bool overlap = Own(t.Clause).Overlaps(f.Sentence) || Own(t.Noun).Overlaps(f.Sentence) || Own(t.Clause).Count == 0 && Own(t.Sentence).Any(w => w[0] is not ('~' or '?') && f.Sentence.Contains(w));
        var topics = Own(t.Topics);
        if (topics.Contains("~experience") && claim.Unit == "months" && InBusiness().IsMatch(f.Part))
            topics.Remove("~experience"); // 營業20年 are twenty years of it
        if (Own(Vocabulary.Default.TopicsOf(t.Sentence)).Overlaps(f.Topics))
            topics.Clear(); // seven days from arrival, if you want to return it
        if (topics.Overlaps(Terms) && !topics.Overlaps(f.Topics) && !overlap
            || topics.Count > 0 && f.Topics.Count > 0 && !topics.Overlaps(f.Topics) && (!overlap || f.Topics.Overlaps(Terms)))
            return true;
        // "open 24 hours" where the dough rests for 24 hours, and the shop opens at eight
        if (!overlap && topics.Overlaps(Strong) && !topics.Overlaps(f.Topics) && all.Any(o => o != fact && topics.Overlaps(o.Words)))
            return true;
        if (claim.Per.Length > 0 && claim.Per == said.Per && t.Noun.Contains("~time_s"))
            return false; // we sail 9 times a day: 9 sailings a day
        if (claim.Unit is not ("count" or "ordinal" or "multiple" or "percent") || t.Noun.Overlaps(f.Noun) || t.Noun.Overlaps(f.Clause)
            || t.Noun.Overlaps(f.Sentence) && fact.Reading.Claims.Count(c => c.Unit == claim.Unit) == 1)
            return false;
        if (t.Noun.Contains("~people") && Own(t.Clause).Overlaps(f.Noun))
            return false; // groups of four: four people in the group; 150 seats: seats 150 people
        if (claim.Unit == "percent" ? t.NounFollows && f.NounFollows && !t.Noun.Overlaps(f.Sentence) && !t.Noun.Contains("另計") : IsAnother(t.Noun, f))
            return true;
        // "two nurses" where there are two vets and four nurses
        var noun = Own(t.Noun);
        if (noun.Count == 1 && noun.Contains("~people"))
            return false; // a two-person crew: people are called many things
        return (t.NounFollows || claim.HasCounter) && !noun.Overlaps(fact.Words) && all.Any(o => o != fact && o.Reading.Claims.Any(c => c.Literal != Claim.MostOf && noun.Overlaps(c.Context.Noun)))
            || noun.Count > 0 && all.SelectMany(o => o.Reading.Claims)
                .Any(o => o != said && o.Unit == claim.Unit && (o.Low != said.Low || o.High != said.High) && noun.Overlaps(o.Context.Noun));
    }

    private static bool IsAnother(IReadOnlySet<string> noun, ClaimContext said) =>
        noun.FirstOrDefault(n => Telling.Contains(n) && !(n == "~room" && said.Noun.Contains("~seat"))) is { } thing && said.Noun.Count > 0 && !Vocabulary.Default.HanOf(thing).Any(said.Characters.Contains)
        && (thing == "~people" ? said.Noun.Any(n => Telling.Contains(n) && n is not ("~people" or "~count_review" or "~star" or "~seat")) : said.NounFollows || said.Noun.Overlaps(Telling));

    /// <summary>
    /// Whether the words around the claim belong to another value of the same kind: with "a cup NT$60, a bag NT$450" the claim "a bag for
    /// NT$60" names a true price of something else.
    /// </summary>
    private bool FitsAnotherValueBetter(Claim claim, Claim said, Fact fact, IReadOnlyList<Fact> all)
    {
        // weekdays NT$600 where weekdays are NT$800: the number beside it belongs to another price
        if (claim.Kind == ClaimKind.Price && claim.Context.Clause.Any(w => w[0] == '#' && !w.StartsWith("#money", StringComparison.Ordinal) && !said.Context.Clause.Contains(w) && !said.Context.Sentence.Contains(w)
            && all.Any(f => f.Reading.Claims.Any(o => o.Unit == claim.Unit && o.Role == claim.Role && o.Low != said.Low && o.Context.Clause.Contains(w)))))
            return true;
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
        // $8 a month or $80 a year: the year said, the monthly price is not meant
        bool Competes(Claim other) => other.Unit == claim.Unit && other.Role == claim.Role && (other.Per == said.Per || !IsPeriod(said.Per) || !SaysPeriod(claim, said.Per));
        // medium 55, large 65: the word next to the number decides
        var near = claim.Context.Nearest.Where(n => n is not ("~price" or "~discount") && n[0] != '一').ToList();
        if (fact.Reading.Claims.Any(o => Competes(o) && o.Low != said.Low && near.Any(n => Names(o, n) && !Names(said, n))) && !near.Any(n => Names(said, n)))
            return true;
        // a fact is short: all its words belong to its number, but where it has two of them, those of the clause do
        int here = Common(own, said, wide: false), inFact = Common(own, said, wide: true);
        return all.Where(f => !f.IsInstruction).Any(f => f.Reading.Claims.Any(other => Competes(other) && (other.Low != said.Low || other.High != said.High) && (f == fact ? Common(own, other, wide: false) > here : Common(own, other, wide: true) > inFact)));
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

    /// <summary>"One hour free, weekdays and weekends alike", where it is free on weekdays.</summary>
    private static bool ReachesOtherDays(Claim claim, Fact fact)
    {
        string days = string.Concat(fact.Reading.Claims.Where(c => c is { Unit: "weekday", Role: "" }).Select(c => c.Literal).Append(ClaimReader.DaysIn(fact.Reading.Folded.Text)));
        return days.Length > 0 && ClaimReader.DaysIn(claim.Context.Text).Any(d => !days.Contains(d));
    }

    [GeneratedRegex(@"(?:營業|開業|經營|開店)\s*[\d一二三四五六七八九十]|(?<![a-z])(?:in\s+business|open)\s+for")]
    private static partial Regex InBusiness();

    // a fact of most, some or chosen ones
    [GeneratedRegex(@"(?<![a-z])(?:most|many|some|selected|certain|participating)(?![a-z])|大多|多數|大部分|部分|指定|有些|某些")]
    private static partial Regex HedgedBefore();

    [GeneratedRegex(@"(?<![a-z])(?:every|each|all|any|always|without\s+exception)(?![a-z])|每一?[次件台款種樣個位項]|全部|所有|全都|一律|任何|不管哪")]
    private static partial Regex EverySingle();

    [GeneratedRegex(@"(?<![a-z])(?:doubles?|twins?|singles?|suites?|cabins?|bedrooms?|rooms?)(?![a-z])|[單雙三四五六人套]人?房|住房|客房|一晚|小木屋")]
    private static partial Regex Lodging();
}
