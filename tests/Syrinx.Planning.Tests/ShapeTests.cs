using CsCheck;
using Syrinx.Planning.Shapes;
using Syrinx.Planning.Validation;

namespace Syrinx.Planning.Tests;

public sealed class ShapeTests
{
    [Fact]
    public void A_shape_has_the_parameters_that_were_asked_for_from_a_million_to_a_hundred_trillion() =>
        Gen.Double[6, 14].Sample(exponent =>
        {
            double parameters = Math.Pow(10, exponent);
            var shape = ShapeRule.For(parameters);
            Assert.InRange(shape.Parameters / parameters, 0.97, 1.03);
            Assert.True(shape.FeedForward >= shape.Width, $"{parameters}: {shape}");
            Assert.Equal(shape.Width, shape.Heads * shape.HeadWidth);
            Assert.Equal(0, shape.Heads % shape.KeyValueHeads);
        });

    [Theory]
    [InlineData(13e9, 40, 5120)]
    [InlineData(65e9, 80, 8192)]
    [InlineData(175e9, 96, 12288)]
    [InlineData(540e9, 118, 18432)]
    public void Rule_and_published_models_differ_by_a_quarter_at_most(double parameters, int layers, int width)
    {
        var shape = ShapeRule.For(parameters);
        Assert.InRange((double)shape.Layers / layers, 0.75, 1.25);
        Assert.InRange((double)shape.Width / width, 0.75, 1.25);
    }

    [Theory]
    [InlineData(405e9, "Llama 3.1 405B")]
    [InlineData(70e9, "Llama 3.1 70B")]
    [InlineData(8.03e9, "Llama 3.1 8B")]
    [InlineData(13e9, "rule")]
    public void A_count_within_a_hundredth_of_a_known_model_gets_that_models_shape(double parameters, string source) =>
        Assert.Equal(source, ShapeRule.For(parameters).Source);

    [Theory]
    [InlineData("GPT-3", 175e9)]
    [InlineData("Gopher", 280e9)]
    [InlineData("MT-NLG", 530e9)]
    [InlineData("PaLM", 540.35e9)]
    [InlineData("OPT-175B", 175e9)]
    [InlineData("BLOOM", 176.2e9)]
    [InlineData("LLaMA-7B", 6.7e9)]
    [InlineData("LLaMA-13B", 13e9)]
    [InlineData("LLaMA-65B", 65.2e9)]
    [InlineData("Llama 2 7B", 6.74e9)]
    [InlineData("Llama 2 70B", 69e9)]
    [InlineData("Falcon-180B", 179.5e9)]
    [InlineData("SmolLM3", 3.08e9)]
    [InlineData("StarCoderBase", 15.5e9)]
    [InlineData("Llama 3.1 405B", 405.9e9)]
    public void A_published_shape_has_the_parameters_that_its_paper_says(string name, double parameters)
    {
        var shape = PublishedRuns.All.Single(run => run.Name == name).Shape;
        Assert.InRange(shape.Parameters / parameters, 0.99, 1.01);
    }

    [Fact]
    public void A_token_costs_six_flops_a_weight_and_half_of_what_attention_would_without_its_mask()
    {
        var shape = PublishedRuns.All.Single(run => run.Name == "GPT-3").Shape;
        double attention = 12.0 * 96 * 12288 * 2048 / 2;
        // tied: the embedding's weights are counted once, as the output matrix
        Assert.Equal(6 * shape.Parameters + attention, shape.FlopsPerToken(2048), shape.Parameters * 1e-9);
    }

    [Theory]
    [InlineData(1e21)]
    [InlineData(5.76e23)]
    [InlineData(3.8e25)]
    public void The_optimum_of_a_fit_has_a_lower_loss_than_its_neighbours_at_the_same_compute(double flops)
    {
        foreach (var fit in new[] { Chinchilla.Hoffmann, Chinchilla.Epoch })
        {
            var (n, d) = fit.Optimum(flops);
            Assert.Equal(flops, 6 * n * d, flops * 1e-9);
            foreach (double f in new[] { 0.8, 0.95, 1.05, 1.25 })
                Assert.True(fit.Loss(n, d) < fit.Loss(n * f, d / f));
            Assert.Equal(d, fit.TokensFor(n), d * 1e-6);
        }
    }

    [Fact]
    public void Chinchillas_own_budget_asks_for_about_twenty_tokens_a_parameter()
    {
        var (n, d) = Chinchilla.Epoch.Optimum(5.76e23);
        Assert.InRange(d / n, 15, 25);
    }
}
