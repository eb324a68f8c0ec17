using System.Text.Json;

namespace Syrinx.Ads;

/// <summary>Reads what people wrote as JSON; errors name the source and the field.</summary>
internal static class JsonInput
{
    private const int MaxBytes = 1 << 20;

    /// <summary>The text of a file of at most 1 MB.</summary>
    /// <exception cref="InputException">It cannot be read, or is too large.</exception>
    public static string ReadFile(string path)
    {
        try
        {
            if (new FileInfo(path).Length > MaxBytes)
                throw new InputException($"{path} is larger than 1 MB.");
            return File.ReadAllText(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"Cannot read {path}: {e.Message}", e);
        }
    }

    /// <exception cref="InputException">It is not JSON.</exception>
    public static JsonElement Parse(string json, string source)
    {
        if (json.Length > MaxBytes)
            throw new InputException($"{source} is longer than a million characters.");
        try
        {
            return JsonElement.Parse(json, new JsonDocumentOptions { AllowDuplicateProperties = false, MaxDepth = 16 });
        }
        catch (JsonException e)
        {
            throw new InputException($"{source} is not valid JSON: {e.Message}", e);
        }
    }

    /// <exception cref="InputException">It is not an object, or has members of other names.</exception>
    public static void RequireObject(JsonElement value, string where, params ReadOnlySpan<string> members)
    {
        if (value.ValueKind != JsonValueKind.Object)
            throw new InputException($"{where} must be a JSON object, but it is {Kind(value)}.");
        foreach (var member in value.EnumerateObject())
        {
            if (!members.Contains(member.Name))
            {
                throw new InputException(
                    $"{where} has a field '{Shown(member.Name)}', which there is not; the fields are {string.Join(", ", members.ToArray())}.");
            }
        }
    }

    /// <exception cref="InputException">It is not a string.</exception>
    public static string Text(JsonElement value, string where)
    {
        if (value.ValueKind != JsonValueKind.String)
            throw new InputException($"{where} must be a string, but it is {Kind(value)}.");
        try
        {
            return value.GetString()!;
        }
        catch (InvalidOperationException e)
        {
            throw new InputException($"{where} holds half of a surrogate pair, which is no character.", e);
        }
    }

    /// <exception cref="InputException">It is not an array of strings.</exception>
    public static IReadOnlyList<string> Texts(JsonElement value, string where)
    {
        if (value.ValueKind != JsonValueKind.Array)
            throw new InputException($"{where} must be an array of strings, but it is {Kind(value)}.");
        return [.. value.EnumerateArray().Select((item, i) => Text(item, $"{where}[{i}]"))];
    }

    private static string Kind(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => "null",
        JsonValueKind.Number => "a number",
        JsonValueKind.String => "a string",
        JsonValueKind.Array => "an array",
        JsonValueKind.Object => "an object",
        _ => "true or false",
    };

    // names come from a person's file: none of it may steer a terminal
    private static string Shown(string name) => string.Concat(name.Take(40).Select(c => char.IsControl(c) ? '?' : c));
}
