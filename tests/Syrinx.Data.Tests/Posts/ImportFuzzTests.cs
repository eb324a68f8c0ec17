using System.Diagnostics;
using System.Globalization;
using System.Text;
using Syrinx.Data.Posts.Import;

namespace Syrinx.Data.Tests.Posts;

/// <summary>
/// Exports with bytes that nobody wrote: no crash, no hang, every record accounted for. A few hundred an importer here; as many
/// as SYRINX_FUZZ says where that is set (100,000 takes some minutes an importer), through the one of SYRINX_FUZZ_FORMAT where that
/// is set. Every run makes the same mutations.
/// </summary>
public class ImportFuzzTests
{
    private static readonly int Mutations =
        int.TryParse(Environment.GetEnvironmentVariable("SYRINX_FUZZ"), NumberStyles.None, CultureInfo.InvariantCulture, out int n) ? n : 300;

    /// <summary>One on a busy machine may take long; one that never ends takes longer.</summary>
    private static readonly TimeSpan Hang = TimeSpan.FromSeconds(60);

    private static readonly byte[][] Hostile = [.. new[]
    {
        "\"", "\\", "{", "}", "[", "]", ",", ":", "\n", "\r\n", "\0", "<", ">", "</", "<!--", "]]>", "&#0;", "&#xD800;", "&amp;", "\\ud83d", "\\u0000", "null", "-1", "1e999",
        "99999999999999999999", "\u202e", "\uFEFF", "e\u0301\u0301", "\u001b[31m", "WARC/1.0\r\n", "Content-Length: 9999999999\r\n", "<row ", "<page>", "</page>", "{{", "}}", "[[", "{|",
        "作者", "推 a: b 02/30 25:61", "※ 發信站", "\"id\":", "\"text\":{", "true", "[[[[[[[[[[[[[[[[[[[[", "{\"a\":{\"a\":{\"a\":",
    }.Select(Encoding.UTF8.GetBytes), [0x80], [0xC3], [0xED, 0xA0, 0x80], [0xFF, 0xFE], [0xF8], new byte[300]];

    public static TheoryData<string> Formats => new(ExportSamples.All.Select(s => s.Format)
        .Where(f => Environment.GetEnvironmentVariable("SYRINX_FUZZ_FORMAT") is not { } only || f == only));

    /// <summary>Reads through the format's reader, as an import does but without a lake, and gives what was read.</summary>
    private static List<ReadBatch> Read(string format, string path)
    {
        var scope = new ImportScope();
        var sources = new ImportSources(new() { Format = format, Paths = [path] }, scope);
        try
        {
            return [.. OrderedPipeline.Run(sources.Plan(), threads: 1, default)];
        }
        catch (InputException)
        {
            return []; // the file as a whole is refused, by name; nothing is imported
        }
        finally
        {
            scope.Close();
        }
    }

    private static byte[] Mutate(byte[] bytes, Random random, int from, int to, bool keepLines)
    {
        var mutated = new List<byte>(bytes[from..to]);
        for (int edits = random.Next(1, 7); edits > 0; edits--)
        {
            int at = random.Next(mutated.Count + 1);
            int length = Math.Min(random.Next(1, 1 << random.Next(1, 8)), mutated.Count - at);
            switch (random.Next(7))
            {
                case 0: mutated.InsertRange(at, Hostile[random.Next(Hostile.Length)]); break;
                case 1: mutated.RemoveRange(at, length); break;
                case 2 when at < mutated.Count: mutated[at] = (byte)random.Next(256); break;
                case 3 when at < mutated.Count: mutated[at] ^= (byte)(1 << random.Next(8)); break;
                case 4: mutated.InsertRange(at, mutated.GetRange(at, length)); break;
                case 5: mutated.InsertRange(random.Next(mutated.Count + 1), mutated.GetRange(at, length)); break;
                case 6 when random.Next(4) == 0: mutated.RemoveRange(at, mutated.Count - at); break;
                default: mutated.InsertRange(at, Enumerable.Repeat((byte)random.Next(256), random.Next(1, 40))); break;
            }
        }
        if (keepLines)
            mutated.RemoveAll(b => b == (byte)'\n');
        return [.. bytes[..from], .. mutated, .. bytes[to..]];
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void Whatever_happens_to_the_bytes_nothing_crashes_or_hangs_and_something_is_told_of_them(string format)
    {
        var sample = ExportSamples.Of(format);
        using var folder = new TempFolder();
        var random = new Random(17);
        for (int i = 0; i < Mutations; i++)
        {
            byte[] bytes = Mutate(sample.Bytes, random, 0, sample.Bytes.Length, keepLines: false);
            string path = folder.Write(sample.File, bytes);
            var clock = Stopwatch.StartNew();
            try
            {
                var batches = Read(format, format == "x-archive" ? folder.Path : path);
                Assert.True(clock.Elapsed < Hang, $"{clock.Elapsed}");
                // What an import writes must be writable: packing tells.
                foreach (var batch in batches)
                    batch.Pack().Release();
            }
            catch (Exception e) when (e is not InputException)
            {
                throw new InvalidOperationException($"{format}, mutation {i}: {Convert.ToBase64String(bytes)}", e);
            }
        }
    }

    [Theory]
    [InlineData("x-api")]
    [InlineData("x-stream")]
    [InlineData("bluesky")]
    [InlineData("reddit")]
    [InlineData("jsonl")]
    public void A_broken_line_never_costs_another_one(string format)
    {
        var sample = ExportSamples.Of(format);
        using var folder = new TempFolder();
        var random = new Random(19);
        int[] starts = [0, .. Enumerable.Range(0, sample.Bytes.Length).Where(i => sample.Bytes[i] == (byte)'\n').Select(i => i + 1)];
        var wholes = new Dictionary<int, string>();
        string extension = format == "reddit" ? ".ndjson" : Path.GetExtension(sample.File);
        for (int i = 0; i < Mutations; i++)
        {
            int line = random.Next(starts.Length);
            int end = line + 1 < starts.Length ? starts[line + 1] - 1 : sample.Bytes.Length;
            // In files that are not called .jsonl the first two lines tell that there is an object a line.
            if (extension is ".json" && line < 2)
                continue;
            string Others(string name, byte[] bytes) => string.Join(' ', Read(format, folder.Write(name + extension, bytes)).SelectMany(b => b.Posts)
                .Where(p => !p.Source.Contains($":{line + 1}", StringComparison.Ordinal)).Select(p => $"{p.Id} {p.Text}"));
            byte[] bytes = Mutate(sample.Bytes, random, starts[line], end, keepLines: true);
            if (!wholes.TryGetValue(line, out string? whole))
                wholes[line] = whole = Others("whole", sample.Bytes);
            Assert.True(whole == Others("mutated", bytes), $"{format}, mutation {i} of line {line + 1}: {Convert.ToBase64String(bytes)}");
        }
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void Mutated_exports_go_all_the_way_into_the_lake(string format)
    {
        var sample = ExportSamples.Of(format);
        var random = new Random(23);
        for (int i = 0; i < Math.Min(Mutations, 2000) / 30; i++)
        {
            using var x = new Importing();
            x.Write(sample.File, Mutate(sample.Bytes, random, 0, sample.Bytes.Length, keepLines: false));
            try
            {
                x.Import(format); // checks that the counts add up
                x.Import("auto");
            }
            catch (InputException)
            {
                // Nothing to import, or nothing that could be read.
            }
            Assert.All(x.Posts, p => Assert.True(p.Id.Contains(':') && p.Text.IsNormalized()));
        }
    }
}
