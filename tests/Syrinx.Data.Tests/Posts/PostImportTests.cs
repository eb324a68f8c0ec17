using System.IO.Compression;
using System.Text;
using Syrinx.Data.Posts;
using Syrinx.Data.Posts.Import;

namespace Syrinx.Data.Tests.Posts;

/// <summary>What an import promises whatever the format: nothing is lost, nothing private enters, nothing is half done.</summary>
public class PostImportTests
{
    private static string Line(int id, string text = "t", int likes = 0, string author = "7") =>
        $$"""{"id":"x:{{id}}","text":"{{text}}","author_id":"x:{{author}}","author":"a{{author}}","likes":{{likes}}}""";

    private static string Lines(IEnumerable<int> ids, string text = "t", int likes = 0) => string.Join('\n', ids.Select(i => Line(i, text + i, likes)));

    [Fact]
    public void The_same_import_twice_leaves_the_same_bytes()
    {
        using var x = new Importing();
        x.Write("a.jsonl", Lines(Enumerable.Range(1, 300)) + "\n{broken\n" + Line(5));
        var first = x.Import("jsonl");
        var bytes = x.HomeBytes();
        var second = x.Import("jsonl");
        Assert.Equal(bytes, x.HomeBytes());
        Assert.Equal((300, 1, 1), (first.Imported, first.Skipped["duplicate"], first.Quarantined));
        Assert.Equal((0, 300, 1), (second.Imported, second.Skipped["unchanged"], second.Quarantined));
    }

    [Fact]
    public void The_order_of_imports_is_of_no_matter_and_the_later_version_stays()
    {
        string[] exports = [Lines(Enumerable.Range(1, 50), "old", 1), Lines(Enumerable.Range(30, 50), "new", 5), Lines(Enumerable.Range(60, 10), "older", 0)];
        var results = new HashSet<string>();
        foreach (int[] order in (int[][])[[0, 1, 2], [2, 1, 0], [1, 0, 2]])
        {
            using var x = new Importing();
            foreach (int i in order)
                x.Import("jsonl", x.Write($"{i}.jsonl", exports[i]));
            results.Add(x.Store.Fingerprint);
            Assert.Equal("new30", x.Posts.Single(p => p.Id == "x:30").Text);
            Assert.Equal(79, x.Posts.Length);
        }
        Assert.Single(results);
    }

