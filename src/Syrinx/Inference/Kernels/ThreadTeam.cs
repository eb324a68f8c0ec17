using System.Diagnostics;

namespace Syrinx.Inference.Kernels;

/// <summary>
/// A few threads that work together on short pieces of work, thousands of times a second, where
/// <see cref="Parallel"/> would cost as much as the work. Each begins with a part of its own, so that it reads memory from end
/// to end, and then helps the others. Between pieces they look out for the next one for some microseconds, then sleep.
/// Safe to share: while one caller has the team, another does its work alone.
/// </summary>
internal sealed class ThreadTeam : IDisposable
{
    private static readonly long SpinTicks = Stopwatch.Frequency / 20_000; // 50 µs

    private readonly Lock _oneCaller = new();
    private readonly object _sleep = new();
    private readonly Thread[] _workers;
    private volatile Work? _work;
    private volatile bool _stopped;
    private int _sleeping;

    public ThreadTeam(int threads)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        _workers = new Thread[threads - 1];
        for (int i = 0; i < _workers.Length; i++)
        {
            int member = i + 1;
            _workers[i] = new Thread(() => Look(member)) { IsBackground = true, Name = "Syrinx inference" };
            _workers[i].Start();
        }
    }

    public int Threads => _workers.Length + 1;

    /// <summary>
    /// Calls <paramref name="body"/> with 0 … <paramref name="count"/> − 1, in any order, and returns when all are done.
    /// </summary>
    public void Run(int count, Action<int> body)
    {
        if (count <= 1 || _workers.Length == 0 || !_oneCaller.TryEnter())
        {
            for (int i = 0; i < count; i++)
                body(i);
            return;
        }
        try
        {
            var work = new Work(count, Threads, body);
            _work = work;
            Interlocked.MemoryBarrier(); // write before read: see Look
            if (Volatile.Read(ref _sleeping) > 0)
            {
                lock (_sleep)
                    Monitor.PulseAll(_sleep);
            }
            work.Help(0);
            work.Wait();
        }
        finally
        {
            _work = null; // nothing is kept alive between generations
            _oneCaller.Exit();
        }
    }

    public void Dispose()
    {
        _stopped = true;
        lock (_sleep)
            Monitor.PulseAll(_sleep);
    }

    private void Look(int member)
    {
        Work? seen = null;
        while (!_stopped)
        {
            long until = Stopwatch.GetTimestamp() + SpinTicks;
            while (_work == seen && !_stopped && Stopwatch.GetTimestamp() < until)
                Thread.SpinWait(1);
            if (_work == seen)
            {
                lock (_sleep)
                {
                    // announced before looking once more, so that a caller either sees a sleeper or is seen
                    Interlocked.Increment(ref _sleeping);
                    while (_work == seen && !_stopped)
                        Monitor.Wait(_sleep);
                    Interlocked.Decrement(ref _sleeping);
                }
            }
            seen = _work;
            seen?.Help(member);
        }
    }

    private sealed class Work(int count, int members, Action<int> body)
    {
        private const int Apart = 16; // a cache line of counters

        private readonly int[] _taken = new int[members * Apart];
        private int _done;
        private Exception? _failure;

        /// <summary>Works on a member's own part, then on what is left of the others'.</summary>
        public void Help(int member)
        {
            int done = 0;
            for (int k = 0; k < members; k++)
            {
                int part = (member + k) % members;
                int first = (int)((long)count * part / members), end = (int)((long)count * (part + 1) / members);
                ref int taken = ref _taken[part * Apart];
                while (Volatile.Read(ref taken) < end - first)
                {
                    int i = first + Interlocked.Increment(ref taken) - 1;
                    if (i >= end)
                        break;
                    try
                    {
                        body(i);
                    }
                    catch (Exception e)
                    {
                        _failure = e;
                    }
                    done++;
                }
            }
            Interlocked.Add(ref _done, done);
        }

        public void Wait()
        {
            // a worker that the system has put aside in the middle of its piece: give it the processor
            var spin = new SpinWait();
            while (Volatile.Read(ref _done) < count)
            {
                if (spin.Count < 20)
                    spin.SpinOnce(sleep1Threshold: -1);
                else
                    Thread.Yield();
            }
            if (_failure is not null)
                throw new InvalidOperationException("A piece of parallel work failed.", _failure);
        }
    }
}
