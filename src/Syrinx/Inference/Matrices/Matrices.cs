using Syrinx.Inference.Kernels;
using Syrinx.Models;

namespace Syrinx.Inference;

/// <summary>Makes matrices of what files hold.</summary>
internal static unsafe class Matrices
{
    /// <summary>
    /// A tensor as a matrix. Floating-point ones stay in the mapped file where they are wanted as they are there; the file
    /// outlives the matrix.
    /// </summary>
    /// <param name="file">The file.</param>
    /// <param name="tensor">A tensor of two dimensions.</param>
    /// <param name="wish">How to keep it; null for as in the file. Rows that are no multiple of a block stay as they
    /// are.</param>
    /// <param name="isa">Instructions to use.</param>
    /// <param name="team">Shares the work.</param>
    public static Matrix Load(TensorFile file, TensorInfo tensor, TensorType? wish, Isa isa, ThreadTeam team)
    {
        var type = wish is { } wanted && tensor.Shape[1] % wanted.BlockLength() == 0 ? wanted : tensor.Type;
        return type switch
        {
            TensorType.Float16 => Floats<Float16Format, Half>(file, tensor, type, x => (Half)x, isa, team),
            TensorType.BFloat16 => Floats<BrainFloatFormat, BrainFloat>(file, tensor, type, BrainFloat.Round, isa, team),
            TensorType.Q8 or TensorType.Q4 => Blocks(file, tensor, type, isa, team),
            _ => Floats<Float32Format, float>(file, tensor, type, x => x, isa, team),
        };
    }

    private static BlockMatrix Blocks(TensorFile file, TensorInfo tensor, TensorType type, Isa isa, ThreadTeam team)
    {
        int inner = (int)tensor.Shape[1];
        return new(type, (int)tensor.Shape[0], inner, isa, team, row =>
        {
            if (tensor.Type == type)
                return file.Bytes(tensor, (long)row * inner, inner);
            var numbers = new float[inner];
            var blocks = new byte[type.ByteLength(inner)];
            file.Read(tensor, (long)row * inner, numbers);
            if (type == TensorType.Q8)
                QuantizedBlocks.PackQ8(numbers, blocks);
            else
                QuantizedBlocks.PackQ4(numbers, blocks);
            return blocks;
        });
    }

    private static FloatMatrix<TFormat, T> Floats<TFormat, T>(
        TensorFile file, TensorInfo tensor, TensorType type, Func<float, T> round, Isa isa, ThreadTeam team)
        where TFormat : struct, IFloatFormat<T>
        where T : unmanaged
    {
        var (rows, inner) = ((int)tensor.Shape[0], (int)tensor.Shape[1]);
        byte* mapped = file.Pointer(tensor);
        if (tensor.Type == type && (nuint)mapped % (nuint)sizeof(T) == 0)
            return new((T*)mapped, rows, inner, isa);
        var memory = new PinnedBuffer<T>(tensor.Count);
        team.Run(rows, row =>
        {
            var numbers = new float[inner];
            file.Read(tensor, (long)row * inner, numbers);
            var to = memory.Span.Slice(row * inner, inner);
            for (int i = 0; i < inner; i++)
                to[i] = round(numbers[i]);
        });
        return new(memory, rows, inner, isa);
    }
}
