// A model's shape in GGUF metadata (llama.cpp's gguf-py/gguf/constants.py); A is general.architecture: llama, qwen2 or qwen3:
//
//   A.block_count  A.context_length  A.embedding_length  A.feed_forward_length  A.attention.head_count  A.attention.head_count_kv
//   A.attention.key_length  A.attention.value_length     width of a head; embedding_length / head_count where absent
//   A.attention.layer_norm_rms_epsilon  A.attention.sliding_window
//   A.rope.freq_base  A.rope.dimension_count  A.rope.scaling.type, .factor, .original_context_length
//   A.vocab_size                                          else the number of tokens
//
// Llama 3's stretched rotary embedding is no metadata but the tensor rope_freqs.weight: what each frequency is divided by.
using System.Globalization;

namespace Syrinx.Models;

/// <summary>A model's shape, from and to the metadata of a GGUF file; the first lines of this file tell the keys.</summary>
internal static class GgufConfig
{
    /// <summary>Llama 3's context before it was stretched, and the bounds between its waves; all its models have these.</summary>
    private static readonly RotaryScaling Llama3 = new("llama3");

    /// <summary>The architecture.</summary>
    /// <exception cref="InputException">It is missing, or not one that is known.</exception>
    public static string Architecture(Gguf file)
    {
        string name = file.Required<string>("general.architecture");
        return name is "llama" or "qwen2" or "qwen3" ? name : throw new InputException(
            $"{file.Path}: general.architecture is '{name}', but only llama (Mistral, too), qwen2 and qwen3 are read.");
    }

    /// <summary>The architecture that llama.cpp runs a model as.</summary>
    public static string Architecture(ModelConfig config) => config.Architectures[0] switch
    {
        "Qwen2ForCausalLM" => "qwen2",
        "Qwen3ForCausalLM" => "qwen3",
        _ => "llama",
    };

    /// <summary>Width of a head.</summary>
    public static int HeadSize(Gguf file)
    {
        string a = Architecture(file);
        int heads = Number(file, $"{a}.attention.head_count");
        int size = Find(file, $"{a}.attention.key_length") ?? (Number(file, $"{a}.embedding_length") / heads);
        return size >= 2 ? size : throw new InputException($"{file.Path}: a head is {size} numbers wide, but it must be at least 2.");
    }

    /// <summary>Reads a model's shape.</summary>
    /// <exception cref="InputException">A key is missing, or what it asks for is not known; the message names file and key.</exception>
    public static ModelConfig Read(GgufTensors tensors)
    {
        var file = tensors.Metadata;
        string a = Architecture(file);
        InputException Bad(string key, string what) => new($"{file.Path}: {a}.{key} {what}.");
        int size = HeadSize(file);
        if (Find(file, $"{a}.attention.value_length") is { } values && values != size)
            throw Bad("attention.value_length", $"is {values}, but it must be the width of a head, {size}");
        if (Find(file, $"{a}.rope.dimension_count") is { } rotated && rotated != size)
            throw Bad("rope.dimension_count", $"is {rotated}, but only heads that are rotated wholly are known ({size})");
        if (Find(file, $"{a}.expert_count") is > 0 and var experts)
            throw Bad("expert_count", $"is {experts}, but mixtures of experts are not known");
        int heads = Number(file, $"{a}.attention.head_count"), width = Number(file, $"{a}.embedding_length");
        bool biased = a == "llama" && tensors.Tensors.ContainsKey("model.layers.0.self_attn.q_proj.bias");
        int vocabulary = tensors.Tensors.TryGetValue("model.embed_tokens.weight", out var embedding) ? checked((int)embedding.Shape[0])
            : throw new InputException($"{file.Path}: tensor token_embd.weight is missing.");
        return new ModelConfig
        {
            Architectures = [a switch { "qwen2" => "Qwen2ForCausalLM", "qwen3" => "Qwen3ForCausalLM", _ => "LlamaForCausalLM" }],
            ModelType = a,
            VocabSize = vocabulary,
            HiddenSize = width,
            IntermediateSize = Number(file, $"{a}.feed_forward_length"),
            NumHiddenLayers = Number(file, $"{a}.block_count"),
            NumAttentionHeads = heads,
            NumKeyValueHeads = Find(file, $"{a}.attention.head_count_kv") ?? heads,
            HeadDim = size,
            MaxPositionEmbeddings = Number(file, $"{a}.context_length"),
            RmsNormEps = Real(file, $"{a}.attention.layer_norm_rms_epsilon") ?? throw Bad("attention.layer_norm_rms_epsilon", "is missing"),
            RopeTheta = Real(file, $"{a}.rope.freq_base") ?? 10_000,
            RopeScaling = Scaling(tensors, a, size).ToJson(),
            SlidingWindow = Find(file, $"{a}.attention.sliding_window") is > 0 and var window ? window : null,
            TieWordEmbeddings = !tensors.Tensors.ContainsKey("lm_head.weight"),
            AttentionBias = biased,
            BosTokenId = Find(file, "tokenizer.ggml.bos_token_id"),
            EosTokenId = Find(file, "tokenizer.ggml.eos_token_id"),
            TorchDtype = embedding.Type switch { TensorType.Float16 => "float16", TensorType.BFloat16 => "bfloat16", _ => "float32" },
        }.Validated(file.Path);
    }

