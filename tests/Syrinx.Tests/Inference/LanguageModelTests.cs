using System.Text.Json.Nodes;
using Syrinx.Inference;
using Syrinx.Models;
using Syrinx.Tests.Tokens;

namespace Syrinx.Tests.Inference;

public class LanguageModelTests
{
    [Theory]
    [InlineData("Qwen3ForCausalLM", true)]
    [InlineData("Qwen2ForCausalLM", true)]
    [InlineData("LlamaForCausalLM", false)]
    [InlineData("MistralForCausalLM", false)]
    public void Logits_are_those_of_the_slow_twin_in_double_precision(string architecture, bool tied)
    {
        using var folder = new TemporaryFolder();
        var config = RandomModel.Config(architecture, tied);
        var weights = RandomModel.Write(folder["m"], config);
        var tokens = RandomModel.Tokens(50, config.VocabSize);
        double[] expected = SlowTransformer.Forward(config, weights, tokens);
        using var model = LanguageModel.Load(folder["m"], new() { Threads = 2, Cache = CacheType.F32 });
        float[] logits = model.Forward(tokens);
        Assert.Equal(expected.Length, logits.Length);
        double largest = expected.Max(Math.Abs), worst = logits.Zip(expected).Max(p => Math.Abs(p.First - p.Second));
        Assert.True(worst / largest <= 1e-5, $"max|Δ| / max|logit| = {worst / largest:e2}");
        Assert.True(largest > 1, "the logits must not vanish, or the comparison would say little");
    }

    [Theory]
    [InlineData(null, CacheType.F16)]
    [InlineData(TensorType.Float32, CacheType.F32)]
    [InlineData(TensorType.Float16, CacheType.F16)]
    [InlineData(TensorType.BFloat16, CacheType.F16)]
    [InlineData(TensorType.Q8, CacheType.F16)]
    [InlineData(TensorType.Q4, CacheType.F16)]
    public void One_token_at_a_time_gives_the_same_bits_as_all_at_once_whatever_the_threads(TensorType? quantization, CacheType cache)
    {
        using var folder = new TemporaryFolder();
        var config = RandomModel.Config("Qwen3ForCausalLM") with { HiddenSize = 96, IntermediateSize = 160 };
        RandomModel.Write(folder["m"], config);
        var tokens = RandomModel.Tokens(520, config.VocabSize);
        using var one = LanguageModel.Load(folder["m"], new() { Threads = 1, Quantization = quantization, Cache = cache });
        using var three = LanguageModel.Load(folder["m"], new() { Threads = 3, Quantization = quantization, Cache = cache });
        float[] all = three.Forward(tokens);
        Assert.Equal(all, one.Forward(tokens));
        using var session = one.StartSession();
        for (int t = 0; t < tokens.Length; t++)
            Assert.True(session.Read([tokens[t]]).SequenceEqual(all.AsSpan(t * config.VocabSize, config.VocabSize)), $"token {t}");
        using var parts = three.StartSession();
        parts.Read(tokens.AsSpan(0, 9));
        parts.Read(tokens.AsSpan(9, 28));
        Assert.True(parts.Read(tokens.AsSpan(37)).SequenceEqual(all.AsSpan(all.Length - config.VocabSize)));
    }

    [Fact]
    public void A_rewound_session_reads_another_continuation_as_if_it_had_not_read_the_first()
    {
        using var folder = new TemporaryFolder();
        var config = RandomModel.Config("LlamaForCausalLM");
        RandomModel.Write(folder["m"], config);
        using var model = LanguageModel.Load(folder["m"], new() { Threads = 1 });
        using var session = model.StartSession();
        session.Read([1, 2, 3, 4, 5, 6]);
        session.Rewind(2);
        float[] rewound = session.Read([9, 8]).ToArray();
        using var fresh = model.StartSession();
        Assert.Equal(fresh.Read([1, 2, 9, 8]).ToArray(), rewound);
        Assert.Throws<ArgumentOutOfRangeException>(() => session.Rewind(5));
    }

    [Fact]
    public void Several_sessions_at_once_do_not_disturb_each_other()
    {
        using var folder = new TemporaryFolder();
        var config = RandomModel.Config("Qwen2ForCausalLM");
        RandomModel.Write(folder["m"], config);
        using var model = LanguageModel.Load(folder["m"], new() { Threads = 2 });
        var alone = Enumerable.Range(0, 8).Select(i => model.Forward(RandomModel.Tokens(40, config.VocabSize, i))).ToList();
        Parallel.For(0, 8, new ParallelOptions { MaxDegreeOfParallelism = 8 },
            i => Assert.Equal(alone[i], model.Forward(RandomModel.Tokens(40, config.VocabSize, i))));
    }

    [Fact]
    public void Bfloat16_weights_are_computed_with_as_they_are()
    {
        using var folder = new TemporaryFolder();
        var config = RandomModel.Config("Qwen3ForCausalLM");
        var weights = RandomModel.Write(folder["m"], config);
        SafetensorsWriter.Write(folder["m"] + "/model.safetensors", [.. RandomModel.Shapes(config).Select(w => TensorSource.BFloat16(w.Name, w.Shape, weights[w.Name]))]);
        using (var file = Safetensors.Open(folder["m"] + "/model.safetensors"))
            weights = weights.Keys.ToDictionary(name => name, file.ReadFloats);
        var tokens = RandomModel.Tokens(10, config.VocabSize);
        double[] expected = SlowTransformer.Forward(config, weights, tokens);
        using var model = LanguageModel.Load(folder["m"], new() { Cache = CacheType.F32 });
        Assert.True(model.Forward(tokens).Zip(expected).Max(p => Math.Abs(p.First - p.Second)) <= 1e-5 * expected.Max(Math.Abs));
    }

