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
    public void Min_p_leaves_tokens_with_a_share_of_the_likeliests_probability()
    {
        // e² : e³ = 0.368, e¹ : e³ = 0.135
        Assert.Equal([1, 2, 3], Draw(new() { TopK = 0, TopP = 1, Temperature = 1, MinP = 0.2f }, 500).Distinct().Order());
        Assert.Equal([0, 1, 2, 3], Draw(new() { TopK = 0, TopP = 1, Temperature = 1, MinP = 0.1f }, 1000).Distinct().Order());
        // after the temperature: at 2 the same token has 0.607 of it
        Assert.Equal([1, 3], Draw(new() { TopK = 0, TopP = 1, Temperature = 1, MinP = 0.5f }, 500).Distinct().Order());
        Assert.Equal([1, 2, 3], Draw(new() { TopK = 0, TopP = 1, Temperature = 2, MinP = 0.5f }, 500).Distinct().Order());
    }

    [Fact]
    public void The_repetition_penalty_divides_and_multiplies_and_counts_the_prompt()
    {
        var sampler = new Sampler(new() { Temperature = 0, RepetitionPenalty = 2 }, [1, 4], 10);
        Assert.Equal(3, sampler.Sample([1, 3, 2, 2.5f, -50, 0])); // 1 is halved to 1.5
        Assert.Equal(2, sampler.Sample([1, 3, 2, 2.5f, -50, 0])); // 3 is now 1.25
        var negative = new Sampler(new() { Temperature = 0, RepetitionPenalty = 2 }, [0], 10);
        Assert.Equal(1, negative.Sample([-1, -1.5f, -3])); // −1 becomes −2, not −0.5
    }

    [Fact]
    public void Bias_comes_before_the_penalties_and_all_of_it_before_the_limits()
    {
        // 2 + 3 = 5, halved 2.5: below 3
        var sampler = new Sampler(new() { Temperature = 0, RepetitionPenalty = 2, LogitBias = new Dictionary<int, float> { [2] = 3 } }, [2], 10);
        Assert.Equal(1, sampler.Sample(Logits));
        Assert.Equal([4], Draw(new() { TopK = 1, LogitBias = new Dictionary<int, float> { [4] = 100, [99] = 1 } }, 20).Distinct());
        Assert.Equal([0, 2], Draw(new() { TopK = 2, LogitBias = new Dictionary<int, float> { [1] = -100, [3] = -100 } }, 100).Distinct().Order());
    }

    [Fact]
    public void A_draw_depends_on_seed_and_position_alone_and_choices_have_seeds_of_their_own()
    {
        var options = new SamplingOptions { Seed = 3, TopK = 0, TopP = 1, Temperature = 2 };
        var sampler = new Sampler(options);
        sampler.Sample(Logits);
        sampler.Sample([0, 0, 9, 0, 0, 0]);
        Assert.Equal(Draw(options, 3)[2], sampler.Sample(Logits));
        Assert.Equal(Draw(options, 50), Draw(options.ForChoice(0), 50));
        Assert.Equal(8, Enumerable.Range(0, 8).Select(i => string.Join(',', Draw(options.ForChoice(i), 50))).Distinct().Count());
    }

    [Fact]
    public void Log_probabilities_are_the_models_own()
    {
        var sampler = new Sampler(new() { Temperature = 0, TopLogprobs = 2, LogitBias = new Dictionary<int, float> { [0] = 50 } });
        Assert.Equal(0, sampler.Sample(Logits));
        double sum = Logits.Sum(l => Math.Exp(l));
        Assert.True(sampler.Logprobs.TryDequeue(out var told));
        Assert.True(Close((0, Math.Log(Math.Exp(1) / sum)), (told.Chosen.Token, told.Chosen.Logprob)));
        Assert.Equal([1, 3], told.Top.Select(t => t.Token));
        Assert.Equal(Math.Log(Math.Exp(3) / sum), told.Top[0].Logprob, 1e-5);
    }

    [Fact]
    public void The_likeliest_are_found_as_sorting_would_find_them()
    {
        var random = new Random(3);
        float[] logits = [.. Enumerable.Range(0, 1000).Select(_ => (float)random.Next(40))];
        int[] best = [.. Enumerable.Range(0, 1000).OrderByDescending(i => logits[i]).ThenBy(i => i).Take(30)];
        var sampler = new Sampler(new() { TopK = 30, TopP = 1, Temperature = 100 });
        Assert.Equal(best.Order(), Enumerable.Range(0, 3000).Select(_ => sampler.Sample(logits)).Distinct().Order());
    }

    private static bool Close((int Token, double Logprob) a, (int Token, double Logprob) b) => a.Token == b.Token && Math.Abs(a.Logprob - b.Logprob) < 1e-5;

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
        Assert.Contains("min_p 2", Refused(new() { MinP = 2 }));
        Assert.Contains("repetition_penalty 0", Refused(new() { RepetitionPenalty = 0 }));
        Assert.Contains("logit_bias 101 of token 5", Refused(new() { LogitBias = new Dictionary<int, float> { [5] = 101 } }));
        Assert.Contains("top_logprobs 21", Refused(new() { TopLogprobs = 21 }));
        Assert.Contains("stop", Refused(new() { Stop = [""] }));
    }

    private static string Refused(SamplingOptions options) => Assert.Throws<InputException>(options.Validated).Message;

    private static List<int> Draw(SamplingOptions options, int count)
    {
        var sampler = new Sampler(options);
        return [.. Enumerable.Range(0, count).Select(_ => sampler.Sample(Logits))];
    }
}
