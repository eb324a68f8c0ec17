namespace Syrinx.Data.Corpus.Duplicates;

/// <summary>
/// Compares the members of a bucket and says which are near duplicates, exactly verified. What it decides depends on the bucket
/// and on the clusters as they were before the band, never on other threads. For one thread.
/// </summary>
/// <param name="shingles">The members' shingle sets.</param>
/// <param name="same">Clusters so far, flattened; not changed here.</param>
/// <param name="templates">For each text the first that is the same but for numbers.</param>
/// <param name="threshold">Least Jaccard similarity.</param>
internal sealed class BucketJoiner(ShingleCache shingles, UnionFind same, int[] templates, double threshold)
{
    // A member is compared with so many of another cluster, and with so many in all: the ten thousand hourly posts of a weather
    // bot, one bucket, would otherwise be compared each with each. In a bucket beyond all measure with fewer still.
    private const int MaxTriesPerCluster = 16;
    private const int MaxTries = 64;
    private const int HugeBucket = 10_000;
    private const int MaxTriesOfHuge = 8;

    private readonly Dictionary<int, Group> _groups = [];
    private readonly List<Group> _order = [];

    /// <summary>Joins what belongs together: pairs are appended to <paramref name="joined"/>.</summary>
    public void Join(ReadOnlySpan<int> bucket, List<(int A, int B)> joined)
    {
        if (bucket.Length == 2)
        {
            if (same.RootOf(bucket[0]) != same.RootOf(bucket[1]) && AreNear(bucket[0], bucket[1]))
                joined.Add((bucket[0], bucket[1]));
            return;
        }
        _groups.Clear();
        _order.Clear();
        foreach (int member in bucket)
        {
            int root = same.RootOf(member);
            if (!_groups.TryGetValue(root, out var own))
                _groups[root] = own = new();
            own = Compare(member, own.Top(), bucket.Length > HugeBucket ? MaxTriesOfHuge : MaxTries, joined);
            if (own.Members.Count == 0)
                _order.Add(own);
            own.Members.Add(member);
        }
    }

    /// <summary>Compares a member with the other groups; returns the group that its own is part of then.</summary>
    private Group Compare(int member, Group own, int tries, List<(int A, int B)> joined)
    {
        for (int g = 0; g < _order.Count && tries > 0; g++)
        {
            var other = _order[g];
            if (other == own || other.MergedInto is not null)
                continue;
            int left = Math.Min(MaxTriesPerCluster, tries);
            for (int t = 0; t < other.Members.Count && left > 0; t++)
            {
                left--;
                tries--;
                if (!AreNear(member, other.Members[t]))
                    continue;
                joined.Add((member, other.Members[t]));
                other.Members.AddRange(own.Members);
                own.MergedInto = other;
                own = other;
                break;
            }
        }
        return own;
    }

    // Texts of one template differ in numbers only: two prices are two posts.
    private bool AreNear(int a, int b)
    {
        if (templates[a] == templates[b])
            return false;
        uint[] x = shingles.Of(a), y = shingles.Of(b);
        return Math.Min(x.Length, y.Length) >= threshold * Math.Max(x.Length, y.Length) && Shingles.Jaccard(x, y) >= threshold;
    }

    private sealed class Group
    {
        public List<int> Members { get; } = [];

        public Group? MergedInto { get; set; }

        public Group Top()
        {
            var top = this;
            while (top.MergedInto is { } next)
                top = next;
            return top;
        }
    }
}
