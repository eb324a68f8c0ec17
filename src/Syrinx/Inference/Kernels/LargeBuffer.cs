using System.Runtime.InteropServices;

namespace Syrinx.Inference.Kernels;

/// <summary>
/// Much memory that is read from end to end: zeroed, outside the garbage collector's, in large pages where Linux gives them
/// for the asking, so that addresses are translated 512 times less often.
/// </summary>
internal sealed unsafe partial class LargeBuffer : IDisposable
{
    private const nuint PageSize = 2 << 20;
    private const int LargePages = 14; // MADV_HUGEPAGE of madvise(2)

    public LargeBuffer(long bytes)
    {
        nuint size = ((nuint)bytes + PageSize - 1) / PageSize * PageSize;
        Pointer = (byte*)NativeMemory.AlignedAlloc(size, PageSize);
        if (OperatingSystem.IsLinux())
            _ = Advise(Pointer, size, LargePages); // only a wish
        NativeMemory.Clear(Pointer, size);
    }

    ~LargeBuffer() => NativeMemory.AlignedFree(Pointer);

    public byte* Pointer { get; private set; }

    public void Dispose()
    {
        NativeMemory.AlignedFree(Pointer);
        Pointer = null;
        GC.SuppressFinalize(this);
    }

    [LibraryImport("libc", EntryPoint = "madvise")]
    private static partial int Advise(void* address, nuint length, int advice);
}
