using System.Runtime.CompilerServices;

namespace Syrinx.Inference.Kernels;

/// <summary>
/// Rotary position embedding (Su et al. 2021, <see href="https://arxiv.org/abs/2104.09864"/>) in Hugging Face's layout:
/// number i of the first half of a head and number i of the second are rotated together by position · frequency i.
/// </summary>
internal sealed unsafe class RotaryEmbedding
{
    private readonly double[] _frequencies;
    private PinnedBuffer<float> _angles = new(0); // per position the cosines, then the sines

    /// <param name="frequencies">Radians a position, of each pair of numbers of a head.</param>
    public RotaryEmbedding(double[] frequencies) => _frequencies = frequencies;

    /// <summary>
    /// Prepares the angles of positions <paramref name="start"/> to <paramref name="start"/> + <paramref name="count"/>.
    /// </summary>
    public void Prepare(int start, int count)
    {
        int half = _frequencies.Length;
        if (_angles.Length < count * 2 * half)
            _angles = new(count * 2L * half);
        for (int t = 0; t < count; t++)
        {
            float* cos = _angles.Pointer + (long)t * 2 * half;
            for (int i = 0; i < half; i++)
            {
                var (s, c) = Math.SinCos((start + t) * _frequencies[i]);
                cos[i] = (float)c;
                cos[half + i] = (float)s;
            }
        }
    }

    /// <summary>Rotates one head of the <paramref name="t"/>-th prepared position.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Rotate(float* head, int t)
    {
        int half = _frequencies.Length;
        float* cos = _angles.Pointer + (long)t * 2 * half;
        float* sin = cos + half;
        for (int i = 0; i < half; i++)
        {
            float a = head[i], b = head[half + i];
            head[i] = a * cos[i] - b * sin[i];
            head[half + i] = b * cos[i] + a * sin[i];
        }
    }
}
