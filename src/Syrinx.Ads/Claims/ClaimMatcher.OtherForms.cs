using System.Globalization;
using System.Text.RegularExpressions;

namespace Syrinx.Ads;

// What facts say without a claim of the same form: 24/7 is open day and night, 20 to 22 June are three days, was and now a saving.
internal sealed partial class ClaimMatcher
{
    private static readonly string[] Ordinals = [.. new[] { "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth" }.Select(Stemmer.Stem)];

    /// <summary>Assertions that facts make without a claim of the same form.</summary>
    private bool SaysOtherwise(Claim claim, Fact fact, IReadOnlyList<Fact> all)
    {
        if ((claim.Literal == "24/7" || claim is { Unit: "time", Low: 86400, High: 86400 }) && Always().IsMatch(claim.Context.Text + " open") && Always().IsMatch(fact.Reading.Folded.Text))
            return true;
        if (claim is { Kind: ClaimKind.Percentage, Low: 100, High: 100 } && FullRefund().IsMatch(fact.Reading.Folded.Text) && RefundOf().IsMatch(claim.Context.Text))
            return true; // 退 100% is 全額退費
        // was £110, now £89: save £21
        if (claim is { Kind: ClaimKind.Price, Role: "saving" } && fact.Reading.Claims.Any(w => w.Role == "was" && w.Unit == claim.Unit && fact.Reading.Claims.Any(c => c.Role.Length == 0 && c.Unit == claim.Unit && w.Low - c.Low == claim.Low)))
            return true;
        // two tours a day: at eleven and at two
        if (claim is { Unit: "count", Low: >= 2 and <= 6, Bound: Bound.Exactly } && fact.Reading.Claims.Count(c => c is { Unit: "clock", Role: not "until" }) == claim.Low && claim.Context.Clause.Overlaps(fact.Words))
            return true;
        // Monday 12 April 2027
        if (claim is { Unit: "weekday", Literal.Length: 1 } && fact.Reading.Claims.Any(c => c.Unit == "date" && DateTime.TryParseExact(c.Literal, "yyyy/M/d", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && ((int)day.DayOfWeek + 6) % 7 + 1 == claim.Literal[0] - '0'))
            return true;
        // open six days a week
        if (claim is { Unit: "time", Low: > 86400 and <= 604800 } && claim.Low % 86400 == 0 && DaysAWeek().IsMatch(claim.Context.Text) && OpenDays(all) == claim.Low / 86400)
            return true;
        // 6月20日至22日 are three days
        if (claim is { Unit: "time", Bound: Bound.Exactly } && claim.Low == claim.High && claim.Low % 86400 == 0 && DaysOf(fact) is { } days && days == claim.Low / 86400)
            return true;
        if (claim is { Unit: "relative", Literal: "年底" } && fact.Reading.Claims.Any(c => c.Unit == "date" && c.Literal.EndsWith("/12/31", StringComparison.Ordinal)))
            return true;
        if (claim.Unit == "ordinal" && (fact.Reading.Claims.Any(c => c.Unit == "date" && c.Literal.EndsWith($"/{claim.Low:0}", StringComparison.Ordinal))
            || claim.Low is >= 1 and <= 12 && fact.Words.Contains(Ordinals[(int)claim.Low - 1])))
            return true; // on the 22nd; your 10th is the tenth
        if (claim.Unit == "certified" && Tested().IsMatch(fact.Reading.Folded.Text) && claim.Context.Clause.Overlaps(fact.Words))
            return true;
        if (claim.Unit == "code")
            return HasCode(fact.Squeezed, FactBook.Squeeze(claim.Literal));
        if (SaysNoneToo(claim, fact) || claim is { Kind: ClaimKind.Reach, Unit: "reach" } && NamesPlaceOf(claim, fact) && Scope(claim, fact) is null)
            return true;
        // materials at no extra charge are materials included
        if (claim is { Kind: ClaimKind.Free, Unit: "free" or "nofee", Literal.Length: > 0 } && !claim.Literal.AsSpan().ContainsAny("送贈") && Included().IsMatch(fact.Reading.Folded.Text)
            && Own(claim.Context.Noun).Concat(NoneOf(claim)).Any(w => w[0] is not ('~' or '?' or '#') && fact.Words.Contains(w)) && Scope(claim, fact) is null)
            return true;
        // 扶手四向可調 has four without a counting word
        if (claim is { Unit: "count", HasCounter: true } && claim.Context.Clause.Overlaps(fact.Words)
            && NumberScanner.Scan(fact.Reading.Folded.Text).Any(n => n.Value == claim.Low && n.Value > 1 && !fact.Reading.Claims.Any(c => c.Start <= n.Start && n.End <= c.End)))
            return true;
        // "three languages": English, German and Spanish
        if (claim is { Unit: "count", Low: >= 2 and <= 12, Bound: Bound.Exactly, HasCounter: false } && claim.Low == claim.High && !claim.Context.Noun.Overlaps(Telling)
            && ListItem().Count(fact.Reading.Folded.Text) + 1 == claim.Low && !fact.Reading.Claims.Any(IsNumeric) && !all.Any(o => o != fact && claim.Context.Noun.Overlaps(o.Words)))
            return true;
        if (claim is { Unit: "clock", Role: not "until" } && Always().IsMatch(fact.Reading.Folded.Text) || claim is { Unit: "weekday", Role: "" } && !fact.Reading.Claims.Any(c => c.Unit == "weekday") && EveryDay().IsMatch(fact.Reading.Folded.Text))
            return true;
        return claim.Unit is "count" && claim.Low == claim.High && claim.Context.Noun.Concat(claim.Context.Nearest).Any(n => n[0] is >= 'a' and <= 'z' && n.Length > 1
            && HasCode(fact.Squeezed, n + claim.Low.ToString("0.##", CultureInfo.InvariantCulture)));
    }

    /// <summary>On how many days of the week the house is open, as far as the facts say so.</summary>
    private static int? OpenDays(IReadOnlyList<Fact> all)
    {
        var days = all.SelectMany(f => f.Reading.Claims).Where(c => c.Unit == "weekday").ToList();
        int closed = days.Where(c => c.Role == "closed").SelectMany(c => c.Literal).Distinct().Count();
        return closed > 0 ? 7 - closed : days.Where(c => c.Literal.Length >= 5).Select(c => (int?)c.Literal.Length).FirstOrDefault();
    }

    [GeneratedRegex(@"(?<![a-z])full\s+refund|refund(?:ed)?[^.]{0,20}in\s+full|全額退|退[^,、。]{0,4}全額|全數退")]
    private static partial Regex FullRefund();

    [GeneratedRegex(@"refund|(?<![a-z])back(?![a-z])|退")]
    private static partial Regex RefundOf();

    [GeneratedRegex(@"days\s+(?:a|per|every|each)\s+week|[一每]週[^,、。]{0,4}天")]
    private static partial Regex DaysAWeek();

    /// <summary>From the first to the last date of a fact, both counted; null where it has not two.</summary>
    private static int? DaysOf(Fact fact)
    {
        var dates = fact.Reading.Claims.Where(c => c.Unit == "date").Select(c => c.Literal.Split('/')).ToList();
        if (dates.Count != 2 || !int.TryParse(dates[0][1], out int month) || !int.TryParse(dates[0][2], out int day) || !int.TryParse(dates[1][1], out int lastMonth) || !int.TryParse(dates[1][2], out int lastDay))
            return null;
        return Math.Max(month, lastMonth) <= 12 && Math.Min(month, lastMonth) >= 1 ? (int)(new DateTime(2023, lastMonth, 1).AddDays(lastDay) - new DateTime(2023, month, 1).AddDays(day - 1)).TotalDays : null;
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

    [GeneratedRegex(@"(?<![a-z])(?:included(?!\s+(?:in|with|on|for))|includes|inclusive)(?![a-z])|內含|包含|已含|都包")]
    private static partial Regex Included();

    [GeneratedRegex(@",\s+(?:and\s+|or\s+)?|、|\s+(?:and|or|&)\s+|[和與及或](?=[\u3400-\u9fff]{2})")]
    private static partial Regex ListItem();

    [GeneratedRegex(@"通過[^,、。]{0,10}(?:檢驗|檢測|驗證)|(?:檢驗|檢測)(?:通過|合格)|(?<![a-z])(?:passed|tested)(?![a-z])")]
    private static partial Regex Tested();

    [GeneratedRegex(@"24/7|(?<![a-z])(?:open|hours)[^.]*24\s*hours|24[\s-]*hours?\s+(?:a|opening)|(?:around|round)\s+the\s+clock|24小時(?:營業|開放|服務|不打烊|都開)|全天候")]
    private static partial Regex Always();

    [GeneratedRegex(@"24/7|(?:7|seven)\s+days\s+a\s+week|(?<![a-z])(?:every\s*day|daily|all\s+week)(?![a-z])|天天|每天|每日|全年無休")]
    private static partial Regex EveryDay();
}
