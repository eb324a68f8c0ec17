using Syrinx.Data.Corpus.Threads;

namespace Syrinx.Data.Corpus.Mixing;

/// <summary>
/// How often every conversation is in the corpus, so that sources have the weights and shares that a <see cref="CurateMix"/> asks
/// for. Which conversations of a source stay, where not all do, is decided by a hash of the thread: the same ones in every run.
/// Thread-safe.
/// </summary>
internal sealed class MixPlan
{
    private readonly PostTable _posts;
    private readonly double[] _rates; // by place

    /// <summary>Plans the corpus.</summary>
    /// <param name="mix">What is asked for, or null: every conversation once.</param>
    /// <param name="posts">All posts.</param>
    /// <param name="forest">Their conversations.</param>
    public MixPlan(CurateMix? mix, PostTable posts, ConversationForest forest)
    {
        _posts = posts;
        _rates = new double[posts.Places.Count];
        Array.Fill(_rates, 1);
        if (mix is null)
            return;
        var amounts = new double[_rates.Length]; // weighted letters by place
        foreach (int root in forest.Roots)
            amounts[posts[root].Place] += forest.ReadingOrder(root).Sum(p => (double)posts[p].Weight);
        var rules = posts.Places.Select(place => mix.Sources.FirstOrDefault(r => r.Fits(place))).ToList();
        for (int p = 0; p < _rates.Length; p++)
            _rates[p] = rules[p]?.Weight ?? 1;
        ScaleKinds(mix, amounts);
        ThinRules(mix, rules, amounts);
        for (int p = 0; p < _rates.Length; p++)
            _rates[p] = Math.Min(_rates[p], mix.MaxRepetitions);
        Rows = Describe(posts.Places, rules, amounts);
    }

    /// <summary>What came of it, by source, for the card; empty without a mix.</summary>
    public IReadOnlyList<MixRow> Rows { get; } = [];

    /// <summary>The most often that a conversation is in the corpus.</summary>
    public int MostCopies => (int)Math.Ceiling(_rates.DefaultIfEmpty(1).Max());

    /// <summary>How often the conversation of a root is in the corpus; 0: not at all.</summary>
    public int CopiesOf(int root)
    {
        double rate = _rates[_posts[root].Place];
        int whole = (int)rate;
        double rest = rate - whole;
        // the hash's upper half, as a number in 0…1; its lower digits decide about validation
        return rest > 0 && (_posts[root].Thread >> 32) / 4294967296.0 < rest ? whole + 1 : whole;
    }

    // Total' = rest / (1 − Σ shares); each listed kind gets its share of that, as far as there is enough of it.
    private void ScaleKinds(CurateMix mix, double[] amounts)
    {
        double Amount(Func<PostPlace, bool> of) =>
            _posts.Places.Index().Where(p => of(p.Item)).Sum(p => amounts[p.Index] * _rates[p.Index]);
        double rest = Amount(p => !mix.Shares.ContainsKey(p.Kind));
        if (rest == 0)
            return; // there is nothing that the kinds could have a share of
        double total = rest / (1 - mix.Shares.Values.Sum());
        foreach (var (kind, share) in mix.Shares)
        {
            double own = Amount(p => p.Kind == kind);
            foreach (var (i, place) in _posts.Places.Index())
            {
                if (place.Kind == kind && own > 0)
                    _rates[i] = Math.Min(_rates[i] * share * total / own, mix.MaxRepetitions);
            }
        }
    }

    // A source over its share is thinned until it has it; that makes the whole smaller and others' shares larger, hence the rounds.
    private void ThinRules(CurateMix mix, List<MixRule?> rules, double[] amounts)
    {
        for (int round = 0; round < 50; round++)
        {
            foreach (var rule in mix.Sources.Where(r => r.MaxShare < 1))
            {
                double total = _rates.Index().Sum(r => r.Item * amounts[r.Index]);
                double own = _rates.Index().Where(r => rules[r.Index] == rule).Sum(r => r.Item * amounts[r.Index]);
                double most = rule.MaxShare / (1 - rule.MaxShare) * (total - own);
                if (own <= most || most == 0)
                    continue;
                for (int p = 0; p < _rates.Length; p++)
                    _rates[p] *= rules[p] == rule ? most / own : 1;
            }
        }
    }

    private List<MixRow> Describe(IReadOnlyList<PostPlace> places, List<MixRule?> rules, double[] amounts)
    {
        double before = amounts.Sum(), after = _rates.Index().Sum(r => r.Item * amounts[r.Index]);
        return [.. places.Index().GroupBy(p => (rules[p.Index], p.Item.Kind)).Select(g => new MixRow(
                g.Key.Item1 is { } rule ? string.Join(' ', new[] { rule.Platform, rule.Community, rule.Kind ?? g.Key.Kind }.OfType<string>()) : g.Key.Kind,
                Share(g.Sum(p => amounts[p.Index]), before), Share(g.Sum(p => amounts[p.Index] * _rates[p.Index]), after),
                Share(g.Sum(p => amounts[p.Index] * _rates[p.Index]), g.Sum(p => amounts[p.Index]))))
            .OrderByDescending(r => r.ShareBefore).ThenBy(r => r.Source, StringComparer.Ordinal)];

        static double Share(double part, double whole) => whole == 0 ? 0 : Math.Round(part / whole, 4);
    }
}

/// <summary>A source in the mix.</summary>
/// <param name="Source">What its rule names, or its kind where no rule does.</param>
/// <param name="ShareBefore">Its part of the weighted letters before.</param>
/// <param name="ShareAfter">Its part after, as planned.</param>
/// <param name="Rate">How often a conversation of it is in the corpus, on average.</param>
public sealed record MixRow(string Source, double ShareBefore, double ShareAfter, double Rate);
