using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Syrinx.Training.Distributed;

/// <summary>
/// The ranks of a job and what they tell each other: MPI_COMM_WORLD. A process of its own is a world of one, in which all of this costs nothing
/// and no MPI library is needed. For the one thread that joined; every rank must make the same calls in the same order.
/// </summary>
public sealed unsafe partial class World
{
    /// <summary>Seconds after which a silent rank counts as lost; 30 times as long may all wait for one that lives.</summary>
    public const string TimeoutVariable = "SYRINX_RANK_TIMEOUT";

    private readonly Stopwatch _waited = new();
    private readonly TimeSpan _patience;
    private readonly Lifeline? _lifeline;
    private long _arrivals;

    private World(int rank, int size, Action<string>? tell)
    {
        (Rank, Size) = (rank, size);
        Machines = [Environment.MachineName];
        if (size == 1)
            return;
        var silence = Silence(Environment.GetEnvironmentVariable(TimeoutVariable));
        _patience = 30 * silence;
        Machines = AllGatherText(Environment.MachineName);
        _lifeline = Lifeline.Connect(this, silence, tell ?? (_ => { }));
    }

    /// <summary>The world of a process that runs alone.</summary>
    public static World Alone { get; } = new(0, 1, null);

    /// <summary>This rank, from 0.</summary>
    public int Rank { get; }

    /// <summary>How many ranks there are.</summary>
    public int Size { get; }

    /// <summary>Whether this is rank 0, which alone writes files and speaks to the person.</summary>
    public bool IsFirst => Rank == 0;

    /// <summary>Whether all ranks agreed to end before the work was done, and none is waiting for another.</summary>
    public bool Stopped { get; internal set; }

    /// <summary>Name of the machine of each rank.</summary>
    internal IReadOnlyList<string> Machines { get; }

    /// <summary>Time that this rank spent waiting for others that were not as far.</summary>
    internal TimeSpan Waited => _waited.Elapsed;

    /// <summary>How often this rank has met the others: tells who is behind.</summary>
    internal long Arrivals => Interlocked.Read(ref _arrivals);

    /// <summary>What a person should do when a rank is lost.</summary>
    internal string Hint { get; set; } = "";

    /// <summary>Joins the job that the launcher's variables tell of; alone where they tell of none.</summary>
    /// <param name="tell">Given an error of another rank, from any thread, before this process ends because of it.</param>
    /// <exception cref="InputException">There is no Open MPI here, or the launcher is another MPI's.</exception>
    public static World Join(Action<string> tell)
    {
        var launch = RankLaunch.Current;
        if (launch.Size == 1)
            return Alone;
        if (launch.Problem is { } problem)
            throw new InputException(problem);
        var (rank, size) = Mpi.Initialize();
        if (size != launch.Size)
        {
            throw new InputException(
                $"The launcher started {launch.Size} ranks, but {Mpi.Version()} sees {size}: the launcher belongs to another MPI than the library.");
        }
        return new World(rank, size, tell);
    }

    /// <summary>This rank's share of <paramref name="count"/> things, which lie side by side.</summary>
    internal (int Begin, int End) Share(int count) => Share(count, Rank);

    /// <summary>A rank's share of <paramref name="count"/> things.</summary>
    internal (int Begin, int End) Share(int count, int rank) => ((int)((long)rank * count / Size), (int)((long)(rank + 1) * count / Size));

    /// <summary>Waits until every rank has come here, without keeping a core busy.</summary>
    /// <param name="what">What the ranks meet for, for the message if one doesn't come.</param>
    /// <param name="patient">Whether this may take as long as it likes: one rank works for all.</param>
    internal void Meet(string what, bool patient = false)
    {
        if (Size == 1)
            return;
        Interlocked.Increment(ref _arrivals);
        Mpi.Check(Mpi.MPI_Ibarrier(Mpi.CommWorld, out nint request), nameof(Mpi.MPI_Ibarrier));
        Idle(request, what, patient);
    }

