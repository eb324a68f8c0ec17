using System.Buffers;
using System.Text;

namespace Syrinx.Data.Posts.Sources;

/// <summary>
/// Cuts a stream into the rows of a CSV file (RFC 4180), in chunks: a quoted field may hold line breaks, a quote within it is
/// doubled. A quote in the middle of an unquoted field is a character like any other.
/// </summary>
internal static class CsvRows
{
    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);

    public static IEnumerable<RecordChunk> Read(Stream stream, byte delimiter, int maxRecordBytes = RecordChunk.MaxRecordBytes)
    {
        var stops = SearchValues.Create([delimiter, (byte)'\n']);
        var buffer = ArrayPool<byte>.Shared.Rent(RecordChunk.TargetBytes);
        var rows = new List<RecordSpan>();
        int filled = 0;
        int start = 0;           // of the row, in the buffer
        int at = 0;
        bool fieldStart = true;
        bool quoted = false;
        long offset = 0;         // of the buffer, in the file
        long line = 1;
        bool tooLong = false;
        bool end = false;
        while (!end)
        {
            int n = stream.Read(buffer, filled, buffer.Length - filled);
            filled += n;
            end = n == 0;
            if (offset == 0 && start == 0 && at == 0 && line == 1 && filled >= 3 && buffer.AsSpan(0, 3).SequenceEqual("\uFEFF"u8))
                (start, at) = (3, 3);
            while (at < filled)
            {
                var rest = buffer.AsSpan(at, filled - at);
                if (quoted)
                {
                    int quote = rest.IndexOf((byte)'"');
                    if (quote < 0)
                    {
                        at = filled;
                    }
                    else if (quote + 1 == rest.Length && !end)
                    {
                        at += quote; // whether it is doubled is still to come
                        break;
                    }
                    else if (quote + 1 < rest.Length && rest[quote + 1] == (byte)'"')
                    {
                        at += quote + 2;
                    }
                    else
                    {
                        at += quote + 1;
                        quoted = false;
                    }
                    continue;
                }
                if (fieldStart && rest[0] == (byte)'"')
                {
                    (quoted, fieldStart) = (true, false);
                    at++;
                    continue;
                }
                int stop = rest.IndexOfAny(stops);
                if (stop < 0)
                {
                    fieldStart = false;
                    at = filled;
                    break;
                }
                at += stop + 1;
                fieldStart = true;
                if (rest[stop] == (byte)'\n')
                    line += EndRow(buffer, rows, ref start, at, offset, line, ref tooLong);
            }
            if (end && start < filled)
            {
                if (quoted)
                    rows.Add(new(0, filled - start, offset + start, line, "unclosed_quote"));
                else
                    EndRow(buffer, rows, ref start, filled, offset, line, ref tooLong);
            }
            if (!end && filled < buffer.Length)
                continue;
            if (start == 0 && !end)
            {
                if (buffer.Length < maxRecordBytes)
                {
                    Array.Resize(ref buffer, Math.Min(maxRecordBytes, buffer.Length * 2));
                    continue;
                }
                tooLong = true;
            }
            int keepFrom = tooLong ? at : start;
            byte[] next = end ? [] : ArrayPool<byte>.Shared.Rent(Math.Max(RecordChunk.TargetBytes, filled - keepFrom));
            buffer.AsSpan(keepFrom, end ? 0 : filled - keepFrom).CopyTo(next);
            if (rows.Count > 0)
                yield return new(buffer, rows);
            else
                RecordChunk.Release(buffer);
            rows = [];
            offset += keepFrom;
            (buffer, filled, at, start) = (next, filled - keepFrom, at - keepFrom, tooLong ? 0 : start - keepFrom);
        }
    }

    /// <summary>The fields of a row, unquoted.</summary>
    /// <exception cref="DecoderFallbackException">The row is no UTF-8.</exception>
    public static void Fields(ReadOnlySpan<byte> row, byte delimiter, List<string> fields)
    {
        fields.Clear();
        int at = 0;
        while (true)
        {
            if (at < row.Length && row[at] == (byte)'"')
            {
                at++;
                var value = new StringBuilder();
                while (true)
                {
                    int quote = row[at..].IndexOf((byte)'"');
                    int end = quote < 0 ? row.Length : at + quote;
                    value.Append(StrictUtf8.GetString(row[at..end]));
                    at = Math.Min(end + 1, row.Length);
                    if (at >= row.Length || row[at] != (byte)'"')
                        break;
                    value.Append('"');
                    at++;
                }
                int next = row[at..].IndexOf(delimiter);
                if (next != 0 && at < row.Length) // characters behind the closing quote
                    value.Append(StrictUtf8.GetString(next < 0 ? row[at..] : row.Slice(at, next)));
                fields.Add(value.ToString());
                if (next < 0)
                    return;
                at += next + 1;
            }
            else
            {
                int next = row[at..].IndexOf(delimiter);
                fields.Add(StrictUtf8.GetString(next < 0 ? row[at..] : row.Slice(at, next)));
                if (next < 0)
                    return;
                at += next + 1;
            }
        }
    }

    /// <summary>Ends a row before <paramref name="end"/> and returns how many lines it had.</summary>
    private static int EndRow(byte[] buffer, List<RecordSpan> rows, ref int start, int end, long offset, long line, ref bool tooLong)
    {
        var row = buffer.AsSpan(start, end - start);
        int lines = row.Count((byte)'\n');
        int length = row.TrimEnd("\r\n"u8).Length;
        if (tooLong)
            rows.Add(new(0, 0, offset + start, line, "too_long"));
        else if (length > 0)
            rows.Add(new(start, length, offset + start, line));
        (start, tooLong) = (end, false);
        return lines;
    }
}
