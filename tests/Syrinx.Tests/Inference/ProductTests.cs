using Syrinx.Inference;
using Syrinx.Inference.Kernels;
using Syrinx.Models;

namespace Syrinx.Tests.Inference;

/// <summary>Matrix products against their slow twins, in shapes that leave rests on every side, with all instructions that this
/// machine has.</summary>
public unsafe class ProductTests
{
    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(1, 13, 37)]
    [InlineData(2, 8, 16)]
    [InlineData(5, 9, 33)]
    [InlineData(6, 4, 64)]
    [InlineData(13, 22, 100)]
    [InlineData(31, 300, 48)]
    public void A_product_of_floats_is_right_in_every_format_and_with_all_instructions(int tokens, int rows, int inner)
    {
        var random = new Random(tokens * 1000 + rows);
        float[] w = Random(random, rows * inner), x = Random(random, tokens * inner);
        foreach (var isa in IsaSelection.Supported)
        {
            Check<Float32Format, float>(isa, v => v, v => v);
            Check<Float16Format, Half>(isa, v => (Half)v, v => (float)v);
            Check<BrainFloatFormat, BrainFloat>(isa, BrainFloat.Round, v => v.ToSingle());
        }

        void Check<TFormat, T>(Isa isa, Func<float, T> round, Func<T, float> widen)
            where TFormat : struct, IFloatFormat<T>
            where T : unmanaged
        {
            var weights = Pinned(w.Select(round).ToArray());
            var matrix = new FloatMatrix<TFormat, T>(weights, rows, inner, isa);
            var y = Enumerable.Repeat(1f, tokens * rows).ToArray();
            var input = new Activations();
            fixed (float* px = x, py = y)
            {
                input.Set(px, inner, tokens);
                matrix.Multiply(input, py, 0, rows / 2, add: false);
                matrix.Multiply(input, py, rows / 2, rows, add: true);
            }
            for (int i = 0; i < y.Length; i++)
            {
                int r = i % rows, t = i / rows;
                double expected = (r >= rows / 2 ? 1 : 0)
                    + Enumerable.Range(0, inner).Sum(k => (double)widen(round(w[r * inner + k])) * x[t * inner + k]);
                Assert.Equal(expected, y[i], 1e-5 * Math.Sqrt(inner) + 1e-6);
            }
        }
    }

    [Theory]
    [InlineData(1, 1, 32)]
    [InlineData(7, 3, 96)]
    [InlineData(16, 4, 64)]
    [InlineData(40, 8, 256)]
    [InlineData(33, 21, 160)]
    public void A_product_of_blocks_is_that_of_the_rounded_numbers_to_the_same_bits_with_all_instructions(int rows, int tokens, int inner)
    {
        var random = new Random(rows);
        using var team = new ThreadTeam(2);
        float[] x = Random(random, tokens * inner);
        x.AsSpan(0, 32).Clear(); // a block of zeros has no scale
        float[] source = Random(random, rows * inner), w = new float[rows * inner];
        source.AsSpan(0, 32).Clear();
        foreach (var format in new[] { TensorType.Q8, TensorType.Q4 })
        {
            float[]? reference = null;
            var blocks = new byte[format.ByteLength(source.Length)];
            if (format == TensorType.Q8)
            {
                QuantizedBlocks.PackQ8(source, blocks);
                QuantizedBlocks.UnpackQ8(blocks, w);
            }
            else
            {
                QuantizedBlocks.PackQ4(source, blocks);
                QuantizedBlocks.UnpackQ4(blocks, w);
            }
            foreach (var isa in IsaSelection.Supported)
            {
                int rowBytes = blocks.Length / rows;
                var matrix = new BlockMatrix(format, rows, inner, isa, team, row => blocks.AsSpan(row * rowBytes, rowBytes));
                float[] y = Product(matrix, x, tokens);
                for (int i = 0; i < y.Length && isa == Isa.Scalar; i++)
                {
                    int r = i % rows, t = i / rows;
                    Assert.Equal(3 + Enumerable.Range(0, inner).Sum(k => (double)w[r * inner + k] * Rounded(x, t * inner, k)), y[i], 1e-4);
                }
                Assert.Equal(reference ??= y, y);
                // a token alone is the same to the bit as in a batch
                for (int t = 0; t < tokens; t++)
                    Assert.Equal(y[(t * rows)..((t + 1) * rows)], Product(matrix, x[(t * inner)..((t + 1) * inner)], 1));
            }
        }
    }

    [Fact]
    public void The_environment_chooses_among_the_instructions_that_the_machine_has()
    {
        Assert.Equal(Isa.Scalar, IsaSelection.Choose("scalar"));
        Assert.Equal(IsaSelection.Supported[^1], IsaSelection.Choose(null));
        Assert.Contains("SYRINX_ISA is 'mmx', but this machine has scalar", Assert.Throws<InputException>(() => IsaSelection.Choose("mmx")).Message);
    }

    private static float[] Product(BlockMatrix matrix, float[] x, int tokens)
    {
        var y = Enumerable.Repeat(3f, tokens * matrix.Rows).ToArray();
        var input = new Activations();
        fixed (float* px = x, py = y)
        {
            input.Set(px, matrix.Inner, tokens);
            input.Reserve(matrix.Layout!.Value);
            for (int t = 0; t < tokens; t++)
                input.Quantize(matrix.Layout.Value, t);
            int middle = matrix.Rows / 32 * 16;
            matrix.Multiply(input, py, 0, middle, add: true);
            matrix.Multiply(input, py, middle, matrix.Rows, add: true);
        }
        return y;
    }

    /// <summary>What activations are taken to be.</summary>
    private static double Rounded(float[] x, int row, int k)
    {
        float scale = x.Skip(row + k / 32 * 32).Take(32).Max(MathF.Abs) / 127;
        return scale == 0 ? 0 : MathF.Round(x[row + k] * (1 / scale)) * scale;
    }

    private static PinnedBuffer<T> Pinned<T>(T[] values)
        where T : unmanaged
    {
        var buffer = new PinnedBuffer<T>(values.Length);
        values.CopyTo(buffer.Span);
        return buffer;
    }

    private static float[] Random(Random random, int n) => [.. Enumerable.Range(0, n).Select(_ => (float)(random.NextDouble() * 2 - 1))];
}
