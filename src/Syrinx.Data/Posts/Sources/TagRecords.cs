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
        var buffer = new RecordBuffer(stream, maxRecordBytes);
        long number = 0;
        long stray = -1;        // where in the file something began that is no element
        byte[] mark = Encoding.UTF8.GetBytes(content);
        while (true)
        {
            bool end = !buffer.Fill();
            while (!buffer.Rest.IsEmpty)
            {
                var rest = buffer.Rest;
                int found = rest.IndexOf(buffer.IsOpen ? closing : opening);
                if (found < 0)
                {
                    // The end of what is there may be the start of what is looked for.
                    int looked = end ? rest.Length : Math.Max(0, rest.Length - (buffer.IsOpen ? closing.Length : opening.Length));
                    if (!buffer.IsOpen)
                        Look(rest[..looked], buffer.Offset + buffer.At, number > 0, mark, ref stray);
                    buffer.At += looked;
                    break;
                }
                if (buffer.IsOpen)
                {
                    buffer.At += found + (hasContent ? closing.Length : 0);
                    buffer.Close(number++);
                    continue;
                }
                if (found + opening.Length == rest.Length && !end)
                {
                    buffer.At += found;
                    break; // the name may go on
                }
                Look(rest[..found], buffer.Offset + buffer.At, number > 0, mark, ref stray);
                int start = buffer.At + found;
                buffer.At = start + opening.Length;
                if (buffer.Rest is not [(byte)'>' or (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n' or (byte)'/', ..])
                    continue;
                EndStray(buffer, ref stray, buffer.Offset + start, ref number);
                buffer.Open(start);
            }
            if (end && buffer.IsOpen)
                buffer.Truncated(buffer.Start, number);
            if (end)
                EndStray(buffer, ref stray, buffer.Offset + buffer.Filled, ref number);
            if (!buffer.IsDue(end))
                continue;
            if (buffer.Take(end) is { } chunk)
                yield return chunk;
            if (end)
                yield break;
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

    private static void EndStray(RecordBuffer buffer, ref long stray, long end, ref long number)
    {
        if (stray >= 0)
            buffer.Records.Add(new(0, (int)Math.Min(int.MaxValue, end - stray), stray, number++, "not_an_element"));
        stray = -1;
    }
}