    /// <summary>What rank 0 makes, on all ranks; the others wait, for as long as it takes.</summary>
    /// <param name="make">Called on rank 0 only; the result must survive JSON.</param>
    /// <param name="what">What is made, for messages.</param>
    internal T FromFirst<T>(Func<T> make, string what)
    {
        if (Size == 1)
            return make();
        byte[] text = IsFirst ? JsonSerializer.SerializeToUtf8Bytes(make()) : [];
        int length = text.Length;
        Interlocked.Increment(ref _arrivals);
        Mpi.Check(Mpi.MPI_Ibcast(&length, sizeof(int), Mpi.Byte, 0, Mpi.CommWorld, out nint request), nameof(Mpi.MPI_Ibcast));
        Idle(request, what, patient: true);
        if (!IsFirst)
            text = new byte[length];
        fixed (byte* bytes = text)
        {
            Mpi.Check(Mpi.MPI_Ibcast(bytes, length, Mpi.Byte, 0, Mpi.CommWorld, out request), nameof(Mpi.MPI_Ibcast));
            Busy(request, what);
        }
        return JsonSerializer.Deserialize<T>(text)!;
    }

    /// <summary>A few numbers of every rank, rank after rank, on all ranks.</summary>
    /// <param name="mine">This rank's numbers.</param>
    /// <param name="counts">How many each rank gives.</param>
    /// <param name="what">What they are, for messages.</param>
    internal T[] AllGather<T>(ReadOnlySpan<T> mine, IReadOnlyList<int> counts, string what) where T : unmanaged
    {
        if (Size == 1)
            return mine.ToArray();
        var all = new T[counts.Sum()];
        Interlocked.Increment(ref _arrivals);
        fixed (T* from = mine, to = all)
            AllGather(from, to, [.. counts.Select(c => c * sizeof(T))], what, bulk: false);
        return all;
    }

    /// <summary>The same where every rank gives as many.</summary>
    internal T[] AllGather<T>(ReadOnlySpan<T> mine, string what) where T : unmanaged =>
        AllGather(mine, [.. Enumerable.Repeat(mine.Length, Size)], what);

    /// <summary>Moves large numbers of bytes: each rank's part to all. The ranks should have met.</summary>
    internal void AllGatherBytes(void* mine, void* all, int[] counts, string what) => AllGather(mine, all, counts, what, bulk: true);

    /// <summary>Moves large numbers of bytes: part r of <paramref name="send"/> to rank r. The ranks should have met.</summary>
    internal void AllToAllBytes(void* send, int[] sendCounts, void* receive, int[] receiveCounts, string what)
    {
        int[] sendOffsets = Offsets(sendCounts), receiveOffsets = Offsets(receiveCounts);
        fixed (int* sc = sendCounts, so = sendOffsets, rc = receiveCounts, ro = receiveOffsets)
        {
            Mpi.Check(
                Mpi.MPI_Ialltoallv(send, sc, so, Mpi.Byte, receive, rc, ro, Mpi.Byte, Mpi.CommWorld, out nint request), nameof(Mpi.MPI_Ialltoallv));
            Busy(request, what);
        }
    }

    /// <summary>Sends bytes to a rank that receives as many.</summary>
    internal void Send(int to, ReadOnlySpan<byte> bytes, string what)
    {
        fixed (byte* from = bytes)
        {
            Mpi.Check(Mpi.MPI_Isend(from, bytes.Length, Mpi.Byte, to, 0, Mpi.CommWorld, out nint request), nameof(Mpi.MPI_Isend));
            Busy(request, what);
        }
    }

    /// <summary>Receives the bytes that a rank sends.</summary>
    internal void Receive(int from, Span<byte> bytes, string what)
    {
        fixed (byte* to = bytes)
        {
            Mpi.Check(Mpi.MPI_Irecv(to, bytes.Length, Mpi.Byte, from, 0, Mpi.CommWorld, out nint request), nameof(Mpi.MPI_Irecv));
            Busy(request, what);
        }
    }

    /// <summary>The work is done, or all have agreed to stop: waits for the others and leaves the job.</summary>
    public void Leave()
    {
        if (Size == 1)
            return;
        Meet("the end", patient: true);
        _lifeline!.Dispose();
        Mpi.Check(Mpi.MPI_Finalize(), nameof(Mpi.MPI_Finalize));
    }

