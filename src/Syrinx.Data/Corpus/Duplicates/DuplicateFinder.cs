namespace Syrinx.Data.Corpus.Duplicates;

/// <summary>
/// Exact and near duplicates among the texts of a signature file. Texts with the same digest are exact duplicates; of these the
/// first takes part in the search for near ones: who shares a band of <see cref="MinHash"/> is a candidate, is read again and
/// joined if the Jaccard similarity of the shingle sets, computed exactly, reaches the threshold. Texts that differ in numbers
/// only are never joined. In memory are 16 bytes a text and the rows of one round (<see cref="Buckets"/>), about 100 MB.
/// </summary>
/// <param name="signatures">Flushed; read column by column.</param>
/// <param name="threshold">Least Jaccard similarity of near duplicates.</param>
/// <param name="threads">Threads to use; the clusters are the same for any number.</param>
/// <param name="rowsPerRound">Rows in memory at once, 12 bytes each; the clusters are the same for any number.</param>
internal sealed class DuplicateFinder(SignatureFile signatures, double threshold, int threads, int rowsPerRound = 1 << 23)
{
    private readonly Buckets _buckets = new(signatures, threads, rowsPerRound);

    /// <summary>Finds the clusters.</summary>
    /// <param name="read">Reads the normalised text of the i-th signature; called from several threads.</param>
    /// <param name="progress">Told how many of the columns are done, 0…16.</param>
    /// <param name="cancel">Stops between partitions.</param>
    public DuplicateClusters Find(Func<int, string> read, Action<int>? progress, CancellationToken cancel)
    {
        int[] firsts = Firsts(TextSignature.Digest, _ => true, cancel);
        progress?.Invoke(1);
        int[] templates = Firsts(TextSignature.Template, i => firsts[i] == i, cancel);
        progress?.Invoke(2);
        for (int i = 0; i < firsts.Length; i++)
            templates[i] = templates[firsts[i]];

        var same = new UnionFind(firsts.Length);
        for (int i = 0; i < firsts.Length; i++)
            same.Join(i, firsts[i]);
        same.Flatten();
        for (int band = 0; band < MinHash.Bands; band++)
        {
            var joined = _buckets.Map(TextSignature.FirstBand + band, i => firsts[i] == i, buckets =>
            {
                List<(int, int)>? pairs = null;
                BucketJoiner? joiner = null;
                while (buckets.Next())
                {
                    joiner ??= new(new ShingleCache(read), same, templates, threshold);
                    joiner.Join(buckets.Rows, pairs ??= []);
                }
                return pairs;
            }, cancel);
            foreach (var (a, b) in joined.OfType<List<(int A, int B)>>().SelectMany(pairs => pairs))
                same.Join(a, b);
            same.Flatten();
            progress?.Invoke(band + 3);
        }

        var alike = new UnionFind(firsts.Length);
        for (int i = 0; i < firsts.Length; i++)
        {
            alike.Join(i, templates[i]);
            alike.Join(i, same.RootOf(i));
        }
        alike.Flatten();
        return new DuplicateClusters(firsts, same, alike);
    }

    /// <summary>For each text the first one with the same value in a column; itself where it is the first or has none.</summary>
    private int[] Firsts(int column, Func<int, bool> takesPart, CancellationToken cancel)
    {
        int[] firsts = [.. Enumerable.Range(0, signatures.Count)];
        _buckets.Map(column, takesPart, buckets =>
        {
            while (buckets.Next())
            {
                foreach (int row in buckets.Rows)
                    firsts[row] = buckets.Rows[0];
            }
            return 0;
        }, cancel);
        return firsts;
    }
}
