using Syrinx.Ads;
using Syrinx.Server.Text;

namespace Syrinx.Server.Components.Ads;

/// <summary>A brief as it is being typed: every field a text. Used on the circuit's thread only.</summary>
public sealed class BriefDraft
{
    // the limits that AdBrief.Validated holds to
    internal const int MostFacts = 40, FactLength = 300, MostKeywords = 40, MostBanned = 200, WordLength = 60;

    public string Product { get; set; } = "";

    public string Url { get; set; } = "";

    public string Audience { get; set; } = "";

    /// <summary>The language of the copy: <c>en</c> or <c>zh-TW</c>.</summary>
    public string Language { get; set; } = "en";

    /// <summary>One a line.</summary>
    public string Facts { get; set; } = "";

    /// <summary>Between commas, or one a line.</summary>
    public string Keywords { get; set; } = "";

    public string Tone { get; set; } = "";

    public string CallToAction { get; set; } = "";

    /// <summary>Between commas, or one a line.</summary>
    public string Banned { get; set; } = "";

    public string Category { get; set; } = "";

    /// <summary>Whether there is nothing to keep.</summary>
    internal bool IsEmpty => string.IsNullOrWhiteSpace(Product + Url + Audience + Facts + Keywords + Tone + CallToAction + Banned + Category);

    /// <summary>Whether there is enough to write from.</summary>
    internal bool CanBeWritten => !string.IsNullOrWhiteSpace(Product) && !string.IsNullOrWhiteSpace(Facts);

    internal static BriefDraft Of(AdBrief brief) => new()
    {
        Product = brief.Product,
        Url = brief.Url,
        Audience = brief.Audience,
        Language = brief.Language,
        Facts = string.Join('\n', brief.Facts),
        Keywords = string.Join(", ", brief.Keywords),
        Tone = brief.Tone,
        CallToAction = brief.CallToAction,
        Banned = string.Join(", ", brief.Banned),
        Category = brief.Category,
    };

    /// <summary>What is typed, checked.</summary>
    /// <exception cref="InputException">Something is wrong that <see cref="Problems"/> does not know of.</exception>
    internal AdBrief ToBrief() => new AdBrief
    {
        Product = Product.Trim(),
        Url = Url.Trim(),
        Audience = Audience.Trim(),
        Language = Language,
        Facts = Lines(Facts),
        Keywords = Words(Keywords),
        Tone = Tone.Trim(),
        CallToAction = CallToAction.Trim(),
        Banned = Words(Banned),
        Category = Category.Trim(),
    }.Validated();

    /// <summary>What the advertiser has to mend, by the name of the field; the other fields' lengths the browser holds to.</summary>
    internal Dictionary<string, string> Problems(UiText text)
    {
        Dictionary<string, string> problems = [];
        if (Url.Trim() is { Length: > 0 } url && !SafeMarkdown.IsWeb(url))
            problems["url"] = text.UrlMustBeWeb;
        Check("facts", Lines(Facts), MostFacts, FactLength);
        Check("keywords", Words(Keywords), MostKeywords, WordLength);
        Check("banned", Words(Banned), MostBanned, WordLength);
        return problems;

        void Check(string field, List<string> values, int most, int length)
        {
            if (values.Count > most)
                problems[field] = text.TooManyLines(values.Count, most);
            else if (values.FindIndex(v => v.Length > length) is >= 0 and var i)
                problems[field] = text.LineTooLong(i + 1, values[i].Length, length);
        }
    }

    private static List<string> Lines(string text) =>
        [.. text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)];

    private static List<string> Words(string text) => [.. text.Split(
        ['\n', ',', '，', '、'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Distinct()];
}
