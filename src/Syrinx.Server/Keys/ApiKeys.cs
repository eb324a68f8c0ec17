using System.Buffers.Text;
using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Syrinx.Server.Chat;

namespace Syrinx.Server.Keys;

/// <summary>
/// The keys of a home folder. A running server sees within two seconds what the command line did to them. Safe to share between
/// threads.
/// </summary>
public sealed class ApiKeys(AppDb database, TimeProvider time)
{
    private const string Mark = "sk-syrinx-";
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(2);

    private readonly SemaphoreSlim _reading = new(1);
    private FrozenDictionary<string, ApiKey> _byHash = FrozenDictionary<string, ApiKey>.Empty;
    private long _read = -1; // timestamp; none yet

    /// <summary>Makes a key.</summary>
    /// <param name="name">Whose it is: 1 to 64 visible characters.</param>
    /// <param name="limits">What it may use.</param>
    /// <param name="priority">Who comes first.</param>
    /// <param name="cancel">Stops it.</param>
    /// <returns>The key, and the secret that nobody can be shown again.</returns>
    /// <exception cref="InputException">Name or limits are wrong, or the name has a good key already.</exception>
    public async Task<(ApiKey Key, string Secret)> Create(
        string name, KeyLimits limits, KeyPriority priority, CancellationToken cancel = default)
    {
        name = name.Trim();
        if (name.Length is 0 or > 64 || name.Any(char.IsControl))
            throw new InputException("A key's name has 1 to 64 visible characters: write whose it is.");
        string secret = Mark + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        var key = new ApiKey
        {
            Id = RandomNumberGenerator.GetHexString(12, lowercase: true),
            Name = name,
            Hash = HashOf(secret),
            Begin = secret[..(Mark.Length + 4)],
            Limits = limits.Validated(),
            Priority = priority,
            CreatedAt = time.GetUtcNow().UtcDateTime,
        };
        await using var db = database.Context();
        if (await db.Keys.AnyAsync(k => k.Name == name && k.RevokedAt == null, cancel))
            throw new InputException($"There is a key called '{name}' already. Choose another name, or revoke that one first.");
        db.Add(key);
        await db.SaveChangesAsync(cancel);
        _read = -1;
        return (key, secret);
    }

    /// <summary>All keys, revoked ones too, in the order that they were made in.</summary>
    public async Task<IReadOnlyList<ApiKey>> List(CancellationToken cancel = default)
    {
        await using var db = database.Context();
        return await db.Keys.AsNoTracking().OrderBy(k => k.CreatedAt).ThenBy(k => k.Id).ToListAsync(cancel);
    }

    /// <summary>What the keys used, a row a key and day, from a day on.</summary>
    public async Task<IReadOnlyList<KeyDay>> Usage(DateOnly since, CancellationToken cancel = default)
    {
        int day = DayOf(since.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc));
        await using var db = database.Context();
        return await db.KeyDays.AsNoTracking().Where(u => u.Day >= day).ToListAsync(cancel);
    }

    /// <summary>Takes a key back, for good.</summary>
    /// <param name="name">Its name or <see cref="ApiKey.Id"/>.</param>
    /// <param name="cancel">Stops it.</param>
    /// <exception cref="InputException">There is no good key of that name.</exception>
    public async Task Revoke(string name, CancellationToken cancel = default)
    {
        await using var db = database.Context();
        var key = await db.Keys.FirstOrDefaultAsync(k => (k.Name == name || k.Id == name) && k.RevokedAt == null, cancel);
        if (key is null)
        {
            var good = await db.Keys.Where(k => k.RevokedAt == null).Select(k => k.Name).ToListAsync(cancel);
            throw new InputException($"There is no key called '{name}'; "
                + (good.Count == 0 ? "there is none yet." : $"there is {string.Join(", ", good.Order())}."));
        }
        key.RevokedAt = time.GetUtcNow().UtcDateTime;
        await db.SaveChangesAsync(cancel);
        _read = -1;
    }

    /// <summary>Whether there is any good key, so that programs must bring one.</summary>
    public async ValueTask<bool> Any(CancellationToken cancel = default) => (await Good(cancel)).Count > 0;

    /// <summary>The good key of a secret, or null.</summary>
    public async ValueTask<ApiKey?> Find(string secret, CancellationToken cancel = default) =>
        (await Good(cancel)).GetValueOrDefault(HashOf(secret));

    /// <summary>The good key of an id, or null.</summary>
    internal async ValueTask<ApiKey?> FindById(string id, CancellationToken cancel) =>
        (await Good(cancel)).Values.FirstOrDefault(k => k.Id == id);

    /// <summary>Days since 1970-01-01.</summary>
    internal static int DayOf(DateTime utc) => (int)(utc - DateTime.UnixEpoch).TotalDays;

    private static string HashOf(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));

    private async ValueTask<FrozenDictionary<string, ApiKey>> Good(CancellationToken cancel)
    {
        if (IsFresh())
            return _byHash;
        await _reading.WaitAsync(cancel);
        try
        {
            if (IsFresh())
                return _byHash;
            long now = time.GetTimestamp();
            _byHash = database.Finds("SELECT 1 FROM api_keys WHERE revoked_at IS NULL") ? await Read(cancel) : FrozenDictionary<string, ApiKey>.Empty;
            _read = now;
            return _byHash;
        }
        finally
        {
            _reading.Release();
        }
    }

    private async Task<FrozenDictionary<string, ApiKey>> Read(CancellationToken cancel)
    {
        await using var db = database.Context();
        var keys = await db.Keys.AsNoTracking().Where(k => k.RevokedAt == null).ToListAsync(cancel);
        return keys.ToFrozenDictionary(k => k.Hash);
    }

    private bool IsFresh() => _read is var read && read >= 0 && time.GetElapsedTime(read) < Fresh;
}
