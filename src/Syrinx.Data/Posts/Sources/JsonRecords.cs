using System.Buffers;
using System.Text;

namespace Syrinx.Data.Posts.Sources;

/// <summary>
/// Cuts a stream into JSON objects by counting brackets outside of strings: the elements of an array (<c>[{…},{…}]</c>,
/// also behind <c>window.YTD.tweets.part0 =</c>), objects that follow one another, over any number of lines, or the elements
/// of an array that is a member of the one object in the file (<c>{"orderedItems":[{…},{…}]}</c>). Whether an object is valid
/// is for its parser to say. What is open when the file ends becomes a record with a problem, and so does what stands
/// between objects and is none: a name without its bracket, a number, a word.
/// </summary>
internal static class JsonRecords
{
    private static readonly SearchValues<byte> Structure = SearchValues.Create("{}[]\""u8);
    private static readonly SearchValues<byte> InString = SearchValues.Create("\"\\"u8);
    private static readonly SearchValues<byte> Between = SearchValues.Create(" \t\r\n,;\uFEFF"u8);

    /// <param name="stream">JSON.</param>
    /// <param name="maxRecordBytes">A longer object becomes a record without bytes.</param>
    /// <param name="member">The member whose elements are the records; empty where objects at the top are.</param>
    public static IEnumerable<RecordChunk> Read(
        Stream stream, int maxRecordBytes = RecordChunk.MaxRecordBytes, string member = "")
    {
        byte[] wanted = Encoding.UTF8.GetBytes(member);
        var key = new List<byte>();  // the string that is open or was last, at the depth of the members
        bool members = wanted.Length > 0;
        int floor = members ? -1 : 0; // depth at which records lie
        var buffer = ArrayPool<byte>.Shared.Rent(RecordChunk.TargetBytes);
        var records = new List<RecordSpan>();
        int filled = 0;
        int at = 0;
        bool open = false;      // a record has begun and not ended
        int start = 0;          // of the open record, in the buffer; negative where its start was let go
        long bufferOffset = 0;
        long number = 0;
        int depth = 0;
        bool inString = false;
        bool tooLong = false;
        long stray = -1;        // where in the file something began that is no object
        while (true)
        {
            int n = stream.Read(buffer, filled, buffer.Length - filled);
            filled += n;
            while (at < filled)
            {
                var rest = buffer.AsSpan(at, filled - at);
                int skip = rest.IndexOfAny(inString ? InString : Structure);
                if (!open && depth == Math.Max(0, floor) && (floor >= 0 || !members) && stray < 0
                    && (skip < 0 ? rest : rest[..skip]).IndexOfAnyExcept(Between) is >= 0 and var odd)
                    stray = bufferOffset + at + odd;
                if (skip < 0)
                {
                    if (members && inString && depth == 1)
                        Remember(key, rest, wanted.Length);
                    at = filled;
                    break;
                }
                byte b = rest[skip];
                if (inString)
                {
                    if (members && depth == 1)
                        Remember(key, rest[..skip], wanted.Length);
                    if (b == '"')
                    {
                        inString = false;
                    }
                    else if (skip + 1 < rest.Length)
                    {
                        skip++;
                    }
                    else
                    {
                        at += skip; // the escaped byte is still to come
                        break;
                    }
                    at += skip + 1;
                    continue;
                }
                at += skip + 1;
                if (b == '"')
                {
                    inString = depth > 0; // outside of objects a quote opens nothing that could be a record
                    if (depth == 1)
                        key.Clear();
                    if (depth == 0 && stray < 0)
                        stray = bufferOffset + at - 1;
                }
                else if (b == '{' || b == '[' && depth > 0)
                {
                    if (members && b == '[' && depth == 1 && key.SequenceEqual(wanted))
                        floor = 2;
                    if (depth++ == floor && b == '[' && !open && stray < 0)
                        stray = bufferOffset + at - 1;
                    if (depth - 1 == floor && b == '{')
                    {
                        EndStray(records, ref stray, bufferOffset + at - 1, ref number);
                        (open, start) = (true, at - 1);
                    }
                }
                else if (depth == 0 && b == '[')
                {
                    if (number == 0 && buffer.AsSpan(0, at - 1).TrimEnd(" \t\r\n"u8).EndsWith("="u8))
                        stray = -1; // what stands before the array is a script's: "window.YTD.tweets.part0 ="
                }
                else if (depth == 0 && b == '}')
                {
                    stray = stray < 0 ? bufferOffset + at - 1 : stray;
                }
                else if (depth > 0 && --depth == floor && open)
                {
                    if (tooLong)
                        records.Add(new(0, at - start, bufferOffset + start, number, "too_long"));
                    else
                        records.Add(new(start, at - start, bufferOffset + start, number));
                    number++;
                    (open, tooLong) = (false, false);
                }
                else if (members && depth == 1)
                {
                    if (floor == 2)
                        EndStray(records, ref stray, bufferOffset + at - 1, ref number);
                    floor = -1; // the array has ended
                }
            }
            bool end = n == 0;
            if (end && depth > 0)
            {
                int from = open ? start : filled;
                records.Add(new(0, filled - from, bufferOffset + from, number, tooLong ? "too_long" : "truncated"));
            }
            if (end)
                EndStray(records, ref stray, bufferOffset + filled, ref number);
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
            bufferOffset += keepFrom;
            filled -= keepFrom;
            at -= keepFrom;
            start -= open ? keepFrom : 0;
            buffer = next;
        }
    }

    private static void EndStray(List<RecordSpan> records, ref long stray, long end, ref long number)
    {
        if (stray >= 0)
            records.Add(new(0, (int)Math.Min(int.MaxValue, end - stray), stray, number++, "not_an_object"));
        stray = -1;
    }

    /// <summary>Adds bytes to a string as far as it can still be the wanted one.</summary>
    private static void Remember(List<byte> text, ReadOnlySpan<byte> more, int wanted) =>
        text.AddRange(more[..Math.Min(more.Length, Math.Max(0, wanted + 1 - text.Count))]);
}
