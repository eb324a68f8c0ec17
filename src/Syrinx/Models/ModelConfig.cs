using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Syrinx.Models;

/// <summary>
/// The shape of a Llama-family decoder, as Hugging Face's <c>config.json</c> spells it. Immutable; validated by
/// <see cref="Validated"/> once, when read or made.
/// </summary>
public sealed record ModelConfig
{
    private static readonly string[] Known = ["Qwen3ForCausalLM", "LlamaForCausalLM", "MistralForCausalLM", "Qwen2ForCausalLM"];

    /// <summary>
    /// <c>Qwen3ForCausalLM</c> (ours), <c>LlamaForCausalLM</c>, <c>MistralForCausalLM</c> or <c>Qwen2ForCausalLM</c>.
    /// </summary>
    public IReadOnlyList<string> Architectures { get; init; } = ["Qwen3ForCausalLM"];

    /// <summary>Hugging Face's name of the family: <c>qwen3</c>, <c>llama</c>, <c>mistral</c>, <c>qwen2</c>.</summary>
    public string ModelType { get; init; } = "qwen3";

    /// <summary>V: rows of the embedding.</summary>
    public required int VocabSize { get; init; }

    /// <summary>D: width of the residual stream.</summary>
    public required int HiddenSize { get; init; }

    /// <summary>F: width of the SwiGLU.</summary>
    public required int IntermediateSize { get; init; }

    /// <summary>L: number of layers.</summary>
    public required int NumHiddenLayers { get; init; }

    /// <summary>H: query heads.</summary>
    public required int NumAttentionHeads { get; init; }

    /// <summary>K: key and value heads; divides H.</summary>
    public required int NumKeyValueHeads { get; init; }

    /// <summary>Width of one head; null in files of models where it is D / H.</summary>
    public int? HeadDim { get; init; }

    /// <summary>T: the longest context it was trained on.</summary>
    public required int MaxPositionEmbeddings { get; init; }

    /// <summary>Epsilon of RMSNorm.</summary>
    public double RmsNormEps { get; init; } = 1e-6;

    /// <summary>Base of the rotary embedding.</summary>
    public double RopeTheta { get; init; } = 10_000;

    /// <summary>How a longer context was stretched out of a shorter one, as older files spell it (<see cref="RotaryScaling"/>).</summary>
    public JsonElement? RopeScaling { get; init; }

    /// <summary>The rotary embedding as newer files spell it: <c>rope_theta</c> and the fields of <see cref="RotaryScaling"/>.</summary>
    public JsonElement? RopeParameters { get; init; }

    /// <summary>Positions that a token sees, itself included, in models that look back no further (Mistral 7B v0.1).</summary>
    public int? SlidingWindow { get; init; }

    /// <summary>Whether <see cref="SlidingWindow"/> holds; null, where the file does not say, means that it does.</summary>
    public bool? UseSlidingWindow { get; init; }

    /// <summary>Whether the output head is the embedding itself.</summary>
    public bool TieWordEmbeddings { get; init; } = true;

    /// <summary>Whether q, k, v and the output have a bias (of Qwen2 only q, k, v have; of ours none).</summary>
    public bool AttentionBias { get; init; }

    /// <summary>Whether the SwiGLU has biases; only false is known.</summary>
    public bool? MlpBias { get; init; }

    /// <summary>Share of a head that is rotated; only all of it is known.</summary>
    public double? PartialRotaryFactor { get; init; }

    /// <summary>How safetensors with quantized numbers are to be read; none is known.</summary>
    public JsonElement? QuantizationConfig { get; init; }

    /// <summary>Activation of the gate; only <c>silu</c> is known.</summary>
    public string HiddenAct { get; init; } = "silu";

    /// <summary>Standard deviation of the initial weights.</summary>
    public double InitializerRange { get; init; } = 0.02;

    /// <summary>Token before a text, or null.</summary>
    public int? BosTokenId { get; init; }

