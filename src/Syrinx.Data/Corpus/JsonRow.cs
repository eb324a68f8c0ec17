using System.Globalization;
using System.Text;
using System.Text.Json;
using Syrinx.Data.Posts;

namespace Syrinx.Data.Corpus;

/// <summary>A line of a JSONL file that people gave us: an object with at least <c>id</c> and <c>text</c>; its other fields are
/// kept.</summary>
internal sealed class JsonRow
{
    private readonly string _path;
    private readonly long _line;

    private JsonRow(JsonElement json, string path, long line)
    {
        Json = json;
        _path = path;
        _line = line;
        Id = Required("id");
        Text = Required("text");
    }

    public JsonElement Json { get; }
    public string Id { get; }
    public string Text { get; }

    /// <summary>Title and text as one.</summary>
    public string Whole => Optional("title") is { Length: > 0 } title ? title + "\n" + Text : Text;

    /// <summary>The author object, or null.</summary>
    public Author? Author => Json.TryGetProperty("author", out var a) && a.ValueKind == JsonValueKind.Object ? ReadAuthor(a) : null;

    /// <summary>
    /// What tells the author's rows from others': <c>author_id</c> and handle, of the row or of its author object; null where it has
    /// neither. Both, because tables that went through a spreadsheet have ids that were rounded.
    /// </summary>
    public string? AuthorKey
    {
        get
        {
            bool isObject = Json.TryGetProperty("author", out var a) && a.ValueKind == JsonValueKind.Object;
            string? id = Key(Json, "author_id") ?? (isObject ? Key(a, "author_id") : null);
            string? handle = isObject ? Key(a, "handle") : Key(Json, "author");
            return id is null && handle is null ? null : $"{id} @{handle}";
        }
    }

    /// <summary>Whether it answers or quotes another row.</summary>
    public bool IsReply => Key(Json, "reply_to") is not null || Key(Json, "quote_of") is not null;

    /// <summary>Links that stand beside the text.</summary>
    public IReadOnlyList<string> Urls => Json.TryGetProperty("urls", out var urls) && urls.ValueKind == JsonValueKind.Array
        ? [.. urls.EnumerateArray().Where(u => u.ValueKind == JsonValueKind.String).Select(Safe)] : [];

    /// <summary>The platform's own mark.</summary>
    public bool Sensitive => Json.TryGetProperty("sensitive", out var s) && s.ValueKind == JsonValueKind.True;

    private string Where => PlaceOf(_path, _line);

    /// <summary>Reads a file's rows with their place; blank lines are passed over.</summary>
    /// <exception cref="InputException">The file is missing or not readable.</exception>
    public static IEnumerable<(string Line, string Where)> Lines(string path)
    {
        var reader = new StreamReader(Open(path), Encoding.UTF8);
        using (reader)
        {
            for (long number = 1; reader.ReadLine() is { } line; number++)
            {
                if (!string.IsNullOrWhiteSpace(line))
                    yield return (line, PlaceOf(path, number));
            }
        }
    }

