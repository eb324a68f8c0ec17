using System.Text.RegularExpressions;

namespace Syrinx.Ads;

/// <summary>
/// Whether an ad says under which condition an offer holds: for whom, from how much, on which day, until when. In any of its fields.
/// </summary>
internal static partial class Conditions
{
    private static readonly string[] Days = ["mon", "tues", "wednes", "thurs", "fri", "satur", "sun"];

    /// <summary>A claim that gives something away or takes something off.</summary>
    public static bool IsOffer(Claim claim) => claim.Kind == ClaimKind.Free && claim.Unit is "free" or "offer" or "nofee" || claim.Unit is "discount" or "off" || claim.Role == "saving";

    /// <summary>Whether a fact that supports an offer binds it to something.</summary>
    public static bool Has(Fact fact) => fact.Conditions.Count > 0 || fact.Deeds.Any() || fact.Thresholds.Any() || OccasionsIn(fact.Reading.Folded.Text).Any() || HoursOf(fact).Any() || Asked().IsMatch(fact.Reading.Folded.Text) || First().IsMatch(OfferOf(fact));

    /// <summary>Whether the ad says all that its fact binds an offer to.</summary>
    /// <param name="whole">All fields of the ad, folded.</param>
    /// <param name="said">The ad's claims.</param>
    /// <param name="fact">The fact that supports the offer.</param>
    /// <param name="offer">The offer.</param>
    public static bool AreStated(string whole, IReadOnlyList<Claim> said, Fact fact, Claim offer)
    {
        // of "old pupils 10% off; new ones, two together, $500 off" each part has its own
        var parts = fact.Reading.Claims.Where(IsOffer).ToLookup(c => c.Unit == offer.Unit && c.Low == offer.Low, c => c.Context.Part);
        bool IsOfAnother((string Id, Regex Pattern) c) => parts[true].Any() && parts[false].Any(p => c.Pattern.IsMatch(p)) && !parts[true].Any(p => c.Pattern.IsMatch(p));
        if (ClaimMatcher.DeniesCondition(whole, fact))
            return false;
        var words = Vocabulary.Default.ContentOf(whole);
        string text = fact.Reading.Folded.Text;
        // "with every check-up" is said where the check-up is named
        if (!fact.Conditions.All(c => c.Pattern.IsMatch(whole) || IsOfAnother(c)
            || c.Id == "new customer" && FirstOrOnce().IsMatch(whole)
            // who tells the price of the membership has named it
            || c.Id == "member" && said.Any(o => !IsOffer(o) && o.Low != 0 && fact.Reading.Claims.Any(f => !IsOffer(f) && f.Unit == o.Unit && f.Low == o.Low && f.Role == o.Role))
            || c.Id == "purchase" && Vocabulary.Default.ContentOf(text.AsSpan(c.Pattern.Match(text).Index)).Overlaps(words)))
            return false;
        if (!fact.Deeds.All(d => words.Contains(d) || d is "bui" or "buy" or "order" or "purchas" && WithAny().IsMatch(whole) || Vocabulary.Default.ContentOf(d).Any(g => g[0] == '~' && words.Contains(g))) && !(fact.Thresholds.Any() && fact.Thresholds.All(a => Reaches(said, a))))
            return false;
        // the first service free is not every service
        if (First().IsMatch(OfferOf(fact)) && !FirstOrOnce().IsMatch(whole))
            return false;
        // the first Sunday of the month is not every Sunday
        if (!OccasionsIn(text).All(OccasionsIn(whole).Contains))
            return false;
        if (!HoursOf(fact).All(h => said.Any(c => c.Unit == "clock" && ClaimMatcher.SameHour(c.Literal, h.Literal))))
            return false;
        var amounts = fact.Thresholds.ToList();
        if (amounts.Count > 0)
            return amounts.All(a => a.Unit == "weekday" ? said.Any(c => c.Unit == "weekday" && c.Literal.Length > 0 && c.Literal.All(d => a.Literal.Contains(d, StringComparison.Ordinal))) || NamesDay(whole, a.Literal) || a.Literal.Length > 1 && ClaimReader.AllDaysIn(whole).Any(a.Literal.Contains) : Reaches(said, a) || whole.Contains(text[a.Start..a.End], StringComparison.Ordinal));
        // 8折 alone, where the fact takes it off one thing only
        var objects = fact.Reading.Claims.Where(c => IsOffer(c) && c.Unit != "nofee").SelectMany(c => c.Context.Noun.Concat(c.Context.Clause))
            .Where(o => o.Length > 1 && o[0] != '#' && o is not ("discount" or "~discount" or "~price" or "off" or "sav" or "free")).ToHashSet();
        var characters = whole.Select(c => c.ToString()).ToHashSet();
        return objects.Count == 0 || objects.Overlaps(words)
            || fact.Reading.Claims.Any(c => IsOffer(c) && ClaimMatcher.SharesCharacters(c.Context.Characters, characters)) || said.Any(c => c.Low != 0 && fact.Reading.Claims.Any(f => !IsOffer(f) && f.Unit == c.Unit && f.Low == c.Low));
    }

