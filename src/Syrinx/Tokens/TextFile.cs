using System.Text;
using System.Text.Json;

namespace Syrinx.Tokens;

/// <summary>
/// Texts of a file, streamed: a <c>.jsonl</c> file gives the field <c>text</c> of each line, any other file is plain UTF-8.
/// </summary>
public static class TextFile
{
    private const int ChunkChars = 1 << 20;
    private const int LongestChunk = 1 << 23;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>
    /// The texts of a file. A plain file comes in parts of about a million characters, cut where Qwen2's pre-tokenizer cuts
    /// in any case: between a line end and what is not a space.
    /// </summary>
    /// <exception cref="InputException">The file cannot be read, is not UTF-8, or a line lacks <c>text</c>.</exception>
    public static IEnumerable<string> ReadDocuments(string path) => IsJsonLines(path) ? ReadJsonTexts(path) : ReadParts(path);

    /// <summary>
    /// What is encoded line by line: the <c>text</c> of each JSON line, or each line of a plain file without its end.
    /// </summary>
    /// <exception cref="InputException">The file cannot be read, is not UTF-8, or a line lacks <c>text</c>.</exception>
    public static IEnumerable<string> ReadRows(string path) => IsJsonLines(path) ? ReadJsonTexts(path) : ReadLines(path);

    private static bool IsJsonLines(string path) => Path.GetExtension(path).Equals(".jsonl", StringComparison.OrdinalIgnoreCase);

    private static IEnumerable<string> ReadJsonTexts(string path)
    {
        long number = 0;
        foreach (string line in ReadLines(path))
        {
            number++;
            if (string.IsNullOrWhiteSpace(line))
                continue;
            yield return JsonText(line, "text", $"{path}:{number}");
        }
    }

    /// <summary>A string field of a line of JSON.</summary>
    /// <exception cref="InputException">The line is not an object with that string.</exception>
    internal static string JsonText(string line, string field, string where)
    {
        try
        {
            using var json = JsonDocument.Parse(line);
            if (json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty(field, out var value)
                && value.ValueKind == JsonValueKind.String)
                return value.GetString()!;
            throw new InputException($"{where}: it must be a JSON object with the string '{field}'.");
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new InputException($"{where}: it is not a line of JSON with the string '{field}': {e.Message}", e);
        }
    }

    internal static IEnumerable<string> ReadLines(string path)
    {
        using var reader = Open(path);
        long number = 0;
        while (true)
        {
            string? line;
            try
            {
                line = reader.ReadLine();
            }
            catch (Exception e) when (e is DecoderFallbackException or IOException)
            {
                throw new InputException($"{path}, after line {number}: it is not UTF-8 text: {e.Message}", e);
            }
            if (line is null)
                yield break;
            number++;
            yield return line;
        }
    }

    private static IEnumerable<string> ReadParts(string path)
    {
        using var reader = Open(path);
        var buffer = new char[ChunkChars];
        var part = new StringBuilder();
        long before = 0;
        while (true)
        {
            int n;
            try
            {
                n = reader.ReadBlock(buffer);
            }
            catch (Exception e) when (e is DecoderFallbackException or IOException)
            {
                throw new InputException($"{path}, after character {before}: it is not UTF-8 text: {e.Message}", e);
            }
            if (n == 0)
                break;
            before += n;
            int known = part.Length; // holds no place to cut
            part.Append(buffer, 0, n);
            string text = part.ToString();
            int cut = text.Length - 1;
            while (cut > 0 && cut >= known && !(text[cut - 1] is '\n' or '\r' && !char.IsWhiteSpace(text[cut])))
                cut--;
            if (cut < known)
                cut = 0;
            if (cut <= 0 && text.Length >= LongestChunk)
                cut = char.IsHighSurrogate(text[^1]) ? text.Length - 1 : text.Length; // no line ends: cut anywhere
            if (cut <= 0)
                continue;
            yield return text[..cut];
            part.Clear().Append(text, cut, text.Length - cut);
        }
        if (part.Length > 0)
            yield return part.ToString();
    }

    private static StreamReader Open(string path)
    {
        try
        {
            return new StreamReader(path, Strict, detectEncodingFromByteOrderMarks: true, 1 << 16);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"Cannot read {path}: {e.Message}", e);
        }
    }
}
