using System.Text;
using Lucene.Net.Documents;
using Lucene.Net.Index;
using Lucene.Net.Util;
using Syrinx.Data.Posts;

namespace Syrinx.Search.Indexing;

/// <summary>
/// What a hit shows of a post, as one value beside the document: in Lucene's doc values, which are mapped and not packed,
/// for its stored fields unpack 16 kB for each hit and took nine tenths of a search's time. A value over the 32,766 bytes
/// that doc values hold, a very long article, is a stored field after all.
/// </summary>
internal static class StoredPost
{
    private const string Field = "post";
    private const int MaxDocValue = 32_000;

    /// <summary>Adds the post's value to its document.</summary>
    public static void Add(Document document, Post post, string? handle, string? name, string? language)
    {
        using var stream = new MemoryStream(post.Text.Length * 2 + 128);
        using (var writer = new BinaryWriter(stream))
        {
            writer.Write(post.Id);
            writer.Write(post.Text);
            writer.Write(post.Platform);
            writer.Write(post.Kind);
            writer.Write(post.ThreadId);
            foreach (string? text in (ReadOnlySpan<string?>)[post.AuthorId, handle, name, post.Title, post.Community, language,
                post.ReplyTo])
            {
                writer.Write(text is not null);
                if (text is not null)
                    writer.Write(text);
            }
            foreach (long? number in (ReadOnlySpan<long?>)[post.CreatedAt?.Ticks, post.Likes, post.Reposts, post.Replies])
            {
                writer.Write(number is not null);
                if (number is { } value)
                    writer.Write(value);
            }
        }
        byte[] bytes = stream.ToArray();
        if (bytes.Length <= MaxDocValue)
            document.Add(new BinaryDocValuesField(Field, new BytesRef(bytes)));
        else
            document.Add(new StoredField(Field, bytes));
    }

    /// <summary>The hit, as far as the post's value tells it.</summary>
    /// <param name="reader">The segment.</param>
    /// <param name="doc">The document's number in the segment.</param>
    /// <param name="score">The hit's score.</param>
    public static SearchHit Read(AtomicReader reader, int doc, double score)
    {
        var value = Value(reader, doc);
        using var input = new BinaryReader(new MemoryStream(value.Bytes, value.Offset, value.Length, writable: false));
        string? Text() => input.ReadBoolean() ? input.ReadString() : null;
        long? Number() => input.ReadBoolean() ? input.ReadInt64() : null;
        string id = input.ReadString();
        string text = input.ReadString();
        string platform = input.ReadString();
        string kind = input.ReadString();
        string thread = input.ReadString();
        string? authorId = Text();
        string? handle = Text();
        return new()
        {
            Id = id,
            Score = score,
            Text = text,
            Platform = platform,
            Kind = kind,
            ThreadId = thread,
            AuthorId = authorId,
            Author = handle,
            AuthorName = Text(),
            Title = Text(),
            Community = Text(),
            Language = Text(),
            ReplyTo = Text(),
            CreatedAt = Number() is { } ticks ? new DateTime(ticks, DateTimeKind.Utc) : null,
            Likes = Number(),
            Reposts = Number(),
            Replies = Number(),
            Url = Permalink.Of(id, handle),
        };
    }

    /// <summary>The post's id alone.</summary>
    public static string ReadId(AtomicReader reader, int doc)
    {
        var value = Value(reader, doc);
        using var input = new BinaryReader(new MemoryStream(value.Bytes, value.Offset, value.Length, writable: false),
            Encoding.UTF8);
        return input.ReadString();
    }

    private static BytesRef Value(AtomicReader reader, int doc)
    {
        var value = new BytesRef();
        reader.GetBinaryDocValues(Field)?.Get(doc, value);
        return value.Length > 0 ? value : reader.Document(doc).GetBinaryValue(Field);
    }
}
