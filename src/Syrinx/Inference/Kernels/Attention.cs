using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Syrinx.Inference.Kernels;

/// <summary>
/// Causal attention of one query over the keys and values of a head: softmax(q · Kᵀ / √d) · V. Each query is summed up in
/// the same order however many come at once.
/// </summary>
internal static unsafe class Attention
{
    private const int Width = KvCache.Block;

    [ThreadStatic]
    private static PinnedBuffer<float>? _scores;

    /// <param name="query">The query, rotated, <paramref name="headSize"/> numbers.</param>
    /// <param name="keys">The head's keys in blocks of 16 positions (<see cref="KvCache"/>).</param>
    /// <param name="values">The head's values, one position after the other.</param>
    /// <param name="length">Positions that the query sees, its own included.</param>
    /// <param name="headSize">Width of the head.</param>
    /// <param name="output">The result, <paramref name="headSize"/> numbers.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Attend(float* query, float* keys, float* values, int length, int headSize, float* output)
    {
        int blocks = (length + Width - 1) / Width;
        if (_scores is null || _scores.Length < blocks * Width)
            _scores = new(Math.Max(1024, blocks * Width * 2));
        float* scores = _scores.Pointer;
        Score(query, keys, blocks, headSize, 1 / MathF.Sqrt(headSize), scores);
        for (int j = length; j < blocks * Width; j++)
            scores[j] = float.NegativeInfinity; // positions to come

        var highest = Vector512.Load(scores);
        for (int b = 1; b < blocks; b++)
            highest = Vector512.Max(highest, Vector512.Load(scores + b * Width));
        float max = highest[0];
        for (int i = 1; i < Width; i++)
            max = MathF.Max(max, highest[i]);
        var shift = Vector512.Create(max);
        var sums = Vector512<float>.Zero;
        for (int b = 0; b < blocks; b++)
        {
            var e = Lanes.Exp(Vector512.Load(scores + b * Width) - shift);
            e.Store(scores + b * Width);
            sums += e;
        }
        for (int j = length; j < blocks * Width; j++)
            scores[j] = 0;
        Mix(scores, values, length, headSize, 1 / Lanes.Sum(sums), output);
        GC.KeepAlive(_scores);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Score(float* query, float* keys, int blocks, int headSize, float scale, float* scores)
    {
        int b = 0, stride = Width * headSize;
        for (; b + 4 <= blocks; b += 4)
        {
            Vector512<float> s0 = default, s1 = default, s2 = default, s3 = default;
            float* k = keys + (long)b * stride;
            for (int d = 0; d < headSize; d++, k += Width)
            {
                var q = Vector512.Create(query[d]);
                s0 = Vector512.FusedMultiplyAdd(q, Vector512.Load(k), s0);
                s1 = Vector512.FusedMultiplyAdd(q, Vector512.Load(k + stride), s1);
                s2 = Vector512.FusedMultiplyAdd(q, Vector512.Load(k + 2 * stride), s2);
                s3 = Vector512.FusedMultiplyAdd(q, Vector512.Load(k + 3 * stride), s3);
            }
            (s0 * scale).Store(scores + b * Width);
            (s1 * scale).Store(scores + (b + 1) * Width);
            (s2 * scale).Store(scores + (b + 2) * Width);
            (s3 * scale).Store(scores + (b + 3) * Width);
        }
        for (; b < blocks; b++)
        {
            Vector512<float> s = default;
            float* k = keys + (long)b * stride;
            for (int d = 0; d < headSize; d++, k += Width)
                s = Vector512.FusedMultiplyAdd(Vector512.Create(query[d]), Vector512.Load(k), s);
            (s * scale).Store(scores + b * Width);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Mix(float* weights, float* values, int length, int headSize, float scale, float* output)
    {
        int d = 0;
        for (; d + 4 * Width <= headSize; d += 4 * Width)
        {
            Vector512<float> o0 = default, o1 = default, o2 = default, o3 = default;
            float* v = values + d;
            for (int j = 0; j < length; j++, v += headSize)
            {
                var w = Vector512.Create(weights[j]);
                o0 = Vector512.FusedMultiplyAdd(w, Vector512.Load(v), o0);
                o1 = Vector512.FusedMultiplyAdd(w, Vector512.Load(v + Width), o1);
                o2 = Vector512.FusedMultiplyAdd(w, Vector512.Load(v + 2 * Width), o2);
                o3 = Vector512.FusedMultiplyAdd(w, Vector512.Load(v + 3 * Width), o3);
            }
            (o0 * scale).Store(output + d);
            (o1 * scale).Store(output + d + Width);
            (o2 * scale).Store(output + d + 2 * Width);
            (o3 * scale).Store(output + d + 3 * Width);
        }
        for (; d + Width <= headSize; d += Width)
        {
            Vector512<float> o = default;
            float* v = values + d;
            for (int j = 0; j < length; j++, v += headSize)
                o = Vector512.FusedMultiplyAdd(Vector512.Create(weights[j]), Vector512.Load(v), o);
            (o * scale).Store(output + d);
        }
        for (; d < headSize; d++)
        {
            float o = 0;
            for (int j = 0; j < length; j++)
                o += weights[j] * values[(long)j * headSize + d];
            output[d] = o * scale;
        }
    }
}
