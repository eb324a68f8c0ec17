using System.Text.Json.Serialization;

namespace Syrinx.Ads;

/// <summary>The rules by which copy is refused; the names that reports use.</summary>
public static class AdRules
{
    /// <summary>A value is longer than its limit.</summary>
    public const string TooLong = "too_long";

    /// <summary>A field has fewer values than it needs, or an empty one.</summary>
    public const string TooFew = "too_few";

    /// <summary>A field has more values than it may have.</summary>
    public const string TooMany = "too_many";

    /// <summary>A character that platforms refuse.</summary>
    public const string InvalidCharacter = "invalid_character";

    /// <summary>A value stands twice.</summary>
    public const string Duplicate = "duplicate";

    /// <summary>A claim that no fact of the brief supports.</summary>
    public const string UnsupportedClaim = "unsupported_claim";

    /// <summary>A word that the brief bans.</summary>
    public const string BannedWord = "banned_word";

    /// <summary>Something that the platform's advertising policy does not allow.</summary>
    public const string Policy = "policy";
}

/// <summary>One thing that is wrong with an ad. JSON: <c>field index rule reason</c> and <c>found</c>.</summary>
/// <param name="Field">The field; empty when it is about the brief as a whole.</param>
/// <param name="Index">Which value of a list, from 0; null for a field that is not a list, or for the whole list.</param>
/// <param name="Rule">One of <see cref="AdRules"/>.</param>
/// <param name="Found">The words of the copy that it is about, or empty.</param>
public sealed record AdProblem(string Field, int? Index, string Rule, string Found)
{
    /// <summary>Why, in English.</summary>
    public string Reason => In(AdLanguage.English);

    /// <summary>What the sentence is made from.</summary>
    [JsonIgnore]
    internal Sentence Why { get; init; } = new("", "");

    /// <summary>Why, in a sentence for people.</summary>
    public string In(AdLanguage language) => Why.In(language);
}

/// <summary>A sentence in both languages.</summary>
internal sealed record Sentence(string English, string Chinese)
{
    public string In(AdLanguage language) => language == AdLanguage.TraditionalChinese ? Chinese : English;
}

/// <summary>A claim of the copy and the fact that supports it. JSON: <c>text fact kind field index</c>.</summary>
/// <param name="Text">The words of the copy.</param>
/// <param name="Fact">The fact of the brief, as it stands there.</param>
/// <param name="Kind">What kind of claim: <c>number price percentage date superlative comparison guarantee
/// free urgency</c> (pressure of time or stock).</param>
/// <param name="Field">The field it stands in.</param>
/// <param name="Index">Which value of a list, from 0; null for a field that is not a list.</param>
public sealed record AdClaim(string Text, string Fact, string Kind, string Field, int? Index);

/// <summary>What the policy says. JSON: <c>verdict rules</c>.</summary>
/// <param name="Verdict"><c>allowed</c>, <c>restricted</c> (allowed with conditions that are named) or <c>prohibited</c>.</param>
/// <param name="Rules">Every rule that applies; empty when nothing does.</param>
public sealed record AdPolicyVerdict(string Verdict, IReadOnlyList<AdPolicyRule> Rules);

/// <summary>A rule of the policy that applies. JSON: <c>rule outcome reason found field index</c>.</summary>
/// <param name="Rule">The category of the policy: <c>alcohol</c>.</param>
/// <param name="Outcome"><c>restricted</c> or <c>prohibited</c>.</param>
/// <param name="Found">The words, of the copy or of the brief's category, that it is about.</param>
/// <param name="Field">The field of the copy; <c>category</c> or <c>product</c> when it is the brief's.</param>
/// <param name="Index">Which value of a list, from 0; otherwise null.</param>
public sealed record AdPolicyRule(string Rule, string Outcome, string Found, string Field, int? Index)
{
    /// <summary>Why, in English.</summary>
    public string Reason => In(AdLanguage.English);

    /// <summary>What the sentence is made from.</summary>
    [JsonIgnore]
    internal Sentence Why { get; init; } = new("", "");

    /// <summary>Why, in a sentence for people.</summary>
    public string In(AdLanguage language) => Why.In(language);
}

/// <summary>What the checker found. JSON: <c>ok problems lengths claims policy</c>.</summary>
/// <param name="Problems">Everything that is wrong, in the order of the fields; empty when the ad is fine.</param>
/// <param name="Lengths">The length of every value, in its field's units.</param>
/// <param name="Claims">Every claim that a fact supports.</param>
/// <param name="Policy">What the policy says.</param>
public sealed record AdVerdict(
    IReadOnlyList<AdProblem> Problems, FieldValues<int> Lengths, IReadOnlyList<AdClaim> Claims, AdPolicyVerdict Policy)
{
    /// <summary>Whether nothing is wrong.</summary>
    [JsonPropertyOrder(-1)]
    public bool Ok => Problems.Count == 0;
}
