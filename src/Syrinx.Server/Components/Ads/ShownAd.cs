using Syrinx.Ads;

namespace Syrinx.Server.Components.Ads;

/// <summary>
/// An ad on the page: a variant as it was written, and what the visitor has made of it. Used on the circuit's thread only.
/// </summary>
public sealed class ShownAd
{
    private readonly Dictionary<string, List<string>> _texts;
    private AdSlot? _focus;

    internal ShownAd(AdFormat format, AdVariant variant)
    {
        (Format, Variant) = (format, variant);
        _texts = format.Fields.ToDictionary(f => f.Name, f => variant.Fields[f.Name].ToList());
        Verdict = new([], variant.Lengths, variant.Claims, variant.Policy);
    }

    internal AdFormat Format { get; }

    /// <summary>As it was written.</summary>
    internal AdVariant Variant { get; }

    /// <summary>Of the copy as it is now.</summary>
    internal AdVerdict Verdict { get; private set; }

    /// <summary>Whether the copy is another than was written.</summary>
    internal bool Edited => Format.Fields.Any(f => !Now(f).SequenceEqual(Variant.Fields[f.Name]));

    /// <summary>Whether it is being edited.</summary>
    internal bool Open { get; private set; }

    /// <summary>Whether it must not be replaced by another.</summary>
    internal bool IsKept => Open || Edited;

    /// <summary>The copy as it is now.</summary>
    internal FieldValues<string> Fields => AdFields.Of(
        Format, _texts.Select(t => KeyValuePair.Create(t.Key, (IReadOnlyList<string>)t.Value)));

    /// <summary>The texts of a field; in a list, empty ones may stand at the end while it is edited.</summary>
    internal IReadOnlyList<string> Texts(AdField field) => _texts[field.Name];

    /// <summary>One text; empty where there is none.</summary>
    internal string Text(AdField field, int index = 0) => _texts[field.Name].ElementAtOrDefault(index) ?? "";

    internal void Set(AdField field, int index, string text)
    {
        var texts = _texts[field.Name];
        while (texts.Count <= index)
            texts.Add("");
        texts[index] = text;
    }

    /// <summary>Begins to edit, in one of its texts.</summary>
    internal void Edit(AdSlot at) => (Open, _focus) = (true, at);

    /// <summary>Whether this text's box is to take the focus; true once.</summary>
    internal bool TakeFocus(AdSlot slot)
    {
        if (!Open || _focus != slot)
            return false;
        _focus = null;
        return true;
    }

    /// <summary>Ends editing.</summary>
    internal void Close() => Open = false;

    /// <summary>Back to what was written.</summary>
    internal void Undo()
    {
        foreach (var field in Format.Fields)
            _texts[field.Name] = [.. Variant.Fields[field.Name]];
        Verdict = new([], Variant.Lengths, Variant.Claims, Variant.Policy);
    }

    /// <summary>Takes what a checker said about <see cref="Fields"/>.</summary>
    internal void Take(AdVerdict verdict) => Verdict = verdict;

    /// <summary>What is wrong with one text, or, with no index, with a list as a whole.</summary>
    internal IEnumerable<AdProblem> Problems(AdField field, int? index) =>
        Verdict.Problems.Where(p => p.Field == field.Name && (p.Index == index || (!field.IsList && index is 0)));

    internal IEnumerable<AdClaim> Claims(AdField field, int index) =>
        Verdict.Claims.Where(c => c.Field == field.Name && (c.Index ?? 0) == index);

    /// <summary>A row of the CSV.</summary>
    internal AdCsvRow ToCsv() =>
        new(Fields, Variant.Angle, Variant.Source, Verdict.Policy.Verdict, Edited ? null : Variant.Score, Edited);

    private IEnumerable<string> Now(AdField field)
    {
        var texts = _texts[field.Name];
        int used = texts.FindLastIndex(t => t.Length > 0) + 1;
        return texts.Take(used);
    }
}
