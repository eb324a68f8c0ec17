using Syrinx.Inference;
using Syrinx.Models;
using Syrinx.Training.Optimization;

namespace Syrinx.Training.Tests.Modeling;

/// <summary>The managed engine that serves, beside libtorch that trains: two programs, the same model.</summary>
public sealed class EngineAgreementTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("syrinx-agree-").FullName;

    [Theory]
    [InlineData("Qwen3ForCausalLM", 2, true)]
    [InlineData("Qwen3ForCausalLM", 4, false)]
    [InlineData("LlamaForCausalLM", 4, true)]
    [InlineData("LlamaForCausalLM", 2, false)]
    [InlineData("MistralForCausalLM", 1, false)]
    [InlineData("Qwen2ForCausalLM", 2, true)]
    public void Logits_agree_to_a_ten_thousandth_of_the_largest(string architecture, int keyValueHeads, bool tied)
    {
        var config = TinyModel.Config(architecture, keyValueHeads, tied) with { RopeTheta = 5000 };
        using var weights = TinyModel.Weights(config);
        if (config.QkvBias)
        {
            // biases begin at 0, where an engine that forgot them would agree
            foreach (var bias in weights.All.Where(p => p.Name.EndsWith("bias", StringComparison.Ordinal)))
            {
                bias.Master.fill_(0.3f);
                bias.Refresh();
            }
        }
        var directory = new ModelDirectory(_folder);
        config.Write(directory.ConfigPath);
        SafetensorsWriter.Write(directory.WeightsPath, weights.ToFile(TensorType.Float32));
        using var engine = new StepEngine(weights, 32, 1, 2);
        int[] tokens = TinyModel.Batch(1, 32).Inputs;
        float[] expected = [.. engine.Logits(tokens).SelectMany(row => row)];

        using var model = LanguageModel.Load(_folder, new() { Cache = CacheType.F32 });
        float[] actual = model.Forward(tokens);

        Assert.Equal(expected.Length, actual.Length);
        double largest = expected.Max(Math.Abs);
        double difference = expected.Zip(actual, (a, b) => Math.Abs(a - b)).Max();
        TestContext.Current.SendDiagnosticMessage("{0} {1} {2}: {3:e2}", architecture, keyValueHeads, tied, difference / largest);
        Assert.True(difference / largest <= 1e-4, $"{difference} of {largest}");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
