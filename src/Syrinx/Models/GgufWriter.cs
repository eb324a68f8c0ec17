using System.Runtime.InteropServices;
using System.Text;

namespace Syrinx.Models;

/// <summary>Writes GGUF files, version 3; <see cref="Gguf"/> tells their layout and reads them.</summary>
internal static class GgufWriter
{
    private const int Alignment = 32;

    /// <summary>Writes a file, whole or not at all. The same content makes the same bytes.</summary>
    /// <param name="path">The file; its folder is created.</param>
    /// <param name="metadata">Numbers, bool, string, and arrays of int, float or string.</param>
    /// <param name="tensors">The tensors under GGUF's names.</param>
    /// <exception cref="InputException">The file cannot be written.</exception>
    public static void Write(string path, IReadOnlyList<(string Key, object Value)> metadata, IReadOnlyList<TensorSource> tensors)
    {
        using var header = new MemoryStream();
        using (var writer = new BinaryWriter(header, Encoding.UTF8, leaveOpen: true))
        {
            writer.Write("GGUF"u8);
            writer.Write(3);
            writer.Write((long)tensors.Count);
            writer.Write((long)metadata.Count);
            foreach (var (key, value) in metadata)
            {
                Text(writer, key);
                Value(writer, value);
            }
            long offset = 0;
            foreach (var tensor in tensors)
            {
                Text(writer, tensor.Name);
                writer.Write(tensor.Shape.Count);
                foreach (long size in tensor.Shape.Reverse())
                    writer.Write(size);
                writer.Write(tensor.Type.GgmlNumber());
                writer.Write(offset);
                offset += Padded(tensor.ByteLength);
            }
        }
        AtomicFile.Write(path, stream =>
        {
            Span<byte> zeros = stackalloc byte[Alignment];
            zeros.Clear();
            stream.Write(header.GetBuffer(), 0, (int)header.Length);
            stream.Write(zeros[..(int)(Padded(header.Length) - header.Length)]);
            foreach (var tensor in tensors)
            {
                long before = stream.Position;
                tensor.Write(stream);
                if (stream.Position - before != tensor.ByteLength)
                    throw new ArgumentException($"Tensor {tensor.Name} wrote {stream.Position - before} bytes instead of {tensor.ByteLength}.");
                stream.Write(zeros[..(int)(Padded(tensor.ByteLength) - tensor.ByteLength)]);
            }
        });
    }

    private static long Padded(long length) => (length + Alignment - 1) / Alignment * Alignment;

    private static void Value(BinaryWriter writer, object value)
    {
        switch (value)
        {
            case uint v:
                writer.Write(4);
                writer.Write(v);
                break;
            case float v:
                writer.Write(6);
                writer.Write(v);
                break;
            case bool v:
                writer.Write(7);
                writer.Write(v);
                break;
            case string v:
                writer.Write(8);
                Text(writer, v);
                break;
            case int[] v:
                Array(writer, 5, v.Length);
                writer.Write(MemoryMarshal.AsBytes(v.AsSpan()));
                break;
            case float[] v:
                Array(writer, 6, v.Length);
                writer.Write(MemoryMarshal.AsBytes(v.AsSpan()));
                break;
            case string[] v:
                Array(writer, 8, v.Length);
                foreach (string text in v)
                    Text(writer, text);
                break;
            default:
                throw new ArgumentException($"{value.GetType()} is no type of metadata that is written", nameof(value));
        }
    }

    private static void Array(BinaryWriter writer, int type, int length)
    {
        writer.Write(9);
        writer.Write(type);
        writer.Write((long)length);
    }

    private static void Text(BinaryWriter writer, string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        writer.Write((long)bytes.Length);
        writer.Write(bytes);
    }
}
