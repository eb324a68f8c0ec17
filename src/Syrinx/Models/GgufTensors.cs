// Tensors of llama.cpp's architectures llama, qwen2 and qwen3 (its gguf-py/gguf/tensor_mapping.py) under Hugging Face's names:
//
//   token_embd.weight     model.embed_tokens.weight         blk.N.attn_norm.weight     …layers.N.input_layernorm.weight
//   output_norm.weight    model.norm.weight                 blk.N.attn_q, _k, _v       ….self_attn.q_proj, k_proj, v_proj
//   output.weight         lm_head.weight                    blk.N.attn_output          ….self_attn.o_proj
//   rope_freqs.weight     divisors of the rotary embedding's blk.N.attn_q_norm, _k_norm  ….self_attn.q_norm, k_norm
//                         frequencies; not a weight         blk.N.ffn_norm.weight      ….post_attention_layernorm.weight
//                                                           blk.N.ffn_gate, _up, _down ….mlp.gate_proj, up_proj, down_proj
//
// Sizes are listed innermost first. Architecture llama rotates neighbouring numbers of a head, so its converter
// (convert_hf_to_gguf.py, LlamaModel.permute) puts row s · W/2 + i of a head of W rows of Q and K, s in {0, 1}, at 2i + s; here
// the rows are read back into their order.
using System.Runtime.InteropServices;

namespace Syrinx.Models;

/// <summary>
/// The tensors of a GGUF file. They stay in the mapped file, but for Q and K of architecture llama, whose rows lie in another
/// order there: these are copied into memory when first asked for. Safe to share between threads until disposed.
/// </summary>
public sealed unsafe class GgufTensors : TensorFile
{
    /// <summary>The tensor with the divisors of the rotary frequencies.</summary>
    internal const string RotaryFactors = "rope_freqs.weight";

    private static readonly (string Gguf, string HuggingFace)[] Whole =
    [
        ("token_embd.weight", "model.embed_tokens.weight"), ("output_norm.weight", "model.norm.weight"), ("output.weight", "lm_head.weight"),
        (RotaryFactors, RotaryFactors),
    ];

    private static readonly (string Gguf, string HuggingFace)[] OfLayer =
    [
        ("attn_norm", "input_layernorm"), ("attn_q", "self_attn.q_proj"), ("attn_k", "self_attn.k_proj"), ("attn_v", "self_attn.v_proj"),
        ("attn_output", "self_attn.o_proj"), ("attn_q_norm", "self_attn.q_norm"), ("attn_k_norm", "self_attn.k_norm"),
        ("ffn_norm", "post_attention_layernorm"), ("ffn_gate", "mlp.gate_proj"), ("ffn_up", "mlp.up_proj"), ("ffn_down", "mlp.down_proj"),
    ];

    private readonly MappedFile _file;
    private readonly Dictionary<string, TensorInfo> _tensors = [];
    private readonly Dictionary<string, nint> _reordered = [];
    private readonly int _headSize; // of heads whose rows lie in another order; 0: none do

    private GgufTensors(MappedFile file)
    {
        _file = file;
        Metadata = new Gguf(file);
        if (GgufConfig.Integer(Metadata, "split.count") is > 1 and var parts)
            throw new InputException($"{Path} is one of {parts} parts (split.count), which are not read: join them with llama.cpp's llama-gguf-split --merge.");
        foreach (var tensor in Metadata.Tensors)
        {
            if (!_tensors.TryAdd(HuggingFaceName(tensor.Name) ?? tensor.Name, Checked(tensor)))
                throw Bad(tensor.Name, "is listed twice");
        }
        CheckNoOverlaps();
        if (GgufConfig.Architecture(Metadata) == "llama")
            _headSize = GgufConfig.HeadSize(Metadata);
    }

