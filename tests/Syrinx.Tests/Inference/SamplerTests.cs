using Syrinx.Inference;

namespace Syrinx.Tests.Inference;

public class SamplerTests
{
    private static readonly float[] Logits = [1, 3, 2, 3, -50, 0];

    [Fact]
    public void Temperature_0_takes_the_likeliest_and_the_lowest_id_among_equals() =>
        Assert.All(Draw(new() { Temperature = 0 }, 20), token => Assert.Equal(1, token));

    [Fact]
    public void Top_k_leaves_the_k_likeliest() =>
        Assert.Equal([1, 2, 3], Draw(new() { TopK = 3, TopP = 1, Temperature = 5 }, 500).Distinct().Order());

    [Fact]
    public void Top_p_leaves_the_fewest_tokens_that_have_the_probability() =>
        // e³ : e³ : e² : e¹ : e⁰ = 40.1% : 40.1% : 14.8% : …
        Assert.Equal([1, 2, 3], Draw(new() { TopK = 0, TopP = 0.81f, Temperature = 1 }, 2000).Distinct().Order());

    [Theory]
    [InlineData(1.0)]
    [InlineData(0.5)]
    [InlineData(2.0)]
    public void Without_limits_tokens_come_as_often_as_the_softmax_says(double temperature)
    {
        double[] weights = [.. Logits.Select(l => Math.Exp(l / temperature))];
        var draws = Draw(new() { TopK = 0, TopP = 1, Temperature = (float)temperature }, 40_000);
        for (int token = 0; token < Logits.Length; token++)
            Assert.Equal(weights[token] / weights.Sum(), draws.Count(t => t == token) / 40_000.0, 0.01);
    }

    [Fact]
    public void The_same_seed_gives_the_same_tokens_and_another_one_others()
    {
        Assert.Equal(Draw(new() { Seed = 5 }, 100), Draw(new() { Seed = 5 }, 100));
        Assert.NotEqual(Draw(new() { Seed = 5 }, 100), Draw(new() { Seed = 6 }, 100));
    }

    [Fact]
    public void Penalties_push_what_was_generated_down()
    {
        Assert.Equal([1, 3, 2, 0, 5, 1], Draw(new() { Temperature = 0, PresencePenalty = 2, FrequencyPenalty = 2 }, 6));
        Assert.Equal([1, 3, 1, 3, 2, 1], Draw(new() { Temperature = 0, FrequencyPenalty = 0.75f }, 6));
    }

    [Fact]
    public void Options_out_of_range_are_refused_by_name()
    {
        Assert.Contains("temperature -1", Refused(new() { Temperature = -1 }));
        Assert.Contains("temperature NaN", Refused(new() { Temperature = float.NaN }));
        Assert.Contains("top_p 0", Refused(new() { TopP = 0 }));
        Assert.Contains("top_k -1", Refused(new() { TopK = -1 }));
        Assert.Contains("max_tokens 0", Refused(new() { MaxTokens = 0 }));
        Assert.Contains("frequency_penalty 3", Refused(new() { FrequencyPenalty = 3 }));
        Assert.Contains("stop", Refused(new() { Stop = [""] }));
    }

    private static string Refused(SamplingOptions options) => Assert.Throws<InputException>(options.Validated).Message;

    private static List<int> Draw(SamplingOptions options, int count)
    {
        var sampler = new Sampler(options);
        return [.. Enumerable.Range(0, count).Select(_ => sampler.Sample(Logits))];
    }
}
