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
        var buffer = new RecordBuffer(stream, maxRecordBytes);
        long number = 0;
        int depth = 0;
        bool inString = false;
        long stray = -1;        // where in the file something began that is no object
        while (true)
        {
            bool end = !buffer.Fill();
            while (!buffer.Rest.IsEmpty)
            {
                var rest = buffer.Rest;
                int skip = rest.IndexOfAny(inString ? InString : Structure);
                if (!buffer.IsOpen && depth == Math.Max(0, floor) && (floor >= 0 || !members) && stray < 0
                    && (skip < 0 ? rest : rest[..skip]).IndexOfAnyExcept(Between) is >= 0 and var odd)
                    stray = buffer.Offset + buffer.At + odd;
                if (skip < 0)
                {
                    if (members && inString && depth == 1)
                        Remember(key, rest, wanted.Length);
                    buffer.At = buffer.Filled;
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
                        buffer.At += skip; // the escaped byte is still to come
                        break;
                    }
                    buffer.At += skip + 1;
                    continue;
                }
                buffer.At += skip + 1;
                if (b == '"')
                {
                    inString = depth > 0; // outside of objects a quote opens nothing that could be a record
                    if (depth == 1)
                        key.Clear();
                    if (depth == 0 && stray < 0)
                        stray = buffer.Offset + buffer.At - 1;
                }
                else if (b == '{' || b == '[' && depth > 0)
                {
                    if (members && b == '[' && depth == 1 && key.SequenceEqual(wanted))
                        floor = 2;
                    if (depth++ == floor && b == '[' && !buffer.IsOpen && stray < 0)
                        stray = buffer.Offset + buffer.At - 1;
                    if (depth - 1 == floor && b == '{')
                    {
                        EndStray(buffer, ref stray, buffer.Offset + buffer.At - 1, ref number);
                        buffer.Open(buffer.At - 1);
                    }
                }
                else if (depth == 0 && b == '[')
                {
                    if (number == 0 && buffer.Seen[..^1].TrimEnd(" \t\r\n"u8).EndsWith("="u8))
                        stray = -1; // what stands before the array is a script's: "window.YTD.tweets.part0 ="
                }
                else if (depth == 0 && b == '}')
                {
                    stray = stray < 0 ? buffer.Offset + buffer.At - 1 : stray;
                }
                else if (depth > 0 && --depth == floor && buffer.IsOpen)
                {
                    buffer.Close(number++);
                }
                else if (members && depth == 1)
                {
                    if (floor == 2)
                        EndStray(buffer, ref stray, buffer.Offset + buffer.At - 1, ref number);
                    floor = -1; // the array has ended
                }
            }
            if (end && depth > 0)
                buffer.Truncated(buffer.IsOpen ? buffer.Start : buffer.Filled, number);
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

    private static void EndStray(RecordBuffer buffer, ref long stray, long end, ref long number)
    {
        if (stray >= 0)
            buffer.Records.Add(new(0, (int)Math.Min(int.MaxValue, end - stray), stray, number++, "not_an_object"));
        stray = -1;
    }

    /// <summary>Adds bytes to a string as far as it can still be the wanted one.</summary>
    private static void Remember(List<byte> text, ReadOnlySpan<byte> more, int wanted) =>
        text.AddRange(more[..Math.Min(more.Length, Math.Max(0, wanted + 1 - text.Count))]);
}
