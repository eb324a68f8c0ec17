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
    [InlineData("\"rope_scaling\": {\"rope_type\": \"llama3\", \"factor\": 8.0}", "rope_scaling")]
    [InlineData("\"rope_scaling\": {\"type\": \"yarn\"}", "rope_scaling")]
    [InlineData("\"rope_parameters\": {\"rope_type\": \"linear\"}", "rope_scaling")]
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
}
