namespace Syrinx.Ads;

/// <summary>
/// Writes ads from a brief's facts. The same brief, format, count and seed give the same ads, unless a model drafts. Safe to
/// share between threads.
/// </summary>
public static class AdGenerator
{
    /// <summary>The most variants that one call writes.</summary>
    public const int MaxCount = 50;

    /// <summary>The key under which drafts are counted that say too much the same as another.</summary>
    public const string TooSimilar = "too_similar";

    private const int DraftsPerVariant = 8;
    private const double FarEnough = 0.6;

    /// <summary>The angles, in the order in which variants take turns.</summary>
    public static IReadOnlyList<string> Angles { get; } = ["price", "benefit", "urgency", "proof", "question"];

    /// <summary>Writes variants.</summary>
    /// <param name="brief">A checked brief.</param>
    /// <param name="format">Whose limits hold.</param>
    /// <param name="count">How many are wanted, 1 to <see cref="MaxCount"/>.</param>
    /// <param name="seed">Another seed gives other ads.</param>
    /// <param name="model">May propose drafts; it is used only if enough of them pass every check.</param>
    /// <param name="cancel">Stops the work.</param>
    /// <exception cref="InputException"><paramref name="count"/> is out of range.</exception>
    public static async Task<AdGeneration> GenerateAsync(
        AdBrief brief, AdFormat format, int count, ulong seed, AdModel? model = null, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(brief);
        ArgumentNullException.ThrowIfNull(format);
        if (count is < 1 or > MaxCount)
            throw new InputException($"The count of variants must be 1 to {MaxCount}, but it is {count}.");
        var checker = new AdChecker(brief);
        var material = new CopyMaterial(brief, checker);
        var rejected = new SortedDictionary<string, int>(StringComparer.Ordinal);
        var (drafts, report) = model is null
            ? ([], AdModelReport.None)
            : await ModelDrafts.AskAsync(model, brief, format, material, checker, Math.Min(count, ModelDrafts.MaxDrafts), seed, rejected, cancel).ConfigureAwait(false);
        var pool = new List<Candidate>(drafts.Select(d => new Candidate(d.Draft, d.Verdict, Variety.WordsOf(d.Draft.Fields, brief))));
        AddTemplates(pool, brief, format, count, seed, material, checker, rejected, cancel);
        var chosen = Choose(pool, count, material.Angles, rejected);
        return new([.. chosen.Select(c => Variant(c, chosen, format, brief, material))], rejected, report, format.Name, brief.Language)
        {
            BriefProblems = checker.BriefProblems,
            Short = chosen.Count < count ? Shortfall(chosen.Count, count, checker, material, rejected) : null,
        };
    }

    private static void AddTemplates(
        List<Candidate> pool, AdBrief brief, AdFormat format, int count, ulong seed, CopyMaterial material, AdChecker checker,
        SortedDictionary<string, int> rejected, CancellationToken cancel)
    {
        var composer = new Composer(material, format);
        var random = new SeededRandom(seed);
        var seen = new HashSet<string>();
        if (material.Facts.Count == 0)
            return;
        for (int i = 0; i < count * DraftsPerVariant; i++)
        {
            cancel.ThrowIfCancellationRequested();
            if (composer.Compose(material.Angles[i % material.Angles.Count], random) is not { } draft
                || !seen.Add(string.Join('\n', draft.Fields.All.SelectMany(f => f.Value).Select(FoldedText.Fold))))
                continue;
            var verdict = checker.Check(format, draft.Fields, cancel);
            if (verdict.Ok)
                pool.Add(new(draft, verdict, Variety.WordsOf(draft.Fields, brief)));
            else
                Count(rejected, verdict);
        }
    }

    /// <summary>Counts a refused draft under each rule that it broke.</summary>
    internal static void Count(SortedDictionary<string, int> rejected, AdVerdict verdict)
    {
        foreach (string rule in verdict.Problems.Select(p => p.Rule).Distinct())
            rejected[rule] = rejected.GetValueOrDefault(rule) + 1;
    }

