using System.Diagnostics;

namespace Syrinx.Inference.Kernels;

/// <summary>
/// A few threads that work together on short pieces of work, thousands of times a second, where
/// <see cref="Parallel"/> would cost as much as the work. Between pieces they look out for the next one for some
/// microseconds, then sleep. Safe to share: while one caller has the team, another does its work alone.
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
            _workers[i] = new Thread(Look) { IsBackground = true, Name = "Syrinx inference" };
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
            var work = new Work(count, body);
            _work = work;
            Interlocked.MemoryBarrier(); // write before read: see Look
            if (Volatile.Read(ref _sleeping) > 0)
            {
                lock (_sleep)
                    Monitor.PulseAll(_sleep);
            }
            work.Help();
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

    private void Look()
    {
        Work? seen = null;
        while (!_stopped)
        {
            long until = Stopwatch.GetTimestamp() + SpinTicks;
            while (_work == seen && !_stopped && Stopwatch.GetTimestamp() < until)
                Thread.SpinWait(16);
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
            seen?.Help();
        }
    }

    private sealed class Work(int count, Action<int> body)
    {
        private int _next;
        private int _done;
        private Exception? _failure;

        public void Help()
        {
            for (int i = Interlocked.Increment(ref _next) - 1; i < count; i = Interlocked.Increment(ref _next) - 1)
            {
                try
                {
                    body(i);
                }
                catch (Exception e)
                {
                    _failure = e;
                }
                Interlocked.Increment(ref _done);
            }
        }

        public void Wait()
        {
            // a worker that the system has put aside in the middle of its piece: give it the processor
            var spin = new SpinWait();
            while (Volatile.Read(ref _done) < count)
                spin.SpinOnce(sleep1Threshold: -1);
            if (_failure is not null)
                throw new InvalidOperationException("A piece of parallel work failed.", _failure);
        }
    }
}
