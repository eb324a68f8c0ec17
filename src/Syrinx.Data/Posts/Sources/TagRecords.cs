using System.Buffers;
using System.Text;

namespace Syrinx.Data.Posts.Sources;

/// <summary>
/// Cuts a large XML file into the elements of one name, in chunks, so that each is parsed alone and in parallel: a broken
/// one costs itself only. For dumps whose elements of that name do not nest and whose texts have no raw <c>&lt;</c>, as XML
/// asks for. Whether an element is valid is for its parser to say.
/// </summary>
internal static class TagRecords
{
    /// <param name="stream">XML.</param>
    /// <param name="name">The element's name.</param>
    /// <param name="hasContent">Whether it ends with <c>&lt;/name&gt;</c>; else it ends where the next tag starts.</param>
    /// <param name="maxRecordBytes">A longer element becomes a record without bytes.</param>
    public static IEnumerable<RecordChunk> Read(
        Stream stream, string name, bool hasContent, int maxRecordBytes = RecordChunk.MaxRecordBytes)
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
                    at = Math.Max(at, filled - (open ? closing.Length : opening.Length));
                    break;
                }
                if (!open)
                {
                    if (found + opening.Length == rest.Length && !end)
                    {
                        at += found;
                        break; // the name may go on
                    }
                    start = at + found;
                    at = start + opening.Length;
                    open = at < filled && buffer[at] is (byte)'>' or (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n' or (byte)'/';
                    continue;
                }
                at += found + (hasContent ? closing.Length : 0);
                records.Add(tooLong ? new(0, at - start, offset + start, number, "too_long") : new(start, at - start, offset + start, number));
                number++;
                (open, tooLong) = (false, false);
            }
            if (end && open)
                records.Add(new(0, filled - start, offset + start, number, tooLong ? "too_long" : "truncated"));
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
            var next = ArrayPool<byte>.Shared.Rent(Math.Max(RecordChunk.TargetBytes, filled - keepFrom));
            buffer.AsSpan(keepFrom, filled - keepFrom).CopyTo(next);
            if (records.Count > 0)
                yield return new(buffer, records);
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
}
