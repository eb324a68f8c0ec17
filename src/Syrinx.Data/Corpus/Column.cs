namespace Syrinx.Data.Corpus;

/// <summary>
/// A list of small values in blocks: it grows without copying, and its entries can be changed in place. Adding is for one thread;
/// entries may be read and changed in several, each entry in one.
/// </summary>
internal sealed class Column<T> where T : struct
{
    private const int Bits = 16;
    private const int Mask = (1 << Bits) - 1;
    private readonly List<T[]> _blocks = [];

    public int Count { get; private set; }

    public ref T this[int index] => ref _blocks[index >> Bits][index & Mask];

    public void Add(T value)
    {
        if ((Count & Mask) == 0)
            _blocks.Add(new T[1 << Bits]);
        this[Count++] = value;
    }
}
