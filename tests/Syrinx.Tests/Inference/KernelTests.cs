using System.Runtime.Intrinsics;
using Syrinx.Inference.Kernels;

namespace Syrinx.Tests.Inference;

/// <summary>Each kernel against its slow twin, in shapes that leave rests on every side.</summary>
public unsafe class KernelTests
{
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

    [Fact]
    public void Halves_are_rounded_and_widened_as_dotnet_does()
    {
        var all = Enumerable.Range(0, 65536).Select(i => BitConverter.UInt16BitsToHalf((ushort)i)).Where(Half.IsFinite).ToArray();
        Half[] halves = [.. all, .. all[..(32 - all.Length % 32)]], back = new Half[halves.Length];
        var random = new Random(1);
        float[] x = new float[halves.Length], between = [.. halves.Select(h => (float)h * (1 + (float)(random.NextDouble() - 0.5) / 500))];
        fixed (Half* ph = halves, pb = back)
        fixed (float* px = x, pn = between)
        {
            Halves.Widen(ph, px, x.Length, ph);
            Assert.Equal(halves.Select(h => (float)h), x);
            Halves.Round(px, pb, x.Length);
            Assert.Equal(halves.Select(BitConverter.HalfToUInt16Bits), back.Select(BitConverter.HalfToUInt16Bits));
            Halves.Round(pn, pb, x.Length);
            Assert.Equal(between.Select(v => (Half)Math.Clamp(v, -65504, 65504)), back);
        }
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