    /// <summary>
    /// Takes turns over the angles; of an angle's candidates the one furthest from those chosen already, a model's before a template's.
    /// </summary>
    private static List<Candidate> Choose(List<Candidate> pool, int count, IReadOnlyList<string> angles, SortedDictionary<string, int> rejected)
    {
        var chosen = new List<Candidate>();
        var left = pool.ToList();
        while (chosen.Count < count)
        {
            string angle = angles[chosen.Count % angles.Count];
            left.RemoveAll(c => chosen.Any(o => Variety.Distance(o.Words, c.Words) < Variety.MinDistance));
            if (left.Count == 0)
                break;
            var next = left
                .OrderBy(c => c.Draft.Source == "model" ? 0 : 1)
                .ThenBy(c => c.Draft.Angle == angle ? 0 : 1)
                // far enough is enough: then the one that says more
                .ThenByDescending(c => chosen.Count == 0 ? 0 : Math.Round(Math.Min(FarEnough, chosen.Min(o => Variety.Distance(o.Words, c.Words))), 1))
                .ThenByDescending(c => c.Words.Count)
                .First();
            chosen.Add(next);
            left.Remove(next);
        }
        int similar = pool.Count - chosen.Count - left.Count;
        if (similar > 0)
            rejected[TooSimilar] = similar;
        return chosen;
    }

    private static AdVariant Variant(Candidate candidate, List<Candidate> chosen, AdFormat format, AdBrief brief, CopyMaterial material)
    {
        var (draft, verdict, words) = candidate;
        string whole = string.Join('\n', draft.Fields.All.SelectMany(f => f.Value));
        double room = format.Fields.SelectMany(f => draft.Fields[f.Name].Select(v => Math.Min(1, (double)TextLength.Of(v, f).Length / f.Limit))).DefaultIfEmpty().Average();
        int told = brief.Facts.Count(f => verdict.Claims.Any(c => c.Fact == f) || material.Facts.Concat(material.Clauses)
            .Any(p => brief.Facts[p.Fact] == f && whole.Contains(p.Text, StringComparison.OrdinalIgnoreCase)));
        double keywords = brief.Keywords.Count == 0 ? 1 : (double)brief.Keywords.Count(k => whole.Contains(k, StringComparison.OrdinalIgnoreCase)) / brief.Keywords.Count;
        double difference = chosen.Where(o => o != candidate).Select(o => Variety.Distance(o.Words, words)).DefaultIfEmpty(1).Min();
        var parts = new AdScoreParts(Math.Round(room, 3), Math.Round((double)told / brief.Facts.Count, 3), Math.Round(keywords, 3), Math.Round(difference, 3));
        double score = Math.Round((parts.Room + parts.Facts + parts.Keywords + parts.Difference) / 4, 3);
        return new(draft.Fields, verdict.Lengths, verdict.Claims, verdict.Policy, score, parts, draft.Angle, draft.Source);
    }

    private static Sentence Shortfall(int found, int wanted, AdChecker checker, CopyMaterial material, SortedDictionary<string, int> rejected)
    {
        if (checker.BriefProblems.FirstOrDefault(p => p.Rule == AdRules.Policy) is { } policy)
            return new($"No ads: {policy.In(AdLanguage.English)}", $"無法產生廣告：{policy.In(AdLanguage.TraditionalChinese)}");
        if (checker.BriefProblems.FirstOrDefault(p => p.Field == "product") is { } product && found == 0)
            return new($"No ads: the product's name itself is refused. {product.In(AdLanguage.English)}", $"無法產生廣告：產品名稱本身未通過檢查。{product.In(AdLanguage.TraditionalChinese)}");
        if (material.Facts.Count == 0)
            return new("No ads: none of the brief's facts can be used.", "無法產生廣告：brief 中沒有可用的事實。");
        return rejected.ContainsKey(TooSimilar)
            ? new($"{found} of {wanted}: with {material.Facts.Count} usable {(material.Facts.Count == 1 ? "fact" : "facts")} the others would have said nearly the same. Add facts or keywords.",
                $"只有 {found}／{wanted} 則：可用的事實只有 {material.Facts.Count} 條，其餘版本會過於相似。請補充事實或關鍵字。")
            : new($"{found} of {wanted}: the product's name and the facts are too long for the limits of this format. Add shorter facts.",
                $"只有 {found}／{wanted} 則：產品名稱與事實對此格式的上限而言太長，請補充較短的事實。");
    }

    private sealed record Candidate(Draft Draft, AdVerdict Verdict, HashSet<string> Words);
}
