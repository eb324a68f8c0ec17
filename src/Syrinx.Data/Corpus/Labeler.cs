using System.Diagnostics;
using System.Text.Json;
using Syrinx.Data.Corpus.Language;
using Syrinx.Data.Corpus.Privacy;
using Syrinx.Data.Corpus.Signals;
using Syrinx.Data.Posts;

namespace Syrinx.Data.Corpus;

/// <summary>What <c>label</c> did.</summary>
/// <param name="Rows">Rows read and written.</param>
/// <param name="Seconds">Wall-clock time.</param>
public sealed record LabelReport(long Rows, double Seconds);

/// <summary>
/// Labels the rows of a JSONL file one by one, as <c>curate</c> would see each alone: language, spam, bot (from the author's
/// fields only), toxicity, adult content, quality, and where personal data stands. Drops and changes nothing.
/// </summary>
public static class Labeler
{
    private static readonly string[] Added = ["labels"];

    /// <summary>Reads rows with <c>id</c>, <c>text</c> and optional <c>title</c>, <c>urls</c>, <c>sensitive</c>, <c>author</c>;
    /// writes them with <c>labels</c>.</summary>
    /// <param name="input">The JSONL file to read.</param>
    /// <param name="output">The JSONL file to write; whole or absent.</param>
    /// <param name="threads">Threads to use; the output is the same for any number.</param>
    /// <param name="progress">Told the rows done, or null.</param>
    /// <param name="cancel">Stops the work; no file is written.</param>
    /// <exception cref="InputException">A row is malformed (the message names file, line and field), or a file cannot be
    /// opened.</exception>
    public static LabelReport Run(string input, string output, int threads, IProgress<StageProgress>? progress,
        CancellationToken cancel)
    {
        var clock = Stopwatch.StartNew();
        long rows = 0;
        AtomicFile.Write(output, stream =>
        {
            foreach (byte[] line in OrderedBatches.Map(
                JsonRow.Lines(input), threads, l => LabelLine(JsonRow.Parse(l.Line, l.Where)), cancel))
            {
                stream.Write(line);
                if (++rows % 4096 == 0)
                    progress?.Report(new("label", rows, null, "rows"));
            }
        });
        return new(rows, clock.Elapsed.TotalSeconds);
    }

    private static byte[] LabelLine(JsonRow row)
    {
        string text = row.Whole;
        string masked = PersonalDataMask.Apply(text, out _);
        var pii = PersonalData.Find(row.Text);
        var (lang, langScore) = LanguageDetector.Detect(masked);
        var signals = PostSignals.Of(text, Urls(row.Json),
            row.Json.TryGetProperty("sensitive", out var s) && s.ValueKind == JsonValueKind.True);
        var author = row.Json.TryGetProperty("author", out var a) && a.ValueKind == JsonValueKind.Object ? ReadAuthor(a) : null;
        float bot = BotScore.Of(author, null, JsonRow.TimeOf(row.Json, "created_at"));
        double quality = TextQuality.Of(masked).Score;

        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = CorpusFiles.Json.Encoder }))
        {
            row.Write(writer, Added, w =>
            {
                w.WriteStartObject("labels");
                w.WriteString("lang", lang);
                w.WriteNumber("lang_score", Math.Round(langScore, 4));
                w.WriteNumber("spam", Math.Round(signals.Spam, 4));
                w.WriteNumber("bot", Math.Round(bot, 4));
                w.WriteNumber("toxicity", Math.Round(signals.Toxicity, 4));
                w.WriteNumber("nsfw", Math.Round(signals.Nsfw, 4));
                w.WriteNumber("quality", Math.Round(quality, 4));
                w.WriteStartArray("pii");
                foreach (var span in pii)
                {
                    w.WriteStartObject();
                    w.WriteString("type", span.Type);
                    w.WriteNumber("start", CodePoints(row.Text, span.Start));
                    w.WriteNumber("end", CodePoints(row.Text, span.End));
                    w.WriteEndObject();
                }
                w.WriteEndArray();
                w.WriteEndObject();
            });
        }
        buffer.WriteByte((byte)'\n');
        return buffer.ToArray();
    }

    // Positions are counted in code points, as Python and most tools that read JSONL count them.
    private static int CodePoints(string text, int utf16)
    {
        int count = utf16;
        for (int i = 1; i < utf16; i++)
            count -= char.IsSurrogatePair(text[i - 1], text[i]) ? 1 : 0;
        return count;
    }

    private static List<string> Urls(JsonElement row) =>
        row.TryGetProperty("urls", out var urls) && urls.ValueKind == JsonValueKind.Array
            ? [.. urls.EnumerateArray().Where(u => u.ValueKind == JsonValueKind.String).Select(u => u.GetString()!)]
            : [];

    private static Author ReadAuthor(JsonElement a) => new()
    {
        AuthorId = Text(a, "author_id") ?? "",
        Handle = Text(a, "handle") ?? "",
        Name = Text(a, "name"),
        Description = Text(a, "description"),
        CreatedAt = JsonRow.TimeOf(a, "created_at"),
        Followers = JsonRow.NumberOf(a, "followers"),
        Following = JsonRow.NumberOf(a, "following"),
        Posts = JsonRow.NumberOf(a, "posts"),
        Likes = JsonRow.NumberOf(a, "likes"),
        Listed = JsonRow.NumberOf(a, "listed"),
        DefaultProfile = a.TryGetProperty("default_profile", out var d)
            && d.ValueKind is JsonValueKind.True or JsonValueKind.False ? d.GetBoolean() : null,
        Url = Text(a, "url"),
        Location = Text(a, "location"),
    };

    private static string? Text(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
