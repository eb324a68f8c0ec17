using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Syrinx.Inference.Kernels;

/// <summary>
/// Numbers that do not move, for kernels that work with pointers. The garbage collector frees them; who uses
/// <see cref="Pointer"/> keeps this alive meanwhile. Begins on a cache line.
/// </summary>
internal sealed unsafe class PinnedBuffer<T>
    where T : unmanaged
{
    private readonly T[] _array;
    private readonly int _offset;

    public PinnedBuffer(long length)
    {
        int padding = 64 / sizeof(T);
        if (length > Array.MaxLength - padding)
            throw new InputException($"{length} numbers of one tensor are more than one array holds ({Array.MaxLength}).");
        _array = GC.AllocateArray<T>((int)length + padding, pinned: true);
        nuint address = (nuint)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(_array));
        _offset = (int)((64 - address % 64) % 64) / sizeof(T);
        Length = (int)length;
        Pointer = (T*)address + _offset;
    }

    public int Length { get; }

    public T* Pointer { get; }

    public Span<T> Span => _array.AsSpan(_offset, Length);
}
