using System.Buffers;

namespace Syrinx.Data.Posts.Sources;

/// <summary>
/// Cuts a stream into JSON objects by counting brackets outside of strings: the elements of an array (<c>[{…},{…}]</c>,
/// also behind <c>window.YTD.tweets.part0 =</c>), or objects that follow one another, over any number of lines. Whether
/// an object is valid is for its parser to say. What is open when the file ends becomes a record with a problem.
/// </summary>
internal static class JsonRecords
{
    private static readonly SearchValues<byte> Structure = SearchValues.Create("{}[]\""u8);
    private static readonly SearchValues<byte> InString = SearchValues.Create("\"\\"u8);

    public static IEnumerable<RecordChunk> Read(Stream stream, int maxRecordBytes = RecordChunk.MaxRecordBytes)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(RecordChunk.TargetBytes);
        var records = new List<RecordSpan>();
        int filled = 0;
        int at = 0;
        int start = -1;         // of the open object, in the buffer
        long bufferOffset = 0;
        long number = 0;
        int depth = 0;
        bool inString = false;
        bool tooLong = false;
        while (true)
        {
            int n = stream.Read(buffer, filled, buffer.Length - filled);
            filled += n;
            while (at < filled)
            {
                var rest = buffer.AsSpan(at, filled - at);
                int skip = rest.IndexOfAny(inString ? InString : Structure);
                if (skip < 0)
                {
                    at = filled;
                    break;
                }
                byte b = rest[skip];
                if (inString)
                {
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
                }
                else if (b == '{' || b == '[' && depth > 0)
                {
                    if (depth++ == 0)
                        start = at - 1;
                }
                else if (depth > 0 && --depth == 0)
                {
                    if (tooLong)
                        records.Add(new(0, at - start, bufferOffset + start, number, "too_long"));
                    else
                        records.Add(new(start, at - start, bufferOffset + start, number));
                    number++;
                    (start, tooLong) = (-1, false);
                }
            }
            bool end = n == 0;
            if (end && depth > 0)
                records.Add(new(0, filled - start, bufferOffset + start, number, tooLong ? "too_long" : "truncated"));
            if (!end && filled < buffer.Length)
                continue;
            if (depth > 0 && start == 0 && !end)
            {
                if (buffer.Length < maxRecordBytes && !tooLong)
                {
                    Array.Resize(ref buffer, Math.Min(maxRecordBytes, buffer.Length * 2));
                    continue;
                }
                tooLong = true; // its bytes are let go, its end is still looked for
            }
            int keepFrom = depth == 0 ? at : tooLong ? at : start;
            var next = ArrayPool<byte>.Shared.Rent(Math.Max(RecordChunk.TargetBytes, filled - keepFrom));
            buffer.AsSpan(keepFrom, filled - keepFrom).CopyTo(next);
            if (records.Count > 0)
                yield return new(buffer, records);
            if (end)
                yield break;
            records = [];
            bufferOffset += keepFrom;
            filled -= keepFrom;
            at -= keepFrom;
            start -= depth > 0 ? keepFrom : 0;
            buffer = next;
        }
    }
}
