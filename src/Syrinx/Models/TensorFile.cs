using System.Runtime.InteropServices;

namespace Syrinx.Models;

/// <summary>What a file tells of a tensor.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">How its numbers are kept.</param>
/// <param name="Shape">Its sizes, outermost first.</param>
/// <param name="Offset">Its first byte, from the beginning of the file that holds it.</param>
/// <param name="Count">How many numbers it has.</param>
public sealed record TensorInfo(string Name, TensorType Type, IReadOnlyList<long> Shape, long Offset, long Count);

/// <summary>
/// A model's tensors in mapped files, under Hugging Face's names and in Hugging Face's order of rows, whatever the files:
/// <see cref="Safetensors"/>, <see cref="ShardedSafetensors"/>, <see cref="GgufTensors"/>. Safe to share between threads until
/// disposed.
/// </summary>
public abstract class TensorFile : IDisposable
{
    /// <summary>The file, for messages.</summary>
    public abstract string Path { get; }

    /// <summary>The tensors by name.</summary>
    public abstract IReadOnlyDictionary<string, TensorInfo> Tensors { get; }

    /// <summary>What says which tensors of which shapes there must be, for messages.</summary>
    private protected virtual string ShapesFrom => "config.json";

    /// <summary>Finds a tensor and checks its shape.</summary>
    /// <exception cref="InputException">It is not there, or has another shape.</exception>
    public TensorInfo Find(string name, params ReadOnlySpan<long> shape)
    {
        if (!Tensors.TryGetValue(name, out var tensor))
            throw new InputException($"{Path}: tensor {name} is missing; {ShapesFrom} asks for it with shape {Text(shape)}.");
        if (!shape.SequenceEqual(tensor.Shape.ToArray()))
            throw new InputException(
                $"{Path}: tensor {name} has shape {Text([.. tensor.Shape])}, but {ShapesFrom} asks for {Text(shape)}.");
        return tensor;
    }

    /// <summary>Copies a tensor into <paramref name="destination"/> as float32, which is exact for all types.</summary>
    /// <exception cref="ArgumentException">The destination's length is not the tensor's count.</exception>
    public void Read(TensorInfo tensor, Span<float> destination)
    {
        if (destination.Length != tensor.Count)
            throw new ArgumentException(
                $"Tensor {tensor.Name} has {tensor.Count} numbers, the destination {destination.Length}.", nameof(destination));
        Read(tensor, 0, destination);
    }

    /// <summary>
    /// Copies the numbers of a tensor, row-major, from the one at <paramref name="first"/> on; of a quantized one whole blocks.
    /// </summary>
    /// <inheritdoc cref="Read(TensorInfo, Span{float})"/>
    /// <exception cref="ArgumentException">The tensor has fewer numbers, or these are no whole blocks.</exception>
    public void Read(TensorInfo tensor, long first, Span<float> destination)
    {
        var bytes = Bytes(tensor, first, destination.Length);
        switch (tensor.Type)
        {
            case TensorType.Float32:
                bytes.CopyTo(MemoryMarshal.AsBytes(destination));
                break;
            case TensorType.BFloat16:
                ShortFloats.FromBFloat16(bytes, destination);
                break;
            case TensorType.Float16:
                ShortFloats.FromHalf(bytes, destination);
                break;
            case TensorType.Q8:
                QuantizedBlocks.UnpackQ8(bytes, destination);
                break;
            default:
                QuantizedBlocks.UnpackQ4(bytes, destination);
                break;
        }
    }

    /// <summary>A tensor's numbers as a new float32 array.</summary>
    /// <exception cref="InputException">It is not there.</exception>
    public float[] ReadFloats(string name)
    {
        var tensor = Tensors.TryGetValue(name, out var found) ? found
            : throw new InputException($"{Path}: tensor {name} is missing.");
        var values = new float[tensor.Count];
        Read(tensor, values);
        return values;
    }

    /// <summary>The bytes of some of a tensor's numbers as they are kept; valid until disposed.</summary>
    internal unsafe ReadOnlySpan<byte> Bytes(TensorInfo tensor, long first, int count)
    {
        int block = tensor.Type.BlockLength();
        if (first < 0 || first + count > tensor.Count || first % block != 0 || count % block != 0)
            throw new ArgumentException(
                $"Tensor {tensor.Name} has {tensor.Count} numbers in blocks of {block}, not {first} + {count}.", nameof(first));
        return new(Pointer(tensor) + tensor.Type.ByteLength(first), checked((int)tensor.Type.ByteLength(count)));
    }

    /// <summary>
    /// A tensor's first byte, in the mapped file wherever its rows lie there in our order; valid until <see cref="Dispose"/>. It
    /// need not be aligned.
    /// </summary>
    internal abstract unsafe byte* Pointer(TensorInfo tensor);

    /// <summary>Unmaps the files.</summary>
    public void Dispose()
    {
        Close();
        GC.SuppressFinalize(this);
    }

    private protected abstract void Close();

    private protected static string Text(ReadOnlySpan<long> shape) => $"[{string.Join(", ", shape.ToArray())}]";
}
