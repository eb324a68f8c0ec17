using ParquetSharp;

namespace Syrinx.Data.Posts;

/// <summary>
/// Posts as Parquet: the columns of the contract in its order, one row group a batch, zstd. Times are UTC milliseconds;
/// lists are Parquet lists of strings, so DuckDB, pandas and Spark read them as they are.
/// </summary>
internal static class PostParquet
{
    private static readonly LogicalType Milliseconds = LogicalType.Timestamp(true, TimeUnit.Millis);

    internal static Column[] Columns() =>
    [
        new Column<string>("id"), new Column<string>("platform"), new Column<string>("kind"), new Column<string>("community"),
        new Column<string>("author_id"), new Column<string>("author"), new Column<DateTime?>("created_at", Milliseconds),
        new Column<DateTime?>("edited_at", Milliseconds), new Column<string>("text"), new Column<string>("title"),
        new Column<string>("lang"), new Column<string>("client"), new Column<string>("reply_to"), new Column<string>("quote_of"),
        new Column<string>("repost_of"), new Column<string>("thread_id"), new Column<long?>("likes"), new Column<long?>("reposts"),
        new Column<long?>("replies"), new Column<long?>("quotes"), new Column<long?>("views"), new Column<long?>("score"),
        new Column<string[]>("urls"), new Column<string[]>("hashtags"), new Column<string[]>("mentions"),
        new Column<bool>("sensitive"), new Column<bool>("training_allowed"), new Column<string>("source"),
    ];

    /// <summary>
    /// Zstandard; dictionaries only where values repeat, because trying them on texts costs time and gains nothing.
    /// </summary>
    internal static WriterProperties Properties()
    {
        using var builder = new WriterPropertiesBuilder();
        builder.Compression(Compression.Zstd).CompressionLevel(1).CreatedBy("syrinx");
        foreach (string unique in (string[])["id", "text", "source", "created_at"])
            builder.DisableDictionary(unique);
        return builder.Build();
    }

    /// <summary>Streams a file's posts, a row group in memory at a time.</summary>
    public static IEnumerable<Post> Read(string path)
    {
        using var file = Open(path);
        for (int g = 0; g < file.FileMetaData.NumRowGroups; g++)
        {
            foreach (var post in ReadGroup(path, file, g))
                yield return post;
        }
    }

    /// <summary>What decides whether a post may stay.</summary>
    public readonly record struct Key(string Id, string Platform, string? AuthorId, string? Author, bool TrainingAllowed);

    /// <summary>The keys of a file's posts, in order: a few columns, so it is quick.</summary>
    public static IEnumerable<Key> ReadKeys(string path)
    {
        using var file = Open(path);
        for (int g = 0; g < file.FileMetaData.NumRowGroups; g++)
        {
            using var group = file.RowGroup(g);
            var id = Get<string>(group, 0);
            var platform = Get<string>(group, 1);
            var authorId = Get<string?>(group, 4);
            var author = Get<string?>(group, 5);
            var trainingAllowed = Get<bool>(group, 26);
            for (int i = 0; i < id.Length; i++)
                yield return new(id[i], platform[i], authorId[i], author[i], trainingAllowed[i]);
        }
    }

    /// <exception cref="InputException">It is no Parquet file.</exception>
    internal static ParquetFileReader Open(string path)
    {
        try
        {
            return new(path);
        }
        catch (ParquetException e) when (!File.Exists(path))
        {
            throw new InputException($"{path} is gone: an import has changed the posts meanwhile. Run this again.", e);
        }
        catch (ParquetException e)
        {
            throw Damaged(path, e);
        }
    }

    private static InputException Damaged(string path, Exception e) =>
        new($"{path} is damaged: {ParquetError.Reason(e)} Import the exports again into a new home folder.", e);

    private static Post[] ReadGroup(string path, ParquetFileReader file, int index)
    {
        try
        {
            return ReadGroup(file, index);
        }
        catch (ParquetException e)
        {
            throw Damaged(path, e);
        }
    }

    private static Post[] ReadGroup(ParquetFileReader file, int index)
    {
        using var group = file.RowGroup(index);
        int column = 0;
        T[] Next<T>() => Get<T>(group, column++);
        var id = Next<string>();
        var platform = Next<string>();
        var kind = Next<string>();
        var community = Next<string?>();
        var authorId = Next<string?>();
        var author = Next<string?>();
        var createdAt = Next<DateTime?>();
        var editedAt = Next<DateTime?>();
        var text = Next<string>();
        var title = Next<string?>();
        var lang = Next<string?>();
        var client = Next<string?>();
        var replyTo = Next<string?>();
        var quoteOf = Next<string?>();
        var repostOf = Next<string?>();
        var threadId = Next<string>();
        var likes = Next<long?>();
        var reposts = Next<long?>();
        var replies = Next<long?>();
        var quotes = Next<long?>();
        var views = Next<long?>();
        var score = Next<long?>();
        var urls = Next<string[]>();
        var hashtags = Next<string[]>();
        var mentions = Next<string[]>();
        var sensitive = Next<bool>();
        var trainingAllowed = Next<bool>();
        var source = Next<string>();

        var posts = new Post[id.Length];
        for (int i = 0; i < posts.Length; i++)
        {
            posts[i] = new Post
            {
                Id = id[i],
                Platform = Shared(platform[i]),
                Kind = Shared(kind[i]),
                Community = community[i],
                AuthorId = authorId[i],
                Author = author[i],
                CreatedAt = Utc(createdAt[i]),
                EditedAt = Utc(editedAt[i]),
                Text = text[i],
                Title = title[i],
                Lang = lang[i],
                Client = client[i],
                ReplyTo = replyTo[i],
                QuoteOf = quoteOf[i],
                RepostOf = repostOf[i],
                ThreadId = threadId[i],
                Likes = likes[i],
                Reposts = reposts[i],
                Replies = replies[i],
                Quotes = quotes[i],
                Views = views[i],
                Score = score[i],
                Urls = urls[i] ?? [],
                Hashtags = hashtags[i] ?? [],
                Mentions = mentions[i] ?? [],
                Sensitive = sensitive[i],
                TrainingAllowed = trainingAllowed[i],
                Source = source[i],
            };
        }
        return posts;
    }

    private static string Shared(string value) => string.IsInterned(value) ?? value;

    internal static DateTime? Utc(DateTime? time) => time is { } t ? DateTime.SpecifyKind(t, DateTimeKind.Utc) : null;

    internal static T[] Get<T>(RowGroupReader group, int column)
    {
        using var reader = group.Column(column).LogicalReader<T>();
        return reader.ReadAll((int)group.MetaData.NumRows);
    }

    internal static void Put<TRow, T>(RowGroupWriter group, IReadOnlyList<TRow> rows, Func<TRow, T> field)
    {
        var values = new T[rows.Count];
        for (int i = 0; i < values.Length; i++)
            values[i] = field(rows[i]);
        using var writer = group.NextColumn().LogicalWriter<T>();
        writer.WriteBatch(values);
    }
}
