namespace Syrinx.Tokens;

/// <summary>Encodes many texts on several threads, in their order.</summary>
public static class ParallelEncoding
{
    private const int BatchChars = 1 << 23;

    /// <summary>The tokens of each item, in the items' order, whatever the number of threads.</summary>
    /// <param name="tokenizer">The tokenizer.</param>
    /// <param name="items">Items, streamed in batches of about eight million characters.</param>
    /// <param name="text">An item's text.</param>
    /// <param name="threads">Threads to encode with.</param>
    /// <param name="cancel">Stops the encoding.</param>
    public static IEnumerable<(T Item, int[] Tokens)> EncodeAll<T>(
        this BpeTokenizer tokenizer, IEnumerable<T> items, Func<T, string> text, int threads, CancellationToken cancel)
    {
        var options = new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancel };
        foreach (var batch in Batches(items, text))
        {
            var tokens = new int[batch.Count][];
            Parallel.For(0, batch.Count, options, i => tokens[i] = tokenizer.Encode(text(batch[i])));
            for (int i = 0; i < batch.Count; i++)
                yield return (batch[i], tokens[i]);
        }
    }

    private static IEnumerable<List<T>> Batches<T>(IEnumerable<T> items, Func<T, string> text)
    {
        var batch = new List<T>();
        long chars = 0;
        foreach (var item in items)
        {
            batch.Add(item);
            chars += text(item).Length + 16;
            if (chars < BatchChars)
                continue;
            yield return batch;
            (batch, chars) = ([], 0);
        }
        yield return batch;
    }
}
