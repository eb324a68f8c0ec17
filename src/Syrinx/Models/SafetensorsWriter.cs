using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Syrinx.Models;

/// <summary>A tensor to be written: what the header tells of it, and how its bytes come.</summary>
/// <param name="Name">Hugging Face's name of the weight.</param>
/// <param name="Type">Type of its numbers.</param>
/// <param name="Shape">Its sizes, outermost first; row-major.</param>
/// <param name="Write">Writes exactly product(shape) · bytes per number, little-endian, to the stream it is given.</param>
public sealed record TensorSource(string Name, TensorType Type, IReadOnlyList<long> Shape, Action<Stream> Write)
{
    /// <summary>A float32 tensor of numbers in memory.</summary>
    public static TensorSource Float32(string name, IReadOnlyList<long> shape, ReadOnlyMemory<float> values) =>
        new(name, TensorType.Float32, shape, stream => stream.Write(MemoryMarshal.AsBytes(values.Span)));

    /// <summary>A bfloat16 tensor of float32 numbers in memory, rounded to nearest, ties to even.</summary>
    public static TensorSource BFloat16(string name, IReadOnlyList<long> shape, ReadOnlyMemory<float> values) =>
        new(name, TensorType.BFloat16, shape, stream =>
        {
            var buffer = new byte[Math.Min(values.Length, 1 << 15) * 2];
            for (int done = 0; done < values.Length; done += buffer.Length / 2)
            {
                var part = values.Span.Slice(done, Math.Min(buffer.Length / 2, values.Length - done));
                ShortFloats.ToBFloat16(part, buffer);
                stream.Write(buffer, 0, part.Length * 2);
            }
        });

    internal long ByteLength => Type.ByteLength(Shape.Aggregate(1L, (product, size) => checked(product * size)));
}

/// <summary>Writes the safetensors format; <see cref="Safetensors"/> tells its layout and reads it.</summary>
public static class SafetensorsWriter
{
    /// <summary>Writes tensors in the given order, whole or not at all. The same tensors make the same bytes.</summary>
    /// <param name="path">The file; its folder is created.</param>
    /// <param name="tensors">The tensors; names differ.</param>
    /// <param name="metadata">Strings for the header's <c>__metadata__</c>; <c>format: pt</c>, which Hugging Face asks for,
    /// is added.</param>
    /// <exception cref="ArgumentException">Two tensors have one name, or a source wrote another number of bytes than its
    /// shape has.</exception>
    /// <exception cref="InputException">The file cannot be written.</exception>
    public static void Write(
        string path, IReadOnlyList<TensorSource> tensors, IReadOnlyDictionary<string, string>? metadata = null)
    {
        byte[] header = Header(tensors, metadata);
        AtomicFile.Write(path, stream =>
        {
            Span<byte> length = stackalloc byte[8];
            BinaryPrimitives.WriteInt64LittleEndian(length, header.Length);
            stream.Write(length);
            stream.Write(header);
            foreach (var tensor in tensors)
            {
                long before = stream.Position;
                tensor.Write(stream);
                if (stream.Position - before != tensor.ByteLength)
                {
                    throw new ArgumentException(
                        $"Tensor {tensor.Name} wrote {stream.Position - before} bytes; its shape " +
                        $"[{string.Join(", ", tensor.Shape)}] has {tensor.ByteLength}.");
                }
            }
        });
    }

    private static byte[] Header(IReadOnlyList<TensorSource> tensors, IReadOnlyDictionary<string, string>? metadata)
    {
        using var memory = new MemoryStream();
        using (var json = new Utf8JsonWriter(memory))
        {
            json.WriteStartObject();
            json.WriteStartObject("__metadata__");
            json.WriteString("format", "pt");
            foreach (var (key, value) in metadata ?? new Dictionary<string, string>())
                json.WriteString(key, value);
            json.WriteEndObject();
            long offset = 0;
            var names = new HashSet<string>();
            foreach (var tensor in tensors)
            {
                if (!names.Add(tensor.Name))
                    throw new ArgumentException($"Two tensors are called {tensor.Name}.");
                json.WriteStartObject(tensor.Name);
                json.WriteString("dtype", tensor.Type.SafetensorsName());
                json.WriteStartArray("shape");
                foreach (long size in tensor.Shape)
                    json.WriteNumberValue(size);
                json.WriteEndArray();
                json.WriteStartArray("data_offsets");
                json.WriteNumberValue(offset);
                json.WriteNumberValue(offset += tensor.ByteLength);
                json.WriteEndArray();
                json.WriteEndObject();
            }
            json.WriteEndObject();
        }
        // spaces until the data begins on a cache line, so that a mapped tensor can be read with aligned vectors
        while ((memory.Length + 8) % 64 != 0)
            memory.WriteByte((byte)' ');
        return memory.ToArray();
    }
}
