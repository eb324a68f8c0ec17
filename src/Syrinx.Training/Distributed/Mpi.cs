// The few functions of MPI that data-parallel training takes. Every number is moved as bytes and added by our own code, so that the order of
// additions, and with it the last bit, is ours and not the MPI library's.
//
// Open MPI's handles are the addresses of exported variables, where MPICH's are integers: this is for Open MPI 4 and 5, libmpi.so.40.
using System.Runtime.InteropServices;

namespace Syrinx.Training.Distributed;

/// <summary>Open MPI. Calls come from the thread that called <see cref="Initialize"/> only, but for <see cref="Version"/>.</summary>
public static unsafe partial class Mpi
{
    private const string Library = "libmpi.so.40";

    /// <summary>MPI_THREAD_FUNNELED: the process has threads, one of them speaks MPI.</summary>
    private const int Funneled = 1;

    private static readonly Lazy<nint> Loaded = new(Load);

    internal static nint CommWorld { get; private set; }

    internal static nint Byte { get; private set; }

    /// <summary>What the library calls itself: <c>Open MPI v4.1.4, …</c>.</summary>
    /// <exception cref="InputException">There is no Open MPI on this machine; the message says how to get it.</exception>
    public static string Version()
    {
        _ = Loaded.Value;
        byte* text = stackalloc byte[256]; // MPI_MAX_LIBRARY_VERSION_STRING
        MPI_Get_library_version(text, out int length);
        return Marshal.PtrToStringUTF8((nint)text, length).TrimEnd('\0');
    }

    /// <summary>Joins the job; waits for the other ranks to do so.</summary>
    /// <exception cref="InputException">There is no Open MPI on this machine.</exception>
    internal static (int Rank, int Size) Initialize()
    {
        nint library = Loaded.Value;
        Check(MPI_Init_thread(null, null, Funneled, out int provided), nameof(MPI_Init_thread));
        if (provided < Funneled)
            throw new InputException($"This Open MPI was built without threads, which Syrinx needs: {Version()}.");
        CommWorld = NativeLibrary.GetExport(library, "ompi_mpi_comm_world");
        Byte = NativeLibrary.GetExport(library, "ompi_mpi_byte");
        // by default MPI ends the process itself where a call fails; we would rather tell what we were doing
        Check(MPI_Comm_set_errhandler(CommWorld, NativeLibrary.GetExport(library, "ompi_mpi_errors_return")), nameof(MPI_Comm_set_errhandler));
        Check(MPI_Comm_rank(CommWorld, out int rank), nameof(MPI_Comm_rank));
        Check(MPI_Comm_size(CommWorld, out int size), nameof(MPI_Comm_size));
        return (rank, size);
    }

    /// <summary>Throws where a call failed.</summary>
    internal static void Check(int code, string call)
    {
        if (code == 0)
            return;
        byte* text = stackalloc byte[512]; // MPI_MAX_ERROR_STRING is 256
        int length = 0;
        bool told = MPI_Error_string(code, text, out length) == 0;
        throw new InvalidOperationException($"{call} failed: {(told ? Marshal.PtrToStringUTF8((nint)text, length) : $"code {code}")}");
    }

    private static nint Load()
    {
        if (!NativeLibrary.TryLoad(Library, out nint library))
        {
            throw new InputException(
                $"Several ranks need Open MPI, and {Library} is not on this machine: install Debian's or Ubuntu's openmpi-bin (apt-get install openmpi-bin).");
        }
        return NativeLibrary.TryGetExport(library, "ompi_mpi_comm_world", out _) ? library
            : throw new InputException($"{Library} on this machine is not Open MPI's; install openmpi-bin.");
    }

    [LibraryImport(Library)]
    private static partial int MPI_Get_library_version(byte* version, out int length);

    [LibraryImport(Library)]
    private static partial int MPI_Init_thread(void* argumentCount, void* arguments, int required, out int provided);

    [LibraryImport(Library)]
    private static partial int MPI_Comm_set_errhandler(nint comm, nint handler);

    [LibraryImport(Library)]
    private static partial int MPI_Comm_rank(nint comm, out int rank);

    [LibraryImport(Library)]
    private static partial int MPI_Comm_size(nint comm, out int size);

    [LibraryImport(Library)]
    private static partial int MPI_Error_string(int code, byte* text, out int length);

    [LibraryImport(Library)]
    internal static partial int MPI_Ibarrier(nint comm, out nint request);

    [LibraryImport(Library)]
    internal static partial int MPI_Ibcast(void* buffer, int count, nint type, int root, nint comm, out nint request);

    [LibraryImport(Library)]
    internal static partial int MPI_Iallgatherv(
        void* send, int sendCount, nint sendType, void* receive, int* counts, int* offsets, nint receiveType, nint comm, out nint request);

    [LibraryImport(Library)]
    internal static partial int MPI_Ialltoallv(
        void* send, int* sendCounts, int* sendOffsets, nint sendType,
        void* receive, int* receiveCounts, int* receiveOffsets, nint receiveType, nint comm, out nint request);

    [LibraryImport(Library)]
    internal static partial int MPI_Isend(void* buffer, int count, nint type, int to, int tag, nint comm, out nint request);

    [LibraryImport(Library)]
    internal static partial int MPI_Irecv(void* buffer, int count, nint type, int from, int tag, nint comm, out nint request);

    [LibraryImport(Library)]
    internal static partial int MPI_Test(ref nint request, out int done, void* status);

    [LibraryImport(Library)]
    internal static partial int MPI_Abort(nint comm, int code);

    [LibraryImport(Library)]
    internal static partial int MPI_Finalize();
}
