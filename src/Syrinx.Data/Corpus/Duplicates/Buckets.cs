namespace Syrinx.Data.Corpus.Duplicates;

/// <summary>
/// Rows of a signature file that have the same value in a column: the buckets of locality-sensitive hashing. Values are split by
/// their bits into partitions that are sorted in parallel; where there are more rows than fit into the memory allowed, in
/// several rounds over the file. The buckets and their order are the same for any number of threads.
/// </summary>
/// <param name="file">The signatures.</param>
/// <param name="threads">Threads to use.</param>
/// <param name="rowsPerRound">Rows that are in memory at once, 12 bytes each.</param>
internal sealed class Buckets(SignatureFile file, int threads, int rowsPerRound)
{
    private const int RowsPerPartition = 4096;
    private const int MaxPartitionBits = 12;

    /// <summary>What is done with the buckets of one partition, in one thread.</summary>
    /// <param name="buckets">Enumerates them: rows ascending, two at least; valid until the next.</param>
    public delegate T Visit<T>(Walk buckets);

    /// <summary>Visits all buckets of a column; returns what the visits returned, in an order that does not depend on
    /// threads.</summary>
    /// <param name="column">The column; rows with 0 in it are in no bucket.</param>
    /// <param name="takesPart">Which rows take part.</param>
    /// <param name="visit">Called once a partition, in several threads at once.</param>
    /// <param name="cancel">Stops between partitions.</param>
    public List<T> Map<T>(int column, Func<int, bool> takesPart, Visit<T> visit, CancellationToken cancel)
    {
        int roundBits = 0;
        while (file.Count >> roundBits > rowsPerRound && roundBits < 20)
            roundBits++;
        int bits = 1;
        while (bits < MaxPartitionBits && file.Count >> roundBits >> bits > RowsPerPartition)
            bits++;
        List<T> results = [];
        for (uint round = 0; round < 1u << roundBits; round++)
            results.AddRange(Round(column, takesPart, visit, roundBits, round, bits, cancel));
        return results;
    }

    private T[] Round<T>(
        int column, Func<int, bool> takesPart, Visit<T> visit, int roundBits, uint round, int bits, CancellationToken cancel)
    {
        // from the top: the bits of the round, then those of the partition
        bool Mine(ulong value) => value != 0 && (roundBits == 0 || value >> (64 - roundBits) == round);
        int PartitionOf(ulong value) => (int)(value << roundBits >> (64 - bits));

        var starts = new int[(1 << bits) + 1];
        file.Read(column, (values, first) =>
        {
            for (int i = 0; i < values.Length; i++)
            {
                if (Mine(values[i]) && takesPart(first + i))
                    starts[PartitionOf(values[i]) + 1]++;
            }
        });
        for (int p = 0; p < 1 << bits; p++)
            starts[p + 1] += starts[p];
        var keys = new ulong[starts[^1]];
        var rows = new int[keys.Length];
        int[] next = [.. starts];
        file.Read(column, (values, first) =>
        {
            for (int i = 0; i < values.Length; i++)
            {
                if (!Mine(values[i]) || !takesPart(first + i))
                    continue;
                int at = next[PartitionOf(values[i])]++;
                keys[at] = values[i];
                rows[at] = first + i;
            }
        });
        var results = new T[1 << bits];
        var options = new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancel };
        Parallel.For(0, results.Length, options, p =>
        {
            int from = starts[p], length = starts[p + 1] - from;
            keys.AsSpan(from, length).Sort(rows.AsSpan(from, length));
            results[p] = visit(new Walk(keys.AsMemory(from, length), rows.AsMemory(from, length)));
        });
        return results;
    }

    /// <summary>A walk along the buckets of sorted rows.</summary>
    internal struct Walk(ReadOnlyMemory<ulong> keys, Memory<int> rows)
    {
        private int _start, _end;

        /// <summary>Goes to the next bucket.</summary>
        public bool Next()
        {
            var all = keys.Span;
            do
            {
                _start = _end;
                if (_start >= all.Length)
                    return false;
                while (_end < all.Length && all[_end] == all[_start])
                    _end++;
            }
            while (_end - _start == 1);
            rows.Span[_start.._end].Sort(); // whatever the sort by key did with equal keys
            return true;
        }

        /// <summary>Its rows, ascending.</summary>
        public readonly ReadOnlySpan<int> Rows => rows.Span[_start.._end];
    }
}
