using System.Runtime.ExceptionServices;

namespace Syrinx.Data.Corpus;

/// <summary>Maps a stream in many threads and hands the results on in the stream's order, whatever the number of
/// threads.</summary>
internal static class OrderedBatches
{
    private const int BatchSize = 2048;

    /// <summary>Calls <paramref name="map"/> in up to <paramref name="threads"/> threads and yields its results in
    /// order.</summary>
    /// <exception cref="OperationCanceledException"><paramref name="cancel"/> was asked for.</exception>
    public static IEnumerable<TOut> Map<TIn, TOut>(
        IEnumerable<TIn> source, int threads, Func<TIn, TOut> map, CancellationToken cancel)
    {
        var options = new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancel };
        foreach (var batch in source.Chunk(BatchSize))
        {
            var results = new TOut[batch.Length];
            try
            {
                if (threads == 1)
                {
                    cancel.ThrowIfCancellationRequested();
                    for (int i = 0; i < batch.Length; i++)
                        results[i] = map(batch[i]);
                }
                else
                {
                    Parallel.For(0, batch.Length, options, i => results[i] = map(batch[i]));
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
