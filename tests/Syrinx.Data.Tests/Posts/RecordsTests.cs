using System.Text;
using CsCheck;
using Syrinx.Data.Posts.Readers.Web;
using Syrinx.Data.Posts.Sources;

namespace Syrinx.Data.Tests.Posts;

/// <summary>Files are cut into records the same way wherever the reads of the stream happen to end.</summary>
public class RecordsTests
{
    [Fact]
    public void A_line_over_the_limit_is_let_go_and_the_next_one_is_found()
    {
        string text = "{\"a\":1}\n" + new string('x', 3 << 20) + "\n\n{\"b\":2}";
        var records = All(LineRecords.Read(Stream(text), 2 << 20));
        Assert.Equal([("{\"a\":1}", 0L, 1L, null), ("", 8L, 2L, "too_long"), ("{\"b\":2}", 8 + (3 << 20) + 2, 4L, null)], records);
    }

    [Fact]
    public void An_object_over_the_limit_is_let_go_and_the_next_one_is_found()
    {
        string text = "[{\"a\":1},{\"s\":\"" + new string('x', 3 << 20) + "}\\\"\"},{\"b\":2}]";
        var records = All(JsonRecords.Read(Stream(text), 2 << 20));
        Assert.Equal([("{\"a\":1}", 0L, null), ("", 1L, "too_long"), ("{\"b\":2}", 2L, null)], records.Select(r => (r.Text, r.Number, r.Problem)));
    }

    [Fact]
    public void A_row_over_the_limit_is_let_go_and_the_next_one_is_found()
    {
        string text = "a,b\n\"" + new string('x', 3 << 20) + "\n\",1\nc,d\n";
        var records = All(CsvRows.Read(Stream(text), (byte)',', 2 << 20));
        Assert.Equal([("a,b", 1L, null), ("", 2L, "too_long"), ("c,d", 4L, null)], records.Select(r => (r.Text, r.Number, r.Problem)));
    }

    [Fact]
    public void Objects_are_found_wherever_reads_end()
    {
        var value = OneOf("1", "\"a\"", "\"}{\\\"[\\\\\"", "[1,[2]]", "{\"c\":\"]\"}", "null");
        Gen.Select(value.Array[0, 5], Gen.Int[1, 7], Gen.Bool).Sample((values, step, array) =>
        {
            string[] objects = [.. values.Select((v, i) => $"{{\"k{i}\": {v}}}")];
            string text = array ? "window.x = [" + string.Join(" ,\n", objects) + "]" : string.Join("\n", objects);
            Assert.Equal(objects, All(JsonRecords.Read(Stream(text, step))).Select(r => r.Text));
        });
    }

    [Fact]
    public void Rows_come_back_as_they_were_written_wherever_reads_end()
    {
        var field = OneOf("", "a", "b,c", "d\"e", "f\ng", "豆花", "\r\nx", " ");
        Gen.Select(field.Array[2].Array[1, 5], Gen.Int[1, 7]).Sample((rows, step) =>
        {
            string text = string.Concat(rows.Select(r => string.Join(',', r.Select(f => "\"" + f.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"")) + "\r\n"));
            var read = new List<string[]>();
            foreach (var chunk in CsvRows.Read(Stream(text, step), (byte)','))
            {
                foreach (var span in chunk.Records)
                {
                    var fields = new List<string>();
                    CsvRows.Fields(chunk.Span(span), (byte)',', fields);
                    read.Add([.. fields]);
                }
            }
            Assert.Equal(rows, read);
        });
    }

    [Fact]
    public void What_stands_between_objects_and_is_none_is_told()
    {
        var records = All(JsonRecords.Read(Stream("[{\"a\":1},\"id\":2},{\"b\":[1]},null, {\"c\":3}] x")));
        Assert.Equal([("{\"a\":1}", null), ("", "not_an_object"), ("{\"b\":[1]}", null), ("", "not_an_object"), ("{\"c\":3}", null), ("", "not_an_object")],
            records.Select(r => (r.Text, r.Problem)));
        Assert.Equal((9L, 27L), (records[1].Offset, records[3].Offset));
    }

