namespace Syrinx.Ads.Tests.Claims;

/// <summary>Numbers in figures, English words and Chinese characters.</summary>
public sealed class NumberScannerTests
{
    [Theory]
    [InlineData("1,200", 1200)]
    [InlineData("1.2k", 1200)]
    [InlineData("3 million", 3_000_000)]
    [InlineData("1⁄2", 0.5)]
    [InlineData("fifty-five", 55)]
    [InlineData("two hundred and twenty", 220)]
    [InlineData("a dozen", 12)]
    [InlineData("twelve thousand five hundred", 12_500)]
    [InlineData("three and a half", 3.5)]
    [InlineData("三十五", 35)]
    [InlineData("一百零五", 105)]
    [InlineData("兩千五", 2500)]
    [InlineData("一萬兩千", 12_000)]
    [InlineData("1萬2千", 12_000)]
    [InlineData("二〇二六", 2026)]
    [InlineData("三億", 300_000_000)]
    public void A_number_has_its_value_however_it_is_written(string text, double value) =>
        Assert.Equal((decimal)value, Assert.Single(NumberScanner.Scan(text)).Value);

    [Fact]
    public void Numbers_side_by_side_stay_apart() => Assert.Equal([1m, 2m, 3m], NumberScanner.Scan("1 2 3").Select(a => a.Value));

    [Fact]
    public void Endless_numbers_do_not_overflow()
    {
        Assert.NotEmpty(NumberScanner.Scan(new string('9', 5000)));
        Assert.NotEmpty(NumberScanner.Scan(string.Concat(Enumerable.Repeat("一億", 500))));
        Assert.NotEmpty(NumberScanner.Scan(string.Concat(Enumerable.Repeat("hundred ", 500))));
    }
}
