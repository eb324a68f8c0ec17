using System.Globalization;
using Syrinx.Search;
using Syrinx.Server.Text;

namespace Syrinx.Server.Charts;

/// <summary>Posts per month as columns: months without posts are shown too; a long time is shown by years.</summary>
internal static class MonthColumns
{
    /// <summary>More columns than this are too thin to point at.</summary>
    private const int Most = 60;

    /// <summary>Columns whose keys are months (<c>2024-05</c>) or years (<c>2024</c>).</summary>
    internal static List<ChartItem> Of(IReadOnlyList<FacetCount> months, UiText text)
    {
        var counts = months.Select(m => (Month: Parse(m.Value), m.Count)).Where(m => m.Month is not null)
            .ToDictionary(m => m.Month!.Value, m => m.Count);
        if (counts.Count == 0)
            return [];
        DateTime first = counts.Keys.Min(), last = counts.Keys.Max();
        int span = (last.Year - first.Year) * 12 + last.Month - first.Month + 1;
        if (span > Most)
        {
            return [.. Enumerable.Range(first.Year, last.Year - first.Year + 1).TakeLast(Most).Select(year => new ChartItem(
                year.ToString(CultureInfo.InvariantCulture), counts.Where(c => c.Key.Year == year).Sum(c => c.Value),
                year.ToString(CultureInfo.InvariantCulture)))];
        }
        return [.. Enumerable.Range(0, span).Select(i => first.AddMonths(i)).Select(month => new ChartItem(
            text.Month(month), counts.GetValueOrDefault(month), month.ToString("yyyy-MM", CultureInfo.InvariantCulture)))];
    }

    /// <summary>First and last day of a column's key.</summary>
    internal static (DateOnly From, DateOnly To) Days(string key)
    {
        bool year = key.Length == 4;
        var from = DateOnly.ParseExact(year ? key + "-01-01" : key + "-01", "yyyy-MM-dd", CultureInfo.InvariantCulture);
        return (from, (year ? from.AddYears(1) : from.AddMonths(1)).AddDays(-1));
    }

    private static DateTime? Parse(string month) => DateTime.TryParseExact(
        month, "yyyy-MM", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var first)
        ? first : null;
}
