using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http;
using Syrinx.Server.OpenAi;

namespace Syrinx.Server.Serving;

/// <summary>
/// The one gate before the engine: a few replies are decoded at a time, some wait their turn in order, the rest are told
/// to come again (429). Pages and API pass through the same gate. Safe to share between threads.
/// </summary>
public sealed class GenerationGate : IDisposable
{
    /// <summary>Replies decoded at a time: the engine reads a model's weights once for all of them.</summary>
    public const int Running = 64;

    /// <summary>Requests that wait.</summary>
    public const int Waiting = 16;

    private readonly ConcurrencyLimiter _limiter = new(new()
    {
        PermitLimit = Running,
        QueueLimit = Waiting,
        QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
    });

    /// <summary>Replies that are being decoded now.</summary>
    internal int Active => Running - (int)_limiter.GetStatistics()!.CurrentAvailablePermits;

    /// <summary>Requests that wait now.</summary>
    internal int Queued => (int)_limiter.GetStatistics()!.CurrentQueuedCount;

    /// <summary>Waits for a place; dispose what is returned to give it free. Null where the queue is full.</summary>
    public async Task<IDisposable?> TryEnter(CancellationToken cancel)
    {
        var lease = await _limiter.AcquireAsync(1, cancel);
        if (lease.IsAcquired)
            return lease;
        lease.Dispose();
        return null;
    }

    /// <summary>As <see cref="TryEnter"/>, for the API.</summary>
    /// <exception cref="ApiException">429: the queue is full.</exception>
    internal async Task<IDisposable> Enter(CancellationToken cancel) => await TryEnter(cancel) ?? throw Full();

    /// <summary>What a program is told while the queue is full.</summary>
    internal static ApiException Full() => new(StatusCodes.Status429TooManyRequests,
        $"The server is busy: {Running} replies are being written and {Waiting} requests wait. Try again in a few seconds.",
        code: "rate_limit_exceeded")
    { RetryAfter = TimeSpan.FromSeconds(5) };

    /// <inheritdoc/>
    public void Dispose() => _limiter.Dispose();
}
