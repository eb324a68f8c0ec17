namespace Syrinx.Data.Posts;

/// <summary>An author as the export tells of them; counts that it does not tell are null.</summary>
public sealed record Author
{
    /// <summary>Platform-qualified: <c>x:12</c>.</summary>
    public required string AuthorId { get; init; }

    /// <summary>Without @.</summary>
    public required string Handle { get; init; }

    /// <summary>The name that is shown.</summary>
    public string? Name { get; init; }

    /// <summary>What they say of themselves.</summary>
    public string? Description { get; init; }

    /// <summary>When the account was made, UTC.</summary>
    public DateTime? CreatedAt { get; init; }

    /// <summary>Accounts that follow them.</summary>
    public long? Followers { get; init; }

    /// <summary>Accounts that they follow.</summary>
    public long? Following { get; init; }

    /// <summary>Posts ever made, as the platform counts.</summary>
    public long? Posts { get; init; }

    /// <summary>Likes ever given, as the platform counts.</summary>
    public long? Likes { get; init; }

    /// <summary>Lists that name them.</summary>
    public long? Listed { get; init; }

    /// <summary>Whether they never changed the profile's look.</summary>
    public bool? DefaultProfile { get; init; }

    /// <summary>Their link.</summary>
    public string? Url { get; init; }

    /// <summary>Where they say they are.</summary>
    public string? Location { get; init; }

    /// <summary>
    /// <c>active</c>, <c>suspended</c>, <c>protected</c> or <c>deleted</c>; posts of the last three do not enter.
    /// </summary>
    public string State { get; init; } = "active";
}
