using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Syrinx.Data.Posts;

/// <summary>
/// A post as bytes of our own, for as long as a process lives: an import sorts, spills, merges and encodes posts in this
/// form (a third of an object's memory, and one array where the garbage collector would walk thirty objects), and by it
/// tells whether two versions of a post are the same. Fields follow one another as the columns of <see cref="PostParquet"/>
/// do, so that a column can be written from many posts by going on in each; the last four bytes tell where the source, the
/// last field, begins.
/// </summary>
internal static class PostBinary
{
    /// <summary>Appends a post.</summary>
    public static void Write(ArrayBufferWriter<byte> w, Post p)
    {
        int start = w.WrittenCount;
        Text(w, p.Id);
        Text(w, p.Platform);
        Text(w, p.Kind);
        Text(w, p.Community);
        Text(w, p.AuthorId);
        Text(w, p.Author);
        Count(w, Milliseconds(p.CreatedAt));
        Count(w, Milliseconds(p.EditedAt));
        Text(w, p.Text);
        Text(w, p.Title);
        Text(w, p.Lang);
        Text(w, p.Client);
        Text(w, p.ReplyTo);
        Text(w, p.QuoteOf);
        Text(w, p.RepostOf);
        Text(w, p.ThreadId);
        Count(w, p.Likes);
        Count(w, p.Reposts);
        Count(w, p.Replies);
        Count(w, p.Quotes);
        Count(w, p.Views);
        Count(w, p.Score);
        Texts(w, p.Urls);
        Texts(w, p.Hashtags);
        Texts(w, p.Mentions);
        Flag(w, p.Sensitive);
        Flag(w, p.TrainingAllowed);
        int content = w.WrittenCount - start;
        Text(w, p.Source);
        BinaryPrimitives.WriteInt32LittleEndian(w.GetSpan(4), content);
        w.Advance(4);
    }

    public static Post Read(ReadOnlySpan<byte> r)
    {
        string id = Text(ref r)!;
        var post = new Post
        {
            Id = id,
            Platform = Shared(Text(ref r)!),
            Kind = Shared(Text(ref r)!),
            Community = Text(ref r),
            AuthorId = Text(ref r),
            Author = Text(ref r),
            CreatedAt = Time(ref r),
            EditedAt = Time(ref r),
            Text = Text(ref r)!,
            Title = Text(ref r),
            Lang = Text(ref r),
            Client = Text(ref r),
            ReplyTo = Text(ref r),
            QuoteOf = Text(ref r),
            RepostOf = Text(ref r),
            ThreadId = Text(ref r)!,
            Likes = Count(ref r),
            Reposts = Count(ref r),
            Replies = Count(ref r),
            Quotes = Count(ref r),
            Views = Count(ref r),
            Score = Count(ref r),
            Urls = Texts(ref r),
            Hashtags = Texts(ref r),
            Mentions = Texts(ref r),
            Sensitive = Flag(ref r),
            TrainingAllowed = Flag(ref r),
            Source = Text(ref r)!,
        };
        return post;
    }

    /// <summary>What decides whether a post may be in the lake.</summary>
    public static PostParquet.Key ReadKey(ReadOnlySpan<byte> packed)
    {
        var r = packed;
        string id = Text(ref r)!;
        string platform = Shared(Text(ref r)!);
        TextBytes(ref r, out _);
        TextBytes(ref r, out _);
        string? authorId = Text(ref r);
        string? author = Text(ref r);
        // The last field of the content.
        return new(id, platform, authorId, author, packed[BinaryPrimitives.ReadInt32LittleEndian(packed[^4..]) - 1] != 0);
    }

    /// <summary>128 bits that stand for everything but where the post was read from.</summary>
    /// <param name="packed">What <see cref="Write"/> wrote of one post.</param>
    public static UInt128 ContentHash(ReadOnlySpan<byte> packed) =>
        Hash(packed[..BinaryPrimitives.ReadInt32LittleEndian(packed[^4..])]);

    /// <inheritdoc cref="ContentHash(ReadOnlySpan{byte})"/>
    public static UInt128 ContentHash(Post p)
    {
        var scratch = _scratch ??= new(1 << 12);
        scratch.ResetWrittenCount();
        Write(scratch, p);
        return ContentHash(scratch.WrittenSpan);
    }

