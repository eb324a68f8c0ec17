using System.Text.Json;
using System.Text.Json.Nodes;

namespace Syrinx.Inference.Structured;

/// <summary>
/// What fits two schemas at once, as one schema; both without <c>$ref allOf anyOf oneOf</c> at their top.
/// </summary>
internal static class SchemaMerger
{
    /// <summary>The merged schema, or null where nothing fits both.</summary>
    /// <param name="a">One.</param>
    /// <param name="b">The other.</param>
    /// <param name="at">Where, for the message.</param>
    /// <exception cref="InputException">They cannot be merged by rule.</exception>
    public static JsonObject? Merge(JsonObject a, JsonObject b, string at)
    {
        var merged = (JsonObject)a.DeepClone();
        if (!MergeProperties(merged, b, at))
            return null;
        foreach (var (keyword, value) in b)
        {
            if (keyword is "properties" or "required" or "additionalProperties")
                continue;
            if (!merged.TryGetPropertyValue(keyword, out var own))
            {
                merged[keyword] = value?.DeepClone();
                continue;
            }
            switch (keyword)
            {
                case "type":
                    if (Types(own, value) is not { Count: > 0 } types)
                        return null;
                    merged[keyword] = types;
                    break;
                case "enum":
                    var both = new JsonArray([.. ((JsonArray)own!).Where(x => ((JsonArray)value!).Any(y => JsonNode.DeepEquals(x, y)))
                        .Select(x => x?.DeepClone())]);
                    if (both.Count == 0)
                        return null;
                    merged[keyword] = both;
                    break;
                case "const":
                    if (!JsonNode.DeepEquals(own, value))
                        return null;
                    break;
                case "minimum" or "exclusiveMinimum" or "minLength" or "minItems":
                    if (Number(value) > Number(own))
                        merged[keyword] = value?.DeepClone();
                    break;
                case "maximum" or "exclusiveMaximum" or "maxLength" or "maxItems":
                    if (Number(value) < Number(own))
                        merged[keyword] = value?.DeepClone();
                    break;
                case "items":
                    merged[keyword] = Both(own, value);
                    break;
                case "nullable":
                    merged[keyword] = own?.GetValueKind() == JsonValueKind.True
                        && value?.GetValueKind() == JsonValueKind.True;
                    break;
                case "pattern" or "format" or "prefixItems" or "multipleOf" or "uniqueItems":
                    if (!JsonNode.DeepEquals(own, value))
                        throw new InputException($"Schema {at}: two different '{keyword}' for one value cannot be merged.");
                    break;
                default:
                    break; // notes for readers: one is enough
            }
        }
        return merged;
    }

    private static bool MergeProperties(JsonObject a, JsonObject b, string at)
    {
        var properties = new JsonObject();
        JsonObject own = Object(a, at), other = Object(b, at);
        foreach (var (name, schema) in own)
        {
            properties[name] = other.TryGetPropertyValue(name, out var second) ? Both(schema, second)
                : Additional(b, schema);
        }
        foreach (var (name, schema) in other)
        {
            if (!own.ContainsKey(name))
                properties[name] = Additional(a, schema);
        }
        var required = Required(a).Concat(Required(b)).Distinct().ToList();
        foreach (var (name, _) in properties.Where(p => IsFalse(p.Value)).ToList())
        {
            if (required.Contains(name))
                return false;
            properties.Remove(name);
        }
        JsonNode? extra = a["additionalProperties"], second2 = b["additionalProperties"];
        if (a.ContainsKey("additionalProperties") && b.ContainsKey("additionalProperties"))
            extra = IsFalse(extra) || IsFalse(second2) ? JsonValue.Create(false) : Both(extra, second2);
        else
            extra = (extra ?? second2)?.DeepClone();
        if (own.Count + other.Count > 0)
            a["properties"] = properties;
        if (required.Count > 0)
            a["required"] = new JsonArray([.. required.Select(r => (JsonNode)r)]);
        if (extra is not null)
            a["additionalProperties"] = extra;
        return true;
    }

    /// <summary>A property of one schema that the other one knows only as a further one.</summary>
    private static JsonNode? Additional(JsonObject other, JsonNode? schema) =>
        !other.TryGetPropertyValue("additionalProperties", out var extra) || extra is null || IsTrue(extra) ? schema?.DeepClone()
        : IsFalse(extra) ? JsonValue.Create(false) : Both(schema, extra);

    private static JsonNode? Both(JsonNode? a, JsonNode? b) => IsFalse(a) || IsFalse(b) ? JsonValue.Create(false)
        : IsTrue(a) || JsonNode.DeepEquals(a, b) ? b?.DeepClone() : IsTrue(b) ? a?.DeepClone()
        : new JsonObject { ["allOf"] = new JsonArray(a?.DeepClone(), b?.DeepClone()) };

    private static JsonObject Object(JsonObject schema, string at) => schema["properties"] switch
    {
        null => [],
        JsonObject properties => properties,
        _ => throw new InputException($"Schema {at}/properties: must be an object."),
    };

    private static IEnumerable<string> Required(JsonObject schema) =>
        schema["required"] is JsonArray names ? names.OfType<JsonValue>().Select(n => n.ToString()) : [];

    private static JsonArray? Types(JsonNode? a, JsonNode? b)
    {
        static List<string> List(JsonNode? node) =>
            node is JsonArray several ? [.. several.OfType<JsonValue>().Select(t => t.ToString())] : [node?.ToString() ?? ""];
        List<string> first = List(a), second = List(b);
        var both = first.Intersect(second).ToList();
        // an integer is a number, too
        if (first.Contains("integer") && second.Contains("number") || first.Contains("number") && second.Contains("integer"))
            both.Add("integer");
        return both.Count == 0 ? null : new([.. both.Distinct().Select(t => (JsonNode)t)]);
    }

    private static double Number(JsonNode? node) => node is JsonValue value && value.TryGetValue(out double n) ? n : double.NaN;

    private static bool IsTrue(JsonNode? node) => node?.GetValueKind() == JsonValueKind.True;

    private static bool IsFalse(JsonNode? node) => node?.GetValueKind() == JsonValueKind.False;
}
