using Syrinx.Data.Corpus.Text;

namespace Syrinx.Data.Corpus.Duplicates;

/// <summary>
/// Exact and near duplicates among n texts. It holds per text a 128-bit digest and 14 band hashes, never the text: candidates are
/// read again through a function to be verified. Adding is for one thread; signatures may be computed in many.
/// </summary>
/// <param name="threshold">Least Jaccard similarity of the shingle sets of near duplicates.</param>
internal sealed class DuplicateFinder(double threshold)
{
    // In a bucket a text is compared with this many members of every other cluster, and with this many in all, at most: the ten
    // thousand hourly posts of a weather bot, one bucket, would otherwise be compared each with each.
    private const int MaxTriesPerCluster = 16;
    private const int MaxTries = 64;

    private readonly List<TextSignature> _signatures = [];

    /// <summary>Takes the next text's signature; an empty one (no text) is nobody's duplicate.</summary>
    public void Add(TextSignature signature) => _signatures.Add(signature);

    /// <summary>Finds the clusters.</summary>
    /// <param name="read">Reads the normalised text of the i-th signature; called from this thread only.</param>
    /// <param name="progress">Told how many of the candidates' bands are done, 0…14.</param>
    /// <param name="cancel">Stops between buckets.</param>
    public DuplicateClusters Find(Func<int, string> read, Action<int>? progress, CancellationToken cancel)
    {
        int n = _signatures.Count;
        var same = new UnionFind(n);
        var alike = new UnionFind(n); // same, and texts that differ in the numbers in them only

        var firsts = new Dictionary<UInt128, int>(n);
        var templates = new Dictionary<UInt128, int>(n);
        for (int i = 0; i < n; i++)
        {
            if (_signatures[i].IsEmpty)
                continue;
            if (!firsts.TryAdd(_signatures[i].Digest, i))
                same.Join(i, firsts[_signatures[i].Digest]);
            if (!templates.TryAdd(_signatures[i].Template, i))
                alike.Join(i, templates[_signatures[i].Template]);
        }

        // of exact duplicates only the first takes part in the search for near ones
        int[] members = [.. firsts.Values.Where(i => _signatures[i].Bands.Length > 0)];
        Array.Sort(members);
        var keys = new ulong[members.Length];
        var order = new int[members.Length];
        var shingles = new ShingleCache(read);
        for (int band = 0; band < MinHash.Bands; band++)
        {
            for (int k = 0; k < members.Length; k++)
            {
                keys[k] = _signatures[members[k]].Bands[band];
                order[k] = members[k];
            }
            Array.Sort(keys, order);
            for (int start = 0, end; start < keys.Length; start = end)
            {
                end = start + 1;
                while (end < keys.Length && keys[end] == keys[start])
                    end++;
                if (end - start == 1)
                    continue;
                cancel.ThrowIfCancellationRequested();
                var bucket = order.AsSpan(start, end - start);
                bucket.Sort(); // the store's order, whatever the sort above did with equal keys
                JoinBucket(bucket, same, alike, shingles);
            }
            progress?.Invoke(band + 1);
        }
        return new DuplicateClusters(same, alike, firsts.Values);
    }

    private void JoinBucket(ReadOnlySpan<int> bucket, UnionFind same, UnionFind alike, ShingleCache shingles)
    {
        // the bucket's members so far, by cluster
        Dictionary<int, List<int>> groups = new() { [same.Find(bucket[0])] = [bucket[0]] };
        foreach (int member in bucket[1..])
        {
            int left = MaxTries;
            foreach (var (root, others) in groups)
            {
                if (left <= 0)
                    break;
                if (same.Find(root) == same.Find(member))
                    continue;
                for (int t = 0; t < others.Count && t < MaxTriesPerCluster && left > 0; t++)
                {
                    left--;
                    int other = others[t];
                    if (_signatures[member].CannotReach(_signatures[other], threshold)
                        || Shingles.Jaccard(shingles.Of(member), shingles.Of(other)) < threshold)
                        continue;
                    alike.Join(member, other);
                    if (TextNormalizer.DifferInNumbersOnly(shingles.TextOf(member), shingles.TextOf(other)))
                        continue;
                    same.Join(member, other);
                    break;
                }
            }
            int own = same.Find(member);
            if (groups.TryGetValue(own, out var list))
                list.Add(member);
            else
                groups[own] = [member];
        }
    }

    /// <summary>The texts of candidates are read again and again within a bucket; a few thousand are kept.</summary>
    private sealed class ShingleCache(Func<int, string> read)
    {
        private const int Capacity = 4096;
        private readonly Dictionary<int, (string Text, uint[] Shingles)> _kept = [];

        public uint[] Of(int index) => Get(index).Shingles;

        public string TextOf(int index) => Get(index).Text;

        private (string Text, uint[] Shingles) Get(int index)
        {
            if (_kept.TryGetValue(index, out var entry))
                return entry;
            if (_kept.Count == Capacity)
                _kept.Clear();
            string text = read(index);
            return _kept[index] = (text, Shingles.Of(text));
        }
    }
}
