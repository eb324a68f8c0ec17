namespace Syrinx.Training.Distributed;

/// <summary>Some slices as one long row of numbers for each owner, so that ranks can exchange them in pieces of equal length.</summary>
internal sealed class SliceLayout
{
    private readonly Slice[][] _slices;
    private readonly long[][] _ends;

    public SliceLayout(IEnumerable<Slice> slices, int ranks)
    {
        var byOwner = slices.ToLookup(s => s.Owner);
        _slices = [.. Enumerable.Range(0, ranks).Select(r => byOwner[r].ToArray())];
        _ends = [.. _slices.Select(of =>
        {
            long end = 0;
            return of.Select(s => end += s.Count).ToArray();
        })];
        Longest = Enumerable.Range(0, ranks).Max(Length);
    }

    /// <summary>Length of the longest row.</summary>
    public long Longest { get; }

    /// <summary>Length of an owner's row.</summary>
    public long Length(int owner) => _ends[owner].LastOrDefault();

    /// <summary>How many numbers of an owner's row lie in a piece of <paramref name="count"/> from <paramref name="begin"/>.</summary>
    public int CountIn(int owner, long begin, int count) => (int)Math.Clamp(Length(owner) - begin, 0, count);

    /// <summary>A piece of an owner's row: which numbers of which parameter, and where in the piece they lie.</summary>
    public IEnumerable<(Slice Slice, long Offset, int Count, int At)> Pieces(int owner, long begin, int count)
    {
        int i = Array.BinarySearch(_ends[owner], begin + 1);
        i = i < 0 ? ~i : i;
        for (int at = 0; at < count; i++)
        {
            var slice = _slices[owner][i];
            long within = begin + at - (_ends[owner][i] - slice.Count);
            int here = (int)Math.Min(slice.Count - within, count - at);
            yield return (slice, slice.Offset + within, here, at);
            at += here;
        }
    }
}