    /// <summary>Ends the job on all ranks because of an error that this one has told of. Does not return.</summary>
    /// <param name="code">Exit code.</param>
    public void Abort(int code)
    {
        _lifeline?.Failed();
        _ = Mpi.MPI_Abort(Mpi.CommWorld, code);
        Exit(code);
    }

    /// <summary>
    /// Whether rank 0 fails as well within a moment. A mistake in the arguments or a loss that diverges is every rank's error; then rank 0's message is enough.
    /// </summary>
    public bool FirstFailsToo() => !IsFirst && _lifeline is { } lifeline && lifeline.FirstFails(TimeSpan.FromSeconds(1.5));

    /// <summary>Ends the process at once; neither MPI's nor libtorch's clean-up can be relied on when a rank is gone.</summary>
    [LibraryImport("libc", EntryPoint = "_exit")]
    internal static partial void Exit(int code);

    internal static TimeSpan Silence(string? value) => value is null ? TimeSpan.FromSeconds(60)
        : double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out double seconds) && seconds is >= 1 and <= 86_400
            ? TimeSpan.FromSeconds(seconds)
            : throw new InputException($"{TimeoutVariable}={value} must be a number of seconds from 1 to 86400.");

    /// <summary>A line of text of every rank.</summary>
    internal string[] AllGatherText(string mine)
    {
        if (Size == 1)
            return [mine];
        byte[] bytes = System.Text.Encoding.UTF8.GetBytes(mine);
        int[] lengths = AllGather<int>([bytes.Length], "names");
        byte[] all = AllGather<byte>(bytes, lengths, "names");
        int[] offsets = Offsets(lengths);
        return [.. lengths.Select((length, r) => System.Text.Encoding.UTF8.GetString(all, offsets[r], length))];
    }

    private void AllGather(void* mine, void* all, int[] counts, string what, bool bulk)
    {
        // the call only begins the exchange, and MPI reads the counts until it is done
        fixed (int* c = counts, o = Offsets(counts))
        {
            Mpi.Check(Mpi.MPI_Iallgatherv(mine, counts[Rank], Mpi.Byte, all, c, o, Mpi.Byte, Mpi.CommWorld, out nint request), nameof(Mpi.MPI_Iallgatherv));
            if (bulk)
                Busy(request, what);
            else
                Idle(request, what, patient: false);
        }
    }

    private static int[] Offsets(int[] counts)
    {
        var offsets = new int[counts.Length];
        for (int i = 1; i < counts.Length; i++)
            offsets[i] = checked(offsets[i - 1] + counts[i - 1]);
        return offsets;
    }

    private void Idle(nint request, string what, bool patient)
    {
        _waited.Start();
        Complete(request, what, patient ? TimeSpan.MaxValue : _patience, mostSleep: 5000);
        _waited.Stop();
    }

    private void Busy(nint request, string what) => Complete(request, what, _patience, mostSleep: 100);

    /// <summary>
    /// Asks MPI until the request is done. MPI's own waiting keeps a core busy, which on one machine is a core that another rank computes on;
    /// ours sleeps, the longer the longer it waits, and knows when to give up.
    /// </summary>
    private void Complete(nint request, string what, TimeSpan patience, int mostSleep)
    {
        long start = Stopwatch.GetTimestamp();
        while (true)
        {
            Mpi.Check(Mpi.MPI_Test(ref request, out int done, null), nameof(Mpi.MPI_Test));
            if (done != 0)
                return;
            var waited = Stopwatch.GetElapsedTime(start);
            if (waited > patience)
                throw new RankTimeoutException($"Waited {patience.TotalSeconds:0} s for {what}{_lifeline?.Behind()}. All ranks end. {Hint}".TrimEnd());
            double microseconds = waited.TotalMicroseconds;
            if (microseconds < 300)
                Thread.Yield();
            else
                _ = Sleep((uint)Math.Clamp(microseconds / 200, 50, mostSleep));
        }
    }

    // Thread.Sleep knows whole milliseconds only
    [LibraryImport("libc", EntryPoint = "usleep")]
    private static partial int Sleep(uint microseconds);
}