    /// <summary>Opens a file of rows.</summary>
    /// <exception cref="InputException">The file is missing or not readable.</exception>
    public static FileStream Open(string path)
    {
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, FileOptions.SequentialScan);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"Cannot read {path}: {e.Message} It should be a JSONL file, each line an object with id and text.", e);
        }
    }

    /// <summary>Parses a row.</summary>
    /// <exception cref="InputException">It is no object, or id or text is missing; the message names file, line and
    /// field.</exception>
    public static JsonRow Parse(string line, string where) => Parse(Encoding.UTF8.GetBytes(line), where, 0);

    /// <summary>Parses a row.</summary>
    /// <param name="line">Its bytes.</param>
    /// <param name="path">The file.</param>
    /// <param name="number">The line, from 1; 0 where the path says it.</param>
    /// <exception cref="InputException">It is no object, or id or text is missing; the message names file, line and
    /// field.</exception>
    public static JsonRow Parse(ReadOnlySpan<byte> line, string path, long number)
    {
        JsonElement json;
        try
        {
            json = JsonElement.Parse(line);
        }
        catch (JsonException e)
        {
            throw new InputException($"{PlaceOf(path, number)} is not JSON: {e.Message} Each line should be an object with id and text.", e);
        }
        if (json.ValueKind != JsonValueKind.Object)
            throw new InputException($"{PlaceOf(path, number)} is {Kind(json)}, but should be an object with id and text.");
        return new JsonRow(json, path, number);
    }

    /// <summary>A text field, or null where it is absent, null or of another type.</summary>
    public string? Optional(string name) => Optional(Json, name);

    /// <summary>A whole number, or null.</summary>
    public long? Number(string name) => NumberOf(Json, name);

    /// <summary>A whole number of an object, written as a number or in quotes; null where there is none.</summary>
    public static long? NumberOf(JsonElement json, string name)
    {
        if (!json.TryGetProperty(name, out var value))
            return null;
        if (value.ValueKind == JsonValueKind.Number)
            return value.TryGetInt64(out long whole) ? whole
                : (long)Math.Clamp(value.GetDouble(), long.MinValue / 2, long.MaxValue / 2);
        return value.ValueKind == JsonValueKind.String
            && long.TryParse(value.GetString(), NumberStyles.Integer, CultureInfo.InvariantCulture, out long parsed) ? parsed
            : null;
    }

    /// <summary>A time, or null.</summary>
    public DateTime? Time(string name) => TimeOf(Json, name);

    /// <summary>A time, ISO 8601 or as X writes it; null where there is none.</summary>
    public static DateTime? TimeOf(JsonElement json, string name)
    {
        if (!json.TryGetProperty(name, out var value) || value.ValueKind != JsonValueKind.String)
            return null;
        string text = value.GetString()!;
        const DateTimeStyles Utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        return DateTime.TryParse(text, CultureInfo.InvariantCulture, Utc, out var time)
            || DateTime.TryParseExact(text, "ddd MMM dd HH:mm:ss zzz yyyy", CultureInfo.InvariantCulture, Utc, out time)
            ? time : null;
    }

    /// <summary>Writes the row again with fields added; fields of the same names are replaced.</summary>
    public void Write(Utf8JsonWriter writer, IReadOnlyList<string> added, Action<Utf8JsonWriter> add)
    {
        writer.WriteStartObject();
        foreach (var property in Json.EnumerateObject())
        {
            if (!added.Contains(property.Name))
                property.WriteTo(writer);
        }
        add(writer);
        writer.WriteEndObject();
    }

    /// <summary>Writes the row again without a field, and leaves the object open.</summary>
    public void WriteOpen(Utf8JsonWriter writer, string without)
    {
        writer.WriteStartObject();
        foreach (var property in Json.EnumerateObject())
        {
            if (property.Name != without)
                property.WriteTo(writer);
        }
    }

    private string Required(string name)
    {
        if (!Json.TryGetProperty(name, out var value))
            throw new InputException($"{Where} has no field '{name}'; each line should be an object with id and text.");
        return value.ValueKind switch
        {
            JsonValueKind.String => Safe(value),
            JsonValueKind.Number when name == "id" => value.GetRawText(),
            _ => throw new InputException($"{Where}: '{name}' is {Kind(value)}, but should be a string."),
        };
    }

    private string? Optional(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? Safe(value) : null;

    // A name for something, written as a string or a number.
    private string? Key(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number ? value.GetRawText()
        : Optional(json, name) is { Length: > 0 } text ? text : null;

    // JSON may escape half a surrogate pair, which is no text.
    private string Safe(JsonElement value)
    {
        try
        {
            return value.GetString()!;
        }
        catch (InvalidOperationException e)
        {
            throw new InputException($"{Where} has a string that is not valid Unicode (half of a surrogate pair).", e);
        }
    }

    private Author ReadAuthor(JsonElement a) => new()
    {
        AuthorId = Optional(a, "author_id") ?? "",
        Handle = Optional(a, "handle") ?? "",
        Name = Optional(a, "name"),
        Description = Optional(a, "description"),
        CreatedAt = TimeOf(a, "created_at"),
        Followers = NumberOf(a, "followers"),
        Following = NumberOf(a, "following"),
        Posts = NumberOf(a, "posts"),
        Likes = NumberOf(a, "likes"),
        Listed = NumberOf(a, "listed"),
        DefaultProfile = a.TryGetProperty("default_profile", out var d)
            && d.ValueKind is JsonValueKind.True or JsonValueKind.False ? d.GetBoolean() : null,
        Url = Optional(a, "url"),
        Location = Optional(a, "location"),
    };

    private static string PlaceOf(string path, long line) =>
        line == 0 ? path : string.Create(CultureInfo.InvariantCulture, $"{path}, line {line}");

    private static string Kind(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Array => "an array",
        JsonValueKind.Object => "an object",
        JsonValueKind.Number => "a number",
        JsonValueKind.Null => "null",
        _ => "a " + value.ValueKind.ToString().ToLowerInvariant(),
    };
}
