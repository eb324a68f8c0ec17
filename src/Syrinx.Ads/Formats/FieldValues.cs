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

    /// <summary>The values of a field, by its name; empty where it has none.</summary>
    public IReadOnlyList<T> this[string field] => _values.FirstOrDefault(v => v.Key.Name == field).Value ?? [];
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
                    JsonSerializer.Serialize(writer, list.Count > 0 ? list[0] : default, options);
            }
            writer.WriteEndObject();
        }
    }
}
