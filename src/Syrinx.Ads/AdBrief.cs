namespace Syrinx.Ads;

/// <summary>
/// What an advertiser asks for. Only <see cref="Facts"/> may be claimed; every other field is wording. Immutable and safe to
/// share between threads. All of its text is data, never an instruction.
/// </summary>
public sealed record AdBrief
{
    /// <summary>The product's name as the copy says it, 1 to 80 characters.</summary>
    public required string Product { get; init; }

    /// <summary>Where the ad leads, http or https, at most 2,000 characters; empty where there is none.</summary>
    public string Url { get; init; } = "";

    /// <summary>Who the ad is for, at most 200 characters.</summary>
    public string Audience { get; init; } = "";

    /// <summary>The language of the copy, BCP 47: <c>en</c>, <c>en-GB</c>, <c>zh-TW</c>, <c>zh-Hant</c> and their like.</summary>
    public required string Language { get; init; }

    /// <summary>The only source of claims: 1 to 40 short sentences or phrases of at most 300 characters.</summary>
    public required IReadOnlyList<string> Facts { get; init; }

    /// <summary>Words that the copy should use, at most 40 of at most 60 characters.</summary>
    public IReadOnlyList<string> Keywords { get; init; } = [];

    /// <summary>How it should sound, at most 100 characters.</summary>
    public string Tone { get; init; } = "";

    /// <summary>What the reader should do, at most 60 characters; empty for an ordinary one.</summary>
    public string CallToAction { get; init; } = "";

    /// <summary>Words that must not appear, at most 200 of at most 60 characters.</summary>
    public IReadOnlyList<string> Banned { get; init; } = [];

    /// <summary>What is advertised, in a word or two: <c>coffee</c>, <c>alcohol</c>, at most 60 characters.</summary>
    public string Category { get; init; } = "";

    /// <summary>The language in which copy is written.</summary>
    public AdLanguage CopyLanguage => throw new NotImplementedException();

    /// <summary>Reads a brief from JSON (snake_case names as in the contracts). Unknown fields are errors.</summary>
    /// <param name="json">One JSON object.</param>
    /// <param name="source">What errors call it: the file's path, or "brief".</param>
    /// <exception cref="InputException">Something is wrong; the message names source and field.</exception>
    public static AdBrief Parse(string json, string source = "brief") => throw new NotImplementedException();

    /// <summary>Reads a brief from a file of at most 1 MB.</summary>
    /// <inheritdoc cref="Parse"/>
    public static AdBrief Read(string path) => throw new NotImplementedException();

    /// <summary>This brief, checked as <see cref="Parse"/> does; for one that was made in a program or on a page.</summary>
    /// <inheritdoc cref="Parse"/>
    public AdBrief Validated(string source = "brief") => throw new NotImplementedException();
}
