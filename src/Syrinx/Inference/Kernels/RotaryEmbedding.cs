using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Syrinx.Inference.Kernels;

/// <summary>
/// Rotary position embedding (Su et al. 2021, <see href="https://arxiv.org/abs/2104.09864"/>) in Hugging Face's layout:
/// number i of the first half of a head and number i of the second are rotated together by position · frequency i.
/// </summary>
internal sealed unsafe class RotaryEmbedding
{
    private readonly double[] _frequencies;
    private PinnedBuffer<float> _angles = new(0); // per position the cosines, then the sines
    private int _prepared;

    /// <param name="frequencies">Radians a position, of each pair of numbers of a head.</param>
    public RotaryEmbedding(double[] frequencies) => _frequencies = frequencies;

    /// <summary>Prepares the angles of all positions below <paramref name="end"/>; not while others rotate.</summary>
    public void Prepare(int end)
    {
        if (end <= _prepared)
            return;
        int half = _frequencies.Length, most = Math.Max(end, 2 * _prepared);
        var angles = new PinnedBuffer<float>(most * 2L * half);
        _angles.Span.CopyTo(angles.Span);
        for (int position = _prepared; position < most; position++)
        {
            float* cos = angles.Pointer + (long)position * 2 * half;
            for (int i = 0; i < half; i++)
            {
                var (s, c) = Math.SinCos(position * _frequencies[i]);
                cos[i] = (float)c;
                cos[half + i] = (float)s;
            }
        }
        (_angles, _prepared) = (angles, most);
    }

    /// <summary>Rotates one head of a prepared position.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Rotate(float* head, int position)
    {
        int half = _frequencies.Length, i = 0;
        float* cos = _angles.Pointer + (long)position * 2 * half;
        float* sin = cos + half;
        for (; i + 16 <= half; i += 16)
        {
            Vector512<float> a = Vector512.Load(head + i), b = Vector512.Load(head + half + i);
            Vector512<float> c = Vector512.Load(cos + i), s = Vector512.Load(sin + i);
            (a * c - b * s).Store(head + i);
            (b * c + a * s).Store(head + half + i);
        }
        for (; i < half; i++)
        {
            float a = head[i], b = head[half + i];
            head[i] = a * cos[i] - b * sin[i];
            head[half + i] = b * cos[i] + a * sin[i];
        }
    }
}
