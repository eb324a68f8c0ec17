using ParquetSharp;

namespace Syrinx.Data.Posts;

/// <summary>
/// Writes packed posts as the columns of <see cref="PostParquet"/>. Texts go from their UTF-8 bytes to Parquet as they are,
/// without a string in between: that is half of the time of writing a lake. Levels are Parquet's (Dremel): of an optional
/// column 0 is null and 1 a value; of a list 1 is empty and 3 an item.
/// </summary>
internal sealed class PostParquetWriter : IDisposable
{
    private const short EmptyList = 1;
    private const short ListItem = 3;

    private readonly WriterProperties _properties = PostParquet.Properties();
    private readonly ParquetFileWriter _file;
    private int[] _at = [];
    private short[] _definition = [];
    private short[] _repetition = [];
    private ByteArray[] _texts = [];
    private long[] _numbers = [];
    private bool[] _flags = [];

    public PostParquetWriter(string path) => _file = new ParquetFileWriter(path, PostParquet.Columns(), _properties);

    /// <summary>Writes a row group, and returns the sum of the posts' content hashes, mod 2^128.</summary>
    public UInt128 Write(PostGroup posts)
    {
        if (_at.Length < posts.Count)
        {
            _at = new int[posts.Count];
            _numbers = new long[posts.Count];
            _flags = new bool[posts.Count];
        }
        for (int i = 0; i < posts.Count; i++)
            _at[i] = posts.Start(i);
        using var rows = _file.AppendRowGroup();
        for (int i = 0; i < 6; i++)
            Texts(rows, posts); // id platform kind community author_id author
        for (int i = 0; i < 2; i++)
            Numbers(rows, posts); // created_at edited_at
        for (int i = 0; i < 8; i++)
            Texts(rows, posts); // text title lang client reply_to quote_of repost_of thread_id
        for (int i = 0; i < 6; i++)
            Numbers(rows, posts); // likes reposts replies quotes views score
        for (int i = 0; i < 3; i++)
            Lists(rows, posts); // urls hashtags mentions
        for (int i = 0; i < 2; i++)
            Flags(rows, posts); // sensitive training_allowed
        UInt128 content = 0;
        for (int i = 0; i < posts.Count; i++)
            content += PostBinary.Hash(posts.Between(posts.Start(i), _at[i]));
        Texts(rows, posts); // source
        return content;
    }

    /// <summary>Ends the file; without it, what was written is none.</summary>
    public void Close() => _file.Close();

    public void Dispose()
    {
        _file.Dispose();
        _properties.Dispose();
    }

    private void Texts(RowGroupWriter rows, PostGroup posts)
    {
        Room(posts.Count);
        int values = 0;
        for (int i = 0; i < posts.Count; i++)
        {
            var rest = posts.From(_at[i]);
            int before = rest.Length;
            bool there = PostBinary.TextBytes(ref rest, out var text);
            _definition[i] = there ? (short)1 : (short)0;
            _at[i] += before - rest.Length;
            if (there)
                _texts[values++] = new(posts.Address(_at[i] - text.Length), text.Length);
        }
        using var column = (ColumnWriter<ByteArray>)rows.NextColumn();
        column.WriteBatch(posts.Count, _definition.AsSpan(0, posts.Count), default, _texts.AsSpan(0, values));
    }

    private void Numbers(RowGroupWriter rows, PostGroup posts)
    {
        Room(posts.Count);
        int values = 0;
        for (int i = 0; i < posts.Count; i++)
        {
            var rest = posts.From(_at[i]);
            int before = rest.Length;
            long? number = PostBinary.Count(ref rest);
            _definition[i] = number is null ? (short)0 : (short)1;
            if (number is { } n)
                _numbers[values++] = n;
            _at[i] += before - rest.Length;
        }
        using var column = (ColumnWriter<long>)rows.NextColumn();
        column.WriteBatch(posts.Count, _definition.AsSpan(0, posts.Count), default, _numbers.AsSpan(0, values));
    }

    private void Lists(RowGroupWriter rows, PostGroup posts)
    {
        int levels = 0;
        int values = 0;
        for (int i = 0; i < posts.Count; i++)
        {
            var rest = posts.From(_at[i]);
            int before = rest.Length;
            int count = (int)PostBinary.Varint(ref rest);
            Room(levels + Math.Max(1, count));
            if (count == 0)
                (_definition[levels], _repetition[levels++]) = (EmptyList, 0);
            for (int n = 0; n < count; n++)
            {
                PostBinary.TextBytes(ref rest, out var text);
                _texts[values++] = new(posts.Address(_at[i] + before - rest.Length - text.Length), text.Length);
                (_definition[levels], _repetition[levels++]) = (ListItem, n == 0 ? (short)0 : (short)1);
            }
            _at[i] += before - rest.Length;
        }
        using var column = (ColumnWriter<ByteArray>)rows.NextColumn();
        column.WriteBatch(levels, _definition.AsSpan(0, levels), _repetition.AsSpan(0, levels), _texts.AsSpan(0, values));
    }

    private void Flags(RowGroupWriter rows, PostGroup posts)
    {
        for (int i = 0; i < posts.Count; i++)
        {
            var rest = posts.From(_at[i]++);
            _flags[i] = PostBinary.Flag(ref rest);
        }
        using var column = (ColumnWriter<bool>)rows.NextColumn();
        column.WriteBatch(_flags.AsSpan(0, posts.Count));
    }

    private void Room(int levels)
    {
        if (_definition.Length >= levels)
            return;
        int length = Math.Max(levels, _definition.Length * 2);
        Array.Resize(ref _definition, length);
        Array.Resize(ref _repetition, length);
        Array.Resize(ref _texts, length);
    }
}
