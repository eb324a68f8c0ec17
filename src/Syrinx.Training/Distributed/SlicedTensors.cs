using Syrinx.Models;
using Syrinx.Training.Modeling;
using static TorchSharp.torch;

namespace Syrinx.Training.Distributed;

/// <summary>A tensor whose slices lie with their owners.</summary>
/// <param name="Name">Its name in files.</param>
/// <param name="Shape">Its sizes.</param>
/// <param name="Parts">Its slices in order, and for this rank's own how to get at their numbers (fp32).</param>
internal sealed record SlicedTensor(string Name, long[] Shape, IReadOnlyList<(Slice Slice, Func<Tensor>? Mine)> Parts);

/// <summary>
/// Master weights and moments, of which each rank holds a part, on their way into a file that rank 0 writes. No rank ever holds all of it: slices are
/// sent when the file has come to them. The file does not show how many ranks wrote it.
/// </summary>
internal sealed class SlicedTensors(World world, IReadOnlyList<SlicedTensor> tensors)
{
    private byte[] _buffer = [];

    /// <summary>On rank 0: the tensors for a file; they must be written in this order, while the other ranks <see cref="Send"/>.</summary>
    public IReadOnlyList<TensorSource> Sources(TensorType type) => [.. tensors.Select(t => new TensorSource(t.Name, type, t.Shape, stream =>
    {
        foreach (var (slice, mine) in t.Parts)
        {
            if (mine is null)
                stream.Write(Receive(slice, type == TensorType.Float32 ? 4 : 2));
            else
                WithBytes(mine, type, bytes => stream.Write(bytes));
        }
    }))];

    /// <summary>
    /// On rank 0: a copy of all in fp32, for a file that is written while training changes the tensors; the other ranks <see cref="Send"/>. Dispose it when
    /// it is written.
    /// </summary>
    public TensorCopies Copies()
    {
        var copies = new TensorCopies();
        try
        {
            foreach (var tensor in tensors)
            {
                using var noGrad = no_grad();
                var copy = copies.Add(tensor.Name, tensor.Shape);
                foreach (var (slice, mine) in tensor.Parts)
                {
                    using var scope = NewDisposeScope();
                    if (mine is null)
                        world.Receive(slice.Owner, copy.bytes.Slice(checked((int)(slice.Offset * 4)), checked(slice.Count * 4)), $"the state of rank {slice.Owner}");
                    else
                        slice.Of(copy).copy_(mine().view(-1));
                }
            }
            return copies;
        }
        catch
        {
            copies.Dispose();
            throw;
        }
    }

    /// <summary>On the other ranks: sends their slices to rank 0.</summary>
    public void Send(TensorType type)
    {
        foreach (var (_, mine) in tensors.SelectMany(t => t.Parts).Where(p => p.Mine is not null))
            WithBytes(mine!, type, bytes => world.Send(0, bytes, "rank 0, which writes a file"));
    }

    /// <summary>Reads this rank's own slices from a file.</summary>
    /// <exception cref="InputException">The file lacks a tensor.</exception>
    public void Read(Safetensors file)
    {
        foreach (var tensor in tensors)
        {
            var info = file.Find(tensor.Name, tensor.Shape);
            foreach (var (slice, mine) in tensor.Parts.Where(p => p.Mine is not null))
            {
                using var scope = NewDisposeScope();
                TensorBytes.CopyFrom(mine!(), values => file.Read(info, slice.Offset, values));
            }
        }
    }

    private ReadOnlySpan<byte> Receive(Slice slice, int bytesEach)
    {
        int length = checked(slice.Count * bytesEach);
        if (_buffer.Length < length)
            _buffer = new byte[length];
        world.Receive(slice.Owner, _buffer.AsSpan(0, length), $"the state of rank {slice.Owner}");
        return _buffer.AsSpan(0, length);
    }

    private delegate void Use(ReadOnlySpan<byte> bytes);

    private static void WithBytes(Func<Tensor> tensor, TensorType type, Use use)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        use(TensorBytes.OnHost(tensor(), type).bytes);
    }
}
