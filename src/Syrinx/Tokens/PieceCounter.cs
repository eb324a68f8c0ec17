using System.Runtime.InteropServices;

namespace Syrinx.Tokens;

/// <summary>
/// Counts the distinct pieces that the pre-tokenizer cuts texts into: all that BPE training needs of a corpus, however large.
/// Each thread counts a part of the texts; then the parts' counts are added up in <see cref="Tables"/>, divided by hash, so that
/// threads do not meet. While a batch is counted, the next one is read. Nothing depends on the number of threads.
/// </summary>
internal sealed class PieceCounter
{
    /// <summary>Pieces of more characters are noise, such as encoded images: no token comes of them.</summary>
    public const int LongestPiece = 512;

    /// <summary>
    /// Room for pieces (see <see cref="PieceTable"/>) when nothing else is said: training then takes about a gigabyte.
    /// </summary>
    public const long DefaultRoom = 1 << 26;

    private const int TableBits = 4;
    private const int BatchChars = 1 << 23;
    private const int PartChars = 1 << 17;

    private readonly PreTokenizer _preTokenizer;
    private readonly ParallelOptions _parallel;
    private readonly PieceTable[] _tables = new PieceTable[1 << TableBits];

    public PieceCounter(PreTokenizer preTokenizer, int threads, long room, CancellationToken cancel)
    {
        _preTokenizer = preTokenizer;
        _parallel = new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancel };
        for (int i = 0; i < _tables.Length; i++)
            _tables[i] = new PieceTable(room / _tables.Length);
    }

    /// <summary>The pieces.</summary>
    public IReadOnlyList<PieceTable> Tables => _tables;

    /// <summary>Characters counted.</summary>
    public long Characters { get; private set; }

    /// <summary>Counts the pieces of texts, brought to form C.</summary>
    public void Add(IEnumerable<string> texts, Action<long> progress)
    {
        var counting = Task.CompletedTask;
        foreach (var parts in Batches(texts))
        {
            counting.GetAwaiter().GetResult();
            progress(Characters);
            counting = Task.Run(() => CountBatch(parts));
        }
        counting.GetAwaiter().GetResult();
        progress(Characters);
    }

    private static IEnumerable<List<List<string>>> Batches(IEnumerable<string> texts)
    {
        var parts = new List<List<string>> { new() };
        long chars = 0, partChars = 0;
        foreach (string text in texts)
        {
            if (partChars + text.Length > PartChars && parts[^1].Count > 0)
            {
                parts.Add([]);
                partChars = 0;
            }
            parts[^1].Add(text);
            partChars += text.Length;
            chars += text.Length;
            if (chars < BatchChars)
                continue;
            yield return parts;
            (parts, chars, partChars) = ([[]], 0, 0);
        }
        yield return parts;
    }

    private void CountBatch(List<List<string>> parts)
    {
        var counted = new PartCounts[parts.Count];
        Parallel.For(0, parts.Count, _parallel, i => counted[i] = new PartCounts(parts[i], _preTokenizer));
        Parallel.For(0, _tables.Length, _parallel, table =>
        {
            foreach (var part in counted)
                part.AddTo(_tables[table], table);
        });
        foreach (var part in counted)
            Characters += part.Characters;
    }

    /// <summary>The pieces of a few texts; a piece is kept as the place of its first occurrence.</summary>
    private sealed class PartCounts
    {
        private readonly List<string> _texts;
        private readonly List<(ulong Hash, int Text, int Start, int Length, int Count)> _pieces = [];
        private int[] _slots = new int[1 << 12]; // number of the piece + 1

        public PartCounts(List<string> texts, PreTokenizer preTokenizer)
        {
            _texts = texts;
            var ends = new List<int>();
            for (int t = 0; t < texts.Count; t++)
            {
                string text = texts[t] = TextForm.Normalize(texts[t], nfc: true);
                Characters += text.Length;
                preTokenizer.Split(text, ends);
                int start = 0;
                foreach (int end in CollectionsMarshal.AsSpan(ends))
                {
                    // a single byte needs no merge
                    if (end - start <= LongestPiece && (end - start > 1 || text[start] > '\x7F'))
                        Count(t, start, text.AsSpan(start, end - start));
                    start = end;
                }
            }
        }

        public long Characters { get; }

        public void AddTo(PieceTable table, int number)
        {
            foreach (var (hash, text, start, length, count) in CollectionsMarshal.AsSpan(_pieces))
            {
                if (hash >> (64 - TableBits) == (ulong)number)
                    table.Add(_texts[text].AsSpan(start, length), hash, count);
            }
        }

        private void Count(int text, int start, ReadOnlySpan<char> piece)
        {
            ulong hash = Hash(piece);
            var pieces = CollectionsMarshal.AsSpan(_pieces);
            int slot = (int)(hash >> 28) & (_slots.Length - 1);
            for (; _slots[slot] != 0; slot = (slot + 1) & (_slots.Length - 1))
            {
                ref var there = ref pieces[_slots[slot] - 1];
                if (there.Hash == hash && piece.SequenceEqual(_texts[there.Text].AsSpan(there.Start, there.Length)))
                {
                    there.Count++;
                    return;
                }
            }
            _pieces.Add((hash, text, start, piece.Length, 1));
            _slots[slot] = _pieces.Count;
            if (2 * _pieces.Count > _slots.Length)
                Grow();
        }

        private void Grow()
        {
            _slots = new int[4 * _slots.Length];
            for (int i = 0; i < _pieces.Count; i++)
            {
                int slot = (int)(_pieces[i].Hash >> 28) & (_slots.Length - 1);
                while (_slots[slot] != 0)
                    slot = (slot + 1) & (_slots.Length - 1);
                _slots[slot] = i + 1;
            }
        }

        private static ulong Hash(ReadOnlySpan<char> piece)
        {
            ulong hash = (ulong)piece.Length * 0x9E3779B97F4A7C15;
            var words = MemoryMarshal.Cast<char, ulong>(piece);
            foreach (ulong word in words)
                hash = (hash ^ word ^ hash >> 32) * 0x9E3779B97F4A7C15;
            foreach (char c in piece[(words.Length * 4)..])
                hash = (hash ^ c ^ hash >> 32) * 0x9E3779B97F4A7C15;
            // every bit of the result depends on every bit before (the finalizer of MurmurHash3)
            hash = (hash ^ hash >> 33) * 0xFF51AFD7ED558CCD;
            hash = (hash ^ hash >> 33) * 0xC4CEB9FE1A85EC53;
            return hash ^ hash >> 33;
        }
    }
}
