using Microsoft.AspNetCore.Http;
using Syrinx.Server.Keys;
using Syrinx.Server.OpenAi;

namespace Syrinx.Server.Serving;

/// <summary>
/// The one gate before the engine: so many replies are decoded together, some wait their turn, by priority and then in order, the rest
/// are told to come again (429). Pages and API pass through the same gate. A server that ends lets in nobody new (503) and waits for
/// those inside. Safe to share between threads.
/// </summary>
public sealed class GenerationGate
{
    /// <summary>Replies decoded at a time: the engine reads a model's weights once for all of them.</summary>
    public const int Running = 64;

    /// <summary>Requests that wait.</summary>
    public const int Waiting = 16;

    private readonly Lock _lock = new();
    private readonly PriorityQueue<Waiter, (int Priority, long Ticket)> _queue = new();
    private readonly TaskCompletionSource _empty = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _tickets;
    private int _active, _queued;

    /// <summary>Whether the server is ending.</summary>
    public bool Draining { get; private set; }

    /// <summary>Replies that are being decoded now.</summary>
    internal int Active => _active;

    /// <summary>Requests that wait now.</summary>
    internal int Queued => _queued;

    /// <summary>Waits for a place; dispose what is returned to give it free. Null where the queue is full, or the server is ending.</summary>
    /// <exception cref="OperationCanceledException">Cancelled while waiting.</exception>
    public async Task<IDisposable?> TryEnter(CancellationToken cancel, KeyPriority priority = KeyPriority.Normal)
    {
        cancel.ThrowIfCancellationRequested();
        Waiter waiter;
        lock (_lock)
        {
            if (Draining)
                return null;
            if (_active < Running)
            {
                _active++;
                return new Place(this);
            }
            if (_queued == Waiting)
                return null;
            _queued++;
            _queue.Enqueue(waiter = new(), (-(int)priority, _tickets++));
        }
        await using var left = cancel.Register(() => Leave(waiter, cancel));
        return await waiter.Turn.Task;
    }

    /// <summary>As <see cref="TryEnter"/>, for the API.</summary>
    /// <exception cref="ApiException">429: the queue is full; 503: the server is ending.</exception>
    internal async Task<IDisposable> Enter(CancellationToken cancel, KeyPriority priority = KeyPriority.Normal) =>
        await TryEnter(cancel, priority) ?? throw (Draining ? Ending() : Full());

    /// <summary>Lets nobody new in, sends away who waits, and waits until those inside have left, or for so long.</summary>
    public async Task Drain(TimeSpan most)
    {
        List<Waiter> waiting = [];
        lock (_lock)
        {
            Draining = true;
            while (_queue.TryDequeue(out var waiter, out _))
                waiting.Add(waiter);
            if (_active == 0)
                _empty.TrySetResult();
        }
        foreach (var waiter in waiting)
        {
            if (waiter.Turn.TrySetResult(null))
                Interlocked.Decrement(ref _queued);
        }
        await Task.WhenAny(_empty.Task, Task.Delay(most));
    }

    /// <summary>What a program is told while the queue is full.</summary>
    internal static ApiException Full() => new(StatusCodes.Status429TooManyRequests,
        $"The server is busy: {Running} replies are being written and {Waiting} requests wait. Try again in a few seconds.",
        code: "rate_limit_exceeded")
    { RetryAfter = TimeSpan.FromSeconds(5) };

    private static ApiException Ending() => new(StatusCodes.Status503ServiceUnavailable, "The server is ending. Try again in a moment.")
    { RetryAfter = TimeSpan.FromSeconds(5) };

    private void Leave(Waiter waiter, CancellationToken cancel)
    {
        if (waiter.Turn.TrySetCanceled(cancel))
            Interlocked.Decrement(ref _queued); // it stays in the queue until its turn, and is passed over then
    }

    private void Release()
    {
        lock (_lock)
        {
            while (_queue.TryDequeue(out var next, out _))
            {
                if (!next.Turn.TrySetResult(new Place(this)))
                    continue;
                Interlocked.Decrement(ref _queued);
                return; // the place is the next one's
            }
            if (--_active == 0 && Draining)
                _empty.TrySetResult();
        }
    }

    private sealed class Waiter
    {
        public TaskCompletionSource<IDisposable?> Turn { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    private sealed class Place(GenerationGate gate) : IDisposable
    {
        private int _left;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _left, 1) == 0)
                gate.Release();
        }
    }
}
