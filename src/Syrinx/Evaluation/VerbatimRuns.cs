using Syrinx.Tokens;

namespace Syrinx.Evaluation;

/// <summary>
/// Finds the longest runs of tokens that texts share with a token shard. The runs of N tokens of the texts are kept by their hash; the shard, of any size, is read once,
/// and each hit is compared token by token. Runs do not cross the ends of the shard's documents.
/// </summary>
internal sealed class VerbatimRuns
{
    private const int ChunkTokens = 1 << 16;
    private const ulong Base = 0x9E3779B97F4A7C15; // odd: products are taken mod 2^64, and hits are verified

    private readonly int _length;
    private readonly List<int[]> _texts;
    private readonly Dictionary<ulong, List<(int Text, int At)>> _runs = [];
    private readonly ulong _leading;

    /// <param name="texts">The texts' tokens.</param>
    /// <param name="length">N: the shortest run that counts.</param>
    public VerbatimRuns(IEnumerable<IReadOnlyList<int>> texts, int length)
    {
        _length = length;
        _texts = [.. texts.Select(t => t.ToArray())];
        _leading = 1;
        for (int i = 1; i < length; i++)
            _leading *= Base;
        for (int t = 0; t < _texts.Count; t++)
        {
            ulong hash = 0;
            for (int i = 0; i < _texts[t].Length; i++)
            {
                hash = Roll(hash, i < length ? null : _texts[t][i - length], _texts[t][i]);
                if (i >= length - 1)
                    (_runs.TryGetValue(hash, out var places) ? places : _runs[hash] = []).Add((t, i - length + 1));
            }
        }
    }

    /// <summary>Reads a shard and tells each text's longest run in it, 0 where none is as long as N.</summary>
    /// <param name="shard">The shard.</param>
    /// <param name="endOfText">The token that ends its documents.</param>
    /// <param name="progress">Told of the tokens read.</param>
    /// <param name="cancel">Stops the search.</param>
    public int[] Longest(TokenShard shard, int endOfText, IProgress<StageProgress>? progress, CancellationToken cancel)
    {
        var longest = new int[_texts.Count];
        var window = new int[_length]; // a ring of the document's last tokens
        var chunk = new int[ChunkTokens];
        // a place in a text whose run ended at the token before, and how long that run was
        var before = new Dictionary<(int Text, int At), int>();
        var now = new Dictionary<(int Text, int At), int>();
        ulong hash = 0;
        long inDocument = 0;
        for (long start = 0; start < shard.Count; start += ChunkTokens)
        {
            cancel.ThrowIfCancellationRequested();
            progress?.Report(new("eval", start, shard.Count, "training tokens"));
            var part = chunk.AsSpan(0, (int)Math.Min(ChunkTokens, shard.Count - start));
            shard.Read(start, part);
            foreach (int token in part)
            {
                if (token == endOfText)
                {
                    (hash, inDocument) = (0, 0);
                    before.Clear();
                    continue;
                }
                ref int slot = ref window[inDocument % _length];
                hash = Roll(hash, inDocument < _length ? null : slot, token);
                slot = token;
                inDocument++;
                if (inDocument < _length || !_runs.TryGetValue(hash, out var places))
                {
                    if (before.Count > 0)
                        before.Clear();
                    continue;
                }
                foreach (var (text, at) in places)
                {
                    if (!Same(_texts[text], at, window, inDocument))
                        continue;
                    int run = before.TryGetValue((text, at - 1), out int known) ? known + 1 : _length;
                    now[(text, at)] = run;
                    longest[text] = Math.Max(longest[text], run);
                }
                (before, now) = (now, before);
                now.Clear();
            }
        }
        return longest;
    }

    private bool Same(int[] text, int at, int[] window, long inDocument)
    {
        for (int i = 0; i < _length; i++)
        {
            if (text[at + i] != window[(inDocument - _length + i) % _length])
                return false;
        }
        return true;
    }

    // tokens from 1 on, so that a leading token 0 counts
    private ulong Roll(ulong hash, int? leaving, int entering) =>
        (hash - (leaving is { } old ? ((ulong)old + 1) * _leading : 0)) * Base + (ulong)entering + 1;
}
