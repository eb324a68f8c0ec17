using Syrinx.Inference.Kernels;
using Syrinx.Models;

namespace Syrinx.Inference;

/// <summary>Makes matrices of what files hold.</summary>
internal static unsafe class Matrices
{
    /// <summary>A tensor as it lies in the mapped file, which outlives the matrix.</summary>
    public static Matrix Mapped(Safetensors file, TensorInfo tensor, Isa isa)
    {
        var (rows, inner) = ((int)tensor.Shape[0], (int)tensor.Shape[1]);
        byte* at = file.Pointer(tensor);
        switch (tensor.Type)
        {
            case TensorType.Float16:
                return new FloatMatrix<Float16Format, Half>((Half*)at, rows, inner, isa);
            case TensorType.BFloat16:
                return new FloatMatrix<BrainFloatFormat, BrainFloat>((BrainFloat*)at, rows, inner, isa);
            default:
                return new FloatMatrix<Float32Format, float>((float*)at, rows, inner, isa);
        }
    }

    /// <summary>
    /// A matrix as asked for: itself where it is so already, or where its rows are no multiple of a block.
    /// </summary>
    public static Matrix Quantized(Matrix matrix, Quantization wish, Isa isa, ThreadTeam team)
    {
        switch (wish)
        {
            case Quantization.Q8 or Quantization.Q4:
                return matrix.Inner % Blocks.Length != 0 ? matrix
                    : BlockMatrix.Quantize(wish == Quantization.Q8 ? BlockFormat.Q8 : BlockFormat.Q4, matrix, isa, team);
            case Quantization.F16:
                return matrix is FloatMatrix<Float16Format, Half> ? matrix
                    : new FloatMatrix<Float16Format, Half>(Converted(matrix, team, x => (Half)x), matrix.Rows, matrix.Inner, isa);
            case Quantization.BF16:
                return matrix is FloatMatrix<BrainFloatFormat, BrainFloat> ? matrix
                    : new FloatMatrix<BrainFloatFormat, BrainFloat>(
                        Converted(matrix, team, BrainFloat.Round), matrix.Rows, matrix.Inner, isa);
            default:
                return matrix is FloatMatrix<Float32Format, float> ? matrix
                    : new FloatMatrix<Float32Format, float>(Converted(matrix, team, x => x), matrix.Rows, matrix.Inner, isa);
        }
    }

    private static PinnedBuffer<T> Converted<T>(Matrix matrix, ThreadTeam team, Func<float, T> convert)
        where T : unmanaged
    {
        var converted = new PinnedBuffer<T>((long)matrix.Rows * matrix.Inner);
        team.Run(matrix.Rows, row =>
        {
            var numbers = new PinnedBuffer<float>(matrix.Inner);
            matrix.ReadRow(row, numbers.Pointer);
            var to = converted.Span.Slice(row * matrix.Inner, matrix.Inner);
            for (int i = 0; i < to.Length; i++)
                to[i] = convert(numbers.Span[i]);
        });
        return converted;
    }
}