    [Theory]
    [InlineData(TensorType.BFloat16, 0.5, 3e-3)]
    [InlineData(TensorType.Float16, 0.5, 4e-4)]
    [InlineData(TensorType.Q8, 8.5 / 32, 1.5e-2)]
    [InlineData(TensorType.Q4, 4.5 / 32, 0.15)]
    public void Shorter_weights_give_nearly_the_same_logits_in_less_memory(TensorType quantization, double share, double most)
    {
        using var folder = new TemporaryFolder();
        var config = RandomModel.Config("LlamaForCausalLM", tied: false) with { HiddenSize = 128, NumAttentionHeads = 8, IntermediateSize = 192, HeadDim = 16, VocabSize = 304 };
        RandomModel.Write(folder["m"], config);
        var tokens = RandomModel.Tokens(60, config.VocabSize);
        using var exact = LanguageModel.Load(folder["m"], new() { Threads = 1 });
        using var packed = LanguageModel.Load(folder["m"], new() { Threads = 2, Quantization = quantization });
        Assert.Equal(share, packed.Weights.BytesPerToken / (double)exact.Weights.BytesPerToken, 1e-3);
        float[] expected = exact.Forward(tokens), logits = packed.Forward(tokens);
        double largest = expected.Max(Math.Abs), mean = logits.Zip(expected).Average(p => Math.Abs(p.First - p.Second)) / largest;
        Assert.InRange(mean, 1e-6, most);
    }

    [Fact]
    public void More_tokens_than_the_context_holds_and_unknown_tokens_are_refused_with_the_numbers()
    {
        using var folder = new TemporaryFolder();
        var config = RandomModel.Config("LlamaForCausalLM") with { MaxPositionEmbeddings = 16 };
        RandomModel.Write(folder["m"], config);
        using var model = LanguageModel.Load(folder["m"]);
        Assert.Contains("17 tokens are more than the model's context of 16", Assert.Throws<InputException>(() => model.Forward(new int[17])).Message);
        using var session = model.StartSession();
        session.Read(new int[10]);
        Assert.Contains("(10 read, 7 more asked for)", Assert.Throws<InputException>(() => { session.Read(new int[7]); }).Message);
        Assert.Contains("vocabulary of 303", Assert.Throws<InputException>(() => { session.Read([303]); }).Message);
        session.Read(new int[6]);
    }

    [Fact]
    public void A_model_disposed_while_a_session_runs_lets_it_finish()
    {
        using var folder = new TemporaryFolder();
        RandomModel.Write(folder["m"], RandomModel.Config("LlamaForCausalLM"));
        var model = LanguageModel.Load(folder["m"]);
        var session = model.StartSession();
        float[] before = session.Read([1, 2]).ToArray();
        model.Dispose();
        session.Rewind(0);
        Assert.Equal(before, session.Read([1, 2]).ToArray());
        session.Dispose();
        Assert.Throws<ObjectDisposedException>(() => model.StartSession());
        Assert.Throws<ObjectDisposedException>(() => { session.Read([1]); });
    }

    [Theory]
    [InlineData("hidden_size", 56, "model.safetensors: tensor model.embed_tokens.weight has shape [303, 48], but config.json asks for [303, 56]")]
    [InlineData("num_hidden_layers", 4, "tensor model.layers.3.input_layernorm.weight is missing")]
    [InlineData("num_hidden_layers", 2, "tensor model.layers.2.")]
    [InlineData("num_key_value_heads", 3, "k_proj.weight has shape")]
    [InlineData("vocab_size", 400, "embed_tokens")]
    public void Weights_that_do_not_fit_the_config_are_refused_by_tensor(string field, int value, string expected)
    {
        using var folder = new TemporaryFolder();
        RandomModel.Write(folder["m"], RandomModel.Config("Qwen3ForCausalLM"));
        string path = Path.Combine(folder["m"], "config.json");
        var json = JsonNode.Parse(File.ReadAllText(path))!;
        json[field] = value;
        File.WriteAllText(path, json.ToJsonString());
        Assert.Contains(expected, Assert.Throws<InputException>(() => LanguageModel.Load(folder["m"])).Message);
    }

    [Fact]
    public void A_tokenizer_larger_than_the_model_and_missing_files_are_refused()
    {
        using var folder = new TemporaryFolder();
        RandomModel.Write(folder["m"], RandomModel.Config("Qwen3ForCausalLM"));
        TestTokenizer.Create([.. Enumerable.Range(0, 60).Select(i => $"{(char)('A' + i % 26)}+{(char)('a' + i / 26)}")]).Save(folder["m"] + "/tokenizer.json");
        Assert.Contains("vocab_size 303", Assert.Throws<InputException>(() => LanguageModel.Load(folder["m"])).Message);
        File.Delete(folder["m"] + "/tokenizer.json");
        using (var model = LanguageModel.Load(folder["m"]))
            Assert.Null(model.Tokenizer);
        File.WriteAllBytes(folder["m"] + "/model.safetensors", File.ReadAllBytes(folder["m"] + "/model.safetensors")[..5000]);
        Assert.Contains("truncated", Assert.Throws<InputException>(() => LanguageModel.Load(folder["m"])).Message);
        File.Delete(folder["m"] + "/model.safetensors");
        Assert.Contains("model.safetensors is not there", Assert.Throws<InputException>(() => LanguageModel.Load(folder["m"])).Message);
        Assert.Throws<InputException>(() => LanguageModel.Load(folder["absent"]));
    }
}
