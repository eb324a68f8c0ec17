// The safetensors format (https://github.com/huggingface/safetensors):
//
//   8 bytes   length N of the header, uint64, little-endian
//   N bytes   JSON: {"__metadata__": {string: string}, NAME: {"dtype", "shape": [sizes], "data_offsets": [begin, end]}, …};
//             offsets count from the first byte after the header; spaces may follow the JSON
//   …         the tensors' numbers, row-major, little-endian, without gaps or overlaps
using System.Buffers.Binary;
using System.Text.Json;

namespace Syrinx.Models;

/// <summary>
/// A safetensors file, memory-mapped. Everything the header claims is checked against the file when it is opened.
/// Safe to share between threads until disposed.
/// </summary>
public sealed class Safetensors : TensorFile
{
    /// <summary>The same limit as Hugging Face's reader: a longer header is an attack or damage.</summary>
    private const long LongestHeader = 100_000_000;

    private readonly MappedFile _file;
    private readonly Dictionary<string, TensorInfo> _tensors = [];
    private readonly Dictionary<string, string> _metadata = [];

    private Safetensors(MappedFile file)
    {
        _file = file;
        long header = BinaryPrimitives.ReadInt64LittleEndian(file.Span(0, 8));
        if (header is < 2 or > LongestHeader || header > file.Length - 8)
        {
            throw new InputException(
                $"{file.Path}: its header claims to be {(ulong)header} bytes long, but the file has {file.Length}: it is " +
                $"truncated, or not safetensors.");
        }
        try
        {
            using var json = JsonDocument.Parse(file.Span(8, (int)header).ToArray());
            foreach (var entry in json.RootElement.EnumerateObject())
            {
                if (entry.Name == "__metadata__")
                {
                    foreach (var pair in entry.Value.EnumerateObject())
                        _metadata[pair.Name] = pair.Value.GetString() ?? "";
                }
                else if (!_tensors.TryAdd(entry.Name, Read(entry.Name, entry.Value, 8 + header)))
                {
                    throw Bad(entry.Name, "is listed twice");
                }
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new InputException($"{file.Path}: its header is not the JSON of safetensors: {e.Message}", e);
        }
        CheckNoGaps(8 + header);
    }

    /// <summary>Opens a file and checks its header.</summary>
    /// <exception cref="InputException">The file is missing, truncated or no safetensors; the message names file and
    /// tensor.</exception>
    public static Safetensors Open(string path)
    {
        var file = new MappedFile(path, 8);
        try
        {
            return new Safetensors(file);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>The file.</summary>
    public override string Path => _file.Path;

    /// <summary>The tensors by name.</summary>
    public override IReadOnlyDictionary<string, TensorInfo> Tensors => _tensors;

    /// <summary>The header's free strings.</summary>
    public IReadOnlyDictionary<string, string> Metadata => _metadata;

    internal override unsafe byte* Pointer(TensorInfo tensor) => _file.Pointer + tensor.Offset;

    private protected override void Close() => _file.Dispose();

    private TensorInfo Read(string name, JsonElement entry, long data)
    {
        string? dtype = entry.ValueKind == JsonValueKind.Object && entry.TryGetProperty("dtype", out var d) ? d.GetString()
            : null;
        var type = TensorTypes.OfSafetensors(dtype) ?? throw Bad(name, $"has dtype '{dtype}', but only F32, BF16 and F16 are read");
        if (!entry.TryGetProperty("shape", out var shapes) || !entry.TryGetProperty("data_offsets", out var offsets)
            || offsets.GetArrayLength() != 2)
            throw Bad(name, "lacks shape or data_offsets");
        var shape = new List<long>();
        long count = 1;
        foreach (var size in shapes.EnumerateArray())
        {
            if (!size.TryGetInt64(out long n) || n < 0)
                throw Bad(name, $"has size {size} in its shape");
            shape.Add(n);
            long product = unchecked(count * n);
            if (n > 0 && product / n != count)
                throw Bad(name, "has a shape too large for any file");
            count = product;
        }
        if (!offsets[0].TryGetInt64(out long begin) || !offsets[1].TryGetInt64(out long end))
            throw Bad(name, "has data_offsets that are not whole numbers");
        long room = _file.Length - data;
        if (begin < 0 || end < begin || end > room)
            throw Bad(name, $"claims bytes {begin} to {end}, but the file holds {room} bytes of data: it is truncated");
        if (count > room || (end - begin) != type.ByteLength(count))
            throw Bad(name, $"has {end - begin} bytes, but shape {Text(shape.ToArray())} of {dtype} takes " +
                $"{(Int128)count * type.BlockBytes()}");
        return new TensorInfo(name, type, shape, data + begin, count);
    }

    private void CheckNoGaps(long data)
    {
        long expected = data;
        foreach (var tensor in _tensors.Values.OrderBy(t => t.Offset).ThenBy(t => t.Count))
        {
            if (tensor.Offset != expected)
                throw Bad(tensor.Name, tensor.Offset < expected ? "overlaps another"
                    : "comes after a gap that belongs to no tensor");
            expected += tensor.Type.ByteLength(tensor.Count);
        }
        if (expected != _file.Length)
            throw new InputException($"{_file.Path}: {_file.Length - expected} bytes at its end belong to no tensor.");
    }

    private InputException Bad(string tensor, string what) => new($"{_file.Path}: tensor {tensor} {what}.");
}
