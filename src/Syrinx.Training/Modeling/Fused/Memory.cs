using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace Syrinx.Training.Modeling.Fused;

/// <summary>Addresses of tensors in the machine's memory, for kernels written in C#.</summary>
internal static unsafe class Memory
{
    /// <summary>Whether kernels written in C# can work on a tensor.</summary>
    public static bool Reaches(Tensor tensor) =>
        tensor.device.type == TorchSharp.DeviceType.CPU && tensor.dtype is ScalarType.Float32 or ScalarType.BFloat16;

    /// <summary>The address of a contiguous tensor's first number. The tensor must outlive its use.</summary>
    public static void* Of(Tensor tensor)
    {
        if (!tensor.is_contiguous())
            throw new ArgumentException("The tensor is not contiguous.", nameof(tensor));
        return Unsafe.AsPointer(ref MemoryMarshal.GetReference(tensor.bytes));
    }
}
