using Syrinx.Inference;

namespace Syrinx.Evaluation;

/// <summary>
/// Many small pieces of work for one model, side by side: each thread has a session of its own, and the results come in the order of the
/// pieces. On short texts that is faster than to share each product among the threads.
/// </summary>
/// <param name="Model">The model, loaded for one thread; the threads are ours.</param>
/// <param name="Threads">Pieces at once.</param>
/// <param name="Progress">Told of the pieces done.</param>
/// <param name="Cancel">Stops between pieces.</param>
internal sealed record ParallelScoring(LanguageModel Model, int Threads, IProgress<StageProgress>? Progress, CancellationToken Cancel)
{
    /// <summary>Does <paramref name="work"/> for each piece with an empty session.</summary>
    /// <param name="pieces">The pieces.</param>
    /// <param name="unit">What progress counts.</param>
    /// <param name="work">The work; a function of its piece alone, so that the number of threads changes nothing.</param>
    public TResult[] Map<T, TResult>(IReadOnlyList<T> pieces, string unit, Func<InferenceSession, T, TResult> work)
    {
        var results = new TResult[pieces.Count];
        int done = 0;
        try
        {
            Parallel.For(0, pieces.Count, new ParallelOptions { MaxDegreeOfParallelism = Threads, CancellationToken = Cancel }, Model.StartSession,
                (i, _, session) =>
                {
                    session.Rewind(0);
                    results[i] = work(session, pieces[i]);
                    Progress?.Report(new("eval", Interlocked.Increment(ref done), pieces.Count, unit));
                    return session;
                },
                session => session.Dispose());
        }
        catch (AggregateException e) when (e.InnerExceptions.OfType<InputException>().FirstOrDefault() is { } input)
        {
            throw new InputException(input.Message, e);
        }
        return results;
    }
}
