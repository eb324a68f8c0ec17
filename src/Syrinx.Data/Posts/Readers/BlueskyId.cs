namespace Syrinx.Data.Posts.Readers;

/// <summary>
/// Ids of Bluesky: an account's DID; a post's DID and record key; a repost's record key lies in a space of its own. From
/// addresses as <c>at://did:plc:abc/app.bsky.feed.post/3mptb</c>.
/// </summary>
internal static class BlueskyId
{
    private static readonly System.Buffers.SearchValues<char> Characters = System.Buffers.SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.-_:~%");

    /// <summary><c>bluesky:did:plc:abc</c>, or null.</summary>
    public static string? Author(string? did) => IsPlain(did) && did!.StartsWith("did:", StringComparison.Ordinal) ? "bluesky:" + did : null;

    /// <summary><c>bluesky:did:plc:abc/3mptb</c>, or null.</summary>
    public static string? Post(string? did, string? key, bool repost) =>
        Author(did) is { } author && IsPlain(key) ? $"{author}/{(repost ? "repost/" : "")}{key}" : null;

    /// <summary>The post that an address names, or null: a list, a feed, an address that is none.</summary>
    public static string? OfAddress(string? address)
    {
        if (address is null || !address.StartsWith("at://", StringComparison.Ordinal))
            return null;
        return address[5..].Split('/') is [var did, "app.bsky.feed.post", var key] ? Post(did, key, repost: false) : null;
    }

    private static bool IsPlain(string? text) => text is { Length: > 0 and <= 512 } && text.AsSpan().IndexOfAnyExcept(Characters) < 0;
}
