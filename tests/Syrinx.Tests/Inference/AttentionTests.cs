using Syrinx.Inference;
using Syrinx.Inference.Kernels;

namespace Syrinx.Tests.Inference;

public unsafe class AttentionTests
{
    [Theory]
    [InlineData(CacheType.F32, 64, 1e-5)]
    [InlineData(CacheType.F32, 20, 1e-5)]
    [InlineData(CacheType.F16, 64, 2e-3)]
    [InlineData(CacheType.F16, 40, 2e-3)]
    public void Attention_over_pages_is_its_formula_and_the_same_bits_for_one_query_as_for_many(CacheType type, int w, double tolerance)
    {
        const int Length = 75;
        var random = new Random(w);
        var pool = new KvPagePool(2, 3, w, type);
        using var cache = new KvCache(pool);
        cache.Reserve(Length);
        float[] keys = Random(random, Length * w), values = Random(random, Length * w), queries = Random(random, Length * w);
        for (int j = 0; j < Length; j++)
        {
            fixed (float* k = &keys[j * w], v = &values[j * w])
                cache.Store(1, 2, j, k, v);
        }
        int padded = Attention.Padded(w);
        float[] together = Attend([.. Enumerable.Range(0, Length)]);
        for (int i = 0; i < Length; i++)
        {
            Assert.Equal(together[(i * padded)..((i + 1) * padded)], Attend([i]));
            double[] e = [.. Enumerable.Range(0, i + 1).Select(j => Math.Exp(Enumerable.Range(0, w).Sum(d => (double)queries[i * w + d] * keys[j * w + d])))];
            for (int d = 0; d < w; d++)
                Assert.Equal(e.Select((p, j) => p * values[j * w + d]).Sum() / e.Sum(), together[i * padded + d], tolerance);
        }

        float[] Attend(int[] positions)
        {
            var output = new float[positions.Length * padded];
            fixed (float* q = queries, o = output)
            fixed (int* p = positions)
            {
                float** qs = stackalloc float*[positions.Length], os = stackalloc float*[positions.Length];
                for (int i = 0; i < positions.Length; i++)
                {
                    qs[i] = q + positions[i] * w;
                    os[i] = o + i * padded;
                }
                new Attention().Attend(qs, p, os, positions.Length, cache, 1, 2);
            }
            return output;
        }
    }

    private static float[] Random(Random random, int n) => [.. Enumerable.Range(0, n).Select(_ => (float)(random.NextDouble() * 2 - 1))];
}
