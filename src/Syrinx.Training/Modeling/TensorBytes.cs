using System.Runtime.InteropServices;
using Syrinx.Models;
using static TorchSharp.torch;

namespace Syrinx.Training.Modeling;

/// <summary>Tensors' bytes, to and from files.</summary>
internal static class TensorBytes
{
    /// <summary>A tensor for a safetensors file. It is read when the file is written.</summary>
    public static TensorSource Source(string name, Tensor tensor, TensorType type) => new(name, type, tensor.shape, stream =>
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        stream.Write(OnHost(tensor, type).bytes);
    });

    /// <summary>A tensor in the machine's memory and a file's type.</summary>
    public static Tensor OnHost(Tensor tensor, TensorType type) => tensor.to(type switch
    {
        TensorType.BFloat16 => ScalarType.BFloat16,
        TensorType.Float16 => ScalarType.Float16,
        _ => ScalarType.Float32,
    }).cpu().contiguous();

    /// <summary>Overwrites a fp32 tensor on any device with numbers from memory.</summary>
    public static void CopyFrom(Tensor tensor, Action<Span<float>> fill)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var host = empty(tensor.shape, ScalarType.Float32);
        fill(MemoryMarshal.Cast<byte, float>(host.bytes));
        tensor.copy_(host);
    }
}
