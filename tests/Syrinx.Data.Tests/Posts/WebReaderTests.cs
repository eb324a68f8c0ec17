using System.IO.Compression;
using CsCheck;
using ParquetSharp;
using Syrinx.Data.Posts.Readers.Web;
using Encoding = System.Text.Encoding;

namespace Syrinx.Data.Tests.Posts;

/// <summary>Pages of the web: WARC, WET, and Parquet as FineWeb has it; and our own lake's files.</summary>
public class WebReaderTests
{
    private const string Sentence = "Tofu is made from soy milk that is curdled and pressed into blocks, as it has been for two thousand years. ";

    private static byte[] Response(string id, string head, byte[] body, string address = "https://a.example/")
    {
        byte[] http = [.. Encoding.UTF8.GetBytes("HTTP/1.1 " + head + "\r\n\r\n"), .. body];
        return [.. Encoding.UTF8.GetBytes($"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {address}\r\nWARC-Date: 2024-03-01T08:30:01Z\r\nWARC-Record-ID: <urn:uuid:{id}>\r\n"
            + $"Content-Type: application/http; msgtype=response\r\nContent-Length: {http.Length}\r\n\r\n"), .. http, .. "\r\n\r\n"u8];
    }

    private static byte[] Html(string body) => Encoding.UTF8.GetBytes($"<html lang=\"en\"><head><title>T</title></head><body><p>{body}</p></body></html>");

