using System.Security.Cryptography;
using System.Text;

namespace Syrinx.Data.Posts;

/// <summary>
/// A post as bytes of our own, for two uses that live no longer than a process: spilling what does not fit in memory
/// during an import, and telling whether two versions of a post are the same.
/// </summary>
internal static class PostBinary
{
    public static void Write(BinaryWriter w, Post p)
    {
        w.Write(p.Id);
        w.Write(p.Source);
        WriteContent(w, p);
    }

    public static Post Read(BinaryReader r) => new()
    {
        Id = r.ReadString(),
        Source = r.ReadString(),
        Platform = r.ReadString(),
        Kind = r.ReadString(),
        ThreadId = r.ReadString(),
        Text = r.ReadString(),
        Community = Text(r),
        AuthorId = Text(r),
        Author = Text(r),
        Title = Text(r),
        Lang = Text(r),
        Client = Text(r),
        ReplyTo = Text(r),
        QuoteOf = Text(r),
        RepostOf = Text(r),
        CreatedAt = Time(r),
        EditedAt = Time(r),
        Likes = Count(r),
        Reposts = Count(r),
        Replies = Count(r),
        Quotes = Count(r),
        Views = Count(r),
        Score = Count(r),
        Urls = Texts(r),
        Hashtags = Texts(r),
        Mentions = Texts(r),
        Sensitive = r.ReadBoolean(),
        TrainingAllowed = r.ReadBoolean(),
    };

    /// <summary>128 bits that stand for everything but where the post was read from.</summary>
    public static UInt128 ContentHash(Post p)
    {
        var (stream, writer) = _scratch ??= NewScratch();
        stream.SetLength(0);
        writer.Write(p.Id);
        WriteContent(writer, p);
        writer.Flush();
        return Hash(stream.GetBuffer().AsSpan(0, (int)stream.Length));
    }

    /// <summary>The first 128 bits of SHA-256.</summary>
    public static UInt128 Hash(ReadOnlySpan<byte> bytes)
    {
        Span<byte> hash = stackalloc byte[32];
        SHA256.HashData(bytes, hash);
        return System.Buffers.Binary.BinaryPrimitives.ReadUInt128BigEndian(hash);
    }

    [ThreadStatic]
    private static (MemoryStream, BinaryWriter)? _scratch;

    private static (MemoryStream, BinaryWriter) NewScratch()
    {
        var stream = new MemoryStream();
        return (stream, new BinaryWriter(stream, Encoding.UTF8));
    }

    private static void WriteContent(BinaryWriter w, Post p)
    {
        w.Write(p.Platform);
        w.Write(p.Kind);
        w.Write(p.ThreadId);
        w.Write(p.Text);
        Text(w, p.Community);
        Text(w, p.AuthorId);
        Text(w, p.Author);
        Text(w, p.Title);
        Text(w, p.Lang);
        Text(w, p.Client);
        Text(w, p.ReplyTo);
        Text(w, p.QuoteOf);
        Text(w, p.RepostOf);
        Count(w, p.CreatedAt?.Ticks);
        Count(w, p.EditedAt?.Ticks);
        Count(w, p.Likes);
        Count(w, p.Reposts);
        Count(w, p.Replies);
        Count(w, p.Quotes);
        Count(w, p.Views);
        Count(w, p.Score);
        Texts(w, p.Urls);
        Texts(w, p.Hashtags);
        Texts(w, p.Mentions);
        w.Write(p.Sensitive);
        w.Write(p.TrainingAllowed);
    }

    private static void Text(BinaryWriter w, string? value)
    {
        w.Write(value is not null);
        if (value is not null)
            w.Write(value);
    }

    private static void Count(BinaryWriter w, long? value)
    {
        w.Write(value is not null);
        if (value is { } n)
            w.Write(n);
    }

    private static void Texts(BinaryWriter w, IReadOnlyList<string> values)
    {
        w.Write7BitEncodedInt(values.Count);
        foreach (string value in values)
            w.Write(value);
    }

    private static string? Text(BinaryReader r) => r.ReadBoolean() ? r.ReadString() : null;

    private static long? Count(BinaryReader r) => r.ReadBoolean() ? r.ReadInt64() : null;

    private static DateTime? Time(BinaryReader r) => Count(r) is { } ticks ? new DateTime(ticks, DateTimeKind.Utc) : null;

    private static string[] Texts(BinaryReader r)
    {
        int n = r.Read7BitEncodedInt();
        if (n == 0)
            return [];
        var values = new string[n];
        for (int i = 0; i < n; i++)
            values[i] = r.ReadString();
        return values;
    }
}
