using Syrinx.Data.Posts.Import;

namespace Syrinx.Data.Tests.Posts;

/// <summary>What holds for every format of the contract.</summary>
public class AllFormatsTests
{
    public static TheoryData<string> Formats => new(ExportSamples.All.Select(s => s.Format));

    [Fact]
    public void The_formats_are_those_of_the_contract() => Assert.Equal(
        "auto x-archive x-api x-stream mastodon bluesky reddit ptt-text ptt-html ptt-json discourse hackernews stackexchange wikipedia warc jsonl csv parquet",
        string.Join(' ', ImportSettings.Formats));

    [Fact]
    public void There_is_a_sample_of_each() => Assert.Equal(ImportSettings.Formats.Skip(1), ExportSamples.All.Select(s => s.Format).Order(Comparer<string>.Create((a, b) =>
        ImportSettings.Formats.ToList().IndexOf(a) - ImportSettings.Formats.ToList().IndexOf(b))));

    [Theory]
    [MemberData(nameof(Formats))]
    public void By_its_name_and_by_auto_the_same_posts_enter_and_twice_changes_nothing(string format)
    {
        var sample = ExportSamples.Of(format);
        using var x = new Importing();
        x.Write(sample.File, sample.Bytes);
        var report = x.Import(format);
        Assert.Equal((sample.Posts, 0), (report.Imported, report.Quarantined));
        var bytes = x.HomeBytes();
        Assert.Equal(0, x.Import(format).Imported);
        Assert.Equal(bytes, x.HomeBytes());
        Assert.Equal(0, x.Import("auto").Imported);
        Assert.Equal(bytes, x.HomeBytes());

        using var y = new Importing();
        y.Write(sample.File, sample.Bytes);
        Assert.Equal(sample.Posts, y.Import("auto").Imported);
        Assert.Equal(x.Store.Fingerprint, y.Store.Fingerprint);
    }

    [Fact]
    public void A_folder_of_all_of_them_is_understood_as_a_whole()
    {
        using var x = new Importing();
        foreach (var sample in ExportSamples.All)
            x.Write(sample.File, sample.Bytes);
        x.Write("photo.jpg", [0xFF, 0xD8, 0xFF]);
        x.Write("notes.json", """{"what":"else"}""");
        x.Write("list.html", "<html><body>no article</body></html>");
        x.Write("feed.xml", "<rss><item/></rss>");
        var report = x.Import("auto");
        Assert.Equal(ExportSamples.All.Sum(s => s.Posts), report.Imported);
        Assert.Equal(0, report.Quarantined);
        string left = Assert.Single(report.Notes, n => n.Contains("left unread", StringComparison.Ordinal));
        Assert.Contains("4 files (feed.xml, list.html, notes.json, photo.jpg)", left, StringComparison.Ordinal);
    }

    [Fact]
    public void An_empty_file_is_named_as_one()
    {
        using var x = new Importing();
        x.Write("nothing.jsonl", "");
        foreach (string format in (string[])["auto", "jsonl", "csv", "parquet", "wikipedia", "x-api"])
        {
            string message = Assert.Throws<InputException>(() => x.Import(format, Path.Combine(x.Exports, "nothing.jsonl"))).Message;
            Assert.Contains("1 file (nothing.jsonl) was empty", message, StringComparison.Ordinal);
        }
        x.Write("own.jsonl", """{"id":"x:1","platform":"x","text":"hello"}""");
        foreach (string format in (string[])["auto", "jsonl"])
            Assert.Contains("1 file (nothing.jsonl) was empty.", x.Import(format).Notes);
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void Every_post_is_whole_and_says_where_it_is_from(string format)
    {
        var sample = ExportSamples.Of(format);
        using var x = new Importing();
        x.Write(sample.File, sample.Bytes);
        x.Import(format);
        Assert.All(x.Posts, p =>
        {
            Assert.Matches(@"\A[a-z]+:\S+\z", p.Id);
            Assert.StartsWith(p.Platform + ":", p.Id, StringComparison.Ordinal);
            Assert.True(p.Text.Length > 0 || p.Title is not null || p.RepostOf is not null);
            Assert.True(p.RepostOf is null || p.Text.Length == 0);
            Assert.True(p.AuthorId is null || p.AuthorId.StartsWith(p.Platform + ":", StringComparison.Ordinal));
            Assert.StartsWith(sample.File, p.Source, StringComparison.Ordinal);
            Assert.DoesNotContain("203.0.113", p.Text, StringComparison.Ordinal);
        });
    }
}
