using ParquetSharp;

namespace Syrinx.Data.Posts;

/// <summary><c>authors.parquet</c>: one row an author, in the order of their ids, written whole.</summary>
internal static class AuthorParquet
{
    private static readonly LogicalType Milliseconds = LogicalType.Timestamp(true, TimeUnit.Millis);

    private static Column[] Columns() =>
    [
        new Column<string>("author_id"), new Column<string>("handle"), new Column<string>("name"), new Column<string>("description"),
        new Column<DateTime?>("created_at", Milliseconds), new Column<long?>("followers"), new Column<long?>("following"),
        new Column<long?>("posts"), new Column<long?>("likes"), new Column<long?>("listed"), new Column<bool?>("default_profile"),
        new Column<string>("url"), new Column<string>("location"), new Column<string>("state"),
    ];

    private const int RowsPerGroup = 1 << 16;

    /// <summary>Writes the authors, who must be sorted by id.</summary>
    public static void Write(string path, IReadOnlyList<Author> authors)
    {
        using var builder = new WriterPropertiesBuilder();
        using var properties = builder.Compression(Compression.Zstd).CompressionLevel(1).CreatedBy("syrinx").Build();
        using var file = new ParquetFileWriter(path, Columns(), properties);
        foreach (var rows in authors.Chunk(RowsPerGroup))
        {
            using var group = file.AppendRowGroup();
            PostParquet.Put(group, rows, a => a.AuthorId);
            PostParquet.Put(group, rows, a => a.Handle);
            PostParquet.Put(group, rows, a => a.Name);
            PostParquet.Put(group, rows, a => a.Description);
            PostParquet.Put(group, rows, a => a.CreatedAt);
            PostParquet.Put(group, rows, a => a.Followers);
            PostParquet.Put(group, rows, a => a.Following);
            PostParquet.Put(group, rows, a => a.Posts);
            PostParquet.Put(group, rows, a => a.Likes);
            PostParquet.Put(group, rows, a => a.Listed);
            PostParquet.Put(group, rows, a => a.DefaultProfile);
            PostParquet.Put(group, rows, a => a.Url);
            PostParquet.Put(group, rows, a => a.Location);
            PostParquet.Put(group, rows, a => a.State);
        }
        file.Close();
    }

    /// <summary>Streams the authors in the order of their ids.</summary>
    public static IEnumerable<Author> Read(string path)
    {
        using var file = PostParquet.Open(path);
        for (int g = 0; g < file.FileMetaData.NumRowGroups; g++)
        {
            using var group = file.RowGroup(g);
            int column = 0;
            T[] Next<T>() => PostParquet.Get<T>(group, column++);
            var id = Next<string>();
            var handle = Next<string>();
            var name = Next<string?>();
            var description = Next<string?>();
            var createdAt = Next<DateTime?>();
            var followers = Next<long?>();
            var following = Next<long?>();
            var posts = Next<long?>();
            var likes = Next<long?>();
            var listed = Next<long?>();
            var defaultProfile = Next<bool?>();
            var url = Next<string?>();
            var location = Next<string?>();
            var state = Next<string>();
            for (int i = 0; i < id.Length; i++)
            {
                yield return new Author
                {
                    AuthorId = id[i],
                    Handle = handle[i],
                    Name = name[i],
                    Description = description[i],
                    CreatedAt = PostParquet.Utc(createdAt[i]),
                    Followers = followers[i],
                    Following = following[i],
                    Posts = posts[i],
                    Likes = likes[i],
                    Listed = listed[i],
                    DefaultProfile = defaultProfile[i],
                    Url = url[i],
                    Location = location[i],
                    State = state[i],
                };
            }
        }
    }
}
