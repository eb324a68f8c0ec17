using System.Globalization;
using System.Text.Json;

namespace Syrinx.Data.Posts.Readers;

/// <summary>Reads fields of foreign JSON without trust: what is missing or of another kind is null.</summary>
internal static class JsonFields
{
    private static readonly JsonElement[] None = [];

    /// <summary>A field of an object, or an undefined element.</summary>
    public static JsonElement Field(this JsonElement e, string name) =>
        e.ValueKind == JsonValueKind.Object && e.TryGetProperty(name, out var value) ? value : default;

    public static bool Has(this JsonElement e, string name) =>
        e.Field(name).ValueKind is not (JsonValueKind.Undefined or JsonValueKind.Null);

    /// <summary>A string, or the digits of a number; null where it is empty.</summary>
    /// <exception cref="BadUnicodeException">It has half a surrogate pair, or bytes that are no UTF-8.</exception>
    public static string? Text(this JsonElement e, string name)
    {
        var value = e.Field(name);
        return value.ValueKind switch
        {
            JsonValueKind.String => Text(value) is { Length: > 0 } text ? text : null,
            JsonValueKind.Number => value.GetRawText(),
            _ => null,
        };
    }

    /// <summary>The string that the element is.</summary>
    /// <exception cref="BadUnicodeException">It has half a surrogate pair, or bytes that are no UTF-8.</exception>
    public static string Text(JsonElement value)
    {
        try
        {
            return value.GetString()!;
        }
        catch (InvalidOperationException e)
        {
            throw new BadUnicodeException(e);
        }
    }

    /// <summary>A whole number, also where it is written as a string.</summary>
    public static long? Count(this JsonElement e, string name)
    {
        var value = e.Field(name);
        if (value.ValueKind == JsonValueKind.Number)
            return value.TryGetInt64(out long n) ? n : null;
        return value.ValueKind == JsonValueKind.String
            && long.TryParse(Text(value), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long m) ? m : null;
    }

    public static bool IsTrue(this JsonElement e, string name) => e.Field(name) is var v
        && (v.ValueKind == JsonValueKind.True || v.ValueKind == JsonValueKind.String && v.ValueEquals("true"));

    public static bool IsFalse(this JsonElement e, string name) => e.Field(name) is var v
        && (v.ValueKind == JsonValueKind.False || v.ValueKind == JsonValueKind.String && v.ValueEquals("false"));

    /// <summary>The elements of an array, or none.</summary>
    public static IEnumerable<JsonElement> Items(this JsonElement e, string name) => Items(e.Field(name));

    /// <inheritdoc cref="Items(JsonElement, string)"/>
    public static IEnumerable<JsonElement> Items(JsonElement e) => e.ValueKind == JsonValueKind.Array ? e.EnumerateArray() : None;

    /// <summary>A field of every element of an array, where it is there.</summary>
    public static string[] Texts(this JsonElement e, string array, string name) =>
        [.. e.Items(array).Select(i => PostText.Line(i.Text(name))).OfType<string>().Distinct(StringComparer.Ordinal)];
}
