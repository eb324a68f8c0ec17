using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace Syrinx.Data.Posts.Readers.Web;

/// <summary>An answer of a web server as a crawler kept it.</summary>
/// <param name="Status">200 where there is a page.</param>
/// <param name="ContentType">As the server tells, or null.</param>
/// <param name="Content">Unpacked.</param>
internal sealed record HttpResponse(int Status, string? ContentType, byte[] Content)
{
    private const int MaxContentBytes = 1 << 24;

    /// <summary>Reads an answer, or null where it is none.</summary>
    public static HttpResponse? Read(byte[] bytes)
    {
        int end = bytes.AsSpan().IndexOf("\r\n\r\n"u8);
        int behind = end + 4;
        if (end < 0)
        {
            end = bytes.AsSpan().IndexOf("\n\n"u8);
            behind = end + 2;
        }
        if (end < 0)
            (end, behind) = (bytes.Length, bytes.Length);
        string[] head = Encoding.Latin1.GetString(bytes, 0, end).Split('\n');
        string[] first = head[0].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (first.Length < 2 || !first[0].StartsWith("HTTP/", StringComparison.Ordinal)
            || !int.TryParse(first[1], NumberStyles.None, CultureInfo.InvariantCulture, out int status))
            return null;
        string? Header(string name) => head.Skip(1).Select(l => l.Split(':', 2))
            .Where(h => h.Length == 2 && h[0].Trim().Equals(name, StringComparison.OrdinalIgnoreCase)).Select(h => h[1].Trim()).FirstOrDefault();
        byte[] content = bytes[behind..];
        if (status == 200)
        {
            if (Header("Transfer-Encoding")?.Contains("chunked", StringComparison.OrdinalIgnoreCase) == true)
                content = Joined(content) ?? content; // some crawlers join the chunks and leave the header
            content = Unpacked(content, Header("Content-Encoding")?.ToLowerInvariant()) ?? content;
        }
        return new(status, Header("Content-Type"), content);
    }

    /// <summary>The content of chunks (RFC 9112, 7.1), or null where it comes in none.</summary>
    private static byte[]? Joined(byte[] chunked)
    {
        using var content = new MemoryStream(chunked.Length);
        for (int at = 0; at < chunked.Length;)
        {
            int line = chunked.AsSpan(at).IndexOf((byte)'\n');
            if (line is < 0 or > 100)
                return null;
            string size = Encoding.Latin1.GetString(chunked, at, line).Split(';')[0].Trim();
            if (!int.TryParse(size, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out int length) || length < 0)
                return null;
            at += line + 1;
            if (length == 0)
                return content.ToArray();
            length = Math.Min(length, chunked.Length - at);
            content.Write(chunked, at, length);
            at += length;
            while (at < chunked.Length && chunked[at] is (byte)'\r' or (byte)'\n')
                at++;
        }
        return content.ToArray();
    }

    /// <summary>Unpacked content, as far as it can be and up to the limit; null where it is not packed that way.</summary>
    private static byte[]? Unpacked(byte[] content, string? encoding)
    {
        if (encoding is "gzip" or "x-gzip" && (content.Length < 2 || content[0] != 0x1F || content[1] != 0x8B))
            return null;
        using var packed = new MemoryStream(content);
        using Stream? stream = encoding switch
        {
            "gzip" or "x-gzip" => new GZipStream(packed, CompressionMode.Decompress),
            "br" => new BrotliStream(packed, CompressionMode.Decompress),
            "deflate" => new ZLibStream(packed, CompressionMode.Decompress),
            _ => null,
        };
        if (stream is null)
            return null;
        using var whole = new MemoryStream();
        var buffer = new byte[1 << 14];
        try
        {
            int n;
            while (whole.Length < MaxContentBytes && (n = stream.Read(buffer)) > 0)
                whole.Write(buffer, 0, n);
        }
        catch (Exception e) when (e is InvalidDataException or IOException or InvalidOperationException)
        {
            return whole.Length > 0 ? whole.ToArray() : null;
        }
        return whole.ToArray();
    }
}
