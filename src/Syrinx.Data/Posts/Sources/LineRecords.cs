using System.Buffers;

namespace Syrinx.Data.Posts.Sources;

/// <summary>
/// Cuts a stream into lines, in chunks. Blank lines are no records; a byte order mark at the start is left out; a line
/// over the limit becomes a record without bytes and with a problem.
/// </summary>
internal static class LineRecords
{
    public static IEnumerable<RecordChunk> Read(Stream stream, int maxRecordBytes = RecordChunk.MaxRecordBytes)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(RecordChunk.TargetBytes);
        int filled = 0;
        long offset = 0;
        long line = 1;
        while (true)
        {
            int n = stream.Read(buffer, filled, buffer.Length - filled);
            filled += n;
            bool end = n == 0;
            if (offset == 0 && line == 1 && filled >= 3 && buffer.AsSpan(0, 3).SequenceEqual("\uFEFF"u8))
            {
                buffer.AsSpan(3, filled - 3).CopyTo(buffer);
                filled -= 3;
                offset = 3;
            }
            if (!end && filled < buffer.Length)
                continue;
            int whole = end ? filled : buffer.AsSpan(0, filled).LastIndexOf((byte)'\n') + 1;
            if (whole == 0 && !end)
            {
                if (buffer.Length < maxRecordBytes)
                {
                    Array.Resize(ref buffer, Math.Min(maxRecordBytes, buffer.Length * 2));
                    continue;
                }
                long skipped = SkipLine(stream, buffer, ref filled);
                yield return new([], [new(0, 0, offset, line, "too_long")]);
                offset += skipped;
                line++;
                continue;
            }
            var (records, lines) = Split(buffer, whole, offset, line);
            byte[] rest = end ? [] : ArrayPool<byte>.Shared.Rent(Math.Max(RecordChunk.TargetBytes, filled - whole));
            buffer.AsSpan(whole, end ? 0 : filled - whole).CopyTo(rest);
            if (records.Count > 0)
                yield return new(buffer, records);
            else
                RecordChunk.Release(buffer);
            line += lines;
            offset += whole;
            filled -= whole;
            buffer = rest;
            if (end)
                yield break;
        }
    }

    private static (List<RecordSpan> Records, int Lines) Split(byte[] buffer, int length, long offset, long line)
    {
        var records = new List<RecordSpan>();
        int lines = 0;
        for (int start = 0; start < length; lines++)
        {
            int next = buffer.AsSpan(start, length - start).IndexOf((byte)'\n');
            int end = next < 0 ? length : start + next;
            var content = buffer.AsSpan(start, end - start).Trim(" \t\r"u8);
            if (content.Length > 0)
            {
                int at = start + buffer.AsSpan(start, end - start).IndexOfAnyExcept(" \t\r"u8);
                records.Add(new(at, content.Length, offset + at, line + lines));
            }
            start = end + 1;
        }
        return (records, lines);
    }

    /// <summary>
    /// Reads on to the end of the line, keeps what follows it in the buffer, and returns how many bytes the line had.
    /// </summary>
    private static long SkipLine(Stream stream, byte[] buffer, ref int filled)
    {
        long skipped = filled;
        int n;
        while ((n = stream.Read(buffer)) > 0)
        {
            int end = buffer.AsSpan(0, n).IndexOf((byte)'\n');
            if (end >= 0)
            {
                buffer.AsSpan(end + 1, n - end - 1).CopyTo(buffer);
                filled = n - end - 1;
                return skipped + end + 1;
            }
            skipped += n;
        }
        filled = 0;
        return skipped;
    }
}
