using Syrinx.Tokens;

namespace Syrinx.Inference.Structured;

/// <summary>
/// A vocabulary's tokens by their bytes, as a tree in the order of a walk through it: the first child follows its parent, the
/// next sibling begins where a subtree ends. Immutable and safe to share between threads.
/// </summary>
internal sealed class TokenTrie
{
    private readonly int[] _firstByte = new int[256];

    /// <summary>Reads a vocabulary; special tokens stand for no text and are left out.</summary>
    public TokenTrie(BpeTokenizer tokenizer)
    {
        (Tokenizer, VocabSize) = (tokenizer, tokenizer.VocabSize);
        var ids = Enumerable.Range(0, VocabSize)
            .Where(id => !tokenizer.IsSpecial(id) && tokenizer.TokenBytes(id).Length > 0).ToArray();
        Array.Sort(ids, (a, b) => tokenizer.TokenBytes(a).SequenceCompareTo(tokenizer.TokenBytes(b)) is var c && c != 0
            ? c : a.CompareTo(b));
        var (bytes, ends, tokens, depths) = (new List<byte> { 0 }, new List<int> { 0 }, new List<int> { -1 }, new List<byte> { 0 });
        Same = new int[VocabSize];
        Array.Fill(Same, -1);
        var path = new List<int> { 0 }; // nodes from the root to the last token
        ReadOnlySpan<byte> last = [];
        foreach (int id in ids)
        {
            var text = tokenizer.TokenBytes(id);
            if (text.Length > 250)
                continue; // a token this long is never needed
            int common = text.CommonPrefixLength(last);
            if (common == text.Length && path.Count - 1 == common)
            {
                // the same bytes as another token
                Same[id] = tokens[path[common]];
                tokens[path[common]] = id;
                continue;
            }
            for (int depth = path.Count - 1; depth > common; depth--)
                ends[path[depth]] = bytes.Count;
            path.RemoveRange(common + 1, path.Count - common - 1);
            for (int i = common; i < text.Length; i++)
            {
                path.Add(bytes.Count);
                bytes.Add(text[i]);
                ends.Add(0);
                tokens.Add(-1);
                depths.Add((byte)(i + 1));
            }
            tokens[^1] = id;
            last = text;
        }
        foreach (int node in path)
            ends[node] = bytes.Count;
        (Bytes, SubtreeEnd, Tokens, Depths) = ([.. bytes], [.. ends], [.. tokens], [.. depths]);
        Array.Fill(_firstByte, -1);
        for (int node = 1; node < Bytes.Length; node = SubtreeEnd[node])
            _firstByte[Bytes[node]] = node;
    }

    public BpeTokenizer Tokenizer { get; }

    public int VocabSize { get; }

    /// <summary>The byte that leads to each node; the root is node 0.</summary>
    public byte[] Bytes { get; }

    /// <summary>The node after a node's subtree.</summary>
    public int[] SubtreeEnd { get; }

    /// <summary>The token that ends at each node, or −1.</summary>
    public int[] Tokens { get; }

    /// <summary>Bytes from the root to each node.</summary>
    public byte[] Depths { get; }

    /// <summary>For each token another one with the same bytes, or −1.</summary>
    public int[] Same { get; }

    /// <summary>Whether every byte alone is a token, so that everything can be spelled.</summary>
    public bool IsByteComplete => _firstByte.All(node => node >= 0 && Tokens[node] >= 0);

    /// <summary>The fewest tokens that spell a text, or <see cref="PushdownAutomaton.Never"/> where none do.</summary>
    public int FewestTokens(ReadOnlySpan<byte> text)
    {
        var fewest = new int[text.Length + 1];
        for (int start = text.Length - 1; start >= 0; start--)
        {
            fewest[start] = PushdownAutomaton.Never;
            int node = _firstByte[text[start]];
            for (int at = start + 1; node >= 0; at++)
            {
                if (Tokens[node] >= 0)
                    fewest[start] = Math.Min(fewest[start], fewest[at] + 1);
                if (at == text.Length)
                    break;
                node = Child(node, text[at]);
            }
        }
        return fewest[0];
    }

    private int Child(int node, byte b)
    {
        for (int child = node + 1; child < SubtreeEnd[node]; child = SubtreeEnd[child])
        {
            if (Bytes[child] == b)
                return child;
        }
        return -1;
    }
}
