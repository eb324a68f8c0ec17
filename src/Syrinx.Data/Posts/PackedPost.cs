using System.Buffers;

namespace Syrinx.Data.Posts;

/// <summary>A post in the form in which an import sorts, spills and merges it: its id, and itself as bytes.</summary>
/// <param name="Id">The post's.</param>
/// <param name="Bytes">As <see cref="PostBinary"/> writes them; usually a part of an array that holds many.</param>
internal readonly record struct PackedPost(string Id, ReadOnlyMemory<byte> Bytes)
{
    /// <summary>Packs one post into an array of its own.</summary>
    public static PackedPost Of(Post post)
    {
        var bytes = new ArrayBufferWriter<byte>(256 + post.Text.Length);
        PostBinary.Write(bytes, post);
        return new(post.Id, bytes.WrittenMemory);
    }

    public Post Unpack() => PostBinary.Read(Bytes.Span);
}
