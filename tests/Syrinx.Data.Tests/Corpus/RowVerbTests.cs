using System.Text.Json;
using Syrinx.Data.Corpus;
using Syrinx.Data.Corpus.Classifiers;

namespace Syrinx.Data.Tests.Corpus;

/// <summary><c>label</c> and <c>dedup</c> on JSONL files.</summary>
public sealed class RowVerbTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("syrinx-rows-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Label_keeps_the_row_and_adds_scores_and_spans()
    {
        var rows = Label("""{"id":"1","text":"😂 write to a@b.example","extra":[1,2],"author":{"handle":"tide_bot","description":"automated tide times"}}""");
        var labels = rows[0].GetProperty("labels");
        Assert.Equal(2, rows[0].GetProperty("extra").GetArrayLength());
        Assert.Equal("en", labels.GetProperty("lang").GetString());
        Assert.InRange(labels.GetProperty("bot").GetDouble(), 0.5, 1);
        var span = labels.GetProperty("pii")[0];
        // code points: the emoji is one
        Assert.Equal((11, 22), (span.GetProperty("start").GetInt32(), span.GetProperty("end").GetInt32()));
        foreach (string score in (string[])["lang_score", "spam", "bot", "toxicity", "nsfw", "quality"])
            Assert.InRange(labels.GetProperty(score).GetDouble(), 0, 1);
    }

    [Fact]
    public void Bots_and_campaigns_are_told_by_what_authors_do_in_all_rows()
    {
        // a clock that posts the tide every hour, a person, three accounts with one text and a row that tells nothing of its author
        List<string> rows = [];
        var start = new DateTime(2026, 3, 1, 0, 0, 0, DateTimeKind.Utc);
        for (int i = 0; i < 40; i++)
        {
            rows.Add(Row($"c{i}", $"Tide at the old harbour is now {100 + i * 7} centimetres above the mark", "x:1", start.AddHours(i)));
            rows.Add(Row($"p{i}", People[i % People.Length] + " " + Numbers[i / People.Length], "x:2", start.AddMinutes(i * i * 37 % 30_000), i % 2 == 0 ? "c1" : null));
        }
        for (int i = 0; i < 3; i++)
            rows.Add(Row($"s{i}", $"Earn from home, guaranteed profit of {i + 3}00 a day! Click the link and claim your prize https://win.example/{i}", $"x:9{i}", start.AddHours(i)));
        rows.Add("""{"id":"n","text":"Nobody knows who wrote this"}""");
        var labels = Label([.. rows]).ToDictionary(r => r.GetProperty("id").GetString()!, r => r.GetProperty("labels"));
        double Bot(string id) => labels[id].GetProperty("bot").GetDouble();
        string? Campaign(string id) => labels[id].GetProperty("campaign").GetString();

        Assert.True(Bot("c0") > 0.8 && Bot("p0") < 0.3, $"{Bot("c0")} {Bot("p0")}");
        Assert.All(Enumerable.Range(0, 40), i => Assert.Equal((Bot("c0"), Bot("p0")), (Bot($"c{i}"), Bot($"p{i}"))));
        Assert.Equal(["campaign:s0", "campaign:s0", "campaign:s0", null, null], new[] { "s0", "s1", "s2", "p0", "n" }.Select(Campaign));
        Assert.InRange(Bot("n"), 0, 0.1);
    }

    [Fact]
    public void Labels_that_a_row_has_are_made_anew_and_other_bytes_stay()
    {
        string[] lines = Text("""  { "id" : 1, "text" : "\u00e9t\u00e9" }  """, """{"labels":{"spam":7},"id":"2","text":"b"}""");
        Assert.StartsWith("""{ "id" : 1, "text" : "\u00e9t\u00e9","labels":{""", lines[0], StringComparison.Ordinal);
        Assert.StartsWith("""{"id":"2","text":"b","labels":{""", lines[1], StringComparison.Ordinal);
        Assert.All(lines, l => Assert.Equal(JsonValueKind.Object, JsonElement.Parse(l).GetProperty("labels").ValueKind));
    }

    [Theory]
    [InlineData("{\"id\":\"1\"}", "'text'")]
    [InlineData("{\"text\":\"a\"}", "'id'")]
    [InlineData("{\"id\":\"1\",\"text\":5}", "'text' is a number")]
    [InlineData("[1]", "an array")]
    [InlineData("{\"id\":", "not JSON")]
    public void A_bad_row_is_named_with_its_line(string row, string part)
    {
        var error = Assert.Throws<InputException>(() => Label("{\"id\":\"0\",\"text\":\"fine\"}", row));
        Assert.Contains("line 2", error.Message, StringComparison.Ordinal);
        Assert.Contains(part, error.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(_folder, "out.jsonl")));
    }

    [Fact]
    public void Dedup_marks_all_but_the_most_engaged()
    {
        File.WriteAllLines(Path.Combine(_folder, "in.jsonl"),
        [
            """{"id":"a","text":"The ferry to the island is cancelled tomorrow because of the typhoon warning"}""",
            """{"id":"b","text":"the ferry to the island is CANCELLED tomorrow because of the typhoon warning!","likes":7}""",
            """{"id":"c","text":"Something else entirely, about tomatoes on a roof and their many friends"}""",
            "",
            """{"id":"d","text":""}""",
        ]);
        var report = Deduplicator.Run(Path.Combine(_folder, "in.jsonl"), Path.Combine(_folder, "out.jsonl"), 0.72, 2, null,
            default);
        Assert.Equal((4, 1, 1), (report.Rows, report.Clusters, report.Removed));
        var rows = Read();
        Assert.Equal(["b", "b", "c", "d"], rows.Select(r => r.GetProperty("cluster").GetString()));
        Assert.Equal([false, true, true, true], rows.Select(r => r.GetProperty("keep").GetBoolean()));
        Assert.Equal(2, Directory.GetFiles(_folder).Length);
    }

    [Fact]
    public void A_missing_file_is_bad_input() =>
        Assert.Throws<InputException>(() => Labeler.Run(
            Path.Combine(_folder, "none.jsonl"), Path.Combine(_folder, "out.jsonl"), LabelModels.BuiltIn, 1, null, default));

    private static readonly string[] People =
        ["The plums are late this year", "I missed the last tram again", "Does anybody have a spare umbrella", "My aunt makes the best soup", "That film was too long",
            "We painted the kitchen yellow", "The cat sits on the warm stove", "Rain on the roof all night"];

    private static readonly string[] Numbers = ["today", "as ever", "of course", "it seems", "I think"];

    private static string Row(string id, string text, string author, DateTime time, string? replyTo = null) =>
        JsonSerializer.Serialize(new { id, text, author_id = author, author = author[2..], created_at = time, reply_to = replyTo });

    private string[] Text(params string[] lines)
    {
        Label(lines);
        return File.ReadAllLines(Path.Combine(_folder, "out.jsonl"));
    }

    private List<JsonElement> Label(params string[] lines)
    {
        File.WriteAllLines(Path.Combine(_folder, "in.jsonl"), lines);
        Labeler.Run(Path.Combine(_folder, "in.jsonl"), Path.Combine(_folder, "out.jsonl"), LabelModels.BuiltIn, 2, null, default);
        return Read();
    }

    private List<JsonElement> Read() => [.. File.ReadLines(Path.Combine(_folder, "out.jsonl")).Select(l => JsonElement.Parse(l))];
}
