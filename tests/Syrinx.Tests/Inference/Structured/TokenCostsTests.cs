using Syrinx.Inference.Structured;

namespace Syrinx.Tests.Inference.Structured;

public sealed class TokenCostsTests
{
    [Fact]
    public void A_mask_has_the_tokens_within_the_budget_and_no_others()
    {
        var random = new Random(2);
        var costs = new TokenCosts(5);
        int[] all = [.. Enumerable.Range(0, 5 * 64).Select(_ => random.Next(4) switch { 0 => -1, 1 => random.Next(1 << 20), _ => random.Next(12) })];
        for (int token = 0; token < all.Length; token++)
        {
            if (all[token] >= 0)
                costs.Set(token, all[token]);
        }
        ulong[] mask = [.. Enumerable.Repeat(ulong.MaxValue, 5)];
        foreach (int budget in (int[])[0, 1, 5, 11, 40_000, TokenCosts.Most - 1])
        {
            costs.Within(budget, mask);
            for (int token = 0; token < all.Length; token++)
                Assert.Equal(all[token] >= 0 && all[token] <= budget, (mask[token >> 6] >> token & 1) == 1);
        }
    }
}
