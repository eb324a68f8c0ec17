using System.Text.Json;
using Syrinx.Data.Posts.Sources;

namespace Syrinx.Data.Posts.Readers;

/// <summary>Tells the format of a file from its name and, where that says too little, from its first bytes.</summary>
internal static class FormatGuess
{
    private const int PeekBytes = 1 << 22;
    private const string QualifiedId = "an id with its platform";

    /// <summary>Whether a file in a folder is one that the format's reader should open.</summary>
    public static bool FitsName(string format, SourceFile file) => format switch
    {
        "x-api" or "jsonl" => file.Extension is ".json" or ".jsonl" or ".ndjson",
        "ptt-text" => file.Extension is ".txt" or ".md" or ".ptt" or ".ans" or "",
        "csv" => file.Extension is ".csv" or ".tsv",
        _ => false,
    };

    /// <summary>The file's format, or null where it is none that we know. Only files of likely names are opened.</summary>
    public static string? Of(SourceFile file)
    {
        if (FitsName("csv", file))
            return "csv";
        if (FitsName("ptt-text", file))
        {
            byte[] start = Start(file, 1 << 16);
            // A binary file that is called .txt goes to the reader, which says what is wrong with it.
            return file.Extension == ".txt" && start.Contains((byte)0) || PttTextReader.Recognises(start) ? "ptt-text" : null;
        }
        return FitsName("jsonl", file) ? OfJson(file) : null;
    }

    private static string? OfJson(SourceFile file)
    {
        byte[] start = Start(file, PeekBytes);
        foreach (var chunk in JsonRecords.Read(new MemoryStream(start)))
        {
            foreach (var span in chunk.Records)
            {
                // A page that is longer than what was looked at still shows how it begins.
                var names = Names(span.Problem is null ? chunk.Span(span) : start.AsSpan((int)span.Offset));
                bool Has(params string[] all) => all.All(names.Contains);
                if (Has("id", "platform", "text") || Has("id", "kind", "thread_id") || Has(QualifiedId, "text"))
                    return "jsonl";
                if (names.Overlaps(["data", "includes", "meta", "errors"]) || Has("id", "action"))
                    return "x-api";
                if (Has("id", "text") && names.Overlaps(["author_id", "public_metrics", "edit_history_tweet_ids", "conversation_id"]))
                    return "x-api";
                return null;
            }
        }
        return null;
    }

    /// <summary>The names of an object's own fields, as far as it can be read.</summary>
    private static HashSet<string> Names(ReadOnlySpan<byte> json)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        var reader = new Utf8JsonReader(json, isFinalBlock: false, default);
        try
        {
            while (reader.Read())
            {
                if (reader.CurrentDepth != 1 || reader.TokenType != JsonTokenType.PropertyName)
                    continue;
                bool isId = reader.ValueTextEquals("id"u8);
                names.Add(reader.GetString()!);
                if (isId && reader.Read() && reader.TokenType == JsonTokenType.String && reader.GetString()!.Contains(':'))
                    names.Add(QualifiedId);
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // What was read until here has to do.
        }
        return names;
    }

    private static byte[] Start(SourceFile file, int bytes)
    {
        using var stream = file.Open();
        var start = new byte[(int)Math.Min(bytes, Math.Max(1 << 16, file.Length * 20))];
        return start[..stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false)];
    }
}
