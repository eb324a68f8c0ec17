using System.Globalization;
using ParquetSharp;
using ParquetSharp.IO;
using Syrinx.Data.Posts.Import;
using Syrinx.Data.Posts.Sources;

namespace Syrinx.Data.Posts.Readers;

/// <summary>
/// Reads Parquet files of three kinds, told by their columns: our own lake's posts, its authors, and pages of the web as
/// FineWeb has them (<c>text id url date language</c>). A few rows are in memory at a time.
/// </summary>
internal static class ParquetReader
{
    private const int RowsAtOnce = 64;
    private const int BatchCharacters = 1 << 19;

    /// <summary>Characters for a byte of the file, from a gigabyte on: beyond this it is no data but a bomb.</summary>
    private const long MaxRatio = 2000;

    private static readonly string[] Fields =
    [
        "id", "platform", "kind", "community", "author_id", "author", "created_at", "edited_at", "text", "title", "lang", "client", "reply_to",
        "quote_of", "repost_of", "thread_id", "likes", "reposts", "replies", "quotes", "views", "score", "urls", "hashtags", "mentions",
        "sensitive", "training_allowed", "source", "handle", "name", "description", "followers", "following", "posts", "listed",
        "default_profile", "url", "location", "state", "date", "language",
    ];

    public static IEnumerable<Func<ReadBatch>> Plan(ImportScope scope, SourceFile file)
    {
        using var stream = scope.OpenSeekable(file);
        using var parquet = Guard(file, () => new ParquetFileReader(new ManagedRandomAccessFile(stream, leaveOpen: true)));
        string[] columns = Guard(file, () => Columns(parquet));
        if (columns.Length == 0 || Kind(columns) is not { } read)
        {
            throw new InputException($"{file.Name} has neither the columns of our posts or authors, nor 'text' and 'url' or 'id' as FineWeb; "
                + $"its columns: {string.Join(", ", columns.Take(40))}. Write the rows as JSONL or CSV, then import those.");
        }
        long length = stream.Length;
        var rows = new List<ParquetRow>();
        long characters = 0, all = 0, number = 0;
        foreach (var row in Rows(file, parquet, columns))
        {
            if (row is null)
            {
                yield return () => Broken(file, length);
                yield break;
            }
            rows.Add(row with { Number = number++ });
            characters += row.Characters;
            if (characters < BatchCharacters)
                continue;
            all += characters;
            if (all > 1L << 30 && all / MaxRatio > length)
                throw new InputException($"{file.Name} unpacks to more than {MaxRatio} times its size, which no export does. Nothing was imported.");
            var some = rows;
            yield return () => Parse(some, file.Name, read);
            (rows, characters) = ([], 0);
        }
        if (rows.Count > 0)
            yield return () => Parse(rows, file.Name, read);
    }

    /// <summary>Whether a file's start is that of a Parquet file.</summary>
    public static bool Recognises(ReadOnlySpan<byte> start) => start.StartsWith("PAR1"u8);

    private static Action<ParquetRow, string, ReadBatch>? Kind(string[] columns)
    {
        bool Has(params string[] names) => names.All(columns.Contains);
        return Has("id", "text", "thread_id", "platform") ? ParquetRow.Post : Has("author_id", "handle", "state") ? ParquetRow.Author
            : Has("text") && (Has("url") || Has("id")) ? ParquetRow.Page : null;
    }

    private static string[] Columns(ParquetFileReader parquet)
    {
        var schema = parquet.FileMetaData.Schema;
        return [.. Enumerable.Range(0, schema.NumColumns).Select(i => schema.Column(i).Path.ToDotVector()[0])];
    }

    /// <summary>Rows with those of their fields that we know; null where the file turns out to be damaged.</summary>
    private static IEnumerable<ParquetRow?> Rows(SourceFile file, ParquetFileReader parquet, string[] columns)
    {
        for (int g = 0; g < parquet.FileMetaData.NumRowGroups; g++)
        {
            int groupNumber = g;
            var open = new Dictionary<string, ParquetColumn>(StringComparer.Ordinal);
            RowGroupReader? group = null;
            try
            {
                long left = 0;
                bool broken = !Try(() =>
                {
                    group = parquet.RowGroup(groupNumber);
                    left = group.MetaData.NumRows;
                    for (int c = 0; c < columns.Length; c++)
                    {
                        if (Fields.Contains(columns[c]) && !open.ContainsKey(columns[c])
                            && ParquetColumn.Open(group.Column(c), RowsAtOnce) is { } column)
                            open.Add(columns[c], column);
                    }
                });
                while (!broken && left > 0)
                {
                    int want = (int)Math.Min(left, RowsAtOnce);
                    broken = !Try(() =>
                    {
                        foreach (var column in open.Values)
                        {
                            if (column.Next(want) != want)
                                throw new InvalidDataException("fewer rows than promised");
                        }
                    });
                    for (int i = 0; i < want && !broken; i++)
                        yield return ParquetRow.Of(open, i);
                    left -= want;
                }
                if (broken)
                {
                    yield return null;
                    yield break;
                }
            }
            finally
            {
                foreach (var column in open.Values)
                    column.Dispose();
                group?.Dispose();
            }
        }
    }

    private static bool Try(Action read)
    {
        try
        {
            read();
            return true;
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            return false; // the native reader throws what it pleases at damaged files
        }
    }

    private static T Guard<T>(SourceFile file, Func<T> open)
    {
        try
        {
            return open();
        }
        catch (Exception e) when (e is not (InputException or OutOfMemoryException))
        {
            throw new InputException($"{file.Name} is no whole Parquet file: {ParquetError.Reason(e)} Nothing was imported; get it again.", e);
        }
    }

    private static ReadBatch Broken(SourceFile file, long length)
    {
        var batch = new ReadBatch();
        batch.Quarantine(file.Name, 0, length, "damaged"); // from here on; the rows before it are read
        return batch;
    }

    private static ReadBatch Parse(List<ParquetRow> rows, string file, Action<ParquetRow, string, ReadBatch> read)
    {
        var batch = new ReadBatch();
        foreach (var row in rows)
        {
            string source = string.Create(CultureInfo.InvariantCulture, $"{file}#{row.Number}");
            try
            {
                read(row, source, batch);
            }
            catch (BadUnicodeException)
            {
                batch.Quarantine(source, row.Number, 0, "bad_unicode");
            }
        }
        return batch;
    }
}
