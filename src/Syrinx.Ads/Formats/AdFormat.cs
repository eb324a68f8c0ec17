namespace Syrinx.Ads;

/// <summary>
/// A kind of ad and its limits, read from the data file <c>Data/formats.json</c>. Immutable and safe to share between threads.
/// </summary>
/// <param name="Name"><c>x-post</c>, <c>google-rsa</c>, <c>meta-feed</c>.</param>
/// <param name="Title">Its name for people, English.</param>
/// <param name="TitleZh">Its name for people, 繁體中文.</param>
/// <param name="Fields">In the order in which they are shown.</param>
/// <param name="Source">Where the limits are published.</param>
public sealed record AdFormat(string Name, string Title, string TitleZh, IReadOnlyList<AdField> Fields, string Source)
{
    /// <summary>Every format there is.</summary>
    public static IReadOnlyList<AdFormat> All => throw new NotImplementedException();

    /// <summary>The format of that name.</summary>
    /// <exception cref="InputException">There is none; the message names those there are.</exception>
    public static AdFormat Find(string name) => throw new NotImplementedException();

    /// <summary>Its name for people.</summary>
    public string TitleIn(AdLanguage language) => language == AdLanguage.TraditionalChinese ? TitleZh : Title;
}

/// <summary>One field of a format.</summary>
/// <param name="Name">As in JSON: <c>headlines</c>.</param>
/// <param name="IsList">Several values (an array in JSON), or one (a string).</param>
/// <param name="Min">Fewest values.</param>
/// <param name="Max">Most values.</param>
/// <param name="Limit">The longest that a value may be, in units of <paramref name="Counter"/>.</param>
/// <param name="Counter">How length is counted.</param>
/// <param name="Unique">Whether no value may stand twice (case, width and punctuation aside).</param>
public sealed record AdField(string Name, bool IsList, int Min, int Max, int Limit, LengthCounter Counter, bool Unique);
