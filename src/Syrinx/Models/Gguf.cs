// The GGUF format of ggml and llama.cpp (https://github.com/ggml-org/ggml/blob/master/docs/gguf.md), little-endian:
//
//   4 bytes   "GGUF"
//   4 bytes   version, uint32: 2 or 3
//   8 bytes   number of tensors, uint64
//   8 bytes   number of metadata entries, uint64
//   …         metadata: key (string), type (uint32), value; a string is its length (uint64) and UTF-8; an array is the
//             type of its elements (uint32), their number (uint64) and the elements
//   …         tensors: name (string), number of sizes (uint32), sizes (uint64 each, innermost first), type (uint32,
//             TensorTypes.GgmlNumber), place (uint64, from where the data begins)
//   …         zeros to a multiple of the alignment (metadata general.alignment, else 32), then the data; every tensor begins
//             at a multiple of the alignment
using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace Syrinx.Models;

/// <summary>What a GGUF file tells of a tensor.</summary>
/// <param name="Name">Its name in the file.</param>
/// <param name="Shape">Its sizes, outermost first.</param>
/// <param name="GgmlType">The number of its type.</param>
/// <param name="Offset">Its first byte, from the file's beginning; not yet checked against the file's length.</param>
/// <param name="Count">How many numbers it has.</param>
internal sealed record GgufTensor(string Name, IReadOnlyList<long> Shape, int GgmlType, long Offset, long Count);

/// <summary>
/// The metadata of a GGUF file, and what it tells of its tensors. Everything the file claims is checked against its length before it is believed. Immutable.
/// </summary>
public sealed class Gguf
{
    /// <summary>Arrays in arrays end here; none of the known keys has any.</summary>
    private const int DeepestArray = 4;

    /// <summary>More sizes than ggml's tensors can have are damage.</summary>
    private const int MostSizes = 4;

    private readonly Dictionary<string, object> _metadata = [];
    private readonly List<GgufTensor> _tensors = [];

    internal Gguf(MappedFile file)
    {
        Path = file.Path;
        if (!file.Span(0, 4).SequenceEqual("GGUF"u8))
            throw new InputException($"{Path} is not a GGUF file: it does not begin with 'GGUF'.");
        Version = BinaryPrimitives.ReadInt32LittleEndian(file.Span(4, 4));
        if (Version is not (2 or 3))
            throw new InputException($"{Path} is GGUF of version {Version}, but only versions 2 and 3, little-endian, are read.");
        var reader = new Reader(file, 8);
        TensorCount = reader.Int64("the number of tensors");
        long entries = reader.Int64("the number of metadata entries");
        for (long i = 0; i < entries; i++)
        {
            string key = reader.String($"the key of metadata entry {i}");
            if (!_metadata.TryAdd(key, reader.Value(reader.Int32(key), key, 0)))
                throw new InputException($"{Path}: metadata '{key}' is listed twice.");
        }
        long alignment = Find<uint?>("general.alignment") ?? 32;
        if (alignment < 8 || alignment > 1 << 20 || !long.IsPow2(alignment))
            throw new InputException($"{Path}: metadata 'general.alignment' is {alignment}, but it must be a power of two from 8 on.");
        for (long i = 0; i < TensorCount; i++)
            _tensors.Add(reader.Tensor(i));
        long data = (reader.Position + alignment - 1) / alignment * alignment;
        for (int i = 0; i < _tensors.Count; i++)
        {
            var tensor = _tensors[i];
            if (tensor.Offset % alignment != 0)
                throw new InputException($"{Path}: tensor {tensor.Name} begins at byte {tensor.Offset} of the data, which is no multiple of the alignment {alignment}.");
            _tensors[i] = tensor with { Offset = data + tensor.Offset };
        }
    }

