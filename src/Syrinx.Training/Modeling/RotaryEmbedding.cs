using System.Runtime.InteropServices;
using Syrinx.Models;
using Syrinx.Training.Native;
using static TorchSharp.torch;

namespace Syrinx.Training.Modeling;

/// <summary>
/// The rotary embedding (Su et al., https://arxiv.org/abs/2104.09864) in Hugging Face's arrangement: number i of a head is
/// paired with number i + S/2, not with its neighbour. Tables for all positions up to the longest context. Immutable.
/// </summary>
internal sealed class RotaryEmbedding : IDisposable
{
    /// <summary>cos and sin, each (T, S/2) in fp32, computed in double.</summary>
    public RotaryEmbedding(ModelConfig config, int length, Device device)
    {
        int half = config.HeadSize / 2;
        double[] frequencies = config.RotaryFrequencies();
        var cos = new float[length * half];
        var sin = new float[length * half];
        for (int t = 0; t < length; t++)
        {
            for (int i = 0; i < half; i++)
            {
                (double s, double c) = Math.SinCos(t * frequencies[i]);
                cos[(t * half) + i] = (float)c;
                sin[(t * half) + i] = (float)s;
            }
        }
        using var scope = TorchSharp.torch.NewDisposeScope();
        NoWeight = empty(0, ScalarType.Float32, device).DetachFromDisposeScope();
        Cos = Table(cos).DetachFromDisposeScope();
        Sin = Table(sin).DetachFromDisposeScope();

        Tensor Table(float[] values)
        {
            var host = empty(length, half, ScalarType.Float32);
            values.CopyTo(MemoryMarshal.Cast<byte, float>(host.bytes));
            return host.to(device);
        }
    }

    /// <summary>Stands for the weight of a norm that a model does not have: no numbers.</summary>
    public Tensor NoWeight { get; }

    public Tensor Cos { get; }

    public Tensor Sin { get; }

    /// <summary>Rotates heads x (B, T, H, S) in fp32.</summary>
    public Tensor Rotate(Tensor x_BTHS)
    {
        long length = x_BTHS.shape[1], half = x_BTHS.shape[3] / 2;
        var cos = Cos.narrow(0, 0, length).view(1, length, 1, half);
        var sin = Sin.narrow(0, 0, length).view(1, length, 1, half);
        var first = x_BTHS.narrow(3, 0, half);
        var second = x_BTHS.narrow(3, half, half);
        return cat([(first * cos) - (second * sin), (second * cos).Plus(first * sin)], 3);
    }

    public void Dispose()
    {
        Cos.Dispose();
        Sin.Dispose();
        NoWeight.Dispose();
    }
}