    /// <summary>Token that ends a text.</summary>
    public int? EosTokenId { get; init; }

    /// <summary>Type of the saved weights: <c>float32</c>, <c>bfloat16</c>.</summary>
    public string TorchDtype { get; init; } = "float32";

    /// <summary>
    /// The longest sequence that can be computed as the model was trained: <see cref="MaxPositionEmbeddings"/>, or where it
    /// is shorter the sliding window, within which it makes no difference.
    /// </summary>
    [JsonIgnore]
    public int ContextLength =>
        SlidingWindow is { } window && UseSlidingWindow != false ? Math.Min(window, MaxPositionEmbeddings)
            : MaxPositionEmbeddings;

    /// <summary>Width of one head.</summary>
    [JsonIgnore]
    public int HeadSize => HeadDim ?? HiddenSize / NumAttentionHeads;

    /// <summary>Whether queries and keys are normalised per head before the rotation (Qwen3).</summary>
    [JsonIgnore]
    public bool QkNorm => Architectures is ["Qwen3ForCausalLM"];

    /// <summary>Whether the projections to q, k, v add a bias.</summary>
    [JsonIgnore]
    public bool QkvBias => AttentionBias || Architectures is ["Qwen2ForCausalLM"];

    /// <summary>Weights that a matrix multiplication uses for every token, the output head included.</summary>
    [JsonIgnore]
    public long MatrixParameters
    {
        get
        {
            long attention = (long)HiddenSize * HeadSize * (2 * NumAttentionHeads + 2 * NumKeyValueHeads);
            return NumHiddenLayers * (attention + 3L * HiddenSize * IntermediateSize) + (long)VocabSize * HiddenSize;
        }
    }

    /// <summary>All weights, each counted once.</summary>
    [JsonIgnore]
    public long Parameters
    {
        get
        {
            long norms = NumHiddenLayers * (2L * HiddenSize + (QkNorm ? 2L * HeadSize : 0)) + HiddenSize;
            long biases = QkvBias ? NumHiddenLayers * (long)HeadSize * (NumAttentionHeads + 2 * NumKeyValueHeads) : 0;
            biases += AttentionBias ? NumHiddenLayers * (long)HiddenSize : 0;
            return MatrixParameters + norms + biases + (TieWordEmbeddings ? 0 : (long)VocabSize * HiddenSize);
        }
    }

    /// <summary>Checks that the numbers fit together.</summary>
    /// <param name="where">File or option they came from, for the message.</param>
    /// <exception cref="InputException">They do not; the message names the field and what would be right.</exception>
    public ModelConfig Validated(string where)
    {
        string? problem = this switch
        {
            { VocabSize: < 1 } => $"vocab_size {VocabSize} must be at least 1",
            { HiddenSize: < 1 } => $"hidden_size {HiddenSize} must be at least 1",
            { IntermediateSize: < 1 } => $"intermediate_size {IntermediateSize} must be at least 1",
            { NumHiddenLayers: < 1 } => $"num_hidden_layers {NumHiddenLayers} must be at least 1",
            { NumAttentionHeads: < 1 } => $"num_attention_heads {NumAttentionHeads} must be at least 1",
            { NumKeyValueHeads: < 1 } => $"num_key_value_heads {NumKeyValueHeads} must be at least 1",
            { MaxPositionEmbeddings: < 1 } => $"max_position_embeddings {MaxPositionEmbeddings} must be at least 1",
            _ when NumAttentionHeads % NumKeyValueHeads != 0 =>
                $"num_attention_heads {NumAttentionHeads} must be a multiple of num_key_value_heads {NumKeyValueHeads}",
            _ when HeadDim is null && HiddenSize % NumAttentionHeads != 0 =>
                $"hidden_size {HiddenSize} must be a multiple of num_attention_heads {NumAttentionHeads}, or head_dim be given",
            _ when HeadSize % 2 != 0 => $"head_dim {HeadSize} must be even, for the rotary embedding",
            { SlidingWindow: < 1 } => $"sliding_window {SlidingWindow} must be at least 1",
            { RopeTheta: not > 0 } => $"rope_theta {RopeTheta} must be above 0",
            _ when RotaryProblem is { } rotary => rotary,
            { PartialRotaryFactor: not (null or 1) } => $"partial_rotary_factor {PartialRotaryFactor} is not known, only 1 is",
            { MlpBias: true } => "mlp_bias true is not known: the SwiGLU must have no biases",
            { QuantizationConfig.ValueKind: not JsonValueKind.Null } =>
                "quantization_config asks for quantized safetensors, which are not read: use the model in f32, f16 or bf16, or as GGUF",
            { HiddenAct: not "silu" } => $"hidden_act '{HiddenAct}' is not known, only 'silu' is",
            _ when Architectures is not [var one] || !Known.Contains(one) =>
                $"architectures [{string.Join(", ", Architectures)}] must be one of {string.Join(", ", Known)}",
            _ => null,
        };
        return problem is null ? this : throw new InputException($"{where}: {problem}.");
    }