    private static byte[] Gzip(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var stream = new GZipStream(packed, CompressionMode.Compress))
            stream.Write(bytes);
        return packed.ToArray();
    }

    [Fact]
    public void Answers_are_unpacked_and_decoded_as_they_say()
    {
        using var x = new Importing();
        byte[] chunked = [.. Encoding.ASCII.GetBytes($"{Html(Sentence + "chunk").Length:x}\r\n"), .. Html(Sentence + "chunk"), .. "\r\n0\r\n\r\n"u8];
        x.Write("c.warc", [
            .. Response("rec-00001", "200 OK\r\nContent-Type: text/html; charset=utf-8", Html(Sentence + "plain")),
            .. Response("rec-00002", "200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked", chunked),
            .. Response("rec-00003", "200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip", Gzip(Html(Sentence + "gzip"))),
            .. Response("rec-00004", "200 OK\r\nContent-Type: text/html; charset=big5", [.. "<p>"u8, .. Enumerable.Repeat(Convert.FromHexString("A8A7AAE1"), 30).SelectMany(b => b), .. "</p>"u8]),
            .. Response("rec-00005", "404 Not Found\r\nContent-Type: text/html", Html(Sentence)),
            .. Response("rec-00006", "200 OK\r\nContent-Type: image/png", [1, 2, 3])]);
        var report = x.Import("warc");
        Assert.Equal((4, 1, 1), (report.Imported, report.Skipped["no_answer"], report.Skipped["not_a_page"]));
        Assert.Equal(["plain", "chunk", "gzip"], x.Posts.Take(3).Select(p => p.Text[^5..].Trim()));
        Assert.StartsWith("豆花豆花", x.Posts[3].Text, StringComparison.Ordinal);
        var post = x.Posts[0];
        Assert.Equal(("web:rec-00001", "web", "web", "T", "en"), (post.Id, post.Platform, post.Kind, post.Title, post.Lang));
        Assert.Equal(("https://a.example/", new DateTime(2024, 3, 1, 8, 30, 1, DateTimeKind.Utc)), (Assert.Single(post.Urls), post.CreatedAt!.Value));
        Assert.Equal("c.warc@0", post.Source);
    }

    [Fact]
    public void A_page_is_one_document_whether_it_comes_as_WARC_as_WET_or_as_FineWeb()
    {
        using var x = new Importing();
        x.Write("a.warc.gz", [.. Gzip(Encoding.UTF8.GetBytes(ExportSamples.Record("warcinfo", "info-0001", "application/warc-fields", "x"))),
            .. Gzip(Response("same-0001", "200 OK\r\nContent-Type: text/html", Html(Sentence)))]);
        x.Write("a.warc.wet.gz", Gzip(Encoding.UTF8.GetBytes(ExportSamples.Record("conversion", "wet-00001", "text/plain", Sentence, "https://a.example/",
            "WARC-Refers-To: <urn:uuid:same-0001>\r\nWARC-Identified-Content-Language: eng,zho\r\n"))));
        var report = x.Import("auto");
        Assert.Equal((3, 1, 1), (report.Read, report.Imported, report.Skipped["duplicate"]));
        Assert.Equal("en", Assert.Single(x.Posts).Lang);
    }

    [Fact]
    public void What_is_no_record_is_quarantined_and_reading_goes_on_at_the_next_one()
    {
        using var x = new Importing();
        byte[] good = Response("good-0001", "200 OK\r\nContent-Type: text/html", Html(Sentence));
        x.Write("a.warc", [.. "rubbish\r\nmore\r\n"u8, .. good, .. "WARC/1.0\r\nWARC-Type: response\r\nContent-Length: many\r\n\r\nx\r\n\r\n"u8,
            .. Response("good-0002", "200 OK\r\nContent-Type: text/html", Html(Sentence)), .. good[..^80]]);
        var report = x.Import("warc");
        Assert.Equal((2, 3), (report.Imported, report.Quarantined));
        Assert.Equal(["web:good-0001", "web:good-0002"], x.Posts.Select(p => p.Id));
    }

    [Fact]
    public void The_main_text_is_without_menus_and_lists_of_links()
    {
        string menu = string.Concat(Enumerable.Range(1, 10).Select(i => $"<li><a href=\"/{i}\">Entry number {i}</a></li>"));
        string html = $"<html lang=\"zh-TW\"><head><title> A\n title </title><script>var x = '<p>no</p>';</script></head><body><header><a href=\"/\">Home</a></header><nav><ul>{menu}</ul></nav>"
            + $"<main><h1>About tofu</h1><p>{Sentence}</p><p>Short one.</p><ul><li>{Sentence}</li><li>{Sentence}</li></ul><pre>tofu   press\n  block</pre><p>{Sentence}</p></main>"
            + $"<aside><p>{Sentence} aside</p></aside><div><a href=\"/x\">Read {Sentence}</a></div><p>{Sentence} outside</p><footer><p>{Sentence} footer</p></footer></body></html>";
        var page = MainText.Of(html);
        Assert.Equal(("A title", "zh-TW"), (page.Title, page.Lang));
        string s = Sentence.Trim();
        Assert.Equal($"About tofu\n\n{s}\n\nShort one.\n\n- {s}\n- {s}\n\ntofu   press\n  block\n\n{s}", page.Text);
    }

    [Fact]
    public void Any_page_gives_text()
    {
        string[] pieces = ["<nav>", "</nav>", "<article>", "</article>", "<p>", Sentence, "<a href=x>", "</a>", "<pre>", "</pre>", "<title>", "<h1>", "豆花好吃，", "<", "&", "<script>"];
        Gen.Int[0, pieces.Length - 1].Array[0, 50].Sample(chosen => MainText.Of(string.Concat(chosen.Select(i => pieces[i]))));
    }

    [Fact]
    public void Rows_of_FineWeb_become_documents()
    {
        using var x = new Importing();
        x.Write("000.parquet", ExportSamples.Of("parquet").Bytes);
        Assert.Equal(3, x.Import("parquet").Imported);
        var post = x.Posts[0];
        Assert.Equal(("web:fine-0001", "web", "Tofu is made from soy.", "en", "000.parquet#0"), (post.Id, post.Kind, post.Text, post.Lang, post.Source));
        Assert.Equal(("https://a.example/", new DateTime(2024, 3, 1, 8, 30, 1, DateTimeKind.Utc)), (Assert.Single(post.Urls), post.CreatedAt!.Value));
    }

    [Fact]
    public void Our_own_lake_comes_back_as_it_was_with_its_authors()
    {
        using var x = new Importing();
        foreach (var sample in ExportSamples.All)
            x.Write(sample.File, sample.Bytes);
        x.Import("auto");
        using var y = new Importing();
        var report = y.Import("parquet", x.Home.Posts);
        Assert.Equal(x.Store.PostCount, report.Imported);
        Assert.Equal(x.Store.AuthorCount, report.Skipped["user_profile"]);
        Assert.Equal(x.Store.Fingerprint, y.Store.Fingerprint);
        Assert.Equivalent(x.Posts, y.Posts, strict: true);
    }

    [Fact]
    public void A_table_without_texts_and_a_file_that_is_none_are_refused_by_name()
    {
        using var x = new Importing();
        x.Write("a.parquet", "PAR1 but nothing more"u8.ToArray());
        Assert.Contains("a.parquet", Assert.Throws<InputException>(() => x.Import("parquet")).Message, StringComparison.Ordinal);
        string path = x.Write("a.parquet", []);
        File.Delete(path);
        using (var file = new ParquetFileWriter(path, [new Column<int>("number")]))
        {
            using (var rows = file.AppendRowGroup())
            {
                using var column = rows.NextColumn().LogicalWriter<int>();
                column.WriteBatch([1, 2]);
            }
            file.Close();
        }
        Assert.Contains("number", Assert.Throws<InputException>(() => x.Import("parquet")).Message, StringComparison.Ordinal);
    }
}
