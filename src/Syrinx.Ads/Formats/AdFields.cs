using System.Text.Json;

namespace Syrinx.Ads;

/// <summary>The copy itself, from JSON or from a page.</summary>
public static class AdFields
{
    private const int MaxAds = 1000, MaxValues = 100;

    /// <summary>Reads one ad, <c>{"fields":{…}}</c>, or an array of them.</summary>
    /// <param name="json">The JSON text; of an ad's members only <c>fields</c> is read, so that what <c>generate</c> printed can be checked.</param>
    /// <param name="format">Which fields there are.</param>
    /// <param name="source">What errors call it: the file's path, or "ads".</param>
    /// <returns>One for an object, all of them for an array of such objects.</returns>
    /// <exception cref="InputException">It is not of that shape; the message names source, position and field. Missing and
    /// surplus values are not errors here: <see cref="AdChecker"/> reports them.</exception>
    public static IReadOnlyList<FieldValues<string>> Parse(string json, AdFormat format, string source = "ads")
    {
        ArgumentNullException.ThrowIfNull(json);
        ArgumentNullException.ThrowIfNull(format);
        var root = JsonInput.Parse(json, source);
        if (root.ValueKind != JsonValueKind.Array)
            return [ParseAd(root, format, source)];
        if (root.GetArrayLength() > MaxAds)
            throw new InputException($"{source} has {root.GetArrayLength()} ads, but {MaxAds} are the most at once.");
        return [.. root.EnumerateArray().Select((ad, i) => ParseAd(ad, format, $"{source}: [{i}]"))];
    }

    /// <summary>Reads ads from a file of at most 1 MB.</summary>
    /// <param name="path">The file.</param>
    /// <param name="format">Which fields there are.</param>
    /// <inheritdoc cref="Parse"/>
    public static IReadOnlyList<FieldValues<string>> Read(string path, AdFormat format) => Parse(JsonInput.ReadFile(path), format, path);

    /// <summary>Takes values by field name, as a page has them.</summary>
    /// <exception cref="InputException">A field is not one of the format's, or there is too much in it.</exception>
    public static FieldValues<string> Of(AdFormat format, IEnumerable<KeyValuePair<string, IReadOnlyList<string>>> values) =>
        Of(format, values, "ad");

    private static FieldValues<string> ParseAd(JsonElement ad, AdFormat format, string where)
    {
        if (ad.ValueKind != JsonValueKind.Object || !ad.TryGetProperty("fields", out var fields))
            throw new InputException($"{where} must be an object with a member 'fields', such as {{\"fields\":{{\"{format.Fields[0].Name}\":…}}}}.");
        JsonInput.RequireObject(fields, $"{where}: fields", [.. format.Fields.Select(f => f.Name)]);
        return Of(format, fields.EnumerateObject().Select(member => KeyValuePair.Create(member.Name, format.Field(member.Name)!.IsList
            ? JsonInput.Texts(member.Value, $"{where}: {member.Name}") : [JsonInput.Text(member.Value, $"{where}: {member.Name}")])), where);
    }

    private static FieldValues<string> Of(
        AdFormat format, IEnumerable<KeyValuePair<string, IReadOnlyList<string>>> values, string where)
    {
        ArgumentNullException.ThrowIfNull(format);
        ArgumentNullException.ThrowIfNull(values);
        var byName = new Dictionary<string, IReadOnlyList<string>>();
        foreach (var (name, texts) in values)
        {
            if (format.Field(name) is not { } field)
            {
                throw new InputException(
                    $"{where}: {format.Name} has no field '{name}'; it has {string.Join(", ", format.Fields.Select(f => f.Name))}.");
            }
            if (texts.Count > MaxValues || !field.IsList && texts.Count > 1)
                throw new InputException($"{where}: {name} has {texts.Count} values, but {(field.IsList ? MaxValues : 1)} is the most.");
            byName[name] = texts;
        }
        return new(format.Fields.Where(f => byName.ContainsKey(f.Name)).Select(f => KeyValuePair.Create(f, byName[f.Name])));
    }
}
