using Syrinx.Models;
using Syrinx.Tokens;

namespace Syrinx.Training.Data;

/// <summary>Puts canaries between the documents of a token shard, each as a document of its own.</summary>
internal static class CanaryShard
{
    private const int ChunkTokens = 1 << 16;

    /// <summary>
    /// Copies a shard with every canary as often as the set says, at places that its seed draws: evenly over the tokens, each moved on to
    /// the end of the document it falls into.
    /// </summary>
    /// <param name="source">The shard.</param>
    /// <param name="canaries">Which canaries.</param>
    /// <param name="tokenizer">What the shard's tokens are of.</param>
    /// <param name="target">The new shard's file.</param>
    /// <param name="cancel">Stops the work; an unfinished shard leaves nothing.</param>
    /// <exception cref="InputException">The text is a single document.</exception>
    public static void Write(string source, CanarySet canaries, BpeTokenizer tokenizer, string target, CancellationToken cancel)
    {
        int end = tokenizer.RequiredTokenId(BpeTokenizer.EndOfText);
        using var shard = TokenShard.Open(source);
        using var writer = new TokenShardWriter(target, tokenizer.VocabSize, end);
        var places = new Queue<(long At, int[] Ids)>(Places(canaries, tokenizer, shard.Count));
        var document = new List<int>();
        var chunk = new int[ChunkTokens];
        long documents = 0;
        for (long start = 0; start < shard.Count; start += ChunkTokens)
        {
            cancel.ThrowIfCancellationRequested();
            var part = chunk.AsSpan(0, (int)Math.Min(ChunkTokens, shard.Count - start));
            shard.Read(start, part);
            for (int i = 0; i < part.Length; i++)
            {
                if (part[i] != end)
                {
                    document.Add(part[i]);
                    continue;
                }
                documents++;
                writer.Append(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(document));
                document.Clear();
                while (places.TryPeek(out var next) && next.At <= start + i)
                    writer.Append(places.Dequeue().Ids);
            }
        }
        if (documents < 2)
            throw new InputException("canaries stand between documents, but the text to train on is a single one: train on the corpus or on JSON lines, or set canaries to 0.");
        writer.Complete();
    }

    private static IEnumerable<(long At, int[] Ids)> Places(CanarySet canaries, BpeTokenizer tokenizer, long count)
    {
        var random = new CounterRandom(canaries.Seed, CounterRandom.Stream.Canaries);
        ulong draw = 0;
        var places = new List<(long At, int[] Ids)>();
        foreach (int repetitions in CanarySet.Repetitions)
        {
            foreach (var canary in canaries.Of(repetitions))
            {
                // apart, as the evaluation asks the model
                int[] ids = [.. tokenizer.Encode(canary.Prefix), .. tokenizer.Encode(canary.Secret)];
                for (int i = 0; i < repetitions; i++)
                    places.Add((random.Below(draw++, count), ids));
            }
        }
        return places.OrderBy(p => p.At);
    }
}
