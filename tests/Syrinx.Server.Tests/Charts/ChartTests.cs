using CsCheck;
using Syrinx.Search;
using Syrinx.Server.Charts;
using Syrinx.Server.Components.Finding;
using Syrinx.Server.Text;

namespace Syrinx.Server.Tests.Charts;

public sealed class ChartTests
{
    [Fact]
    public void Ticks_are_round_few_and_inside() =>
        Gen.Select(Gen.Double[-1e6, 1e6], Gen.Double[1e-3, 1e6], Gen.Int[3, 8]).Sample((from, range, count) =>
        {
            var ticks = Axis.Ticks(from, from + range, count);
            Assert.InRange(ticks.Count, 1, count + 1);
            Assert.All(ticks, t => Assert.InRange(t, from - range * 1e-6, from + range * (1 + 1e-6)));
        });

    [Fact]
    public void Ticks_of_a_loss_curve_are_whole_numbers() => Assert.Equal([4, 6, 8], Axis.Ticks(3.7, 9.3, 4));

    [Fact]
    public void Months_without_posts_are_columns_too()
    {
        var columns = MonthColumns.Of([new("2024-11", 3), new("2025-02", 5)], UiText.All[0]);
        Assert.Equal(["Nov 2024", "Dec 2024", "Jan 2025", "Feb 2025"], columns.Select(c => c.Label));
        Assert.Equal([3, 0, 0, 5], columns.Select(c => c.Value));
    }

    [Fact]
    public void Many_years_are_columns_of_a_year()
    {
        var columns = MonthColumns.Of([new("2010-11", 3), new("2010-12", 1), new("2025-02", 5)], UiText.All[0]);
        Assert.Equal(16, columns.Count);
        Assert.Equal(new ChartItem("2010", 4, "2010"), columns[0]);
    }

    [Fact]
    public void A_column_stands_for_its_first_to_last_day()
    {
        Assert.Equal((new DateOnly(2024, 2, 1), new DateOnly(2024, 2, 29)), MonthColumns.Days("2024-02"));
        Assert.Equal((new DateOnly(2024, 1, 1), new DateOnly(2024, 12, 31)), MonthColumns.Days("2024"));
    }

    [Fact]
    public void An_address_holds_the_whole_search_and_the_last_day_counts()
    {
        var at = new SearchAddress { Text = "咖啡 & tea", Community = "Food", Since = new(2024, 2, 1), Until = new(2024, 2, 29), Newest = true };
        Assert.Equal("/search?q=%E5%92%96%E5%95%A1%20%26%20tea&community=Food&since=2024-02-01&until=2024-02-29&order=newest", at.ToString());
        Assert.Equal(new DateTime(2024, 3, 1, 0, 0, 0, DateTimeKind.Utc), at.Query.Until);
        Assert.Equal(SearchOrder.Newest, at.Query.Order);
    }
}
