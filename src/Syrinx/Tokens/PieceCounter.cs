using System.Runtime.InteropServices;

namespace Syrinx.Tokens;

/// <summary>
/// Counts the distinct pieces that the pre-tokenizer cuts texts into: all that BPE training needs of a corpus, however
/// large. Batches of texts are counted in parallel; batch limits depend on the texts alone, so the counts do not depend
/// on the number of threads.
/// </summary>
internal sealed class PieceCounter(PreTokenizer preTokenizer, int threads)
{
    /// <summary>Above this the rarest pieces are forgotten (some 200 MB); they would hardly have become tokens.</summary>
    private const int MostPieces = 2_000_000;

    /// <summary>Pieces longer than this are noise, such as encoded images: no token comes of them.</summary>
    private const int LongestPiece = 512;

    private const int BatchChars = 1 << 22;
    private const int ChunkChars = 1 << 18;

    /// <summary>How often each piece occurs.</summary>
    public Dictionary<string, long> Counts { get; private set; } = [];

    /// <summary>Counts the pieces of texts that are already normalised.</summary>
    public void Add(IEnumerable<string> texts, Action<long> progress, CancellationToken cancel)
    {
        var chunks = new List<List<string>> { new() };
        long chars = 0, chunkChars = 0, done = 0;
        foreach (string text in texts)
        {
            if (chunkChars + text.Length > ChunkChars && chunks[^1].Count > 0)
            {
                chunks.Add([]);
                chunkChars = 0;
            }
            chunks[^1].Add(text);
            chunkChars += text.Length;
            chars += text.Length;
            if (chars < BatchChars)
                continue;
            CountBatch(chunks, cancel);
            progress(done += chars);
            (chunks, chars, chunkChars) = ([[]], 0, 0);
        }
        CountBatch(chunks, cancel);
        progress(done + chars);
    }

    private void CountBatch(List<List<string>> chunks, CancellationToken cancel)
    {
        var counted = new Dictionary<string, long>[chunks.Count];
        Parallel.For(0, chunks.Count, new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancel },
            i => counted[i] = Count(chunks[i]));
        foreach (var chunk in counted)
        {
            foreach (var (piece, count) in chunk)
                CollectionsMarshal.GetValueRefOrAddDefault(Counts, piece, out _) += count;
        }
        for (long rare = 1; Counts.Count > MostPieces; rare *= 2)
            Counts = Counts.Where(c => c.Value > rare).ToDictionary();
    }

    private Dictionary<string, long> Count(List<string> texts)
    {
        var counts = new Dictionary<string, long>();
        var lookup = counts.GetAlternateLookup<ReadOnlySpan<char>>();
        var ends = new List<int>();
        foreach (string text in texts)
        {
            preTokenizer.Split(text, ends);
            int start = 0;
            foreach (int end in ends)
            {
                // a single byte needs no merge
                if (end - start <= LongestPiece && (end - start > 1 || text[start] > '\x7F'))
                    CollectionsMarshal.GetValueRefOrAddDefault(lookup, text.AsSpan(start, end - start), out _)++;
                start = end;
            }
        }
        return counts;
    }
}