    /// <summary>Opens a file and reads its metadata.</summary>
    /// <exception cref="InputException">The file is missing, truncated or no GGUF; the message names file and key.</exception>
    public static Gguf Open(string path)
    {
        using var file = new MappedFile(path, 24);
        return new Gguf(file);
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>Version of the format.</summary>
    public int Version { get; }

    /// <summary>How many tensors the file holds.</summary>
    public long TensorCount { get; }

    /// <summary>
    /// The metadata: numbers of their own types, <see cref="bool"/>, <see cref="string"/>, or arrays of one of these.
    /// </summary>
    public IReadOnlyDictionary<string, object> Metadata => _metadata;

    /// <summary>The tensors in the file's order.</summary>
    internal IReadOnlyList<GgufTensor> Tensors => _tensors;

    /// <summary>A value, or the default where the key is absent.</summary>
    /// <exception cref="InputException">It is of another type.</exception>
    public T? Find<T>(string key) => !_metadata.TryGetValue(key, out object? value) ? default
        : value is T typed ? typed
        : throw new InputException(
            $"{Path}: metadata '{key}' is of type {value.GetType().Name}, but it must be {typeof(T).Name}.");

    /// <summary>A value that must be there.</summary>
    /// <exception cref="InputException">It is absent, or of another type.</exception>
    public T Required<T>(string key) where T : class =>
        Find<T>(key) ?? throw new InputException($"{Path}: metadata '{key}' is missing.");

    /// <summary>Reads one thing after the other, and never past the file's end.</summary>
    private ref struct Reader(MappedFile file, long at)
    {
        private long _at = at;

        public readonly long Position => _at;

        public GgufTensor Tensor(long index)
        {
            string name = String($"the name of tensor {index}");
            int sizes = Int32($"tensor {name}");
            if (sizes is < 0 or > MostSizes)
                throw new InputException($"{file.Path}: tensor {name} has {(uint)sizes} sizes, but at most {MostSizes} are possible.");
            var shape = new long[sizes];
            long count = 1;
            for (int i = sizes - 1; i >= 0; i--)
            {
                // each is at most the file's length in numbers of a bit, which keeps the product in range, too
                shape[i] = Bounded(file.Length * 8, $"tensor {name}, size {sizes - 1 - i}");
                if (shape[i] > 0 && count > file.Length * 8 / shape[i])
                    throw new InputException($"{file.Path}: tensor {name} has a shape too large for the file.");
                count *= shape[i];
            }
            int type = Int32($"tensor {name}");
            return new(name, shape, type, Int64($"tensor {name}, its place"), count);
        }

        public int Int32(string what) => BinaryPrimitives.ReadInt32LittleEndian(Take(4, what));

        public long Int64(string what) => Bounded(file.Length, what);

        private long Bounded(long most, string what)
        {
            long value = BinaryPrimitives.ReadInt64LittleEndian(Take(8, what));
            return value >= 0 && value <= most ? value
                : throw new InputException(
                    $"{file.Path}: {what} is {(ulong)value}, more than the file's {file.Length} bytes could hold.");
        }

        public string String(string what) => Encoding.UTF8.GetString(Take(Int64(what), what));

        public object Value(int type, string key, int depth) => type switch
        {
            0 => Take(1, key)[0],
            1 => (sbyte)Take(1, key)[0],
            2 => BinaryPrimitives.ReadUInt16LittleEndian(Take(2, key)),
            3 => BinaryPrimitives.ReadInt16LittleEndian(Take(2, key)),
            4 => BinaryPrimitives.ReadUInt32LittleEndian(Take(4, key)),
            5 => Int32(key),
            6 => BinaryPrimitives.ReadSingleLittleEndian(Take(4, key)),
            7 => Take(1, key)[0] != 0,
            8 => String(key),
            9 => Array(key, depth),
            10 => BinaryPrimitives.ReadUInt64LittleEndian(Take(8, key)),
            11 => BinaryPrimitives.ReadInt64LittleEndian(Take(8, key)),
            12 => BinaryPrimitives.ReadDoubleLittleEndian(Take(8, key)),
            _ => throw new InputException($"{file.Path}: metadata '{key}' is of type {type}, which GGUF does not have."),
        };

        private object Array(string key, int depth)
        {
            int type = Int32(key);
            long count = Int64(key);
            switch (type)
            {
                case 0:
                    return Numbers<byte>(count, key);
                case 1:
                    return Numbers<sbyte>(count, key);
                case 2:
                    return Numbers<ushort>(count, key);
                case 3:
                    return Numbers<short>(count, key);
                case 4:
                    return Numbers<uint>(count, key);
                case 5:
                    return Numbers<int>(count, key);
                case 6:
                    return Numbers<float>(count, key);
                case 8:
                    if (count > (file.Length - _at) / 8) // a string takes eight bytes at least
                        throw Truncated(key);
                    var strings = new string[count];
                    for (long i = 0; i < count; i++)
                        strings[i] = String(key);
                    return strings;
                case 10:
                    return Numbers<ulong>(count, key);
                case 11:
                    return Numbers<long>(count, key);
                case 12:
                    return Numbers<double>(count, key);
                default:
                    if (depth == DeepestArray)
                        throw new InputException($"{file.Path}: metadata '{key}' has arrays in arrays in arrays.");
                    if (count > file.Length - _at)
                        throw Truncated(key);
                    var values = new object[count];
                    for (long i = 0; i < count; i++)
                        values[i] = Value(type, key, depth + 1);
                    return values;
            }
        }

        // this machine and the file are both little-endian
        private T[] Numbers<T>(long count, string key) where T : unmanaged =>
            MemoryMarshal.Cast<byte, T>(Take(count * System.Runtime.CompilerServices.Unsafe.SizeOf<T>(), key)).ToArray();

        private ReadOnlySpan<byte> Take(long length, string what)
        {
            if (length > file.Length - _at || length > int.MaxValue)
                throw Truncated(what);
            var bytes = file.Span(_at, (int)length);
            _at += length;
            return bytes;
        }

        private InputException Truncated(string what) => new($"{file.Path} ends within {what}: it is truncated.");
    }
}
