using System.Text.Json.Nodes;
using Syrinx.Models;

namespace Syrinx.Server.Tests.Support;

/// <summary>
/// A whole model directory of a few kilobytes, written here: byte-level tokenizer without merges, random weights. The head
/// favours the letters a to z, so that a greedy reply is readable text without an end.
/// </summary>
internal static class TinyModel
{
    public const int ContextLength = 2048;

    private const int Vocab = 259, Hidden = 32, Heads = 2, HeadSize = 16, Intermediate = 64, Layers = 2;

    public static void Write(string directory, int contextLength = ContextLength, string chatTemplate = ChatTemplate.Jinja)
    {
        Directory.CreateDirectory(directory);
        var model = new ModelDirectory(directory);
        File.WriteAllText(model.TokenizerPath, Tokenizer().ToJsonString());
        File.WriteAllText(model.TokenizerConfigPath, new JsonObject { ["chat_template"] = chatTemplate }.ToJsonString());
        File.WriteAllText(model.GenerationConfigPath, """{"eos_token_id":[256,258],"pad_token_id":256}""");
        SafetensorsWriter.Write(model.WeightsPath, [.. Weights()]);
        new ModelRecord { Name = Path.GetFileName(directory), Parameters = Config.Parameters, Steps = 0 }.Write(model.RecordPath);
        (Config with { MaxPositionEmbeddings = contextLength }).Write(model.ConfigPath);
    }

    private static ModelConfig Config { get; } = new()
    {
        VocabSize = Vocab,
        HiddenSize = Hidden,
        IntermediateSize = Intermediate,
        NumHiddenLayers = Layers,
        NumAttentionHeads = Heads,
        NumKeyValueHeads = 1,
        HeadDim = HeadSize,
        MaxPositionEmbeddings = ContextLength,
        TieWordEmbeddings = false,
        EosTokenId = 256,
    };

    private static IEnumerable<TensorSource> Weights()
    {
        var random = new Random(1);
        TensorSource Normal(string name, int rows, int columns, Func<int, double>? scale = null)
        {
            var values = new float[rows * columns];
            for (int i = 0; i < values.Length; i++)
            {
                double u = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
                values[i] = (float)(u * (scale?.Invoke(i / columns) ?? 0.1));
            }
            return TensorSource.Float32(name, [rows, columns], values);
        }
        static TensorSource Ones(string name, int size) => TensorSource.Float32(name, [size], Enumerable.Repeat(1f, size).ToArray());

        yield return Normal("model.embed_tokens.weight", Vocab, Hidden, _ => 1);
        for (int i = 0; i < Layers; i++)
        {
            string layer = $"model.layers.{i}.";
            yield return Ones(layer + "input_layernorm.weight", Hidden);
            yield return Normal(layer + "self_attn.q_proj.weight", Heads * HeadSize, Hidden);
            yield return Normal(layer + "self_attn.k_proj.weight", HeadSize, Hidden);
            yield return Normal(layer + "self_attn.v_proj.weight", HeadSize, Hidden);
            yield return Normal(layer + "self_attn.o_proj.weight", Hidden, Heads * HeadSize);
            yield return Ones(layer + "self_attn.q_norm.weight", HeadSize);
            yield return Ones(layer + "self_attn.k_norm.weight", HeadSize);
            yield return Ones(layer + "post_attention_layernorm.weight", Hidden);
            yield return Normal(layer + "mlp.gate_proj.weight", Intermediate, Hidden);
            yield return Normal(layer + "mlp.up_proj.weight", Intermediate, Hidden);
            yield return Normal(layer + "mlp.down_proj.weight", Hidden, Intermediate);
        }
        yield return Ones("model.norm.weight", Hidden);
        yield return Normal("lm_head.weight", Vocab, Hidden, row => row is >= 'a' and <= 'z' ? 1 : 0);
    }

    /// <summary>Token i is byte i; the printable form of a byte is GPT-2's.</summary>
    private static JsonObject Tokenizer()
    {
        var vocab = new JsonObject();
        int shifted = 256;
        for (int b = 0; b < 256; b++)
        {
            bool printable = b is (>= '!' and <= '~') or (>= 0xA1 and <= 0xAC) or (>= 0xAE and <= 0xFF);
            vocab[((char)(printable ? b : shifted++)).ToString()] = b;
        }
        string[] special = ["<|endoftext|>", "<|im_start|>", "<|im_end|>"];
        var added = new JsonArray([.. special.Select((text, i) => new JsonObject
        {
            ["id"] = 256 + i,
            ["content"] = text,
            ["single_word"] = false,
            ["lstrip"] = false,
            ["rstrip"] = false,
            ["normalized"] = false,
            ["special"] = true,
        })]);
        return new()
        {
            ["version"] = "1.0",
            ["added_tokens"] = added,
            ["normalizer"] = null,
            ["pre_tokenizer"] = new JsonObject { ["type"] = "ByteLevel", ["add_prefix_space"] = false, ["trim_offsets"] = true, ["use_regex"] = true },
            ["decoder"] = new JsonObject { ["type"] = "ByteLevel", ["add_prefix_space"] = true, ["trim_offsets"] = true, ["use_regex"] = true },
            ["model"] = new JsonObject { ["type"] = "BPE", ["vocab"] = vocab, ["merges"] = new JsonArray() },
        };
    }
}
