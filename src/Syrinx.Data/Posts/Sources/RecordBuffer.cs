using System.Buffers;

namespace Syrinx.Data.Posts.Sources;

/// <summary>
/// What a cutter of records reads into: a buffer that is filled, handed on with the records that were found in it, and begun anew with
/// what is left. A record that does not fit makes it longer, up to a limit; beyond that its bytes are let go and only its end is looked
/// for. For one thread.
/// </summary>
/// <param name="stream">What is read.</param>
/// <param name="maxRecordBytes">A longer record becomes one without bytes.</param>
internal sealed class RecordBuffer(Stream stream, int maxRecordBytes)
{
    private byte[] _bytes = ArrayPool<byte>.Shared.Rent(RecordChunk.TargetBytes);

    /// <summary>Bytes that are there.</summary>
    public int Filled { get; private set; }

    /// <summary>Nothing before it is still to be looked at.</summary>
    public int At { get; set; }

    /// <summary>Where the buffer begins, in the file.</summary>
    public long Offset { get; private set; }

    /// <summary>A record has begun and not ended.</summary>
    public bool IsOpen { get; private set; }

    /// <summary>Where the open record begins, in the buffer; negative where its start was let go.</summary>
    public int Start { get; private set; }

    /// <summary>The open record's bytes were let go.</summary>
    public bool IsTooLong { get; private set; }

    /// <summary>Records found in the buffer.</summary>
    public List<RecordSpan> Records { get; private set; } = [];

    /// <summary>What is there and was not looked at.</summary>
    public ReadOnlySpan<byte> Rest => _bytes.AsSpan(At, Filled - At);

    /// <summary>What was looked at.</summary>
    public ReadOnlySpan<byte> Seen => _bytes.AsSpan(0, At);

    /// <summary>Reads more; false at the file's end.</summary>
    public bool Fill()
    {
        int n = stream.Read(_bytes, Filled, _bytes.Length - Filled);
        Filled += n;
        return n > 0;
    }

    /// <summary>A record begins.</summary>
    public void Open(int start) => (IsOpen, Start) = (true, start);

    /// <summary>The open record ends at <see cref="At"/>.</summary>
    public void Close(long number)
    {
        Records.Add(IsTooLong ? new(0, At - Start, Offset + Start, number, "too_long") : new(Start, At - Start, Offset + Start, number));
        (IsOpen, IsTooLong) = (false, false);
    }

    /// <summary>The file ends within a record.</summary>
    /// <param name="from">Where that began, in the buffer.</param>
    /// <param name="number">Its number.</param>
    public void Truncated(int from, long number) =>
        Records.Add(new(0, Filled - from, Offset + from, number, IsTooLong ? "too_long" : "truncated"));

    /// <summary>
    /// Whether there is something to hand on: the buffer is full and could not be made longer for the open record, or the file has
    /// ended.
    /// </summary>
    public bool IsDue(bool end)
    {
        if (end)
            return true;
        if (Filled < _bytes.Length)
            return false;
        if (!IsOpen || Start != 0)
            return true;
        if (_bytes.Length < maxRecordBytes && !IsTooLong)
        {
            Array.Resize(ref _bytes, Math.Min(maxRecordBytes, _bytes.Length * 2));
            return false;
        }
        return IsTooLong = true; // its bytes are let go, its end is still looked for
    }

    /// <summary>Hands on the buffer with its records, or null where it has none, and begins anew with what is left.</summary>
    public RecordChunk? Take(bool end)
    {
        int keepFrom = !IsOpen || IsTooLong ? At : Start;
        byte[] next = end ? [] : ArrayPool<byte>.Shared.Rent(Math.Max(RecordChunk.TargetBytes, Filled - keepFrom + 1));
        _bytes.AsSpan(keepFrom, end ? 0 : Filled - keepFrom).CopyTo(next);
        var chunk = Records.Count > 0 ? new RecordChunk(_bytes, Records) : null;
        if (chunk is null)
            RecordChunk.Release(_bytes);
        Records = [];
        Offset += keepFrom;
        Filled -= keepFrom;
        At -= keepFrom;
        Start -= IsOpen ? keepFrom : 0;
        _bytes = next;
        return chunk;
    }
}
