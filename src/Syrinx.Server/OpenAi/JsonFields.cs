using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Syrinx.Server.Safety;

namespace Syrinx.Server.OpenAi;

/// <summary>
/// Reads the fields of a request's JSON object; what has the wrong type or range is refused with the field's path, in the
/// words and codes that OpenAI uses. Fields nobody asks for are ignored, null counts as absent.
/// </summary>
internal readonly struct JsonFields(JsonElement json, string path = "")
{
    private static readonly JsonDocumentOptions Limits =
        new() { MaxDepth = RequestLimits.JsonDepth, AllowDuplicateProperties = false };

    /// <summary>Reads a request's body.</summary>
    public static async Task<JsonFields> Read(HttpRequest request)
    {
        // a form or plain text could be sent by any web page without asking; JSON cannot
        if (!request.HasJsonContentType())
            throw new ApiException(StatusCodes.Status415UnsupportedMediaType, "The body must be application/json.");
        try
        {
            using var body = await JsonDocument.ParseAsync(request.Body, Limits, request.HttpContext.RequestAborted);
            return body.RootElement.ValueKind == JsonValueKind.Object ? new(body.RootElement.Clone())
                : throw Invalid("The body must be a JSON object.", null, "invalid_type");
        }
        catch (JsonException e)
        {
            throw Invalid($"The body could not be read as JSON: {e.Message}", null, "invalid_json");
        }
    }

    /// <summary>The object as it was sent.</summary>
    public JsonElement Json => json;

    /// <summary>A 400 of OpenAI's shape.</summary>
    public static ApiException Invalid(string message, string? param, string code) =>
        new(StatusCodes.Status400BadRequest, message, param, code);

    /// <summary>What was sent does not fit into the model's context, in OpenAI's words and code.</summary>
    public static ApiException TooLong(string param, string what, int context, int tokens) => Invalid(
        $"This model's maximum context length is {context} tokens. However, {what} resulted in {tokens} tokens. "
            + "Please reduce its length.",
        param, "context_length_exceeded");

    /// <summary>The path of a field, as messages and <c>param</c> name it.</summary>
    public string At(string name) => path.Length == 0 ? name : $"{path}.{name}";

    /// <summary>The field, or null where it is absent or null.</summary>
    public JsonElement? Get(string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    /// <summary>The names of all fields that are not null.</summary>
    public IEnumerable<string> Names() => json.EnumerateObject().Where(p => p.Value.ValueKind != JsonValueKind.Null).Select(p => p.Name);

    public string? Text(string name) => Get(name) is not { } value ? null
        : value.ValueKind == JsonValueKind.String ? value.GetString() : throw WrongType(At(name), "a string", value);

    public string RequiredText(string name) => Text(name) ?? throw Missing(name);

    public bool? Flag(string name) => Get(name) is not { } value ? null
        : value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetBoolean()
            : throw WrongType(At(name), "a boolean", value);

    public double? Number(string name, double min, double max)
    {
        if (Get(name) is not { } value)
            return null;
        if (value.ValueKind != JsonValueKind.Number)
            throw WrongType(At(name), "a number", value);
        double number = value.GetDouble();
        return InRange(At(name), "decimal", number, min, max) ? number : 0;
    }

    public long? Integer(string name, long min, long max)
    {
        if (Get(name) is not { } value)
            return null;
        if (value.ValueKind != JsonValueKind.Number)
            throw WrongType(At(name), "an integer", value);
        if (value.TryGetInt64(out long number))
            return InRange(At(name), "integer", number, min, max) ? number : 0;
        // 1e300, 2^80 and 1.5 are numbers too
        double real = value.GetDouble();
        throw real == Math.Floor(real) && InRange(At(name), "integer", real, min, max)
            ? Invalid($"Invalid value for '{At(name)}': write it as an integer.", At(name), "invalid_type")
            : Invalid(
                $"Invalid type for '{At(name)}': expected an integer, but got a decimal number instead.",
                At(name), "invalid_type");
    }

    /// <summary>An object's fields, or null where it is absent.</summary>
    public JsonFields? Object(string name) => Get(name) is not { } value ? null
        : value.ValueKind == JsonValueKind.Object ? new(value, At(name)) : throw WrongType(At(name), "an object", value);

    /// <summary>Objects of an array, each with its path: <c>messages[0]</c>.</summary>
    public List<JsonFields> RequiredObjects(string name)
    {
        var value = Get(name) ?? throw Missing(name);
        if (value.ValueKind != JsonValueKind.Array)
            throw WrongType(At(name), "an array of objects", value);
        string at = At(name);
        return [.. value.EnumerateArray().Select((element, i) => element.ValueKind == JsonValueKind.Object
            ? new JsonFields(element, $"{at}[{i}]") : throw WrongType($"{at}[{i}]", "an object", element))];
    }

    /// <summary>One string, or an array of them; null where it is absent.</summary>
    public List<string>? Texts(string name)
    {
        if (Get(name) is not { } value)
            return null;
        string at = At(name);
        return value.ValueKind switch
        {
            JsonValueKind.String => [value.GetString()!],
            JsonValueKind.Array => [.. value.EnumerateArray().Select((element, i) => element.ValueKind == JsonValueKind.String
                ? element.GetString()! : throw WrongType($"{at}[{i}]", "a string", element))],
            _ => throw WrongType(at, "a string or an array of strings", value),
        };
    }

    /// <summary>
    /// Refuses a field that asks for what this server does not do; absent, and these harmless values, are fine.
    /// </summary>
    public void Unsupported(string name, string why, params ReadOnlySpan<string> harmless)
    {
        if (Get(name) is not { } value || value.ValueKind == JsonValueKind.False)
            return;
        string raw = value.GetRawText();
        if (raw is "[]" or "{}" || harmless.Contains(raw))
            return;
        throw Invalid($"Unsupported parameter: '{At(name)}': {why}", At(name), "unsupported_parameter");
    }

    public ApiException Missing(string name) =>
        Invalid($"Missing required parameter: '{At(name)}'.", At(name), "missing_required_parameter");

    public static ApiException WrongType(string at, string expected, JsonElement got) =>
        Invalid($"Invalid type for '{at}': expected {expected}, but got {Kind(got)} instead.", at, "invalid_type");

    private static bool InRange(string at, string kind, double value, double min, double max)
    {
        if (value >= min && value <= max)
            return true;
        bool above = value > max;
        string limit = (above ? max : min).ToString(CultureInfo.InvariantCulture),
            got = value.ToString(CultureInfo.InvariantCulture);
        throw Invalid(
            $"Invalid '{at}': {kind} {(above ? "above maximum" : "below minimum")} value. "
            + $"Expected a value {(above ? "<=" : ">=")} "
            + $"{limit}, but got {got} instead.", at, $"{kind}_{(above ? "above_max" : "below_min")}_value");
    }

    private static string Kind(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => "a string",
        JsonValueKind.Number => "a number",
        JsonValueKind.True or JsonValueKind.False => "a boolean",
        JsonValueKind.Array => "an array",
        JsonValueKind.Object => "an object",
        _ => "null",
    };
}
