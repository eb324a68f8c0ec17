namespace Syrinx.Data.Sample;

/// <summary>Draws items in proportion to their weights, by binary search over the running sums. Immutable.</summary>
internal sealed class WeightedChoice<T>
{
    private readonly T[] _items;
    private readonly double[] _sums;

    public WeightedChoice(IEnumerable<T> items, Func<T, double> weight)
    {
        var kept = items.Select(i => (Item: i, Weight: weight(i))).Where(p => p.Weight > 0).ToArray();
        _items = [.. kept.Select(p => p.Item)];
        _sums = new double[kept.Length];
        double sum = 0;
        for (int i = 0; i < kept.Length; i++)
            _sums[i] = sum += kept[i].Weight;
    }

    public int Count => _items.Length;

    public T Draw(SampleRandom random)
    {
        int at = Array.BinarySearch(_sums, random.Unit() * _sums[^1]);
        return _items[Math.Min(at < 0 ? ~at : at + 1, _items.Length - 1)];
    }
}
