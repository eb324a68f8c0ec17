using System.Text.RegularExpressions;

namespace Syrinx.Ads;

/// <summary>
/// The advertising policy of <c>Data/policy.json</c>: categories, what comes of them, and the words by which they are recognised.
/// It recognises words, not meanings. Loaded once; immutable and safe to share between threads.
/// </summary>
internal sealed class AdPolicy
{
    public const string Allowed = "allowed", Restricted = "restricted", Prohibited = "prohibited";

    // the category that asks an ad to speak to people
    private const string ForReaders = "quality";

    private static readonly Lazy<AdPolicy> Loaded = new(() => new(DataFiles.Read<List<CategoryData>>("policy.json")));

    private readonly List<Category> _categories;

    private AdPolicy(List<CategoryData> data) => _categories = [.. data.Select(d => new Category(
        d.Id, d.Title, d.TitleZh, d.Outcome, d.ByCountry ?? new Dictionary<string, string>(), d.Condition, d.ConditionZh,
        WordPattern.Any(d.About), WordPattern.Any(d.Words), WordPattern.Any(d.Except)))];

    public static AdPolicy Default => Loaded.Value;

    /// <summary>What the brief's category and product alone bring with them.</summary>
    public IEnumerable<AdPolicyRule> Of(AdBrief brief)
    {
        foreach (var category in _categories)
        {
            foreach (var (field, text) in new[] { ("category", brief.Category), ("product", brief.Product) })
            {
                if (Found(category, category.About, FoldedText.Of(text)) is { } found)
                {
                    yield return Rule(category, brief.Country, found, field, null);
                    break;
                }
            }
        }
    }

    /// <summary>What the words of a value bring with them.</summary>
    public IEnumerable<AdPolicyRule> In(FoldedText text, string? country, string field, int? index) => _categories
        .Select(c => (Category: c, Found: Found(c, c.Words, text) ?? (c.Id == ForReaders && OrdersToJudges.Default.Find(text.Text, field == "paths") is { } order
            ? text.OriginalOf(order.Start, order.End) : null)))
        .Where(c => c.Found is not null)
        .Select(c => Rule(c.Category, country, c.Found!, field, index));

    /// <summary>The heaviest outcome of all rules.</summary>
    public static string VerdictOf(IEnumerable<AdPolicyRule> rules) => rules.Aggregate(Allowed, (verdict, rule) =>
        rule.Outcome == Prohibited || verdict == Prohibited ? Prohibited : Restricted);

    private static string? Found(Category category, Regex? words, FoldedText text)
    {
        if (words is null)
            return null;
        var excepted = category.Except?.Matches(text.Text).Select(m => (m.Index, End: m.Index + m.Length)).ToList() ?? [];
        return words.Matches(text.Text).FirstOrDefault(m => !excepted.Any(e => e.Index < m.Index + m.Length && m.Index < e.End)) is { } match
            ? text.OriginalOf(match.Index, match.Index + match.Length) : null;
    }

    private static AdPolicyRule Rule(Category category, string? country, string found, string field, int? index)
    {
        string outcome = country is not null && category.ByCountry.TryGetValue(country, out string? there) ? there : category.Outcome;
        string where = outcome == category.Outcome || country is null ? "" : $" ({country})";
        return new(category.Id, outcome, found, field, index)
        {
            Why = new(
                $"“{found}” falls under {category.Title}, which is {outcome}{where}. {category.Condition}",
                $"「{found}」屬於{category.TitleZh}，{(outcome == Prohibited ? "禁止刊登" : "須符合限制條件")}{where}。{category.ConditionZh}"),
        };
    }

    private sealed record Category(
        string Id, string Title, string TitleZh, string Outcome, IReadOnlyDictionary<string, string> ByCountry, string Condition, string ConditionZh,
        Regex? About, Regex? Words, Regex? Except);

    private sealed record CategoryData(
        string Id, string Title, string TitleZh, string Outcome, string Condition, string ConditionZh, IReadOnlyList<string> About,
        IReadOnlyList<string> Words, IReadOnlyList<string> Except, IReadOnlyDictionary<string, string>? ByCountry = null);
}
