using System.Globalization;
using System.Text.Json;

namespace Syrinx.Data.Posts.Readers;

/// <summary>Reads fields of foreign JSON without trust: what is missing or of another kind is null.</summary>
internal static class JsonFields
{
    private static readonly JsonElement[] None = [];

    /// <summary>A field of an object, or an undefined element.</summary>
    /// <exception cref="BadUnicodeException">The name of some field is no Unicode.</exception>
    public static JsonElement Field(this JsonElement e, string name)
    {
        if (e.ValueKind != JsonValueKind.Object)
            return default;
        try
        {
            return e.TryGetProperty(name, out var value) ? value : default;
        }
        catch (InvalidOperationException ex)
        {
            throw new BadUnicodeException(ex);
        }
    }

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
        && (v.ValueKind == JsonValueKind.True || v.ValueKind == JsonValueKind.String && Text(v) == "true");

    public static bool IsFalse(this JsonElement e, string name) => e.Field(name) is var v
        && (v.ValueKind == JsonValueKind.False || v.ValueKind == JsonValueKind.String && Text(v) == "false");

    /// <summary>The name of an object's field, where it has only one; else null.</summary>
    /// <exception cref="BadUnicodeException">The name is no Unicode.</exception>
    public static string? OnlyName(this JsonElement e)
    {
        try
        {
            return e.ValueKind == JsonValueKind.Object && e.EnumerateObject().Take(2).ToArray() is [var only] ? only.Name : null;
        }
        catch (InvalidOperationException ex)
        {
            throw new BadUnicodeException(ex);
        }
    }

    /// <summary>The elements of an array, or none.</summary>
    public static IEnumerable<JsonElement> Items(this JsonElement e, string name) => Items(e.Field(name));

    /// <inheritdoc cref="Items(JsonElement, string)"/>
    public static IEnumerable<JsonElement> Items(JsonElement e) => e.ValueKind == JsonValueKind.Array ? e.EnumerateArray() : None;

    /// <summary>A field of every element of an array, where it is there.</summary>
    public static string[] Texts(this JsonElement e, string array, string name) =>
        [.. e.Items(array).Select(i => PostText.Line(i.Text(name))).OfType<string>().Distinct(StringComparer.Ordinal)];
}
