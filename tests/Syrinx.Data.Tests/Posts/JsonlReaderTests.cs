using System.Text.Json;
using CsCheck;
using Syrinx.Data.Posts;

namespace Syrinx.Data.Tests.Posts;

/// <summary>Our own JSONL: what goes out comes back.</summary>
public class JsonlReaderTests
{
    private static readonly string[] Odd = ["豆花", "🍧👨‍👩‍👧", "e\u0301", "\"quoted\"\n", "a\\b", "<b>&amp;", "\u2028", " "];

    private static readonly Gen<string> Word =
        Gen.OneOf(Gen.Char.AlphaNumeric.Array[1, 8].Select(c => new string(c)), Gen.Int[0, Odd.Length - 1].Select(i => Odd[i]));

    private static readonly Gen<string?> Maybe = Word.Select(w => PostOf(w).Length == 0 ? null : (string?)PostOf(w));

    private static string PostOf(string word) => Data.Posts.Readers.PostText.Line(word) ?? "";

    private static readonly Gen<Post> AnyPost = Gen.Select(Gen.Long[1, 999], Word.Array[0, 6], Maybe, Maybe, Gen.Long[0, 4_000_000_000_000].Nullable(0.2),
        Gen.Long[-5, 1 << 40].Nullable(0.3), Gen.Bool, Gen.Bool).Select((id, words, a, b, time, count, sensitive, training) => new Post
        {
            Id = $"x:{id}",
            Platform = "x",
            Kind = "post",
            AuthorId = a is null ? null : "x:7",
            Author = a,
            Title = b,
            Community = b,
            Text = Data.Posts.Readers.PostText.Clean(string.Concat(words)),
            CreatedAt = time is { } ms ? DateTime.UnixEpoch.AddMilliseconds(ms) : null,
            ThreadId = $"x:{id}",
            Likes = count,
            Score = count is { } n ? -n : null,
            Urls = a is null ? [] : [a],
            Hashtags = b is null ? [] : [b, "x"],
            Sensitive = sensitive,
            TrainingAllowed = training,
            Source = "made.jsonl:1",
        });

    [Fact]
    public void Export_and_import_are_each_others_inverse()
    {
        AnyPost.Array[1, 20].Sample(posts =>
        {
            using var x = new Importing();
            PostStore.Replace(x.Home.Posts, posts.DistinctBy(p => p.Id));
            Directory.CreateDirectory(x.Exports);
            string file = Path.Combine(x.Exports, "posts.jsonl");
            long n = PostExport.Run(x.Home, file, withLabels: false);

            using var y = new Importing();
            Assert.Equal(n, y.Import("jsonl", file).Imported);
            Assert.Equivalent(x.Posts, y.Posts, strict: true);
            Assert.Equal(x.Store.Fingerprint, y.Store.Fingerprint);
        }, iter: 25);
    }

    [Fact]
    public void Every_field_of_the_contract_stands_in_a_line_and_absent_ones_are_null()
    {
        using var x = new Importing();
        x.Write("p.jsonl", """{"id":"x:1","text":"hi","created_at":"2024-03-01T08:30:01+02:00"}""");
        x.Import("jsonl");
        string file = Path.Combine(x.Exports, "out.jsonl");
        PostExport.Run(x.Home, file, withLabels: false);
        using var json = JsonDocument.Parse(File.ReadAllText(file));
        Assert.Equal(["id", "platform", "kind", "community", "author_id", "author", "created_at", "edited_at", "text", "title", "lang", "client", "reply_to",
            "quote_of", "repost_of", "thread_id", "likes", "reposts", "replies", "quotes", "views", "score", "urls", "hashtags", "mentions", "sensitive",
            "training_allowed", "source"], json.RootElement.EnumerateObject().Select(p => p.Name));
        Assert.Equal("2024-03-01T06:30:01Z", json.RootElement.GetProperty("created_at").GetString());
        Assert.Equal(JsonValueKind.Null, json.RootElement.GetProperty("likes").ValueKind);
        Assert.Equal("p.jsonl:1", json.RootElement.GetProperty("source").GetString());
    }

    [Fact]
    public void Labels_are_joined_by_id()
    {
        using var x = new Importing();
        x.Write("p.jsonl", string.Join('\n', new[] { 1, 2, 10 }.Select(i => $$"""{"id":"x:{{i}}","text":"t{{i}}"}""")));
        x.Import("jsonl");
        Directory.CreateDirectory(x.Home.Corpus);
        File.WriteAllText(Path.Combine(x.Home.Corpus, "labels.jsonl"), """
            {"id":"x:1","lang":"en","spam":0.5}
            {"id":"x:3","lang":"zh","spam":0}
            {"id":"x:10","lang":"fr","spam":1}
            """);
        string file = Path.Combine(x.Exports, "out.jsonl");
        PostExport.Run(x.Home, file, withLabels: true);
        string[] labels = [.. File.ReadLines(file).Select(l => JsonDocument.Parse(l).RootElement.GetProperty("labels").GetRawText())];
        Assert.Equal(["""{"lang":"en","spam":0.5}""", "null", """{"lang":"fr","spam":1}"""], labels);
    }

    [Theory]
    [InlineData("""{"text":"no id"}""", "field id")]
    [InlineData("""{"id":"noplatform","text":"t"}""", "field id")]
    [InlineData("""{"id":"x:1"}""", "field text")]
    [InlineData("""{"id":"x:1","text":"t","likes":"many"}""", "field likes")]
    [InlineData("""{"id":"x:1","text":"t","created_at":"yesterday"}""", "field created_at")]
    [InlineData("""{"id":"x:1","text":"t","kind":"direct"}""", "field kind")]
    [InlineData("""{"id":"x:1","text":"\ud800"}""", "bad_unicode")]
    [InlineData("""{"id":"x:1","text":"t"} x""", "invalid_json")]
    [InlineData("""{"id":"x:1","text":"t""", "truncated")]
    [InlineData("[]", "not_an_object")]
    public void A_broken_line_goes_to_quarantine_with_its_reason(string line, string reason)
    {
        using var x = new Importing();
        x.Write("p.jsonl", """{"id":"x:9","text":"whole"}""" + "\n" + line);
        var report = x.Import("jsonl");
        Assert.Equal((2, 1, 1), (report.Read, report.Imported, report.Quarantined));
        using var json = JsonDocument.Parse(Assert.Single(File.ReadAllLines(report.QuarantineFile!)));
        Assert.Equal((reason, 28, "p.jsonl:2"), (json.RootElement.GetProperty("reason").GetString(), json.RootElement.GetProperty("position").GetInt32(),
            json.RootElement.GetProperty("source").GetString()));
    }

    [Fact]
    public void Deep_nesting_and_very_long_lines_are_quarantined_and_reading_goes_on()
    {
        using var x = new Importing();
        x.Write("p.jsonl", "{\"id\":\"x:1\",\"text\":\"a\",\"more\":" + new string('[', 5000) + "\n{\"id\":\"x:2\",\"text\":\"" + new string('b', 3_000_000) + "\"}\n{\"id\":\"x:3\",\"text\":\"c\\u0000d\"}\n");
        var report = x.Import("jsonl");
        Assert.Equal((2, 1), (report.Imported, report.Quarantined));
        Assert.Equal(["x:2", "x:3"], x.Posts.Select(p => p.Id));
        Assert.Equal("cd", x.Posts[1].Text);
    }
}
