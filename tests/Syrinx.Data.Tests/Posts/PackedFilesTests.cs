using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using SharpCompress.Compressors.BZip2;
using Syrinx.Data.Posts.Import;

namespace Syrinx.Data.Tests.Posts;

/// <summary>Files come packed in all the ways in which exports do.</summary>
public class PackedFilesTests
{
    private static readonly string Lines = string.Join('\n', Enumerable.Range(1, 2000).Select(i => $$"""{"id":"x:{{i}}","text":"post number {{i}} 豆花"}"""));

    private static byte[] Pack(string ending, byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (Stream stream = ending switch
        {
            ".gz" => new GZipStream(packed, CompressionMode.Compress, leaveOpen: true),
            ".bz2" => BZip2Stream.Create(packed, SharpCompress.Compressors.CompressionMode.Compress, false, leaveOpen: true),
            _ => new ZstdSharp.CompressionStream(packed, leaveOpen: true),
        })
        {
            stream.Write(bytes);
        }
        return packed.ToArray();
    }

    private static byte[] Tar(params (string Name, byte[] Content)[] files)
    {
        using var stream = new MemoryStream();
        using (var tar = new TarWriter(stream, leaveOpen: true))
        {
            foreach (var (name, content) in files)
                tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(content) });
        }
        return stream.ToArray();
    }

    [Theory]
    [InlineData(".gz")]
    [InlineData(".bz2")]
    [InlineData(".zst")]
    public void A_packed_file_is_read_like_the_file_and_by_auto_too(string ending)
    {
        byte[] packed = Pack(ending, Encoding.UTF8.GetBytes(Lines));
        foreach (string format in (string[])["jsonl", "auto"])
        {
            using var x = new Importing();
            x.Write("p.jsonl" + ending, packed);
            Assert.Equal(2000, x.Import(format).Imported);
            Assert.Equal($"p.jsonl{ending}:1", x.Posts[0].Source);
        }
    }

    [Theory]
    [InlineData(".gz")]
    [InlineData(".bz2")]
    [InlineData(".zst")]
    public void Several_members_one_behind_the_other_are_read_to_the_end(string ending)
    {
        using var x = new Importing();
        byte[] text = Encoding.UTF8.GetBytes(Lines);
        x.Write("p.jsonl" + ending, [.. Pack(ending, text[..30000]), .. Pack(ending, text[30000..])]);
        Assert.Equal(2000, x.Import("jsonl").Imported);
    }

    [Theory]
    [InlineData(".gz")]
    [InlineData(".bz2")]
    [InlineData(".zst")]
    public void A_packed_file_that_was_cut_or_damaged_imports_nothing_and_is_named(string ending)
    {
        using var x = new Importing();
        byte[] packed = Pack(ending, Encoding.UTF8.GetBytes(Lines));
        byte[] damaged = [.. packed];
        damaged.AsSpan(packed.Length / 2, 40).Fill(0xA5);
        foreach (byte[] bytes in (byte[][])[packed[..(packed.Length / 2)], damaged])
        {
            x.Write("p.jsonl" + ending, bytes);
            var e = Assert.Throws<InputException>(() => x.Import("jsonl"));
            Assert.Contains("p.jsonl" + ending, e.Message, StringComparison.Ordinal);
            Assert.Equal(0, x.Store.PostCount);
        }
    }

    [Theory]
    [InlineData("all.tar", "")]
    [InlineData("all.tar.gz", ".gz")]
    [InlineData("all.tgz", ".gz")]
    [InlineData("all.tar.bz2", ".bz2")]
    [InlineData("all.tar.zst", ".zst")]
    public void A_tar_is_read_like_a_folder(string name, string packing)
    {
        byte[] tar = Tar(("./a/30.json.bz2", Pack(".bz2", ExportSamples.Of("x-stream").Bytes)), ("outbox.json", ExportSamples.Of("mastodon").Bytes),
            ("photo.jpg", [1, 2, 3]), ("._outbox.json", [1]), ("web.parquet", ExportSamples.Of("parquet").Bytes));
        using var x = new Importing();
        x.Write(name, packing.Length == 0 ? tar : Pack(packing, tar));
        var report = x.Import("auto");
        Assert.Equal(8, report.Imported);
        Assert.Contains(x.Posts, p => p.Source == name + "/a/30.json.bz2:1");
        Assert.Contains(report.Notes, n => n.Contains("photo.jpg", StringComparison.Ordinal));
        Assert.Equal(8, x.Import("auto", Path.Combine(x.Exports, name)).Skipped["unchanged"]);
    }

    [Fact]
    public void A_packed_tar_that_was_cut_imports_nothing()
    {
        using var x = new Importing();
        byte[] tar = Tar([.. Enumerable.Range(0, 50).Select(i => ($"{i}.jsonl", Encoding.UTF8.GetBytes(Lines)))]);
        byte[] packed = Pack(".gz", tar);
        x.Write("all.tar.gz", packed[..(packed.Length / 2)]);
        Assert.Contains("all.tar.gz", Assert.Throws<InputException>(() => x.Import("auto")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_archive_of_X_in_a_packed_tar_is_refused_because_its_files_cannot_be_read_together()
    {
        using var x = new Importing();
        x.Write("mei.tar.gz", Pack(".gz", Tar(("data/tweets.js", ExportSamples.Of("x-archive").Bytes))));
        Assert.Contains("Unpack it", Assert.Throws<InputException>(() => x.Import("auto")).Message, StringComparison.Ordinal);
        x.Write("mei.tar.gz", []);
        File.Delete(Path.Combine(x.Exports, "mei.tar.gz"));
        x.Write("mei.tar", Tar(("data/tweets.js", ExportSamples.Of("x-archive").Bytes)));
        Assert.Equal(2, x.Import("auto").Imported);
    }

    [Fact]
    public void A_bomb_is_given_up()
    {
        using var bomb = new MemoryStream();
        using (var stream = new ZstdSharp.CompressionStream(bomb, leaveOpen: true))
        {
            var zeros = new byte[1 << 22];
            for (int i = 0; i < 300; i++) // 1.2 GB
                stream.Write(zeros);
        }
        using var x = new Importing();
        x.Write("p.jsonl.zst", bomb.ToArray());
        Assert.Contains("times its size", Assert.Throws<InputException>(() => x.Import("jsonl")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_dump_with_the_longest_window_of_zstd_is_read()
    {
        using var packed = new MemoryStream();
        using (var stream = new ZstdSharp.CompressionStream(packed, level: 3, leaveOpen: true))
        {
            stream.SetParameter(ZstdSharp.Unsafe.ZSTD_cParameter.ZSTD_c_enableLongDistanceMatching, 1);
            stream.SetParameter(ZstdSharp.Unsafe.ZSTD_cParameter.ZSTD_c_windowLog, 31);
            stream.Write(Encoding.UTF8.GetBytes(Lines));
        }
        using var x = new Importing();
        x.Write("p.jsonl.zst", packed.ToArray());
        Assert.Equal(2000, x.Import("jsonl").Imported);
    }
}
