using System.Collections.Concurrent;

namespace Syrinx.Data.Corpus;

/// <summary>Maps a stream in many threads and hands the results on in the stream's order, whatever the number of
/// threads. Reading goes on while results are computed, a few batches ahead.</summary>
internal static class OrderedBatches
{
    private const int BatchSize = 256;
    private const int AheadPerThread = 8;

    /// <summary>Calls <paramref name="map"/> in up to <paramref name="threads"/> threads and yields its results in
    /// order.</summary>
    /// <param name="source">The stream.</param>
    /// <param name="threads">Most threads.</param>
    /// <param name="map">Called once per item.</param>
    /// <param name="cancel">Stops the work.</param>
    /// <param name="batch">Items that a thread takes at a time: one, where an item is much work.</param>
    /// <exception cref="OperationCanceledException"><paramref name="cancel"/> was asked for.</exception>
    public static IEnumerable<TOut> Map<TIn, TOut>(
        IEnumerable<TIn> source, int threads, Func<TIn, TOut> map, CancellationToken cancel, int batch = BatchSize) =>
        MapBatches(source, threads, items => Array.ConvertAll(items, x => map(x)), cancel, batch).SelectMany(results => results);

    /// <summary>The same a batch at a time, for maps that can share work within one.</summary>
    /// <inheritdoc cref="Map"/>
    public static IEnumerable<TOut> MapBatches<TIn, TOut>(
        IEnumerable<TIn> source, int threads, Func<TIn[], TOut> map, CancellationToken cancel, int batch = BatchSize)
    {
        if (threads == 1)
        {
            foreach (var items in source.Chunk(batch))
            {
                cancel.ThrowIfCancellationRequested();
                yield return map(items);
            }
            yield break;
        }
        using var work = new BlockingCollection<(TIn[] Batch, TaskCompletionSource<TOut> Done)>();
        var workers = new Task[threads];
        for (int t = 0; t < threads; t++)
            workers[t] = Task.Factory.StartNew(() => Work(work, map), TaskCreationOptions.LongRunning);
        var waiting = new Queue<Task<TOut>>();
        try
        {
            foreach (var items in source.Chunk(batch))
            {
                cancel.ThrowIfCancellationRequested();
                var done = new TaskCompletionSource<TOut>();
                work.Add((items, done), cancel);
                waiting.Enqueue(done.Task);
                while (waiting.Count > AheadPerThread * threads || waiting.TryPeek(out var next) && next.IsCompleted)
                    yield return waiting.Dequeue().GetAwaiter().GetResult();
            }
            while (waiting.TryDequeue(out var next))
                yield return next.GetAwaiter().GetResult();
        }
        finally
        {
            while (work.TryTake(out _)) { }
            work.CompleteAdding();
            Task.WaitAll(workers, CancellationToken.None);
        }
    }

    private static void Work<TIn, TOut>(
        BlockingCollection<(TIn[] Batch, TaskCompletionSource<TOut> Done)> work, Func<TIn[], TOut> map)
    {
        foreach (var (batch, done) in work.GetConsumingEnumerable())
        {
            try
            {
                done.SetResult(map(batch));
            }
            catch (Exception e)
            {
                done.SetException(e);
            }
        }
    }
}
