using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Syrinx.Data.Posts.Import;
using Syrinx.Data.Posts.Sources;

namespace Syrinx.Data.Posts.Readers;

/// <summary>
/// Reads PTT articles as plain text, one or many a file, in UTF-8 or Big5-UAO. A large file is read in blocks that end
/// where an article does.
/// </summary>
internal static partial class PttTextReader
{
    private const int BlockBytes = 1 << 22;
    private const int MaxArticleBytes = 1 << 26;
    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);
    private static readonly byte[] Utf8Author = Encoding.UTF8.GetBytes("作者");
    private static readonly byte[] Big5Author = [0xA7, 0x40, 0xAA, 0xCC];

    public static IEnumerable<Func<ReadBatch>> Plan(ImportScope scope, SourceFile file)
    {
        var stream = scope.Open(file);
        var block = new byte[1 << 16];
        int filled = 0;
        long offset = 0;
        int line = 1;
        while (true)
        {
            int n = stream.Read(block, filled, block.Length - filled);
            filled += n;
            bool end = n == 0;
            if (!end && filled < block.Length)
                continue;
            if (!end && block.Length < BlockBytes)
            {
                Array.Resize(ref block, block.Length * 2);
                continue;
            }
            int whole = end ? filled : LastArticle(block.AsSpan(0, filled));
            if (whole == 0 && !end && block.Length < MaxArticleBytes)
            {
                Array.Resize(ref block, block.Length * 2);
                continue;
            }
            if (whole == 0)
                whole = filled; // no end in sight: what is there is taken for an article
            if (whole > 0)
            {
                var (bytes, at, from) = (block.AsMemory(0, whole), offset, line);
                yield return () => Parse(bytes.Span, file.Name, at, from);
            }
            if (end)
                break;
            line += block.AsSpan(0, whole).Count((byte)'\n');
            offset += whole;
            var rest = new byte[Math.Max(BlockBytes, filled - whole)];
            block.AsSpan(whole, filled - whole).CopyTo(rest);
            (block, filled) = (rest, filled - whole);
        }
        scope.Close();
    }

    /// <summary>Whether bytes from a file's start look like a PTT article.</summary>
    public static bool Recognises(ReadOnlySpan<byte> start)
    {
        if (start.Contains((byte)0))
            return false;
        string[] lines = Decode(TrimCharacter(start), out _)?.Split('\n') ?? [];
        return Enumerable.Range(0, Math.Max(0, lines.Length - 1)).Any(i => PttHeader.TryRead(lines, i, withColon: true) is not null);
    }

    private static ReadBatch Parse(ReadOnlySpan<byte> bytes, string name, long offset, int firstLine)
    {
        var batch = new ReadBatch();
        string? text = bytes.Contains((byte)0) ? null : Decode(bytes, out _);
        if (text is null)
        {
            batch.Quarantine(name, offset, bytes.Length, bytes.Contains((byte)0) ? "binary" : "unknown_encoding");
            return batch;
        }
        string[] lines = text.TrimStart('\uFEFF').Split('\n');
        for (int i = 0; i < lines.Length; i++)
            lines[i] = WithoutColours(lines[i]).TrimEnd('\r');
        var heads = Heads(lines);
        if (heads.Count == 0)
        {
            if (!string.IsNullOrWhiteSpace(text))
                batch.Skip("not_an_article");
            return batch;
        }
        // Words before the first head are nobody's article, unless they are the marks that some put around one.
        if (lines.Take(heads[0].Line).Any(l => l.AsSpan().Trim() is not ("" or "```" or "---")))
            batch.Skip("not_an_article");
        for (int h = 0; h < heads.Count; h++)
        {
            int end = h + 1 < heads.Count ? heads[h + 1].Line : lines.Length;
            string source = string.Create(CultureInfo.InvariantCulture, $"{name}:{firstLine + heads[h].Line}");
            PttArticle.Read(lines, heads[h].Header, end, source, batch);
        }
        return batch;
    }

    /// <summary>
    /// The heads of all articles. A head in a text is another article's only where the one before it has come to its
    /// footer; else it belongs to something quoted.
    /// </summary>
    private static List<(int Line, PttHeader Header)> Heads(string[] lines)
    {
        var heads = new List<(int Line, PttHeader Header)>();
        for (int i = 0; i < lines.Length; i++)
        {
            if (!lines[i].Contains("作者", StringComparison.Ordinal))
                continue;
            if (PttHeader.TryRead(lines, i, withColon: heads.Count == 0) is not { } header)
                continue;
            if (heads.Count > 0 && PttBody.Footer(lines, heads[^1].Line, i) < 0)
                continue;
            heads.Add((i, header));
            i = header.Body - 1;
        }
        return heads;
    }

    /// <summary>UTF-8 where it is that, else the BBS' Big5 where it reads like it, else null.</summary>
    private static string? Decode(ReadOnlySpan<byte> bytes, out bool big5)
    {
        big5 = false;
        try
        {
            return StrictUtf8.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            big5 = true;
        }
        string text = Big5Bbs.Decode(bytes);
        int bad = text.AsSpan().Count('\uFFFD');
        return bad * 50 > text.Length ? null : text;
    }

    /// <summary>Without the last line, so that no character is cut.</summary>
    private static ReadOnlySpan<byte> TrimCharacter(ReadOnlySpan<byte> start)
    {
        int line = start.LastIndexOf((byte)'\n');
        return line > 0 ? start[..line] : start;
    }

    private static string WithoutColours(string line) => line.Contains('\x1b') ? Colour().Replace(line, "") : line;

    [GeneratedRegex(@"\x1b(\[[0-9;]*[A-Za-z])?", RegexOptions.CultureInvariant)]
    private static partial Regex Colour();

    /// <summary>Where the last line that starts with <c>作者</c> begins, or 0.</summary>
    private static int LastArticle(ReadOnlySpan<byte> block)
    {
        foreach (byte[] author in (byte[][])[Utf8Author, Big5Author])
        {
            for (int end = block.Length; end > 0;)
            {
                int at = block[..end].LastIndexOf(author);
                if (at <= 0)
                    break;
                int start = at;
                while (start > 0 && block[start - 1] == (byte)' ')
                    start--;
                if (start > 0 && block[start - 1] == (byte)'\n')
                    return start;
                end = at;
            }
        }
        return 0;
    }
}
