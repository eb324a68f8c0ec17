using System.Globalization;

namespace Syrinx.Ads;

// Dates, days of the week, hours.
internal sealed partial class ClaimMatcher
{
    private static Mismatch? Dates(Claim claim, Claim said, Fact fact)
    {
        bool same = claim.Unit switch
        {
            "date" => SameDate(claim.Literal, said.Literal, whole: claim.Role == "until") || claim.Role == "until" && IsDayBefore(claim, said, fact),
            "weekday" when (claim.Role == "closed") != (said.Role == "closed") => AreTheOtherDays(claim.Literal, said.Literal)
                // closed on Sundays only: come on Saturday
                || said.Role == "closed" && said.Literal.Length <= 2 && claim.Literal.Length == 1 && !said.Literal.Contains(claim.Literal, StringComparison.Ordinal),
            "weekday" => claim.Literal.Length > 0 && claim.Literal.All(d => said.Literal.Contains(d, StringComparison.Ordinal)),
            "clock" => SameHour(claim.Literal, said.Literal),
            _ => claim.Literal == said.Literal,
        };
        if (!same)
            return Mismatch.OtherValue;
        if (claim.Unit == "weekday")
            return claim.Per == Claim.Every && fact.Reading.Claims.Any(c => c.Unit == "weekday" && c.Per == Claim.Nth && c.Literal == claim.Literal) ? Mismatch.TooFar : null;
        // since 1987, from 1987 on: founded or not, both begin there
        static string Side(string role) => role == "founded" ? "from" : role;
        var (t, f) = (claim.Context.Topics, said.Context.Topics);
        bool otherSide = claim.Role.Length > 0 && said.Role.Length > 0 && Side(claim.Role) != Side(said.Role)
            || claim.Role == "until" && said.Role.Length == 0 && claim.Unit == "date" && fact.Reading.Claims.Count(c => c.Unit == "date") < 2 || said.Role == "until" && claim.Role == "from";
        if (claim.Role == "until" && said.Role == "from" && fact.Reading.Folded.Text[said.End..].Contains("until then", StringComparison.Ordinal))
            return null; // grown-ups after eight, children until then
        // a house that has been there since 1987 has baked and poured since 1987; it has not promised or been praised since then
        return otherSide || t.Any(w => w != "~trial" && Judged.Contains(w)) && !t.Overlaps(f) ? Mismatch.OtherThing : null;
    }

    /// <summary>Every part that the claim names is the fact's; a last day must be named whole, for "until July" says more than "until 15 July".</summary>
    private static bool SameDate(string claim, string said, bool whole)
    {
        string[] a = claim.Split('/'), b = said.Split('/');
        return Enumerable.Range(0, 3).All(i => a[i].Length == 0 && !(whole && i == 2) || i == 2 && a[2].Length == 0 && IsMonthEnd(b[1], "底", b[2]) || a[i] == b[i] || i == 2 && (IsMonthEnd(a[1], a[i], b[i]) || IsMonthEnd(a[1], b[i], a[i])));
    }

    /// <summary>By 14 November is before 15 November.</summary>
    private static bool IsDayBefore(Claim claim, Claim said, Fact fact)
    {
        string[] a = claim.Literal.Split('/'), b = said.Literal.Split('/');
        return fact.Reading.Folded.Text[..said.Start].TrimEnd().EndsWith("before", StringComparison.Ordinal) && a[0] == b[0]
            && int.TryParse(a[1], out int month) && int.TryParse(a[2], out int day) && int.TryParse(b[1], out int before) && int.TryParse(b[2], out int dayBefore)
            && before is >= 1 and <= 12 && new DateTime(2024, before, 1).AddDays(dayBefore - 2) is var last && last.Month == month && last.Day == day;
    }

    /// <summary>9月底 is 30 September.</summary>
    private static bool IsMonthEnd(string month, string end, string day) => end == "底" && month.Length > 0
        && day == DateTime.DaysInMonth(2024, int.Parse(month, CultureInfo.InvariantCulture)).ToString(CultureInfo.InvariantCulture);

    /// <summary>Closed on Mondays is open from Tuesday to Sunday, where both together are the week.</summary>
    private static bool AreTheOtherDays(string claim, string said) =>
        claim.Length > 0 && !claim.Any(d => said.Contains(d, StringComparison.Ordinal)) && (claim.Length + said.Length == 7 || said.Length >= 5);

    /// <summary>Whether two hours are the same, where one may leave open which half of the day it is in.</summary>
    internal static bool SameHour(string claim, string said)
    {
        int a = int.Parse(claim.TrimEnd('?'), CultureInfo.InvariantCulture), b = int.Parse(said.TrimEnd('?'), CultureInfo.InvariantCulture);
        return a == b || (claim[^1] == '?' || said[^1] == '?') && a % 720 == b % 720;
    }
}