    [Fact]
    public void Elements_of_a_member_are_found_wherever_reads_end()
    {
        var value = OneOf("1", "\"a\"", "\"}{\\\"[\\\\\"", "[1,[2]]", "{\"items\":[{}]}", "null");
        Gen.Select(value.Array[0, 5], value.Array[0, 3], Gen.Int[1, 7]).Sample((values, others, step) =>
        {
            string[] objects = [.. values.Select((v, i) => $"{{\"k{i}\": {v}}}")];
            string before = string.Concat(others.Select((v, i) => $"\"o{i}\":{v},"));
            string text = $"\uFEFF{{{before}\"items\" : [{string.Join(" ,\n", objects)}],\"after\":[{{\"no\":1}}]}}\n";
            Assert.Equal(objects, All(JsonRecords.Read(Stream(text, step), member: "items")).Select(r => r.Text));
        });
    }

    [Fact]
    public void Elements_of_XML_are_found_wherever_reads_end_and_broken_ones_are_told()
    {
        var content = OneOf("", "a", "&lt;page&gt;", "<t>1</t>", "豆花", " ");
        Gen.Select(content.Array[0, 5], Gen.Int[1, 9]).Sample((contents, step) =>
        {
            string[] pages = [.. contents.Select(c => $"<page>{c}</page>")];
            string[] rows = [.. contents.Select((c, i) => $"<row Id=\"{i}\" Body=\"{c.Replace("<", "&lt;", StringComparison.Ordinal)}\" />")];
            Assert.Equal(pages, All(TagRecords.Read(Stream($"<wiki><pages/>{string.Join("\n", pages)}</wiki>\n", step), "page", hasContent: true, "<revision")).Select(r => r.Text));
            Assert.Equal(rows, All(TagRecords.Read(Stream($"<?xml?><posts>{string.Concat(rows)}</posts>", step), "row", hasContent: false, "Id=")).Select(r => r.Text));
        });
        var broken = All(TagRecords.Read(Stream("<posts><row Id=\"1\"/><rov Id=\"2\"/><row Id=\"3\"/></posts>"), "row", hasContent: false, "Id="));
        Assert.Equal([("<row Id=\"1\"/>", null), ("", "not_an_element"), ("<row Id=\"3\"/>", null)], broken.Select(r => (r.Text, r.Problem)));
        broken = All(TagRecords.Read(Stream("<posts><rov Id=\"2\"/></posts>"), "row", hasContent: false, "Id="));
        Assert.Equal("not_an_element", Assert.Single(broken).Problem);
    }

    [Fact]
    public void An_element_over_the_limit_is_let_go_and_the_next_one_is_found()
    {
        string text = "<w><page>a</page><page>" + new string('x', 3 << 20) + "</page><page>b</page><page>cut";
        var records = All(TagRecords.Read(Stream(text), "page", hasContent: true, "<revision", 2 << 20));
        Assert.Equal([("<page>a</page>", null), ("", "too_long"), ("<page>b</page>", null), ("", "truncated")], records.Select(r => (r.Text, r.Problem)));
    }

    [Fact]
    public void Records_of_a_WARC_file_are_found_wherever_reads_end() =>
        Gen.Select(OneOf("", "a", "WARC/1.0\r\n\r\n", "\r\n\r\n", "豆花").Array[0, 5], Gen.Int[1, 9]).Sample((blocks, step) =>
        {
            string text = string.Concat(blocks.Select((b, i) => ExportSamples.Record("conversion", $"id-{i}", "text/plain", b)));
            var records = new WarcRecords(Stream(text, step)).Read(_ => true).ToList();
            Assert.Equal(blocks, records.Select(r => Encoding.UTF8.GetString(r.Body)));
            Assert.All(records, r => Assert.Null(r.Problem));
        });

    private static List<(string Text, long Offset, long Number, string? Problem)> All(IEnumerable<RecordChunk> chunks) =>
        [.. chunks.SelectMany(c => c.Records.Select(r => (r.Problem is null ? Encoding.UTF8.GetString(c.Span(r)) : "", r.Offset, r.Number, r.Problem)))];

    private static Gen<string> OneOf(params string[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    private static Stream Stream(string text, int step = int.MaxValue) => new Slow(Encoding.UTF8.GetBytes(text), step);

    /// <summary>Gives a few bytes at a time.</summary>
    private sealed class Slow(byte[] bytes, int step) : MemoryStream(bytes)
    {
        public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, Math.Min(count, step));

        public override int Read(Span<byte> buffer) => base.Read(buffer[..Math.Min(buffer.Length, step)]);
    }
}
