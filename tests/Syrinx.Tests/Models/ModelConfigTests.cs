using Syrinx.Models;

namespace Syrinx.Tests.Models;

public class ModelConfigTests
{
    private const string Shape = """
        "architectures": ["LlamaForCausalLM"], "model_type": "llama", "vocab_size": 300, "hidden_size": 8, "intermediate_size": 16,
        "num_hidden_layers": 1, "num_attention_heads": 2, "num_key_value_heads": 1, "max_position_embeddings": 32
        """;

    [Theory]
    [InlineData("\"rope_theta\": 500", 500, 32)]
    [InlineData("\"rope_parameters\": {\"rope_theta\": 700.0, \"rope_type\": \"default\"}, \"dtype\": \"bfloat16\"", 700, 32)]
    [InlineData("\"rope_scaling\": null, \"sliding_window\": 20", 10_000, 20)]
    [InlineData("\"sliding_window\": 20, \"use_sliding_window\": false", 10_000, 32)]
    [InlineData("\"sliding_window\": null, \"use_cache\": true", 10_000, 32)]
    public void Files_of_old_and_new_writers_are_read(string fields, double theta, int context)
    {
        using var folder = new TemporaryFolder();
        var config = ModelConfig.Read(folder.Write("config.json", "{" + Shape + ", " + fields + "}"));
        Assert.Equal((theta, context), (config.RopeTheta, config.ContextLength));
    }

    [Theory]
    [InlineData("\"rope_scaling\": {\"rope_type\": \"llama3\", \"factor\": 8.0}", "rope_scaling.low_freq_factor")]
    [InlineData("\"rope_scaling\": {\"type\": \"yarn\"}", "rope_scaling.rope_type 'yarn'")]
    [InlineData("\"rope_parameters\": {\"rope_type\": \"linear\"}", "rope_parameters.factor")]
    [InlineData("\"rope_scaling\": {\"type\": \"linear\", \"factor\": -2}", "rope_scaling.factor")]
    [InlineData("\"partial_rotary_factor\": 0.5", "partial_rotary_factor")]
    [InlineData("\"mlp_bias\": true", "mlp_bias")]
    [InlineData("\"quantization_config\": {\"quant_method\": \"gptq\"}", "quantization_config")]
    [InlineData("\"rope_parameters\": {\"rope_theta\": \"x\"}", "not a model's config.json")]
    [InlineData("\"hidden_act\": \"gelu\"", "gelu")]
    [InlineData("\"architectures\": [\"GPT2LMHeadModel\"]", "GPT2LMHeadModel")]
    [InlineData("\"num_key_value_heads\": 3", "num_key_value_heads 3")]
    public void What_this_engine_would_compute_wrongly_is_refused_by_field(string fields, string expected)
    {
        using var folder = new TemporaryFolder();
        var error = Assert.Throws<InputException>(() => ModelConfig.Read(folder.Write("config.json", "{" + Shape + ", " + fields + "}")));
        Assert.Contains("config.json", error.Message);
        Assert.Contains(expected, error.Message);
    }

    [Fact]
    public void What_a_file_does_not_say_is_as_transformers_has_it()
    {
        using var folder = new TemporaryFolder();
        string old = Shape.Replace("\"num_key_value_heads\": 1, ", "");
        var config = ModelConfig.Read(folder.Write("config.json", "{" + old + ", \"eos_token_id\": [7, 9]}"));
        Assert.Equal((2, false, (int?)7), (config.NumKeyValueHeads, config.TieWordEmbeddings, config.EosTokenId));
        Assert.Equal(new HashSet<int> { 7, 9 }, new ModelDirectory(folder.Path).ReadEndTokens(null));
    }

    [Fact]
    public void Llama_3_stretches_long_waves_only()
    {
        var scaling = new RotaryScaling("llama3", 8, 1, 4, 8192);
        double Wave(double length) => 2 * Math.PI / length;
        Assert.Equal(1, scaling.Divisor(1));
        Assert.Equal(1, scaling.Divisor(Wave(2047)));
        Assert.Equal(8, scaling.Divisor(Wave(8193)));
        // halfway: a share of (8192 / 4096 − 1) / (4 − 1) = 1/3 stays, 1 / (2/3 / 8 + 1/3) = 2.4
        Assert.Equal(2.4, scaling.Divisor(Wave(4096)), 1e-9);
        using var folder = new TemporaryFolder();
        const string Scaled = "{\"rope_type\": \"llama3\", \"factor\": 8.0, \"low_freq_factor\": 1.0, \"high_freq_factor\": 4.0, \"original_max_position_embeddings\": 8192}";
        foreach (string field in (string[])["rope_scaling", "rope_parameters"])
            Assert.Equal(scaling, ModelConfig.Read(folder.Write("config.json", "{" + Shape + ", \"" + field + "\": " + Scaled + "}")).RotaryScaling);
        var linear = ModelConfig.Read(folder.Write("config.json", "{" + Shape + ", \"rope_scaling\": {\"type\": \"linear\", \"factor\": 4}}"));
        Assert.Equal([0.25, 0.25 * Math.Pow(10_000, -0.5)], linear.RotaryFrequencies());
    }
}
