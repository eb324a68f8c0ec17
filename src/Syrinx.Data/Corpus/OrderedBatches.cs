using System.Runtime.ExceptionServices;

namespace Syrinx.Data.Corpus;

/// <summary>Maps a stream in many threads and hands the results on in the stream's order, whatever the number of
/// threads.</summary>
internal static class OrderedBatches
{
    private const int BatchSize = 2048;

    /// <summary>Calls <paramref name="map"/> in up to <paramref name="threads"/> threads and yields its results in
    /// order.</summary>
    /// <param name="source">The stream.</param>
    /// <param name="threads">Most threads.</param>
    /// <param name="map">Called once per item.</param>
    /// <param name="cancel">Stops the work.</param>
    /// <param name="batch">Items that are in memory at a time.</param>
    /// <exception cref="OperationCanceledException"><paramref name="cancel"/> was asked for.</exception>
    public static IEnumerable<TOut> Map<TIn, TOut>(
        IEnumerable<TIn> source, int threads, Func<TIn, TOut> map, CancellationToken cancel,
        int batch = BatchSize)
    {
        var options = new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancel };
        foreach (var items in source.Chunk(batch))
        {
            var results = new TOut[items.Length];
            try
            {
                if (threads == 1)
                {
                    cancel.ThrowIfCancellationRequested();
                    for (int i = 0; i < items.Length; i++)
                        results[i] = map(items[i]);
                }
                else
                {
                    Parallel.For(0, items.Length, options, i => results[i] = map(items[i]));
                }
            }
            catch (AggregateException e)
            {
                ExceptionDispatchInfo.Throw(e.InnerExceptions[0]);
            }
            foreach (var result in results)
                yield return result;
        }
    }
}