    [Fact]
    public void Threads_memory_and_packing_change_nothing()
    {
        string text = Lines(Enumerable.Range(1, 6000).Select(i => i * 7919 % 6007), "some words ");
        using var x = new Importing();
        string plain = x.Write("p.jsonl", text);
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionMode.Compress, leaveOpen: true))
            gzip.Write(Encoding.UTF8.GetBytes(text));
        string gz = x.Write("p.jsonl.gz", packed.ToArray());
        string zip = x.WriteZip("p.zip", ("deep/p.jsonl", text));
        var fingerprints = new HashSet<string>();
        foreach (var settings in (ImportSettings[])[
            new() { Format = "jsonl", Paths = [plain], Threads = 1 }, new() { Format = "jsonl", Paths = [gz], Threads = 4, SortBytes = 2_000_000 },
            new() { Format = "auto", Paths = [zip], Threads = 2, SortBytes = 3_000_000 }])
        {
            using var y = new Importing();
            Assert.Equal(6000, y.Import(settings).Imported);
            fingerprints.Add(y.Store.Fingerprint);
        }
        Assert.Single(fingerprints);
    }

    [Fact]
    public void Only_files_whose_posts_change_are_written_again()
    {
        using var x = new Importing();
        var settings = new ImportSettings { Format = "jsonl", Paths = [x.Write("a.jsonl", Lines(Enumerable.Range(1, 250)))], RowsPerFile = 100 };
        x.Import(settings);
        var before = x.HomeBytes();
        x.Import(settings with { Paths = [x.Write("b.jsonl", Line(250, "changed", 3) + "\n" + Line(251))] });
        var after = x.HomeBytes();
        Assert.Equal(251, x.Store.PostCount);
        Assert.Equal(2, before.Count(f => f.Key.EndsWith(".parquet", StringComparison.Ordinal) && after.GetValueOrDefault(f.Key) == f.Value));
    }

    [Fact]
    public void Who_opts_out_is_gone_now_and_at_every_later_import()
    {
        using var x = new Importing();
        string file = x.Write("a.jsonl", Line(1) + "\n" + Line(2, author: "8"));
        string list = x.Write("out.txt", "# members who said no\nX:8\n\n");
        x.Import("jsonl", file);
        Assert.Equal(2, x.Store.PostCount);
        var report = x.Import("jsonl", file, list);
        Assert.Equal((1, 1), (report.Removed, report.Skipped["opted_out"]));
        report = x.Import("jsonl", x.Write("b.jsonl", Line(3, author: "8")));
        Assert.Equal(1, report.Skipped["opted_out"]);
        Assert.Equal(["x:1"], x.Posts.Select(p => p.Id));
        Assert.DoesNotContain("x:8", File.ReadAllText(x.Home.OptOut), StringComparison.OrdinalIgnoreCase);
        Assert.True(OptOutList.Open(x.Home).Contains("x:8"));
    }

    [Fact]
    public void An_opt_out_list_alone_cleans_the_lake()
    {
        using var x = new Importing();
        x.Import("jsonl", x.Write("a.jsonl", Line(1) + "\n" + Line(2, author: "8")));
        var list = OptOutList.Open(x.Home);
        list.Add("x:8");
        list.Save();
        Assert.Equal(1, PostImport.ApplyRemovals(x.Home));
        Assert.Equal(["x:1"], x.Posts.Select(p => p.Id));
    }

    [Fact]
    public void A_line_of_the_opt_out_list_that_is_no_author_is_refused()
    {
        using var x = new Importing();
        x.Write("a.jsonl", Line(1));
        var e = Assert.Throws<InputException>(() => x.Import("jsonl", optOut: x.Write("out.txt", "x:1\nmei\n")));
        Assert.Contains("out.txt:2", e.Message, StringComparison.Ordinal);
        Assert.Equal(0, x.Store.PostCount);
    }

    [Fact]
    public void A_damaged_source_imports_nothing_and_is_named()
    {
        using var x = new Importing();
        x.Import("jsonl", x.Write("first.jsonl", Line(1)));
        string fingerprint = x.Store.Fingerprint;
        string zip = x.WriteZip("later.zip", ("a.jsonl", Lines(Enumerable.Range(1, 5000))), ("b.jsonl", Lines(Enumerable.Range(6000, 5000))));
        byte[] whole = File.ReadAllBytes(zip);
        File.WriteAllBytes(zip, whole[..(whole.Length / 2)]);
        Assert.Contains("later.zip", Assert.Throws<InputException>(() => x.Import("jsonl")).Message, StringComparison.Ordinal);
        whole.AsSpan(whole.Length / 2, 200).Fill(0xFF);
        File.WriteAllBytes(zip, whole);
        Assert.Contains("later.zip", Assert.Throws<InputException>(() => x.Import("jsonl")).Message, StringComparison.Ordinal);
        File.Delete(zip);
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionMode.Compress, leaveOpen: true))
            gzip.Write(Encoding.UTF8.GetBytes(Lines(Enumerable.Range(1, 5000))));
        x.Write("cut.jsonl.gz", packed.ToArray()[..((int)packed.Length / 2)]);
        Assert.Contains("cut.jsonl.gz", Assert.Throws<InputException>(() => x.Import("jsonl")).Message, StringComparison.Ordinal);
        Assert.Equal(fingerprint, x.Store.Fingerprint);
    }

    [Fact]
    public void Nothing_to_import_says_what_was_expected()
    {
        using var x = new Importing();
        Directory.CreateDirectory(x.Exports);
        foreach (string format in ImportSettings.Formats)
            Assert.Contains("expected", Assert.Throws<InputException>(() => x.Import(format)).Message, StringComparison.Ordinal);
        Assert.Contains("does not exist", Assert.Throws<InputException>(() => x.Import("auto", x.Exports + "x")).Message, StringComparison.Ordinal);
        Assert.Contains("x-archive", Assert.Throws<InputException>(() => x.Import("tweets")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_went_wrong_says_what_to_do()
    {
        using var x = new Importing();
        string inner = File.ReadAllText(x.WriteZip("inner.zip", ("a.jsonl", Line(1))), Encoding.Latin1);
        string only = x.WriteZip("only.zip", ("inner.zip", inner)), both = x.WriteZip("both.zip", ("inner.zip", inner), ("b.jsonl", Line(2)));
        Assert.Contains("unpack", Assert.Throws<InputException>(() => x.Import("auto", only)).Message, StringComparison.Ordinal);
        Assert.Contains(x.Import("auto", both).Notes, n => n.Contains("inner.zip", StringComparison.Ordinal) && n.Contains("unpack", StringComparison.Ordinal));
        Assert.Contains(x.Import("reddit", x.Write("c.jsonl", Line(3))).Notes, n => n.Contains("import auto", StringComparison.Ordinal));
        string message = Assert.Throws<InputException>(() => x.Import("csv", x.Write("d.csv", Encoding.Latin1.GetBytes("text\ncaf\u00e9\n")))).Message;
        Assert.Contains("save it as UTF-8", message, StringComparison.Ordinal);
        message = Assert.Throws<InputException>(() => x.Import("auto", x.Write("e.zst", "no zstd"))).Message;
        Assert.Contains(". Nothing was imported", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Auto_leaves_private_files_closed_and_says_what_it_leaves()
    {
        using var x = new Importing();
        x.Write("mei/data/account.js", """window.YTD.account.part0 = [{"account":{"username":"mei","accountId":"7"}}]""");
        x.Write("mei/data/tweets.js", """window.YTD.tweets.part0 = [{"tweet":{"id_str":"20","full_text":"archive"}}]""");
        x.Write("mei/data/direct-messages.js", "not even JSON");
        x.Write("api/p.jsonl", """{"data":[{"id":"21","text":"api","author_id":"8"}],"meta":{}}""");
        x.Write("bbs/a.txt", "作者 damn (丹)\n看板 Food\n標題 t\n時間 Fri Jul 10 14:47:45 2020\n\nbbs\n");
        x.Write("own.jsonl", """{"id":"x:22","platform":"x","text":"own"}""");
        x.Write("board.csv", "title,text\na,csv\n");
        x.Write("truth.jsonl", """{"id":"x:1","author_id":"x:2","kind":"bot","probe":"p","note":"n"}""");
        x.Write("photo.jpg", [1, 2, 3]);
        var report = x.Import("auto");
        Assert.Equal(["api", "archive", "bbs", "csv", "own"], x.Posts.Select(p => p.Text).Order(StringComparer.Ordinal));
        Assert.Contains(report.Notes, n => n.Contains("photo.jpg, truth.jsonl", StringComparison.Ordinal));
    }

    [Fact]
    public void An_import_that_was_killed_while_writing_leaves_the_old_lake()
    {
        using var x = new Importing();
        x.Import("jsonl", x.Write("a.jsonl", Lines(Enumerable.Range(1, 100))));
        string fingerprint = x.Store.Fingerprint;
        var old = LakeManifest.Load(x.Home.Posts);
        using (var writer = new LakeWriter(x.Home.Posts, old.Next, old.Next + 5)) // staged, never committed
        {
            foreach (var post in x.Posts)
                writer.Add(PackedPost.Of(post with { Text = "half" }));
            writer.TakeFiles();
        }
        Assert.Equal(fingerprint, x.Store.Fingerprint);
        x.Import("jsonl", x.Write("b.jsonl", Line(200)));
        Assert.Empty(Directory.GetFiles(x.Home.Posts, "*.tmp"));
        Assert.Equal(101, x.Posts.Count(p => p.Text != "half"));
    }

    [Fact]
    public void A_switch_that_was_interrupted_is_finished_by_whoever_looks_next()
    {
        using var x = new Importing();
        var store = PostStore.Replace(x.Home.Posts, Enumerable.Range(1, 10).Select(i => new Post { Id = $"x:{i}", Platform = "x", Kind = "post", Text = "t", ThreadId = $"x:{i}", Source = "s" }));
        var manifest = LakeManifest.Load(x.Home.Posts);
        string name = manifest.Files[0].Name;
        File.Move(Path.Combine(x.Home.Posts, name), LakeManifest.StagedPath(x.Home.Posts, name, manifest.Next));
        Assert.Equal(10, x.Posts.Length);
    }

    [Fact]
    public void Two_imports_at_once_are_refused()
    {
        using var x = new Importing();
        x.Write("a.jsonl", Line(1));
        using (LakeLock.Take(x.Home.Posts))
            Assert.Contains("Another import", Assert.Throws<InputException>(() => x.Import("jsonl")).Message, StringComparison.Ordinal);
        Assert.Equal(1, x.Import("jsonl").Imported);
    }

    [Fact]
    public void Who_opts_out_beside_an_import_is_not_lost()
    {
        using var x = new Importing();
        using (LakeLock.Take(x.Home.Posts)) // an import has read the list and will write it
            Assert.Throws<InputException>(() => OptOutList.Change(x.Home, list => list.Add("x:7")));
        OptOutList.Change(x.Home, list => list.Add("x:7"));
        Assert.True(OptOutList.Open(x.Home).Contains("x:7"));
    }

    [Fact]
    public void Who_reads_while_an_import_switches_is_told_to_read_again()
    {
        using var x = new Importing();
        x.Import("jsonl", x.Write("a.jsonl", Line(1)));
        var store = x.Store;
        x.Import("jsonl", x.Write("b.jsonl", Line(2)));
        string message = Assert.Throws<InputException>(() => store.ReadPosts().Count()).Message;
        Assert.EndsWith("is gone: an import has changed the posts meanwhile. Run this again.", message, StringComparison.Ordinal);
        Assert.Equal(2, x.Store.ReadPosts().Count());
    }

    [Fact]
    public void Cancelling_leaves_the_lake_as_it_was()
    {
        using var x = new Importing();
        x.Write("a.jsonl", Lines(Enumerable.Range(1, 100)));
        using var cancel = new CancellationTokenSource();
        cancel.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() => PostImport.Run(x.Home, new() { Format = "jsonl", Paths = [x.Exports] }, null, cancel.Token));
        Assert.Equal(0, x.Store.PostCount);
    }
}
