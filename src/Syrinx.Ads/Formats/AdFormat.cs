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
    private static readonly Lazy<IReadOnlyList<AdFormat>> Known = new(Load);

    /// <summary>Every format there is.</summary>
    public static IReadOnlyList<AdFormat> All => Known.Value;

    /// <summary>The format of that name.</summary>
    /// <exception cref="InputException">There is none; the message names those there are.</exception>
    public static AdFormat Find(string name) => All.FirstOrDefault(f => f.Name == name)
        ?? throw new InputException($"There is no ad format '{name}'; there is {string.Join(", ", All.Select(f => f.Name))}.");

    /// <summary>Its name for people.</summary>
    public string TitleIn(AdLanguage language) => language == AdLanguage.TraditionalChinese ? TitleZh : Title;

    /// <summary>The field of that name, or null.</summary>
    public AdField? Field(string name) => Fields.FirstOrDefault(f => f.Name == name);

    private static List<AdFormat> Load() =>
        [.. DataFiles.Read<List<FormatData>>("formats.json").Select(f => new AdFormat(f.Name, f.Title, f.TitleZh,
            [.. f.Fields.Select(d => new AdField(d.Name, d.Title, d.TitleZh, d.List, d.Min, d.Max, d.Limit, Counter(d.Counter), d.Unique))],
            f.Source))];

    private static LengthCounter Counter(string name) => name switch
    {
        "x-weighted" => LengthCounter.XWeighted,
        "double-width" => LengthCounter.DoubleWidth,
        _ => throw new InvalidOperationException($"formats.json: no counter is called {name}."),
    };

    private sealed record FormatData(string Name, string Title, string TitleZh, string Source, IReadOnlyList<FieldData> Fields);

    private sealed record FieldData(
        string Name, string Title, string TitleZh, bool List, int Min, int Max, int Limit, string Counter, bool Unique);
}

/// <summary>One field of a format.</summary>
/// <param name="Name">As in JSON: <c>headlines</c>.</param>
/// <param name="Title">Its name for people, English.</param>
/// <param name="TitleZh">Its name for people, 繁體中文.</param>
/// <param name="IsList">Several values (an array in JSON), or one (a string).</param>
/// <param name="Min">Fewest values.</param>
/// <param name="Max">Most values.</param>
/// <param name="Limit">The longest that a value may be, in units of <paramref name="Counter"/>.</param>
/// <param name="Counter">How length is counted.</param>
/// <param name="Unique">Whether no value may stand twice (case, width and punctuation aside).</param>
public sealed record AdField(
    string Name, string Title, string TitleZh, bool IsList, int Min, int Max, int Limit, LengthCounter Counter, bool Unique)
{
    /// <summary>Its name for people.</summary>
    public string TitleIn(AdLanguage language) => language == AdLanguage.TraditionalChinese ? TitleZh : Title;
}
