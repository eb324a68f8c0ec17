using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace Syrinx.Data.Corpus.Duplicates;

/// <summary>
/// What is kept of a text to find its duplicates: 16 numbers of 64 bits, whatever its length. 0 stands for nothing. Exact and
/// template digests are cut from SHA-256: that two of 10 million texts share one by chance has a probability of 3 in a million.
/// Thread-safe.
/// </summary>
internal static class TextSignature
{
    /// <summary>Numbers in a signature.</summary>
    public const int Length = FirstBand + MinHash.Bands;

    /// <summary>Place of the digest of the normalised text.</summary>
    public const int Digest = 0;

    /// <summary>Place of the digest of the text with every number as 0.</summary>
    public const int Template = 1;

    /// <summary>Place of the first band's hash; a text shorter than a shingle has none.</summary>
    public const int FirstBand = 2;

    [ThreadStatic]
    private static uint[]? _shingles;

    /// <summary>Signs a normalised text.</summary>
    /// <param name="normalized">As <see cref="Text.TextNormalizer"/> leaves it; of an empty one all numbers are 0.</param>
    /// <param name="signature">Is written: <see cref="Length"/> numbers.</param>
    public static void Write(string normalized, Span<ulong> signature)
    {
        signature[..Length].Clear();
        if (normalized.Length == 0)
            return;
        signature[Digest] = Hash(normalized);
        signature[Template] = TemplateDigest(normalized, signature[Digest]);
        int count = Math.Max(0, normalized.Length - Shingles.Size + 1);
        if (_shingles is null || _shingles.Length < count)
            _shingles = new uint[Math.Max(count, 4096)];
        var shingles = _shingles.AsSpan(0, count);
        Shingles.Hash(normalized, shingles);
        MinHash.Write(shingles, signature.Slice(FirstBand, MinHash.Bands));
    }

    /// <summary>The digest of a normalised text with every number as 0; 0 of an empty one.</summary>
    public static ulong TemplateDigest(string normalized) => normalized.Length == 0 ? 0 : TemplateDigest(normalized, null);

    private static ulong TemplateDigest(string normalized, ulong? digest) =>
        TemplateOf(normalized) is { } template ? Hash(template) : digest ?? Hash(normalized);

    // Runs of digits as one 0, or null where there are none.
    private static string? TemplateOf(string normalized)
    {
        if (!normalized.Any(char.IsDigit))
            return null;
        var template = new StringBuilder(normalized.Length);
        for (int i = 0; i < normalized.Length; i++)
        {
            if (!char.IsDigit(normalized[i]))
                template.Append(normalized[i]);
            else if (i == 0 || !char.IsDigit(normalized[i - 1]))
                template.Append('0');
        }
        return template.ToString();
    }

    private static ulong Hash(string text)
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(MemoryMarshal.AsBytes(text.AsSpan()), digest);
        return Math.Max(1, BinaryPrimitives.ReadUInt64LittleEndian(digest));
    }
}