    /// <summary>The first 128 bits of SHA-256.</summary>
    public static UInt128 Hash(ReadOnlySpan<byte> bytes)
    {
        Span<byte> hash = stackalloc byte[32];
        SHA256.HashData(bytes, hash);
        return BinaryPrimitives.ReadUInt128BigEndian(hash);
    }

    [ThreadStatic]
    private static ArrayBufferWriter<byte>? _scratch;

    private static string Shared(string value) => string.IsInterned(value) ?? value;

    /// <summary>Length and one, so that null is told from empty, then UTF-8.</summary>
    private static void Text(ArrayBufferWriter<byte> w, string? value)
    {
        if (value is null)
        {
            Varint(w, 0);
            return;
        }
        int length = Encoding.UTF8.GetByteCount(value);
        Varint(w, (ulong)length + 1);
        Encoding.UTF8.GetBytes(value, w.GetSpan(length));
        w.Advance(length);
    }

    private static void Count(ArrayBufferWriter<byte> w, long? value)
    {
        var span = w.GetSpan(9);
        span[0] = value is null ? (byte)0 : (byte)1;
        if (value is { } n)
            BinaryPrimitives.WriteInt64LittleEndian(span[1..], n);
        w.Advance(value is null ? 1 : 9);
    }

    private static void Texts(ArrayBufferWriter<byte> w, IReadOnlyList<string> values)
    {
        Varint(w, (ulong)values.Count);
        for (int i = 0; i < values.Count; i++)
            Text(w, values[i]);
    }

    private static void Varint(ArrayBufferWriter<byte> w, ulong value)
    {
        var span = w.GetSpan(10);
        int n = 0;
        for (; value >= 0x80; value >>= 7)
            span[n++] = (byte)(value | 0x80);
        span[n++] = (byte)value;
        w.Advance(n);
    }

    private static void Flag(ArrayBufferWriter<byte> w, bool value)
    {
        w.GetSpan(1)[0] = value ? (byte)1 : (byte)0;
        w.Advance(1);
    }

    private static string? Text(ref ReadOnlySpan<byte> r) =>
        TextBytes(ref r, out var text) ? Encoding.UTF8.GetString(text) : null;

    /// <summary>Takes a text field as it is; false where it is null.</summary>
    public static bool TextBytes(ref ReadOnlySpan<byte> r, out ReadOnlySpan<byte> text)
    {
        int length = (int)Varint(ref r) - 1;
        text = length <= 0 ? default : r[..length];
        r = r[text.Length..];
        return length >= 0;
    }

    /// <summary>Takes a count or a time (milliseconds since 1970).</summary>
    public static long? Count(ref ReadOnlySpan<byte> r)
    {
        bool there = r[0] != 0;
        long? value = there ? BinaryPrimitives.ReadInt64LittleEndian(r[1..]) : null;
        r = r[(there ? 9 : 1)..];
        return value;
    }

    /// <summary>Takes a yes or no.</summary>
    public static bool Flag(ref ReadOnlySpan<byte> r)
    {
        bool value = r[0] != 0;
        r = r[1..];
        return value;
    }

    private static long? Milliseconds(DateTime? time) =>
        time is { } t ? (t.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMillisecond : null;

    private static DateTime? Time(ref ReadOnlySpan<byte> r) =>
        Count(ref r) is { } milliseconds ? DateTime.UnixEpoch.AddTicks(milliseconds * TimeSpan.TicksPerMillisecond) : null;

    private static string[] Texts(ref ReadOnlySpan<byte> r)
    {
        int n = (int)Varint(ref r);
        if (n == 0)
            return [];
        var values = new string[n];
        for (int i = 0; i < n; i++)
            values[i] = Text(ref r)!;
        return values;
    }

    /// <summary>Takes the number of texts in a list, which follow.</summary>
    public static ulong Varint(ref ReadOnlySpan<byte> r)
    {
        ulong value = 0;
        int at = 0;
        for (int shift = 0; ; shift += 7)
        {
            byte b = r[at++];
            value |= (ulong)(b & 0x7F) << shift;
            if (b < 0x80)
                break;
        }
        r = r[at..];
        return value;
    }
}