    private static bool Reaches(IReadOnlyList<Claim> said, Claim amount) => said.Any(c =>
        c.Unit == amount.Unit && (c.Low == amount.Low || amount.Role == "threshold" && c.Low > amount.Low) || c.Unit is "count" && c.Low == amount.Low
        || c.Unit == "time" && amount.Unit == "night" && c.Low == amount.Low * 86_400); // a week is seven nights

    /// <summary>"Sundays? Free." names the day without a date's words.</summary>
    private static bool NamesDay(string whole, string day) => day is [>= '1' and <= '7'] && day[0] - '1' is var n
        && (whole.Contains(Days[n] + "day", StringComparison.Ordinal) || HanDay().Matches(whole).Any(m => "一二三四五六日".IndexOf(m.Value[^1] == '天' ? '日' : m.Value[^1], StringComparison.Ordinal) == n));

    /// <summary>The hours that bound an offer in its own clause: "no call-out charge before 6 pm".</summary>
    private static IEnumerable<Claim> HoursOf(Fact fact) => fact.Reading.Claims.Where(c => c is { Unit: "clock", Role.Length: > 0 }
        && fact.Reading.Claims.Any(o => IsOffer(o) && !Break().IsMatch(fact.Reading.Folded.Text[Math.Min(c.End, o.End)..Math.Max(c.Start, o.Start)])));

    /// <summary>The pieces of a fact that hold its offers.</summary>
    private static string OfferOf(Fact fact)
    {
        string text = fact.Reading.Folded.Text;
        return string.Join(' ', fact.Reading.Claims.Where(IsOffer).Select(c =>
            text[(Break().Matches(text[..c.Start]).LastOrDefault()?.Index ?? 0)..(c.End + (Break().Match(text[c.End..]) is { Success: true } m ? m.Index : text.Length - c.End))]));
    }

    /// <summary>"first sunday", 第一個週日: one day of a month, as <c>1 7</c>.</summary>
    private static IEnumerable<string> OccasionsIn(string text) => Occasion().Matches(text).Select(m =>
    {
        string nth = m.Groups["nth"].Value, day = m.Groups["day"].Value;
        int n = nth switch { "first" or "1st" or "一" or "1" or "首" => 1, "second" or "2nd" or "二" or "2" => 2, "third" or "3rd" or "三" or "3" => 3, "fourth" or "4th" or "四" or "4" => 4, _ => 9 };
        int of = day[0] > 0x2E7F ? "一二三四五六日".IndexOf(day == "天" ? "日" : day, StringComparison.Ordinal) : Array.FindIndex(Days, d => d == day);
        return $"{n} {of + 1}";
    });

    [GeneratedRegex(@"(?<![a-z])(?<nth>first|second|third|fourth|last|1st|2nd|3rd|4th)\s+(?<day>mon|tues|wednes|thurs|fri|satur|sun)days?(?![a-z])|(?:第(?<nth>[一二三四1234])|(?<nth>首|最後一?))個?(?:週|星期|禮拜)(?<day>[一二三四五六日天])", RegexOptions.ExplicitCapture)]
    private static partial Regex Occasion();

    [GeneratedRegex(@"(?<![a-z])first(?!\s+(?:week|month|year|day|night|hour)|\s+(?:mon|tues|wednes|thurs|fri|satur|sun)day|-?\s?(?:come|aid|floor|class(?:\s+(?:post|mail))))(?![a-z])|首[次堂單杯購趟回件]|第一(?:次|堂|單|杯|趟|回|件)")]
    private static partial Regex First();

    [GeneratedRegex(@"(?<![a-z])(?:first|1st|one|once|new(?:comers?)?|trial|taster|introductory|join|sign(?:ing)?\s+up)(?![a-z])|首|第[一1]|頭一|初|新|一次|體驗|試|註冊|加入")]
    private static partial Regex FirstOrOnce();

    [GeneratedRegex(@"(?<![a-z])with\s+(?:any|every|each|your|an?)\s+[a-z]")]
    private static partial Regex WithAny();

    // a code, a booking, a card: what an offer asks for
    [GeneratedRegex(@"(?<![a-z])(?:with\s+(?:the\s+)?(?:code|coupon|proof|valid|an?\s+appointment)|by\s+appointment|booking\s+required)(?![a-z])|須|需(?!求|要)|憑|限|由[\u3400-\u9fff]{2}陪")]
    private static partial Regex Asked();

    [GeneratedRegex(@"(?:週|星期|禮拜)[一二三四五六日天]")]
    private static partial Regex HanDay();

    [GeneratedRegex(@"[,;:、。!?]|\.(?!\d)")]
    private static partial Regex Break();
}
