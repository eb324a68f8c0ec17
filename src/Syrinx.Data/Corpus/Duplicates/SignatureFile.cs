using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Syrinx.Data.Corpus.Duplicates;

/// <summary>
/// The signatures of all texts on disk, column by column within blocks of rows, so that a search that needs one column reads one
/// sixteenth of the file. 128 bytes a text. Appending is for one thread and ends with <see cref="Flush"/>.
/// </summary>
internal sealed class SignatureFile : IDisposable
{
    private const int RowsPerBlock = 1 << 14;
    private const int Columns = TextSignature.Length;
    private readonly SafeFileHandle _file;
    private readonly ulong[] _block = new ulong[RowsPerBlock * Columns];

    /// <summary>Opens an empty file without a name in a folder.</summary>
    public SignatureFile(string folder) => _file = UnnamedFile.Open(folder);

    /// <summary>Signatures so far.</summary>
    public int Count { get; private set; }

    /// <summary>Adds the next signature.</summary>
    public void Append(ReadOnlySpan<ulong> signature)
    {
        int row = Count % RowsPerBlock;
        for (int c = 0; c < Columns; c++)
            _block[c * RowsPerBlock + row] = signature[c];
        if (++Count % RowsPerBlock == 0)
            WriteBlock(Count / RowsPerBlock - 1);
    }

    /// <summary>After this everything appended can be read.</summary>
    public void Flush()
    {
        if (Count % RowsPerBlock != 0)
            WriteBlock(Count / RowsPerBlock);
    }

    /// <summary>Hands on the values of a column in order, a few thousand at a time.</summary>
    /// <param name="column">Which.</param>
    /// <param name="take">Is given the values and the row of the first.</param>
    public void Read(int column, Action<ReadOnlySpan<ulong>, int> take)
    {
        var values = new ulong[RowsPerBlock];
        for (int first = 0; first < Count; first += RowsPerBlock)
        {
            var here = values.AsSpan(0, Math.Min(RowsPerBlock, Count - first));
            long block = (long)(first / RowsPerBlock) * Columns + column;
            UnnamedFile.ReadExactly(_file, MemoryMarshal.AsBytes(here), block * RowsPerBlock * sizeof(ulong));
            take(here, first);
        }
    }

    public void Dispose() => _file.Dispose();

    private void WriteBlock(int block) =>
        UnnamedFile.Write(_file, MemoryMarshal.AsBytes(_block.AsSpan()), (long)block * _block.Length * sizeof(ulong));
}
