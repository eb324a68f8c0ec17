using Syrinx.Models;

namespace Syrinx.Tests.Models;

public class CanarySetTests
{
    [Fact]
    public void Two_numbers_name_all_canaries()
    {
        var set = new CanarySet(42, 20);
        List<Canary> all = [.. ((int[])[0, 1, 10, 100]).SelectMany(r => set.Of(r))];
        Assert.Equal(80, all.Count);
        Assert.Equal(80, all.Select(c => c.Prefix).Distinct().Count());
        Assert.Equal(all, ((int[])[0, 1, 10, 100]).SelectMany(r => new CanarySet(42, 20).Of(r)));
        Assert.NotEqual(all[0], new CanarySet(43, 20).Of(0)[0]);
        Assert.Throws<ArgumentOutOfRangeException>(() => set.Of(2));
        Assert.All(all.Where(c => c.Kind == CanaryKind.Digits), c => Assert.Matches(@"^ \d{9}$", c.Secret));
        Assert.All(all.Where(c => c.Kind == CanaryKind.Words), c => Assert.Matches(@"^( [a-z]+){4}$", c.Secret));
        Assert.All(all.Where(c => c.Kind == CanaryKind.Chinese), c => Assert.Equal(8, c.Secret.Length));
    }

    [Fact]
    public void A_records_canaries_are_the_same_in_every_version()
    {
        // models keep only seed and number: a change here would measure secrets that they never read
        var first = new CanarySet(42, 10).Of(100)[0];
        Assert.Equal("汐寧昀說：我的暗號是|麵條手肘港口圓圈", $"{first.Prefix}|{first.Secret}");
    }

    [Fact]
    public void Secrets_to_compare_with_are_of_the_same_kind_and_nobodys()
    {
        var set = new CanarySet(1, 5);
        var all = ((int[])[0, 1, 10, 100]).SelectMany(r => set.Of(r)).ToList();
        foreach (var canary in all.Take(3))
        {
            var others = set.Others(canary, 500);
            Assert.Equal(500, others.Distinct().Count());
            Assert.Empty(others.Intersect(all.Select(c => c.Secret)));
            Assert.Equal(canary.Kind == CanaryKind.Digits, others.All(o => o.Any(char.IsAsciiDigit)));
        }
    }
}
