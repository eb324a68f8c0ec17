using ParquetSharp;

namespace Syrinx.Data.Posts.Readers;

/// <summary>A column of a foreign Parquet file, some rows at a time, without trust in its type.</summary>
internal abstract class ParquetColumn : IDisposable
{
    /// <summary>Opens a column, or null where it is of a type that no field of a post has.</summary>
    /// <param name="column">Of a row group.</param>
    /// <param name="rows">How many rows are read at once.</param>
    public static ParquetColumn? Open(ColumnReader column, int rows)
    {
        var reader = column.LogicalReader(rows);
        ParquetColumn? opened = reader switch
        {
            LogicalColumnReader<string?> c => new Of<string?>(c, rows),
            LogicalColumnReader<string?[]?> c => new Of<string?[]?>(c, rows),
            LogicalColumnReader<long> c => new Of<long>(c, rows),
            LogicalColumnReader<long?> c => new Of<long?>(c, rows),
            LogicalColumnReader<int> c => new Of<int>(c, rows),
            LogicalColumnReader<int?> c => new Of<int?>(c, rows),
            LogicalColumnReader<double> c => new Of<double>(c, rows),
            LogicalColumnReader<double?> c => new Of<double?>(c, rows),
            LogicalColumnReader<bool> c => new Of<bool>(c, rows),
            LogicalColumnReader<bool?> c => new Of<bool?>(c, rows),
            LogicalColumnReader<DateTime> c => new Of<DateTime>(c, rows),
            LogicalColumnReader<DateTime?> c => new Of<DateTime?>(c, rows),
            _ => null,
        };
        if (opened is null)
            reader.Dispose();
        return opened;
    }

    /// <summary>Reads the next rows; returns how many there were.</summary>
    public abstract int Next(int rows);

    /// <summary>A row's value as it is, or null.</summary>
    public abstract object? this[int row] { get; }

    public abstract void Dispose();

    private sealed class Of<T>(LogicalColumnReader<T> reader, int rows) : ParquetColumn
    {
        private readonly T[] _values = new T[rows];

        public override int Next(int rows) => reader.ReadBatch(_values, 0, rows);

        public override object? this[int row] => _values[row];

        public override void Dispose() => reader.Dispose();
    }
}
