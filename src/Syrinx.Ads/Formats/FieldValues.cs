using System.Text.Json;
using System.Text.Json.Serialization;

namespace Syrinx.Ads;

/// <summary>
/// A value, or a list of values, for each field of a format, in the format's order; in JSON an object whose members are
/// single values or arrays. Immutable and safe to share between threads.
/// </summary>
/// <typeparam name="T">Text of the copy, or its length.</typeparam>
[JsonConverter(typeof(FieldValuesConverter))]
public sealed class FieldValues<T>
{
    private readonly List<KeyValuePair<AdField, IReadOnlyList<T>>> _values;

    /// <summary>Takes values by field; a field that is not a list has one value, or none.</summary>
    public FieldValues(IEnumerable<KeyValuePair<AdField, IReadOnlyList<T>>> values) => _values = [.. values];

    /// <summary>Each field that has values, with them.</summary>
    public IReadOnlyList<KeyValuePair<AdField, IReadOnlyList<T>>> All => _values;

    /// <summary>The values of a field; empty where it has none.</summary>
    public IReadOnlyList<T> this[string field] => _values.FirstOrDefault(v => v.Key.Name == field).Value ?? [];
}

/// <summary>The copy itself, as JSON in and out.</summary>
public static class AdFields
{
    /// <summary>Reads one ad: <c>{"fields":{…}}</c>.</summary>
    /// <param name="json">The JSON text.</param>
    /// <param name="format">Which fields there are.</param>
    /// <param name="source">What errors call it: the file's path, or "ads".</param>
    /// <returns>One for an object, all of them for an array of such objects.</returns>
    /// <exception cref="InputException">It is not of that shape; the message names source, position and field. Missing and
    /// surplus values are not errors here: <see cref="AdChecker"/> reports them.</exception>
    public static IReadOnlyList<FieldValues<string>> Parse(string json, AdFormat format, string source = "ads") =>
        throw new NotImplementedException();

    /// <summary>Takes values by field name, as a page has them; empty texts are left out at the end of a list.</summary>
    /// <exception cref="InputException">A field is not one of the format's.</exception>
    public static FieldValues<string> Of(AdFormat format, IEnumerable<KeyValuePair<string, IReadOnlyList<string>>> values) =>
        throw new NotImplementedException();
}

internal sealed class FieldValuesConverter : JsonConverterFactory
{
    public override bool CanConvert(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(FieldValues<>);

    public override JsonConverter CreateConverter(Type type, JsonSerializerOptions options) =>
        (JsonConverter)Activator.CreateInstance(typeof(Writer<>).MakeGenericType(type.GenericTypeArguments))!;

    private sealed class Writer<T> : JsonConverter<FieldValues<T>>
    {
        public override FieldValues<T> Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) =>
            throw new NotSupportedException("Read ad fields with AdFields.Parse, which knows the format.");

        public override void Write(Utf8JsonWriter writer, FieldValues<T> values, JsonSerializerOptions options)
        {
            writer.WriteStartObject();
            foreach (var (field, list) in values.All)
            {
                writer.WritePropertyName(field.Name);
                if (field.IsList)
                    JsonSerializer.Serialize(writer, list, options);
                else
                    JsonSerializer.Serialize(writer, list[0], options);
            }
            writer.WriteEndObject();
        }
    }
}