    /// <summary>A model's shape as metadata.</summary>
    /// <exception cref="InputException">llama.cpp could not run the model as it was trained.</exception>
    public static IEnumerable<(string Key, object Value)> Write(ModelConfig config)
    {
        string a = Architecture(config);
        yield return ($"{a}.block_count", (uint)config.NumHiddenLayers);
        // beyond a sliding window llama.cpp would look back further than the model was trained to
        yield return ($"{a}.context_length", (uint)config.ContextLength);
        yield return ($"{a}.embedding_length", (uint)config.HiddenSize);
        yield return ($"{a}.feed_forward_length", (uint)config.IntermediateSize);
        yield return ($"{a}.attention.head_count", (uint)config.NumAttentionHeads);
        yield return ($"{a}.attention.head_count_kv", (uint)config.NumKeyValueHeads);
        yield return ($"{a}.attention.key_length", (uint)config.HeadSize);
        yield return ($"{a}.attention.value_length", (uint)config.HeadSize);
        yield return ($"{a}.attention.layer_norm_rms_epsilon", (float)config.RmsNormEps);
        yield return ($"{a}.rope.dimension_count", (uint)config.HeadSize);
        yield return ($"{a}.rope.freq_base", (float)config.RopeTheta);
        yield return ($"{a}.vocab_size", (uint)config.VocabSize);
        if (config.RotaryScaling is { Type: "linear" } linear)
        {
            yield return ($"{a}.rope.scaling.type", "linear");
            yield return ($"{a}.rope.scaling.factor", (float)linear.Factor);
        }
        else if (config.RotaryScaling is { Type: "llama3" } llama3)
        {
            // for us, as the factors do not show it; llama.cpp asks for it with YaRN only
            yield return ($"{a}.rope.scaling.original_context_length", (uint)llama3.OriginalContext);
        }
    }

    /// <summary>Divisors of the rotary frequencies for <c>rope_freqs.weight</c>, (W / 2); null where the model needs none.</summary>
    /// <exception cref="InputException">llama.cpp has no place for them.</exception>
    public static float[]? RotaryFactors(ModelConfig config)
    {
        if (config.RotaryScaling is not { Type: "llama3" } scaling)
            return null;
        if (Architecture(config) != "llama")
            throw new InputException($"rope_scaling 'llama3' of a {config.Architectures[0]} has no form in GGUF; export --format hf keeps it.");
        if (scaling.LowFrequencyFactor != Llama3.LowFrequencyFactor || scaling.HighFrequencyFactor != Llama3.HighFrequencyFactor)
            throw new InputException("rope_scaling 'llama3' is exported to GGUF with low_freq_factor 1 and high_freq_factor 4 only, as Llama 3's models have it.");
        return [.. Enumerable.Range(0, config.HeadSize / 2).Select(i => (float)scaling.Divisor(Math.Pow(config.RopeTheta, -2.0 * i / config.HeadSize)))];
    }

    /// <summary>A whole number of whatever type, or null where the key is absent.</summary>
    /// <exception cref="InputException">It is no whole number that an int holds, but a list for instance.</exception>
    public static int? Find(Gguf file, string key) => Integer(file, key) is not { } value ? null
        : value is >= 0 and <= int.MaxValue ? (int)value
        : throw new InputException($"{file.Path}: metadata '{key}' is {value}, but it must be between 0 and {int.MaxValue}.");

    /// <inheritdoc cref="Find"/>
    public static long? Integer(Gguf file, string key) => !file.Metadata.TryGetValue(key, out object? value) ? null
        : value is byte or sbyte or ushort or short or uint or int or long ? Convert.ToInt64(value, CultureInfo.InvariantCulture)
        : value is ulong and <= long.MaxValue ? (long)(ulong)value
        : throw new InputException($"{file.Path}: metadata '{key}' is of type {value.GetType().Name}, but it must be one whole number.");

    private static int Number(Gguf file, string key) => Find(file, key) is not { } value ? throw new InputException($"{file.Path}: metadata '{key}' is missing.")
        : value > 0 ? value : throw new InputException($"{file.Path}: metadata '{key}' is {value}, but it must be at least 1.");

    private static double? Real(Gguf file, string key) => !file.Metadata.TryGetValue(key, out object? value) ? null
        // the shortest decimals of a float: 1e-6 is kept as 9.99999997e-07
        : value is float single ? double.Parse(single.ToString("R", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture)
        : value is double number ? number
        : throw new InputException($"{file.Path}: metadata '{key}' is of type {value.GetType().Name}, but it must be a number.");

    private static RotaryScaling Scaling(GgufTensors tensors, string a, int size)
    {
        var file = tensors.Metadata;
        var scaling = file.Find<string>($"{a}.rope.scaling.type") switch
        {
            null or "none" => RotaryScaling.None,
            "linear" => new("linear", Real(file, $"{a}.rope.scaling.factor") ?? 1),
            var other => throw new InputException($"{file.Path}: {a}.rope.scaling.type is '{other}', but only none and linear are read, and Llama 3's factors."),
        };
        if (!tensors.Tensors.TryGetValue(GgufTensors.RotaryFactors, out var info))
            return scaling;
        var factors = new float[tensors.Find(GgufTensors.RotaryFactors, size / 2).Count];
        tensors.Read(info, factors);
        var llama3 = Llama3 with
        {
            Factor = factors.Max(),
            OriginalContext = Find(file, $"{a}.rope.scaling.original_context_length") ?? Llama3.OriginalContext,
        };
        double theta = Real(file, $"{a}.rope.freq_base") ?? 10_000;
        for (int i = 0; i < factors.Length; i++)
        {
            double expected = llama3.Divisor(Math.Pow(theta, -2.0 * i / size));
            if (scaling.Type != "default" || Math.Abs(factors[i] - expected) > 1e-4 * expected)
                throw new InputException($"{file.Path}: tensor {GgufTensors.RotaryFactors} has factors that are not Llama 3's; other stretched rotary embeddings are not read.");
        }
        return llama3;
    }
}
