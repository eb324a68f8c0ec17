using System.IO.Compression;
using System.Reflection;
using System.Text;
using Syrinx.Tokens;

namespace Syrinx.Tests.Tokens;

/// <summary>
/// The vocabularies of OpenAI's models, which the packages Microsoft.ML.Tokenizers.Data.* hold as tiktoken's ranks, as
/// vocabularies of ours. A token's rank says when it was merged; of what, merging its bytes by the lower ranks tells.
/// </summary>
internal static class TiktokenRanks
{
    /// <param name="name">Name of the encoding, such as <c>o200k_base</c>.</param>
    /// <param name="package">Name of the package's assembly.</param>
    /// <param name="pattern">The pre-tokenizer's pattern.</param>
    /// <param name="ignoreMerges">Whether a piece that is a token is taken whole.</param>
    public static BpeTokenizer Load(string name, string package, string pattern, bool ignoreMerges)
    {
        var assembly = Assembly.Load(package);
        string resource = assembly.GetManifestResourceNames().Single(r => r.Contains(name));
        using var packed = assembly.GetManifestResourceStream(resource)!;
        using var reader = new StreamReader(new DeflateStream(packed, CompressionMode.Decompress));
        var tokens = new List<byte[]>();
        while (reader.ReadLine() is { } line)
        {
            if (!line.Contains(':')) // the first line tells the number of tokens
                tokens.Add(Convert.FromBase64String(line.Split(' ')[0]));
        }
        var ranks = new Dictionary<byte[], int>(ByteSequence.Comparer);
        for (int i = 0; i < tokens.Count; i++)
            ranks.Add(tokens[i], i);
        var merges = new List<(int, int, int)>();
        for (int i = 0; i < tokens.Count; i++)
        {
            if (tokens[i].Length > 1)
            {
                var (left, right) = Halves(tokens[i], i, ranks.GetAlternateLookup<ReadOnlySpan<byte>>());
                merges.Add((left, right, i));
            }
        }
        var special = new SpecialToken(BpeTokenizer.EndOfText, tokens.Count);
        return new(new BpeVocabulary([.. tokens, Encoding.UTF8.GetBytes(special.Text)], merges, [special], [pattern], Nfc: false, ignoreMerges, Added: []));
    }

    private static (int Left, int Right) Halves(byte[] token, int rank, Dictionary<byte[], int>.AlternateLookup<ReadOnlySpan<byte>> ranks)
    {
        var ends = Enumerable.Range(0, token.Length + 1).ToList();
        while (ends.Count > 3)
        {
            int best = rank, at = -1;
            for (int i = 0; i + 2 < ends.Count; i++)
            {
                if (ranks.TryGetValue(token.AsSpan(ends[i]..ends[i + 2]), out int r) && r < best)
                    (best, at) = (r, i);
            }
            ends.RemoveAt(at + 1);
        }
        return (ranks[token.AsSpan(0, ends[1])], ranks[token.AsSpan(ends[1])]);
    }
}
