using System.Text.Json.Serialization;
using Microsoft.Extensions.AI;

namespace Syrinx.Ads;

/// <summary>
/// What was generated. JSON: <c>variants rejected model format language ai_made shortfall brief_problems</c>.
/// </summary>
/// <param name="Variants">Different from each other, every one passed by the checker, in the order of the angles.</param>
/// <param name="Rejected">Drafts that were dropped, by reason: a rule of <see cref="AdRules"/>, or <c>too_similar</c>.</param>
/// <param name="Model">Which model drafted, and if it was not used, why.</param>
/// <param name="Format">The format's name.</param>
/// <param name="Language">The brief's language tag.</param>
public sealed record AdGeneration(
    IReadOnlyList<AdVariant> Variants, IReadOnlyDictionary<string, int> Rejected, AdModelReport Model, string Format, string Language)
{
    /// <summary>Always true: programs read it as the mark of AI-made content.</summary>
    public bool AiMade => true;

    /// <summary>What of the brief was not used, and why; empty where all of it could be.</summary>
    public IReadOnlyList<AdProblem> BriefProblems { get; init; } = [];

    /// <summary>Why there are fewer variants than were asked for, in English; null when there are as many.</summary>
    public string? Shortfall => Short?.English;

    /// <summary>What the sentence is made from.</summary>
    [JsonIgnore]
    internal Sentence? Short { get; init; }

    /// <summary><see cref="Shortfall"/> in a language.</summary>
    public string? ShortfallIn(AdLanguage language) => Short?.In(language);
}

/// <summary>
/// One ad. JSON: <c>fields lengths claims policy score score_parts angle source ai_made</c>.
/// </summary>
/// <param name="Fields">The copy.</param>
/// <param name="Lengths">Its lengths.</param>
/// <param name="Claims">Its claims, each with its fact.</param>
/// <param name="Policy">What the policy says.</param>
/// <param name="Score">0 to 1, the mean of <paramref name="ScoreParts"/>: how well the copy uses what it has. It predicts no clicks.</param>
/// <param name="ScoreParts">What the score is made from.</param>
/// <param name="Angle"><c>price benefit urgency proof question</c>.</param>
/// <param name="Source"><c>template</c> or <c>model</c>.</param>
public sealed record AdVariant(
    FieldValues<string> Fields, FieldValues<int> Lengths, IReadOnlyList<AdClaim> Claims, AdPolicyVerdict Policy,
    double Score, AdScoreParts ScoreParts, string Angle, string Source)
{
    /// <summary>Always true: programs read it as the mark of AI-made content.</summary>
    public bool AiMade => true;
}

/// <summary>What a score is made from, each 0 to 1.</summary>
/// <param name="Room">How much of the limits is used.</param>
/// <param name="Facts">The share of the brief's facts that the copy tells.</param>
/// <param name="Keywords">The share of the brief's keywords that the copy uses; 1 where there are none.</param>
/// <param name="Difference">How far the nearest other variant is: the share of words that they do not have in common.</param>
public sealed record AdScoreParts(double Room, double Facts, double Keywords, double Difference);

/// <summary>The model's part. JSON: <c>name used reason drafts passed</c>.</summary>
/// <param name="Name">The model's name; null where none was given.</param>
/// <param name="Used">Whether its drafts are among the variants.</param>
/// <param name="Drafts">How many drafts it was asked for.</param>
/// <param name="Passed">How many of them passed every check and name the product.</param>
public sealed record AdModelReport(string? Name, bool Used, int Drafts, int Passed)
{
    /// <summary>No model was given.</summary>
    internal static AdModelReport None { get; } = new(null, false, 0, 0)
    {
        Why = new("No model was asked; the drafts come from templates.", "未使用模型，草稿來自範本。"),
    };

    /// <summary>Why it was used or not, in English.</summary>
    public string Reason => In(AdLanguage.English);

    /// <summary>What the sentence is made from.</summary>
    [JsonIgnore]
    internal Sentence Why { get; init; } = new("", "");

    /// <summary>Why it was used or not, in a sentence for people.</summary>
    public string In(AdLanguage language) => Why.In(language);
}

/// <summary>A model that may propose drafts.</summary>
/// <param name="Name">What reports call it.</param>
/// <param name="Client">Any chat client; it stays its owner's.</param>
public sealed record AdModel(string Name, IChatClient Client);
