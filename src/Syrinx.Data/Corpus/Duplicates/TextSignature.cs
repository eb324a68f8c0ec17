using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.RegularExpressions;

namespace Syrinx.Data.Corpus.Duplicates;

/// <summary>What is kept of a text to find its duplicates: about 180 bytes, whatever its length.</summary>
/// <param name="Digest">First half of SHA-256 of the normalised text.</param>
/// <param name="Template">The same of the text with every number as 0.</param>
/// <param name="Bands">Band hashes; none for a text shorter than a shingle.</param>
/// <param name="ShingleCount">Size of the shingle set.</param>
internal readonly partial record struct TextSignature(UInt128 Digest, UInt128 Template, ulong[] Bands, int ShingleCount)
{
    /// <summary>No text at all.</summary>
    public static TextSignature Empty { get; } = new(UInt128.Zero, UInt128.Zero, [], 0);

    public bool IsEmpty => Digest == UInt128.Zero;

    /// <summary>Signs a normalised text.</summary>
    public static TextSignature Of(string normalized)
    {
        if (normalized.Length == 0)
            return Empty;
        var digest = Hash(normalized);
        var template = normalized.AsSpan().ContainsAnyInRange('0', '9') ? Hash(Numbers().Replace(normalized, "0")) : digest;
        var shingles = Shingles.Of(normalized);
        return new(digest, template, MinHash.BandsOf(shingles), shingles.Length);
    }

    private static UInt128 Hash(string text)
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(MemoryMarshal.AsBytes(text.AsSpan()), digest);
        return BinaryPrimitives.ReadUInt128LittleEndian(digest);
    }

    [GeneratedRegex("[0-9]+")]
    private static partial Regex Numbers();

    /// <summary>Sets of too different sizes cannot be that similar: J ≤ smaller / larger.</summary>
    public bool CannotReach(TextSignature other, double jaccard) =>
        Math.Min(ShingleCount, other.ShingleCount) < jaccard * Math.Max(ShingleCount, other.ShingleCount);
}
