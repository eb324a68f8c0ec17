using Syrinx.Inference;
using Syrinx.Inference.Kernels;

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
        var source = Pinned(Random(random, rows * inner));
        source.Span[..32].Clear();
        foreach (var format in Enum.GetValues<BlockFormat>())
        {
            float[]? reference = null;
            foreach (var isa in IsaSelection.Supported)
            {
                var matrix = BlockMatrix.Quantize(format, new FloatMatrix<Float32Format, float>(source, rows, inner, isa), isa, team);
                float[] y = Product(matrix, x, tokens);
                var w = new float[rows * inner];
                fixed (float* pw = w)
                {
                    for (int r = 0; r < rows; r++)
                        matrix.ReadRow(r, pw + r * inner);
                }
                for (int i = 0; i < w.Length; i++)
                    Assert.Equal(source.Span[i], w[i], format == BlockFormat.Q8 ? 1 / 254.0 + 3e-4 : 1 / 8.0 + 1e-3);
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
    public void Blocks_are_those_of_ggml()
    {
        // quantize_row_q8_0_ref and quantize_row_q4_0_ref, done by hand: scale 127/127 = 1; scale −8/−8 = 1
        float[] x = [.. Enumerable.Range(0, 32).Select(i => i == 5 ? -127f : i == 6 ? 2.5f : i == 7 ? -2.5f : i)];
        var q8 = Quantized(BlockFormat.Q8, x);
        Assert.Equal((Half)1, BitConverter.ToHalf(q8));
        Assert.Equal(x.Select(v => (sbyte)(v == 2.5f ? 3 : v == -2.5f ? -3 : v)), q8[2..].Select(b => (sbyte)b));
        x = [.. Enumerable.Range(0, 32).Select(i => i == 3 ? -8f : i % 8 - 0.25f)];
        var q4 = Quantized(BlockFormat.Q4, x);
        Assert.Equal((Half)1, BitConverter.ToHalf(q4));
        for (int i = 0; i < 16; i++)
        {
            Assert.Equal(Math.Min(15, (int)(x[i] + 8.5f)), q4[2 + i] & 15);
            Assert.Equal(Math.Min(15, (int)(x[i + 16] + 8.5f)), q4[2 + i] >> 4);
        }
        // the same blocks, read from a file's bytes
        using var team = new ThreadTeam(1);
        foreach (var (format, blocks) in new[] { (BlockFormat.Q8, q8), (BlockFormat.Q4, q4) })
        {
            var row = new float[32];
            fixed (byte* p = blocks)
            fixed (float* to = row)
                BlockMatrix.FromBlocks(format, p, 1, 32, Isa.Scalar, team).ReadRow(0, to);
            for (int i = 0; i < 32; i++)
            {
                Assert.Equal(format == BlockFormat.Q8 ? (sbyte)q8[2 + i] : (i < 16 ? q4[2 + i] & 15 : q4[2 + i - 16] >> 4) - 8, row[i]);
            }
        }

        static byte[] Quantized(BlockFormat format, float[] x)
        {
            var blocks = new byte[Blocks.Bytes(format)];
            fixed (float* px = x)
            fixed (byte* pb = blocks)
                Blocks.Quantize(format, px, 32, pb);
            return blocks;
        }
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