    /// <summary>How the rotary embedding is stretched.</summary>
    [JsonIgnore]
    public RotaryScaling RotaryScaling =>
        RotaryScaling.Read(RopeScaling, "rope_scaling", out _) is { Type: not "default" } old ? old
            : RotaryScaling.Read(RopeParameters, "rope_parameters", out _);

    /// <summary>Radians a position by which the pairs of numbers of a head are rotated, (W / 2).</summary>
    public double[] RotaryFrequencies()
    {
        var scaling = RotaryScaling;
        return [.. Enumerable.Range(0, HeadSize / 2).Select(i =>
        {
            double frequency = Math.Pow(RopeTheta, -2.0 * i / HeadSize);
            return frequency / scaling.Divisor(frequency);
        })];
    }

    private string? RotaryProblem
    {
        get
        {
            RotaryScaling.Read(RopeScaling, "rope_scaling", out string? old);
            RotaryScaling.Read(RopeParameters, "rope_parameters", out string? problem);
            return old ?? problem;
        }
    }

    /// <summary>How <c>config.json</c> is spelt.</summary>
    public static JsonSerializerOptions Json { get; } = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        WriteIndented = true,
    };

    /// <summary>Reads and validates a <c>config.json</c>.</summary>
    /// <exception cref="InputException">The file is missing, is not JSON, lacks a field, or its numbers do not fit.</exception>
    public static ModelConfig Read(string path)
    {
        try
        {
            using var json = JsonDocument.Parse(File.ReadAllBytes(path));
            var fields = new JsonObject();
            foreach (var field in json.RootElement.EnumerateObject()) // of one that is there twice the last counts
                fields[field.Name] = JsonSerializer.SerializeToNode(field.Value);
            // what transformers takes where a file does not say
            fields.TryAdd("tie_word_embeddings", false);
            fields.TryAdd("num_key_value_heads", fields["num_attention_heads"]?.DeepClone());
            if (fields["eos_token_id"] is JsonArray several) // all of them are read where generation ends (ModelFiles)
                fields["eos_token_id"] = several.Count > 0 ? several[0]?.DeepClone() : null;
            var config = fields.Deserialize<ModelConfig>(Json)!;
            if (config.RopeParameters is { ValueKind: JsonValueKind.Object } rope
                && rope.TryGetProperty("rope_theta", out var theta))
                config = config with { RopeTheta = theta.GetDouble() };
            return config.Validated(path);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException or ArgumentException)
        {
            throw new InputException($"{path} is not a model's config.json: {e.Message}", e);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new InputException(
                $"{path} is not there: a model's folder holds config.json, model.safetensors and tokenizer.json.", e);
        }
    }

    /// <summary>Writes <c>config.json</c>.</summary>
    public void Write(string path) => AtomicFile.WriteText(path, JsonSerializer.Serialize(this, Json) + "\n");
}
