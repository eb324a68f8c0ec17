namespace Syrinx.Inference;

/// <summary>More generations are asked for than may wait: 429 in an API.</summary>
public sealed class QueueFullException : Exception
{
    /// <param name="running">Generations that run.</param>
    /// <param name="waiting">Generations that wait.</param>
    /// <param name="retryAfter">When one of them is likely to have ended.</param>
    internal QueueFullException(int running, int waiting, TimeSpan retryAfter)
        : base($"{running} generations run and {waiting} wait, which is all that may. Try again in {retryAfter.TotalSeconds:0} seconds.") =>
        RetryAfter = retryAfter;

    /// <summary>When to ask again.</summary>
    public TimeSpan RetryAfter { get; }
}
