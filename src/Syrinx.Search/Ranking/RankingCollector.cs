using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Util;
using Syrinx.Search.Indexing;

namespace Syrinx.Search.Ranking;

/// <summary>
/// Sees every matching post once: ranks it, counts it into the facets, and keeps the best. Ties go to the post that was
/// indexed first, so the same query on the same index always gives the same list. One search, one collector.
/// </summary>
internal sealed class RankingCollector(int keep, bool byTime, bool collapse, long newest) : ICollector
{
    private readonly PriorityQueue<Ranked, Ranked> _best = new(Comparer<Ranked>.Create(static (a, b) => b.CompareTo(a)));
    private readonly Dictionary<long, Ranked> _threads = [];
    private readonly Dictionary<int, int> _months = [];
    private readonly Dictionary<string, int> _communities = [];
    private readonly Dictionary<string, int> _languages = [];
    private Scorer _scorer = null!;
    private NumericDocValues _created = null!;
    private NumericDocValues _engagement = null!;
    private NumericDocValues _flags = null!;
    private NumericDocValues _thread = null!;
    private FacetCounter? _community;
    private FacetCounter? _language;
    private int _docBase;

    public int Total { get; private set; }

    public bool AcceptsDocsOutOfOrder => false;

    public void SetScorer(Scorer scorer) => _scorer = scorer;

    public void SetNextReader(AtomicReaderContext context)
    {
        EndSegment();
        var reader = context.AtomicReader;
        _docBase = context.DocBase;
        _created = reader.GetNumericDocValues(IndexFields.CreatedValue);
        _engagement = reader.GetNumericDocValues(IndexFields.EngagementValue);
        _flags = reader.GetNumericDocValues(IndexFields.FlagsValue);
        _thread = reader.GetNumericDocValues(IndexFields.ThreadValue);
        _community = new(reader.GetSortedDocValues(IndexFields.CommunityValue));
        _language = new(reader.GetSortedDocValues(IndexFields.LanguageValue));
    }

    public void Collect(int doc)
    {
        Total++;
        long created = _created.Get(doc);
        if (created != IndexFields.NoTime)
        {
            int month = MonthOf(created);
            _months[month] = _months.GetValueOrDefault(month) + 1;
        }
        _community!.Count(doc);
        _language!.Count(doc);

        float engagement = J2N.BitConversion.Int32BitsToSingle((int)_engagement.Get(doc));
        double prior = Prior.Of(created, newest, engagement, (_flags.Get(doc) & IndexFields.Demoted) != 0);
        double score = byTime ? prior : _scorer.GetScore() * prior;
        var ranked = new Ranked(byTime ? created : score, _docBase + doc, score);
        if (collapse)
        {
            long thread = _thread.Get(doc);
            if (!_threads.TryGetValue(thread, out var other) || ranked.CompareTo(other) < 0)
                _threads[thread] = ranked;
            return;
        }
        Keep(ranked);
    }

    /// <summary>The best, the best first.</summary>
    public List<Ranked> Best()
    {
        foreach (var ranked in _threads.Values)
            Keep(ranked);
        var best = new List<Ranked>(_best.Count);
        while (_best.TryDequeue(out var worst, out _))
            best.Add(worst);
        best.Reverse();
        return best;
    }

    public IReadOnlyList<FacetCount> Months() =>
        [.. _months.OrderBy(m => m.Key).Select(m => new FacetCount($"{m.Key / 12:0000}-{m.Key % 12 + 1:00}", m.Value))];

    public IReadOnlyList<FacetCount> Communities()
    {
        EndSegment();
        return Most(_communities);
    }

    public IReadOnlyList<FacetCount> Languages()
    {
        EndSegment();
        return Most(_languages);
    }

    private void Keep(Ranked ranked)
    {
        if (_best.Count < keep)
            _best.Enqueue(ranked, ranked);
        else if (keep > 0 && ranked.CompareTo(_best.Peek()) < 0)
            _best.EnqueueDequeue(ranked, ranked);
    }

    private void EndSegment()
    {
        _community?.AddTo(_communities);
        _language?.AddTo(_languages);
        _community = _language = null;
    }

    private static IReadOnlyList<FacetCount> Most(Dictionary<string, int> counts) =>
        [.. counts.Select(c => new FacetCount(c.Key, c.Value)).OrderByDescending(c => c.Count)
            .ThenBy(c => c.Value, StringComparer.Ordinal).Take(50)];

    /// <summary>Months since the year 0, from Unix seconds, by Hinnant's civil-from-days arithmetic.</summary>
    private static int MonthOf(long seconds)
    {
        var time = DateTime.UnixEpoch.AddSeconds(Math.Clamp(seconds, -62_135_596_800, 253_402_300_799));
        return time.Year * 12 + time.Month - 1;
    }

    /// <summary>A post's place: first by key, the higher the better, then in the order of the index.</summary>
    public readonly record struct Ranked(double Key, int Doc, double Score) : IComparable<Ranked>
    {
        public int CompareTo(Ranked other) => Key != other.Key ? other.Key.CompareTo(Key) : Doc.CompareTo(other.Doc);
    }

    /// <summary>Counts a segment's values by ordinal; names are looked up once each, at the end.</summary>
    private sealed class FacetCounter(SortedDocValues values)
    {
        private readonly int[] _counts = new int[values.ValueCount];

        public void Count(int doc)
        {
            int ordinal = values.GetOrd(doc);
            if (ordinal >= 0)
                _counts[ordinal]++;
        }

        public void AddTo(Dictionary<string, int> counts)
        {
            var name = new BytesRef();
            for (int ordinal = 0; ordinal < _counts.Length; ordinal++)
            {
                if (_counts[ordinal] == 0)
                    continue;
                values.LookupOrd(ordinal, name);
                if (name.Length > 0)
                    counts[name.Utf8ToString()] = counts.GetValueOrDefault(name.Utf8ToString()) + _counts[ordinal];
            }
        }
    }
}
