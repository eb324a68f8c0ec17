using System.Runtime.ExceptionServices;
using static TorchSharp.torch;

namespace Syrinx.Training.Optimization;

/// <summary>
/// Threads of its own for micro-batches: libtorch keeps its thread count and its dispose scopes per thread, so pool threads of
/// .NET will not do. One caller at a time.
/// </summary>
internal sealed class WorkerPool : IDisposable
{
    private readonly Thread[] _threads;
    private readonly SemaphoreSlim[] _begin;
    private readonly CountdownEvent _done;
    private readonly Exception?[] _errors;
    private Action<int>? _body;

    /// <summary>Starts the threads.</summary>
    /// <param name="workers">How many.</param>
    /// <param name="threadsEach">Threads that libtorch may use inside one operation of one worker.</param>
    public WorkerPool(int workers, int threadsEach)
    {
        _begin = [.. Enumerable.Range(0, workers).Select(_ => new SemaphoreSlim(0))];
        _done = new CountdownEvent(workers);
        _errors = new Exception?[workers];
        _threads = [.. Enumerable.Range(0, workers).Select(i => new Thread(() => Work(i, threadsEach)) { IsBackground = true, Name = $"train {i}" })];
        foreach (var thread in _threads)
            thread.Start();
    }

    /// <summary>How many workers there are.</summary>
    public int Count => _threads.Length;

    /// <summary>Calls <paramref name="body"/> with 0 … Count − 1, each on its own thread, and waits for all.</summary>
    public void Run(Action<int> body)
    {
        _body = body;
        _done.Reset();
        foreach (var begin in _begin)
            begin.Release();
        _done.Wait();
        if (Array.Find(_errors, e => e is not null) is { } error)
        {
            Array.Clear(_errors);
            ExceptionDispatchInfo.Throw(error);
        }
    }

    public void Dispose()
    {
        _body = null;
        foreach (var begin in _begin)
            begin.Release();
        foreach (var thread in _threads)
            thread.Join();
        _done.Dispose();
        foreach (var begin in _begin)
            begin.Dispose();
    }

    private void Work(int index, int threadsEach)
    {
        // the first call in a thread makes libtorch copy the count of whichever thread set one last; the second is ours
        set_num_threads(threadsEach);
        _ = get_num_threads();
        set_num_threads(threadsEach);
        while (true)
        {
            _begin[index].Wait();
            if (_body is not { } body)
                return;
            try
            {
                using var scope = NewDisposeScope();
                body(index);
            }
            catch (Exception e)
            {
                _errors[index] = e;
            }
            _done.Signal();
        }
    }
}
