using System.Buffers;
using System.Numerics;

namespace Syrinx.Data.Posts.Sources;

/// <summary>Where a record lies: in the chunk's bytes, and in its file.</summary>
/// <param name="Start">In <see cref="RecordChunk.Bytes"/>.</param>
/// <param name="Length">Bytes.</param>
/// <param name="Offset">Of the first byte, in the unpacked file.</param>
/// <param name="Number">Its line, from 1; or its index in an array, from 0.</param>
/// <param name="Problem">Why it is not there whole (<c>too_long</c>, <c>truncated</c>), or null.</param>
internal readonly record struct RecordSpan(int Start, int Length, long Offset, long Number, string? Problem = null);

/// <summary>About a megabyte of records, the unit in which they are parsed in parallel.</summary>
internal sealed record RecordChunk(byte[] Bytes, IReadOnlyList<RecordSpan> Records)
{
    /// <summary>How much is handed to a thread at once.</summary>
    public const int TargetBytes = 1 << 20;

    /// <summary>
    /// A record longer than this is not kept in memory but put into quarantine: no page of an API comes near it.
    /// </summary>
    public const int MaxRecordBytes = 1 << 26;

    /// <summary>
    /// Lets the bytes be used again; nobody may look at them afterwards. Large arrays made anew each cost more than parsing.
    /// </summary>
    public void Release() => Release(Bytes);

    /// <summary>Lets an array of <see cref="ArrayPool{T}"/> be used again, or one that was made longer.</summary>
    public static void Release(byte[] bytes)
    {
        if (bytes.Length >= TargetBytes && BitOperations.IsPow2(bytes.Length))
            ArrayPool<byte>.Shared.Return(bytes);
    }

    public ReadOnlyMemory<byte> Memory(RecordSpan record) => Bytes.AsMemory(record.Start, record.Length);

    public ReadOnlySpan<byte> Span(RecordSpan record) => Bytes.AsSpan(record.Start, record.Length);
}
