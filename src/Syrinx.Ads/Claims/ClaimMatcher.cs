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
    private static readonly HashSet<string> Terms = ["~warranty", "~return", "~delivery", "~trial", "~experience", "~rent"];

    private static readonly HashSet<string> Judged = ["~warranty", "~return", "~delivery", "~trial", "~review", "~sales"];
    private static readonly HashSet<string> Pairs = ["雙", "對"];

    // topics that facts name by few words
    private static readonly HashSet<string> Strong = [.. Judged, "~opening", "~closed", "~preparation", "~experience"];

    private static readonly Dictionary<string, string> HanPeriods = new() { ["month"] = "月", ["year"] = "年", ["week"] = "週", ["day"] = "天", ["night"] = "晚" };

    private static readonly HashSet<string> Offers = ["free", "off", "discount", "gift", "免費", "免運", "運費", "折扣", "贈送", "加贈"];

    private static readonly string[] Metals = ["gold", "silver", "bronze", "金", "銀", "銅"];

    // words of reach that the name of a place bounds
    private static readonly HashSet<string> Anywhere = ["anywhere", "everywhere", "all", "whole", "entire", "city", "town"];

    // characters of many words
    private const string EverywhereHan = "首次第天月年週人費元全每滿免加送買帶做來用大小一再走拿堂個件份張片包盒杯瓶罐條組入捲本";

    // the first month free is not the first class free
    private static readonly string[] Periods = ["day", "week", "month", "year", "night", "hour", "月", "週", "晚", "年"];

    // counted things that are never called otherwise; people have too many names
    internal static readonly HashSet<string> Telling = ["~shop", "~company", "~cup", "~bottle", "~bag", "~box", "~can", "~colour", "~flavour", "~layer", "~floor", "~seat", "~age", "~lesson", "~instalment", "~star", "~count_review", "~room", "~people"];

    /// <summary>Null if the fact supports the claim, else why not.</summary>
    public Mismatch? Compare(Claim claim, Fact fact, IReadOnlyList<Fact> all)
    {
        Mismatch? nearest = SaysOtherwise(claim, fact, all) ? null : Mismatch.NoSuchFact;
        foreach (var said in fact.Reading.Claims)
        {
            if (nearest is null)
                break;
            var mismatch = IsNumeric(claim) ? Numbers(claim, said, fact, all) : Promises(claim, said, fact, all);
            if (mismatch is null && DeniesCondition(claim, fact))
                mismatch = Mismatch.TooFar;
            if (mismatch is null && IsOfTheOtherSide(claim, said))
                mismatch = Mismatch.OtherThing;
            if (mismatch is null || mismatch > nearest)
                nearest = mismatch;
        }
        return nearest;
    }

    /// <summary>"No booking needed", 不是會員也免費: whether the sentence says that what the fact asks for is not asked for.</summary>
    private static bool DeniesCondition(Claim claim, Fact fact) => DeniesCondition(claim.Context.Text, fact);

    /// <summary>Whether a text says that what the fact asks for is not asked for.</summary>
    internal static bool DeniesCondition(string text, Fact fact)
    {
        string said = fact.Reading.Folded.Text;
        foreach (Match match in Denied().Matches(text))
        {
            string what = match.Groups["what"].Value;
            if (what[0] > 0x2E7F ? said.Contains(what, StringComparison.Ordinal) && !Denied().Matches(said).Any(m => m.Groups["what"].Value == what)
                : fact.Words.Contains(Stemmer.Stem(what)) && !Denied().IsMatch(said) && !Vocabulary.Default.IsStop(what))
                return true;
        }
        return false;
    }

    [GeneratedRegex(@"(?:不必|不用|無須|無需|毋須|免)(?:事先|先)?(?<what>預約|報名|預購|登記|出示|加入|消費|會員|學生證)|(?:不是|並非|非|沒有)(?<what>會員|學生|新客|縣民|市民|長者|大人|家長|證件|票根)(?:也|都|一樣|照樣)|(?<![a-z])no\s+(?<what>booking|reservation|appointment|code|coupon|membership|receipt|purchase)\s+(?:needed|required|necessary)|(?<![a-z])(?:even\s+if\s+you(?:'re|\s+are)\s+not\s+(?:an?\s+)?|not\s+(?:an?\s+)?|non-?)(?<what>members?|students?|residents?|subscribers?)(?:\?|\s+(?:too|either|as\s+well|also|yet))", RegexOptions.ExplicitCapture)]
    private static partial Regex Denied();

    /// <summary>Whether the sentence names another side of a contrast than the fact does: "in store" where the fact says online.</summary>
    private static bool IsOfTheOtherSide(Claim claim, Claim said)
    {
        if (claim.Unit is "clock" or "date" or "weekday")
            return false; // these say it themselves
        foreach (var sides in Vocabulary.Default.Contrasts)
        {
            var told = sides.Where(s => s.IsMatch(said.Context.Part)).ToList();
            if (told.Count > 0 && !told.Exists(s => s.IsMatch(claim.Context.Part)) && sides.Any(s => s.IsMatch(claim.Context.Part)))
                return true;
        }
        return false;
    }

    private static bool IsNumeric(Claim c) =>
        c.Kind is ClaimKind.Number or ClaimKind.Price or ClaimKind.Percentage && c.Unit != "code" || c.Kind == ClaimKind.Date;

    /// <summary>
    /// Whether a price or a day is said of what another fact is about: "screen repair for $59" beside "battery replacement $59" and "screen
    /// repairs in 45 minutes"; "pies on Thursday" beside "open Tuesday to Saturday" and "pies on Friday".
    /// </summary>
    public bool BelongsElsewhere(Claim claim, IReadOnlyList<Fact> supporting, IReadOnlyList<Fact> all)
    {
        // "all in the £195" speaks of a price that is known
        if (claim is not { Kind: ClaimKind.Price, Role: "", IsKnown: false } and not { Unit: "weekday" or "date" or "clock" or "discount" })
            return false;
        var own = Own(claim.Context.Clause);
        own.UnionWith(Own(claim.Context.Noun));
        own.RemoveWhere(w => w[0] is '~' or '?' or '一' || subject.Contains(w));
        if (own.Count == 0 || supporting.Any(f => own.Overlaps(f.Words)) || claim.Unit == "weekday" && claim.Context.Clause.Any(w => w.StartsWith("#weekday", StringComparison.Ordinal)))
            return false;
        if (claim.Kind == ClaimKind.Percentage)
            own.RemoveWhere(w => w[0] > 0x2E7F); // Chinese is not cut into words, and says an offer in too many
        if (claim.Kind is ClaimKind.Price or ClaimKind.Percentage)
            return !supporting.Any(f => IsPeriod(claim.Per) && f.Reading.Claims.Any(c => c.Unit == claim.Unit && c.Per == claim.Per) || f.Words.Count(w => w[0] != '~') < 2 || f.Reading.Claims.Any(c => claim.Context.Sentence.Contains(string.Create(CultureInfo.InvariantCulture, $"#{c.Unit}:{c.Low:0.####}"))))
                && all.Any(f => !f.IsInstruction && own.Overlaps(f.Words));
        return all.Any(f => !f.IsInstruction && f.Reading.Claims.Any(c => c.Unit == claim.Unit) && own.Count(f.Words.Contains) >= 2);
    }

    private HashSet<string> Own(IReadOnlySet<string> words) => [.. words.Where(w => w[0] != '#' && !productWords.Contains(w))];

    private Mismatch? Scope(Claim claim, Fact fact)
    {
        string said = fact.Reading.Folded.Text;
        bool inPlace = NamesPlaceOf(claim, fact);
        bool further = claim.Context.Scope.Any(s => s[0] == '='
            ? claim.Kind is ClaimKind.Superlative or ClaimKind.Comparison && !fact.Words.Contains(s[1..]) && !productWords.Contains(s[1..])
            : s == Claim.Both ? false
            : s == Claim.Every && claim.Kind is ClaimKind.Percentage or ClaimKind.Price ? OnlyFirst().IsMatch(said)
            : s is Claim.Every or "all" or "everyone" or "anyone" or "everything" ? !(claim.Kind == ClaimKind.Free && s is "all" or "everyone" or "anyone" && !Conditions.Has(fact)) && !EachAndAll().IsMatch(said)
            : s is "每個人" or "人人" ? !EachAndAll().IsMatch(said) && !said.Contains('每', StringComparison.Ordinal)
            : !said.Contains(s, StringComparison.Ordinal) && !(inPlace && Anywhere.Contains(s)));
        return further ? Mismatch.TooFar : null;
    }

    /// <summary>"Anywhere in London" reaches no further than a fact about London.</summary>
    private static bool NamesPlaceOf(Claim claim, Fact fact)
    {
        var names = claim.Context.Scope.Where(s => s[0] == '=').ToList();
        return names.Count > 0 && names.TrueForAll(n => fact.Words.Contains(n[1..]));
    }

    [GeneratedRegex(@"(?<![a-z])first(?![a-z])|首|第一")]
    private static partial Regex OnlyFirst();

    [GeneratedRegex(@"(?<![a-z])(?:every|each|any|all)(?![a-z])|全|[皆均]|一律|不限|不分|所有|人人|任何|都")]
    private static partial Regex EachAndAll();
}
