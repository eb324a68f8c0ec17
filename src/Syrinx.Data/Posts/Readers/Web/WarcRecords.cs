using System.Globalization;
using System.Text;

namespace Syrinx.Data.Posts.Readers.Web;

/// <summary>A record of a WARC file.</summary>
/// <param name="Headers">Its own, names in lower case.</param>
/// <param name="Body">Its block; empty where nobody wants it.</param>
/// <param name="Offset">Of its first byte, in the unpacked file.</param>
/// <param name="Length">Bytes, with its headers.</param>
/// <param name="Problem">Why it is not there whole, or null.</param>
internal sealed record WarcRecord(
    IReadOnlyDictionary<string, string> Headers, byte[] Body, long Offset, long Length, string? Problem)
{
    /// <summary>A header, or null.</summary>
    public string? Header(string name) => Headers.GetValueOrDefault(name);
}

/// <summary>
/// Cuts a WARC file (ISO 28500) into its records, one after another. Blocks that nobody wants, and those beyond the limit, are
/// passed over without being kept. What is no record is told as one with a problem, and reading goes on at the next line that
/// starts one.
/// </summary>
internal sealed class WarcRecords(Stream stream)
{
    private const int MaxHeaderBytes = 1 << 16;
    private const int MaxBodyBytes = 1 << 24;
    private static readonly Dictionary<string, string> NoHeaders = [];

    private readonly byte[] _buffer = new byte[1 << 18];
    private int _start;
    private int _end;
    private long _offset; // of the buffer's first unread byte

    /// <param name="wanted">Whether the block of a record with these headers is to be read.</param>
    public IEnumerable<WarcRecord> Read(Func<IReadOnlyDictionary<string, string>, bool> wanted)
    {
        while (true)
        {
            SkipBlank();
            if (!Need(1))
                yield break;
            long from = _offset;
            int head = Need(5) && Unread.StartsWith("WARC/"u8) ? EndOfHeaders() : -1;
            if (head < 0)
            {
                string problem = Unread.StartsWith("WARC/"u8) && !Need(MaxHeaderBytes) ? "truncated" : "not_a_record";
                SkipToRecord();
                yield return new(NoHeaders, [], from, _offset - from, problem);
                continue;
            }
            var headers = Headers(Unread[..head]);
            Take(head);
            if (!long.TryParse(headers.GetValueOrDefault("content-length"), NumberStyles.None, CultureInfo.InvariantCulture, out long length))
            {
                SkipToRecord();
                yield return new(headers, [], from, _offset - from, "header Content-Length");
                continue;
            }
            bool want = wanted(headers);
            byte[] body = want && length <= MaxBodyBytes ? new byte[length] : [];
            long missing = want && length <= MaxBodyBytes ? Fill(body) : Skip(length);
            string? wrong = missing > 0 ? "truncated" : want && length > MaxBodyBytes ? "too_long" : null;
            yield return new(headers, wrong is null ? body : [], from, _offset - from, wrong);
        }
    }

    private ReadOnlySpan<byte> Unread => _buffer.AsSpan(_start, _end - _start);

    private void Take(int bytes)
    {
        _start += bytes;
        _offset += bytes;
    }

    /// <summary>Whether there are so many bytes, up to the buffer's size.</summary>
    private bool Need(int bytes)
    {
        if (_end - _start >= bytes)
            return true;
        Unread.CopyTo(_buffer);
        (_end, _start) = (_end - _start, 0);
        _end += stream.ReadAtLeast(_buffer.AsSpan(_end), bytes - _end, throwOnEndOfStream: false);
        return _end >= bytes;
    }

    private void SkipBlank()
    {
        while (Need(1))
        {
            int blank = Unread.IndexOfAnyExcept("\r\n"u8);
            Take(blank < 0 ? Unread.Length : blank);
            if (blank >= 0)
                return;
        }
    }

    /// <summary>Length of the headers with the empty line behind them, or −1.</summary>
    private int EndOfHeaders()
    {
        Need(MaxHeaderBytes);
        var head = Unread[..Math.Min(Unread.Length, MaxHeaderBytes)];
        int end = head.IndexOf("\r\n\r\n"u8);
        int bare = head.IndexOf("\n\n"u8);
        return end >= 0 && (bare < 0 || end < bare) ? end + 4 : bare >= 0 ? bare + 2 : -1;
    }

    private static Dictionary<string, string> Headers(ReadOnlySpan<byte> head)
    {
        var headers = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var line in Encoding.UTF8.GetString(head).AsSpan().EnumerateLines())
        {
            int colon = line.IndexOf(':');
            if (colon > 0)
                headers.TryAdd(line[..colon].Trim().ToString().ToLowerInvariant(), line[(colon + 1)..].Trim().ToString());
        }
        return headers;
    }

    /// <summary>Reads a block; returns how many of its bytes are not there.</summary>
    private long Fill(byte[] body)
    {
        int there = Math.Min(body.Length, Unread.Length);
        Unread[..there].CopyTo(body);
        Take(there);
        int more = stream.ReadAtLeast(body.AsSpan(there), body.Length - there, throwOnEndOfStream: false);
        _offset += more;
        return body.Length - there - more;
    }

    private long Skip(long bytes)
    {
        while (bytes > 0 && Need(1))
        {
            int some = (int)Math.Min(bytes, Unread.Length);
            Take(some);
            bytes -= some;
        }
        return bytes;
    }

    private void SkipToRecord()
    {
        ReadOnlySpan<byte> start = "\nWARC/1."u8;
        while (Need(start.Length))
        {
            int found = Unread.IndexOf(start);
            if (found >= 0)
            {
                Take(found + 1);
                return;
            }
            Take(Unread.Length - start.Length + 1);
        }
        Take(Unread.Length);
    }
}
