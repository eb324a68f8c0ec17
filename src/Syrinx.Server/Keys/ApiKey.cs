namespace Syrinx.Server.Keys;

/// <summary>Who comes first where requests wait for the engine.</summary>
public enum KeyPriority
{
    /// <summary>After all others: batch work.</summary>
    Low = 0,

    /// <summary>In the order of arrival.</summary>
    Normal = 1,

    /// <summary>Before all others.</summary>
    High = 2,
}

/// <summary>What a key may use; null where there is no limit. Minutes and days are those of the clock, UTC. Immutable.</summary>
public sealed record KeyLimits
{
    /// <summary>Requests a minute.</summary>
    public long? RequestsPerMinute { get; init; }

    /// <summary>Requests a day.</summary>
    public long? RequestsPerDay { get; init; }

    /// <summary>Tokens a minute, read and written ones together.</summary>
    public long? TokensPerMinute { get; init; }

    /// <summary>Tokens a day.</summary>
    public long? TokensPerDay { get; init; }

    /// <exception cref="InputException">A limit is below 1.</exception>
    internal KeyLimits Validated()
    {
        foreach (var (name, limit) in new[]
        {
            ("requests a minute", RequestsPerMinute), ("requests a day", RequestsPerDay),
            ("tokens a minute", TokensPerMinute), ("tokens a day", TokensPerDay),
        })
        {
            if (limit < 1)
                throw new InputException($"A key's limit of {limit} {name} must be at least 1; leave it out for no limit.");
        }
        return this;
    }
}

/// <summary>A key as it lies in <c>app.db</c>: never the secret itself, only its hash.</summary>
public sealed class ApiKey
{
    /// <summary>What the key is called in tables; no secret.</summary>
    public required string Id { get; init; }

    /// <summary>Whose it is, as the operator wrote it; one key of a name at a time.</summary>
    public required string Name { get; init; }

    /// <summary>SHA-256 of the secret in hexadecimal digits. The secret has 256 random bits, so no salt or slow hash is needed.</summary>
    public required string Hash { get; init; }

    /// <summary>The secret's first characters, by which a person recognises it.</summary>
    public required string Begin { get; init; }

    /// <summary>What it may use.</summary>
    public required KeyLimits Limits { get; init; }

    /// <summary>Who comes first.</summary>
    public KeyPriority Priority { get; init; } = KeyPriority.Normal;

    /// <summary>When it was made, UTC.</summary>
    public required DateTime CreatedAt { get; init; }

    /// <summary>When it was taken back, UTC; null while it is good.</summary>
    public DateTime? RevokedAt { get; set; }
}

/// <summary>What a key used on a day.</summary>
public sealed class KeyDay
{
    /// <summary>The key's <see cref="ApiKey.Id"/>.</summary>
    public required string KeyId { get; init; }

    /// <summary>Days since 1970-01-01, UTC.</summary>
    public required int Day { get; init; }

    /// <summary>Requests that were let in.</summary>
    public long Requests { get; set; }

    /// <summary>Tokens, read and written.</summary>
    public long Tokens { get; set; }
}
