namespace Syrinx.Data.Posts.Import;

/// <summary>Runs work on several threads and gives the results in the order of the work.</summary>
internal static class OrderedPipeline
{
    /// <param name="work">Taken one by one on the caller's thread, a few ahead of the results.</param>
    /// <param name="threads">How many run at once.</param>
    /// <param name="cancel">Ends it between two results.</param>
    public static IEnumerable<T> Run<T>(IEnumerable<Func<T>> work, int threads, CancellationToken cancel)
    {
        if (threads <= 1)
        {
            foreach (var item in work)
            {
                cancel.ThrowIfCancellationRequested();
                yield return item();
            }
            yield break;
        }
        var running = new Queue<Task<T>>();
        foreach (var item in work)
        {
            cancel.ThrowIfCancellationRequested();
            running.Enqueue(Task.Run(item, cancel));
            if (running.Count > threads)
                yield return running.Dequeue().GetAwaiter().GetResult();
        }
        while (running.TryDequeue(out var task))
            yield return task.GetAwaiter().GetResult();
    }
}
