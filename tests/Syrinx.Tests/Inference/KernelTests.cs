using System.Runtime.Intrinsics;
using Syrinx.Inference.Kernels;

namespace Syrinx.Tests.Inference;

/// <summary>Each kernel against its slow twin, in shapes that leave rests on every side.</summary>
public unsafe class KernelTests
{
    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(1, 13, 37)]
    [InlineData(2, 8, 16)]
    [InlineData(5, 9, 33)]
    [InlineData(6, 4, 64)]
    [InlineData(13, 22, 100)]
    [InlineData(31, 300, 48)]
    public void A_matrix_product_is_the_same_at_every_register_width(int tokens, int rows, int inner)
    {
        var random = new Random(tokens * 1000 + rows);
        float[] w = Random(random, rows * inner), x = Random(random, tokens * inner);
        var expected = new double[tokens * rows];
        for (int t = 0; t < tokens; t++)
        {
            for (int r = 0; r < rows; r++)
                expected[t * rows + r] = Enumerable.Range(0, inner).Sum(i => (double)w[r * inner + i] * x[t * inner + i]);
        }
        Check<Simd512, Vector512<float>>(true);
        Check<Simd256, Vector256<float>>(false);
        Check<Simd128, Vector128<float>>(false);

        void Check<TSimd, T>(bool wide)
            where TSimd : struct, ISimd<T>
            where T : struct
        {
            var y = Enumerable.Repeat(1f, tokens * rows).ToArray();
            fixed (float* pw = w, px = x, py = y)
            {
                MatMul.Multiply<TSimd, T>(pw, px, py, rows, tokens, inner, 0, rows / 2, add: false, wide);
                MatMul.Multiply<TSimd, T>(pw, px, py, rows, tokens, inner, rows / 2, rows, add: true, wide);
            }
            for (int i = 0; i < y.Length; i++)
                Assert.Equal(expected[i] + (i % rows >= rows / 2 ? 1 : 0), y[i], 1e-5 * Math.Sqrt(inner) + 1e-6);
        }
    }

    [Fact]
    public void The_exponential_is_right_to_a_few_units_in_the_last_place()
    {
        for (float x = -86.9f; x < 88; x += 0.0137f)
            Assert.Equal(1, Lanes.Exp(Vector512.Create(x))[3] / Math.Exp(x), 3e-7);
        Assert.Equal(0, Lanes.Exp(Vector512.Create(float.NegativeInfinity))[0]);
        Assert.Equal(0, Lanes.Exp(Vector512.Create(-200f))[0]);
        Assert.True(float.IsFinite(Lanes.Exp(Vector512.Create(500f))[0]));
        Assert.Equal(1, Lanes.Exp(Vector512<float>.Zero)[0]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(16)]
    [InlineData(47)]
    public void Norm_and_SwiGLU_are_their_formulas(int n)
    {
        var random = new Random(n);
        float[] x = Random(random, n), w = Random(random, n), y = new float[n], gate = Random(random, n).Select(v => v * 40).ToArray(), gated = [.. gate];
        fixed (float* px = x, pw = w, py = y, pg = gated)
        {
            Elementwise.RmsNorm(px, pw, py, n, 1e-5f);
            Elementwise.SwiGlu(pg, px, n);
        }
        double scale = 1 / Math.Sqrt(x.Sum(v => (double)v * v) / n + 1e-5);
        for (int i = 0; i < n; i++)
        {
            Assert.Equal(x[i] * scale * w[i], y[i], 1e-5);
            Assert.Equal(gate[i] / (1 + Math.Exp(-gate[i])) * x[i], gated[i], 1e-4);
        }
    }

    [Theory]
    [InlineData(1, 32)]
    [InlineData(7, 96)]
    [InlineData(20, 256)]
    public void A_product_of_8_bit_blocks_is_that_of_the_rounded_numbers(int rows, int inner)
    {
        var random = new Random(rows);
        float[] w = Random(random, rows * inner), x = Random(random, inner), roundedW = new float[w.Length], roundedX = new float[inner];
        x.AsSpan(0, 32).Clear(); // a block of zeros has no scale
        var y = Enumerable.Repeat(3f, rows).ToArray();
        var (integers, scales) = (new sbyte[w.Length], new float[w.Length / 32]);
        var (xs, xScales) = (new short[inner], new float[inner / 32]);
        fixed (float* pw = w, px = x, prw = roundedW, prx = roundedX, py = y, ps = scales, pxs = xScales)
        fixed (sbyte* pi = integers)
        fixed (short* pxi = xs)
        {
            Q8.Quantize(pw, w.Length, pi, ps);
            Q8.Dequantize(pi, ps, w.Length, prw);
            Q8.Quantize(px, inner, pxi, pxs);
            Q8.Round(px, inner, prx);
            Q8.Multiply(pi, ps, pxi, pxs, py, inner, 0, rows, add: true);
        }
        for (int i = 0; i < w.Length; i++)
            Assert.Equal(w[i], roundedW[i], 1 / 254.0 + 1e-6);
        for (int i = 0; i < inner; i++)
            Assert.Equal(xs[i] * xScales[i / 32], roundedX[i], 1e-7);
        for (int r = 0; r < rows; r++)
            Assert.Equal(3 + Enumerable.Range(0, inner).Sum(i => (double)roundedW[r * inner + i] * roundedX[i]), y[r], 1e-4);
    }

    [Fact]
    public void A_team_does_every_piece_once_also_for_many_callers_and_reports_a_failure()
    {
        using var team = new ThreadTeam(3);
        Parallel.For(0, 8, new ParallelOptions { MaxDegreeOfParallelism = 4 }, _ =>
        {
            for (int round = 0; round < 300; round++)
            {
                var done = new int[round % 40];
                team.Run(done.Length, i => Interlocked.Increment(ref done[i]));
                Assert.All(done, count => Assert.Equal(1, count));
            }
        });
        Thread.Sleep(20); // long enough for the workers to fall asleep
        int sum = 0;
        team.Run(100, i => Interlocked.Add(ref sum, i));
        Assert.Equal(4950, sum);
        Assert.Throws<InvalidOperationException>(() => team.Run(4, i => throw new NotSupportedException()));
    }

    private static float[] Random(Random random, int n) => [.. Enumerable.Range(0, n).Select(_ => (float)(random.NextDouble() * 2 - 1))];
}
