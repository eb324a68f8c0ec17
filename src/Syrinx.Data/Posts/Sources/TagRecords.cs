using System.Buffers;
using System.Text;

namespace Syrinx.Data.Posts.Sources;

/// <summary>
/// Cuts a large XML file into the elements of one name, in chunks, so that each is parsed alone and in parallel: a broken
/// one costs itself only. For dumps whose elements of that name do not nest and whose texts have no raw <c>&lt;</c>, as XML
/// asks for. Whether an element is valid is for its parser to say. What stands between elements and is none becomes a record
/// with a problem; before the first one is the dump's head.
/// </summary>
internal static class TagRecords
{
    /// <param name="stream">XML.</param>
    /// <param name="name">The element's name.</param>
    /// <param name="hasContent">Whether it ends with <c>&lt;/name&gt;</c>; else it ends where the next tag starts.</param>
    /// <param name="content">What stands in elements, and never in the dump's head.</param>
    /// <param name="maxRecordBytes">A longer element becomes a record without bytes.</param>
    public static IEnumerable<RecordChunk> Read(
        Stream stream, string name, bool hasContent, string content, int maxRecordBytes = RecordChunk.MaxRecordBytes)
    {
        byte[] opening = Encoding.UTF8.GetBytes("<" + name);
        byte[] closing = Encoding.UTF8.GetBytes(hasContent ? $"</{name}>" : "<");
        var buffer = ArrayPool<byte>.Shared.Rent(RecordChunk.TargetBytes);
        var records = new List<RecordSpan>();
        int filled = 0;
        int at = 0;             // nothing before it is still to be looked at
        bool open = false;
        int start = 0;          // of the open element; negative where its start was let go
        bool tooLong = false;
        long offset = 0;        // of the buffer, in the file
        long number = 0;
        long stray = -1;        // where in the file something began that is no element
        byte[] mark = Encoding.UTF8.GetBytes(content);
        while (true)
        {
            int n = stream.Read(buffer, filled, buffer.Length - filled);
            filled += n;
            bool end = n == 0;
            while (at < filled)
            {
                var rest = buffer.AsSpan(at, filled - at);
                int found = rest.IndexOf(open ? closing : opening);
                if (found < 0)
                {
                    // The end of what is there may be the start of what is looked for.
                    int looked = end ? filled : Math.Max(at, filled - (open ? closing.Length : opening.Length));
                    if (!open)
                        Look(rest[..(looked - at)], offset + at, number > 0, mark, ref stray);
                    at = looked;
                    break;
                }
                if (!open)
                {
                    if (found + opening.Length == rest.Length && !end)
                    {
                        at += found;
                        break; // the name may go on
                    }
                    Look(rest[..found], offset + at, number > 0, mark, ref stray);
                    start = at + found;
                    at = start + opening.Length;
                    open = at < filled && buffer[at] is (byte)'>' or (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n' or (byte)'/';
                    if (open)
                        EndStray(records, ref stray, offset + start, ref number);
                    continue;
                }
                at += found + (hasContent ? closing.Length : 0);
                records.Add(tooLong ? new(0, at - start, offset + start, number, "too_long") : new(start, at - start, offset + start, number));
                number++;
                (open, tooLong) = (false, false);
            }
            if (end && open)
                records.Add(new(0, filled - start, offset + start, number, tooLong ? "too_long" : "truncated"));
            if (end)
                EndStray(records, ref stray, offset + filled, ref number);
            if (!end && filled < buffer.Length)
                continue;
            if (open && start == 0 && !end)
            {
                if (buffer.Length < maxRecordBytes && !tooLong)
                {
                    Array.Resize(ref buffer, Math.Min(maxRecordBytes, buffer.Length * 2));
                    continue;
                }
                tooLong = true; // its bytes are let go, its end is still looked for
            }
            int keepFrom = !open || tooLong ? at : start;
            byte[] next = end ? [] : ArrayPool<byte>.Shared.Rent(Math.Max(RecordChunk.TargetBytes, filled - keepFrom));
            buffer.AsSpan(keepFrom, end ? 0 : filled - keepFrom).CopyTo(next);
            if (records.Count > 0)
                yield return new(buffer, records);
            else
                RecordChunk.Release(buffer);
            if (end)
                yield break;
            records = [];
            offset += keepFrom;
            filled -= keepFrom;
            at -= keepFrom;
            start -= open ? keepFrom : 0;
            buffer = next;
        }
    }

    /// <summary>
    /// Notes where something stands that is no element: before the first one, what only elements hold; behind it, more than
    /// white space and the end tags of what the elements stand in.
    /// </summary>
    private static void Look(ReadOnlySpan<byte> gap, long at, bool behindFirst, byte[] mark, ref long stray)
    {
        if (stray >= 0)
            return;
        int odd = gap.IndexOf(mark);
        if (behindFirst)
        {
            odd = gap.IndexOfAnyExcept(Ends);
            for (int tag = 0; odd < 0 && gap[tag..].IndexOf((byte)'<') is >= 0 and var open; tag += open + 1)
            {
                if (tag + open + 1 < gap.Length && gap[tag + open + 1] != (byte)'/')
                    odd = tag + open;
            }
        }
        if (odd >= 0)
            stray = at + odd;
    }

    private static readonly SearchValues<byte> Ends =
        SearchValues.Create(" \t\r\n<>/abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"u8);

    private static void EndStray(List<RecordSpan> records, ref long stray, long end, ref long number)
    {
        if (stray >= 0)
            records.Add(new(0, (int)Math.Min(int.MaxValue, end - stray), stray, number++, "not_an_element"));
        stray = -1;
    }
}
