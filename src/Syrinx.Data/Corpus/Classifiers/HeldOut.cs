using System.Security.Cryptography;
using System.Text;
using Syrinx.Data.Corpus.Text;

namespace Syrinx.Data.Corpus.Classifiers;

/// <summary>
/// The part of any labelled set that no weights are trained on: a fifth, chosen by the text alone, so that copies of a text are
/// on the same side in every set and every run.
/// </summary>
internal static class HeldOut
{
    private const int Parts = 5;

    /// <summary>Whether SHA-256 of the normalised text, as a number, is a multiple of five.</summary>
    public static bool Contains(string text) => Part(text) == 0;

    /// <summary>That number modulo five; 1 to 4 are the parts for cross-validation.</summary>
    public static int Part(string text)
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(TextNormalizer.Normalize(text)), digest);
        int sum = 0; // 256 = 5·51 + 1, so the digits' sum has the number's remainder
        foreach (byte b in digest)
            sum += b;
        return sum % Parts;
    }
}