    /// <summary>Opens a file and checks what it tells of its tensors.</summary>
    /// <exception cref="InputException">
    /// The file is missing, damaged, of another architecture, or has a tensor of a type that is not read; the message names file
    /// and tensor or key.
    /// </exception>
    public static GgufTensors Open(string path)
    {
        var file = new MappedFile(path, 24);
        try
        {
            return new(file);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>The file's metadata.</summary>
    public Gguf Metadata { get; }

    /// <inheritdoc/>
    public override string Path => _file.Path;

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, TensorInfo> Tensors => _tensors;

    private protected override string ShapesFrom => "its metadata";

    internal override byte* Pointer(TensorInfo tensor)
    {
        byte* inFile = _file.Pointer + tensor.Offset;
        if (_headSize == 0 || !IsRotated(tensor.Name))
            return inFile;
        lock (_reordered)
        {
            if (!_reordered.TryGetValue(tensor.Name, out nint copy))
                _reordered[tensor.Name] = copy = Reorder(tensor, inFile);
            return (byte*)copy;
        }
    }

    private protected override void Close()
    {
        lock (_reordered)
        {
            foreach (nint copy in _reordered.Values)
                NativeMemory.AlignedFree((void*)copy);
            _reordered.Clear();
        }
        _file.Dispose();
    }

    /// <summary>What a tensor is called in GGUF files, or null where it has no name there.</summary>
    internal static string? GgufName(string name)
    {
        foreach (var (gguf, hf) in Whole)
        {
            if (hf == name)
                return gguf;
        }
        const string Layers = "model.layers.";
        int dot = name.StartsWith(Layers, StringComparison.Ordinal) ? name.IndexOf('.', Layers.Length) : -1, end = name.LastIndexOf('.');
        if (dot < 0 || end <= dot)
            return null;
        foreach (var (gguf, hf) in OfLayer)
        {
            if (name.AsSpan(dot + 1, end - dot - 1).SequenceEqual(hf))
                return $"blk.{name[Layers.Length..dot]}.{gguf}{name[end..]}";
        }
        return null;
    }

    /// <summary>Whether a tensor's rows are rotated, those of Q and K and their biases.</summary>
    internal static bool IsRotated(string name) =>
        name.Contains(".q_proj.", StringComparison.Ordinal) || name.Contains(".k_proj.", StringComparison.Ordinal);

    /// <summary>The row of architecture llama's file that holds a row of Hugging Face's.</summary>
    internal static long RowInFile(long row, int headSize)
    {
        long inHead = row % headSize, half = headSize / 2;
        return row - inHead + (2 * (inHead % half)) + (inHead / half);
    }

    private static string? HuggingFaceName(string name)
    {
        foreach (var (gguf, hf) in Whole)
        {
            if (gguf == name)
                return hf;
        }
        string[] parts = name.Split('.');
        if (parts is not ["blk", var layer, var part, "weight" or "bias"])
            return null;
        foreach (var (gguf, hf) in OfLayer)
        {
            if (gguf == part)
                return $"model.layers.{layer}.{hf}.{parts[3]}";
        }
        return null;
    }

    private TensorInfo Checked(GgufTensor tensor)
    {
        var type = TensorTypes.OfGgml(tensor.GgmlType) ?? throw Bad(tensor.Name,
            $"is of type {GgmlTypes.Name(tensor.GgmlType)}, but only F32, F16, BF16, Q8_0 and Q4_0 are read. Quantize the model to one of these, for instance with llama.cpp's llama-quantize --pure");
        if (tensor.Shape.Count == 0 || tensor.Shape[^1] % type.BlockLength() != 0)
            throw Bad(tensor.Name, $"has rows of {(tensor.Shape.Count == 0 ? 0 : tensor.Shape[^1])} numbers, which are no whole blocks of {type.BlockLength()}");
        long bytes = type.ByteLength(tensor.Count);
        if (bytes > _file.Length || tensor.Offset > _file.Length - bytes)
            throw Bad(tensor.Name, $"claims bytes {tensor.Offset} to {(Int128)tensor.Offset + bytes}, but the file has {_file.Length}: it is truncated");
        return new(HuggingFaceName(tensor.Name) ?? tensor.Name, type, tensor.Shape, tensor.Offset, tensor.Count);
    }

    private void CheckNoOverlaps()
    {
        long end = 0;
        foreach (var tensor in _tensors.Values.OrderBy(t => t.Offset).ThenBy(t => t.Count))
        {
            if (tensor.Offset < end)
                throw Bad(GgufName(tensor.Name) ?? tensor.Name, "overlaps another");
            end = tensor.Offset + tensor.Type.ByteLength(tensor.Count);
        }
    }

    private nint Reorder(TensorInfo tensor, byte* source)
    {
        // of a bias each number is a row
        long rows = tensor.Shape[0], rowBytes = tensor.Type.ByteLength(tensor.Shape.Count == 1 ? 1 : tensor.Shape[1]);
        if (rows % _headSize != 0)
            throw Bad(tensor.Name, $"has {rows} rows, which are no whole heads of {_headSize}");
        byte* copy = (byte*)NativeMemory.AlignedAlloc((nuint)Math.Max(64, rows * rowBytes), 64);
        for (long row = 0; row < rows; row++)
            Buffer.MemoryCopy(source + (RowInFile(row, _headSize) * rowBytes), copy + (row * rowBytes), rowBytes, rowBytes);
        return (nint)copy;
    }

    private InputException Bad(string tensor, string what) => new($"{Path}: tensor {tensor} {what}.");
}
