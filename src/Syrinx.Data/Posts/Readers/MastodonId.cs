using System.Text.Json;

namespace Syrinx.Data.Posts.Readers;

/// <summary>
/// Ids of ActivityPub are addresses, and stay that without the scheme: <c>mastodon:example.social/users/mei/statuses/109</c>. An
/// author's is <c>mastodon:mei@example.social</c>.
/// </summary>
internal static class MastodonId
{
    private const int MaxLength = 1000;

    /// <summary>A post's id from its address, also from the address that people see; null where it is none.</summary>
    public static string? Post(string? address)
    {
        if (Path(address) is not { } path)
            return null;
        if (path.EndsWith("/activity", StringComparison.Ordinal))
            path = path[..^"/activity".Length];
        return path.Split('/') is [var host, ['@', .. var name], var number] && name.Length > 0 && !name.Contains('@', StringComparison.Ordinal)
            && number.All(char.IsAsciiDigit) ? $"mastodon:{host}/users/{name}/statuses/{number}" : "mastodon:" + path;
    }

    /// <summary>An author's id from the address of their actor.</summary>
    public static string? Author(string? address) => Handle(address) is { } handle ? "mastodon:" + handle : null;

    /// <summary><c>mei@example.social</c>, from the address of an actor: the last part of its path is the name.</summary>
    public static string? Handle(string? address)
    {
        if (Path(address) is not { } path || path.IndexOf('/', StringComparison.Ordinal) is not (> 0 and var slash))
            return null;
        string name = path[(path.LastIndexOf('/') + 1)..].TrimStart('@');
        return name.Length == 0 ? null : $"{name}@{path[..slash]}";
    }

    /// <summary>An address that a field is, or that the object in it has as its id.</summary>
    public static string? Address(JsonElement e, string name)
    {
        var value = e.Field(name);
        if (value.ValueKind == JsonValueKind.Array)
            value = value.EnumerateArray().FirstOrDefault();
        return value.ValueKind == JsonValueKind.String ? JsonFields.Text(value) : value.Text("id");
    }

    /// <summary>An address without its scheme, or null.</summary>
    private static string? Path(string? address)
    {
        int scheme = address is null ? -1 : address.StartsWith("https://", StringComparison.Ordinal) ? 8
            : address.StartsWith("http://", StringComparison.Ordinal) ? 7 : -1;
        if (scheme < 0 || address!.Length is < 11 or > MaxLength || address.Any(c => char.IsWhiteSpace(c) || char.IsControl(c)))
            return null;
        return PostText.Line(address[scheme..]);
    }
}
