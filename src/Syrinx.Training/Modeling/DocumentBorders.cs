namespace Syrinx.Training.Modeling;

/// <summary>
/// Where the documents of packed rows begin: attention at a position looks back to its document's first token and no further. The rotary embedding
/// needs no positions that begin anew, since attention sees only their differences. Immutable; safe to share between threads.
/// </summary>
internal sealed class DocumentBorders
{
    private readonly int[] _starts;
    private readonly int _length;

    /// <param name="starts">B·T: the first position of its row that a token may look at, at most its own.</param>
    /// <param name="length">T.</param>
    /// <exception cref="ArgumentException">A start lies after its token, or before the start of the token before it.</exception>
    public DocumentBorders(int[] starts, int length)
    {
        for (int i = 0; i < starts.Length; i++)
        {
            int position = i % length, before = position == 0 ? 0 : starts[i - 1];
            if (starts[i] < before || starts[i] > position)
                throw new ArgumentException($"row {i / length}: the token at {position} cannot begin to look at {starts[i]}.", nameof(starts));
        }
        (_starts, _length) = (starts, length);
    }

    /// <summary>First positions of the rows, one after the other.</summary>
    public ReadOnlySpan<int> Starts => _starts;

    /// <summary>Lengths of the documents of a row.</summary>
    public long[] Lengths(int row)
    {
        var lengths = new List<long>();
        var starts = _starts.AsSpan(row * _length, _length);
        for (int i = 0, begin = 0; i < _length; i++)
        {
            if (i + 1 < _length && starts[i + 1] <= begin)
                continue;
            lengths.Add(i + 1 - begin);
            begin = i + 1;
        }
        return [.. lengths];
    }
}
