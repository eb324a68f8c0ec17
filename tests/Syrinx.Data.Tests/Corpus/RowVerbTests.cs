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

    private List<JsonElement> Label(params string[] lines)
    {
        File.WriteAllLines(Path.Combine(_folder, "in.jsonl"), lines);
        Labeler.Run(Path.Combine(_folder, "in.jsonl"), Path.Combine(_folder, "out.jsonl"), LabelModels.BuiltIn, 2, null, default);
        return Read();
    }

    private List<JsonElement> Read() => [.. File.ReadLines(Path.Combine(_folder, "out.jsonl")).Select(l => JsonElement.Parse(l))];
}
