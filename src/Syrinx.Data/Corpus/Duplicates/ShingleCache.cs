namespace Syrinx.Data.Corpus.Duplicates;

/// <summary>
/// The shingle sets of candidates, which are asked for again and again within a bucket: a few megabytes of them, dropped all
/// at once. For one thread.
/// </summary>
/// <param name="read">Reads the normalised text of a row.</param>
internal sealed class ShingleCache(Func<int, string> read)
{
    private const int MaxShingles = 1 << 20;
    private readonly Dictionary<int, uint[]> _kept = [];
    private int _shingles;

    public uint[] Of(int row)
    {
        if (_kept.TryGetValue(row, out var set))
            return set;
        if (_shingles > MaxShingles)
        {
            _kept.Clear();
            _shingles = 0;
        }
        set = Shingles.Of(read(row));
        _shingles += set.Length + 16;
        return _kept[row] = set;
    }
}
