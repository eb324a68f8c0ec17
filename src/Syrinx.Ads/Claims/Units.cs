namespace Syrinx.Ads;

/// <summary>A unit of measure.</summary>
/// <param name="Dimension">Units of one dimension convert into each other.</param>
/// <param name="Factor">How many of the dimension's base it is.</param>
internal sealed record MeasureUnit(string Dimension, decimal Factor);

/// <summary>The units of <c>units.json</c>. Loaded once; immutable and safe to share between threads.</summary>
internal sealed class Units
{
    private static readonly Lazy<Units> Loaded = new(() => new(DataFiles.Read<Data>("units.json")));

    // the longest names first: 公里/小時 before 公里
    private readonly List<(string Name, MeasureUnit Unit)> _names;
    private readonly List<(string Word, string Group)> _classifiers;
    private readonly IReadOnlyList<string> _people, _shops;

    private Units(Data data)
    {
        _names = [.. data.Units.SelectMany(u => u.En.Concat(u.Zh).Distinct().Select(n => (n, new MeasureUnit(u.Dimension, u.Factor)))).OrderByDescending(n => n.n.Length)];
        _classifiers = [.. data.Classifiers.Select(c => (c, "")).Concat(data.TellingClassifiers.Select(c => (c, "+" + c))).OrderByDescending(c => c.Item1.Length)];
        (_people, _shops) = (data.PeopleClassifiers, data.ShopClassifiers);
        Currencies = data.Currencies;
    }

    public static Units Default => Loaded.Value;

    public IReadOnlyList<Currency> Currencies { get; }

    /// <summary>The unit that stands at a place, behind a gap or a hyphen, and where it ends.</summary>
    public (MeasureUnit Unit, int End)? At(string text, int at)
    {
        int from = at;
        while (from < text.Length && from < at + 2 && text[from] is ' ' or '-')
            from++;
        if (string.CompareOrdinal(text, from, "free ", 0, 5) == 0)
            from += 5; // 14 free days
        foreach (var (name, unit) in _names)
        {
            if (!StandsAt(text, from, name))
                continue;
            // 3日 is a span of days, 日本 is a country, 日期 a date
            if (name is "日" or "天" or "度" or "年" or "卡" && from + 1 < text.Length && "本期式系圓幣圖假片車地代輪".Contains(text[from + 1], StringComparison.Ordinal))
                continue;
            if (name == "x" && text.AsSpan(from + 1).TrimStart() is [>= '0' and <= '9', ..])
                continue; // 24 x 375 ml
            if (name == "second" && (from == 0 || text[from - 1] != '-'))
                continue; // 5,000 second-hand books
            return (unit, from + name.Length);
        }
        return null;
    }

    /// <summary>The counting word at a place: where it ends, and what is counted: a group (~people), the word
    /// itself (+冊) where it tells, or nothing.</summary>
    public (int End, string Group)? ClassifierAt(string text, int at)
    {
        int from = at < text.Length && text[at] == ' ' ? at + 1 : at;
        if (from >= text.Length || text[from] < 0x2E80)
            return null;
        if (_people.FirstOrDefault(p => StandsAt(text, from, p)) is { } people)
            return (from + people.Length, "~people");
        if (Vocabulary.Default.GroupAt(text, from, measure: true) is { } group)
            return (from + group.Han.Where(h => string.CompareOrdinal(text, from, h, 0, h.Length) == 0).Max(h => h.Length), "~" + group.Id);
        if (_shops.FirstOrDefault(p => StandsAt(text, from, p)) is { } shop)
            return (from + shop.Length, "~shop");
        return _classifiers.FirstOrDefault(c => string.CompareOrdinal(text, from, c.Word, 0, c.Word.Length) == 0) is { Word: { } word } found ? (from + word.Length, found.Group) : null;
    }

    private static bool StandsAt(string text, int at, string name)
    {
        if (string.CompareOrdinal(text, at, name, 0, name.Length) != 0)
            return false;
        int end = at + name.Length;
        return !char.IsAsciiLetter(name[^1]) || end >= text.Length || !char.IsAsciiLetterOrDigit(text[end]);
    }

    internal sealed record Currency(string Code, IReadOnlyList<string> Before, IReadOnlyList<string> After);

    private sealed record UnitData(string Dimension, decimal Factor, IReadOnlyList<string> En, IReadOnlyList<string> Zh);

    private sealed record Data(
        IReadOnlyList<UnitData> Units, IReadOnlyList<Currency> Currencies, IReadOnlyList<string> Classifiers, IReadOnlyList<string> TellingClassifiers,
        IReadOnlyList<string> PeopleClassifiers, IReadOnlyList<string> ShopClassifiers);
}
