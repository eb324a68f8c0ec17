using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Syrinx.Server.Chat;
using Syrinx.Server.OpenAi;

namespace Syrinx.Server.Keys;

/// <summary>
/// Counts what keys use and refuses what is beyond their limits. Requests count when they are let in, tokens when they are known; so a
/// reply may take a key over its tokens, and the next request waits. Days are kept in <c>app.db</c>, minutes only in memory. Safe to
/// share between threads.
/// </summary>
internal sealed class KeyUse(AppDb database, TimeProvider time, ILogger<KeyUse> log) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<string, Counter> _counters = new();

    /// <summary>Lets a request in.</summary>
    /// <returns>What the reply's headers say of the limits.</returns>
    /// <exception cref="ApiException">429: a limit is reached; with the time to come again.</exception>
    public async Task<IReadOnlyList<KeyValuePair<string, string>>> Admit(ApiKey key, CancellationToken cancel)
    {
        var counter = _counters.TryGetValue(key.Id, out var known) ? known : _counters.GetOrAdd(key.Id, await Load(key.Id, cancel));
        lock (counter)
        {
            var now = Turn(counter);
            Refuse(counter.MinuteRequests, key.Limits.RequestsPerMinute, "requests", "minute", ToMinute(now));
            Refuse(counter.DayRequests, key.Limits.RequestsPerDay, "requests", "day", ToDay(now));
            Refuse(counter.MinuteTokens, key.Limits.TokensPerMinute, "tokens", "minute", ToMinute(now));
            Refuse(counter.DayTokens, key.Limits.TokensPerDay, "tokens", "day", ToDay(now));
            counter.MinuteRequests++;
            counter.DayRequests++;
            counter.Dirty = true;
            return [
                .. Headers("requests", key.Limits.RequestsPerMinute, counter.MinuteRequests, key.Limits.RequestsPerDay, counter.DayRequests, now),
                .. Headers("tokens", key.Limits.TokensPerMinute, counter.MinuteTokens, key.Limits.TokensPerDay, counter.DayTokens, now),
            ];
        }
    }

    /// <summary>Counts the tokens of a request that was let in.</summary>
    public void Charge(ApiKey key, long tokens)
    {
        if (tokens == 0 || !_counters.TryGetValue(key.Id, out var counter))
            return;
        lock (counter)
        {
            Turn(counter);
            counter.MinuteTokens += tokens;
            counter.DayTokens += tokens;
            counter.Dirty = true;
        }
    }

    /// <summary>Writes the days' numbers.</summary>
    public async Task Flush()
    {
        List<KeyDay> dirty = [];
        foreach (var (id, counter) in _counters)
        {
            lock (counter)
            {
                if (!counter.Dirty)
                    continue;
                counter.Dirty = false;
                dirty.Add(new KeyDay { KeyId = id, Day = counter.Day, Requests = counter.DayRequests, Tokens = counter.DayTokens });
            }
        }
        if (dirty.Count == 0)
            return;
        await using var db = database.Context();
        foreach (var day in dirty)
        {
            if (await db.KeyDays.FindAsync(day.KeyId, day.Day) is { } row)
                (row.Requests, row.Tokens) = (day.Requests, day.Tokens);
            else
                db.Add(day);
        }
        await db.SaveChangesAsync();
    }

    /// <inheritdoc/>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await TryFlush();
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
            await TryFlush();
    }

    private async Task TryFlush()
    {
        try
        {
            await Flush();
        }
        catch (Exception e) when (e is DbUpdateException or Microsoft.Data.Sqlite.SqliteException)
        {
            log.LogWarning("The keys' numbers of today could not be written: {Message}", e.Message);
        }
    }

    private async Task<Counter> Load(string id, CancellationToken cancel)
    {
        int day = ApiKeys.DayOf(time.GetUtcNow().UtcDateTime);
        await using var db = database.Context();
        var row = await db.KeyDays.AsNoTracking().FirstOrDefaultAsync(u => u.KeyId == id && u.Day == day, cancel);
        return new() { Day = day, DayRequests = row?.Requests ?? 0, DayTokens = row?.Tokens ?? 0 };
    }

    /// <summary>Begins a new minute or day where the clock has.</summary>
    private DateTime Turn(Counter counter)
    {
        var now = time.GetUtcNow().UtcDateTime;
        long minute = now.Ticks / TimeSpan.TicksPerMinute;
        if (counter.Minute != minute)
            (counter.Minute, counter.MinuteRequests, counter.MinuteTokens) = (minute, 0, 0);
        int day = ApiKeys.DayOf(now);
        if (counter.Day != day)
            (counter.Day, counter.DayRequests, counter.DayTokens) = (day, 0, 0);
        return now;
    }

    private static void Refuse(long used, long? limit, string what, string window, TimeSpan wait)
    {
        if (used < limit || limit is null)
            return;
        throw new ApiException(StatusCodes.Status429TooManyRequests,
            $"Rate limit reached for this key: {limit} {what} a {window}, {used} used. Try again in {Spell(wait)}.", code: "rate_limit_exceeded")
        { RetryAfter = wait };
    }

    /// <summary>OpenAI's headers, of whichever limit is nearer.</summary>
    private static IEnumerable<KeyValuePair<string, string>> Headers(
        string what, long? aMinute, long minuteUsed, long? aDay, long dayUsed, DateTime now)
    {
        long minuteLeft = Math.Max(0, (aMinute ?? long.MaxValue) - minuteUsed), dayLeft = Math.Max(0, (aDay ?? long.MaxValue) - dayUsed);
        if ((aMinute ?? aDay) is null)
            yield break;
        var (limit, left, reset) = minuteLeft <= dayLeft ? (aMinute, minuteLeft, ToMinute(now)) : (aDay, dayLeft, ToDay(now));
        yield return new($"x-ratelimit-limit-{what}", limit!.Value.ToString(CultureInfo.InvariantCulture));
        yield return new($"x-ratelimit-remaining-{what}", left.ToString(CultureInfo.InvariantCulture));
        yield return new($"x-ratelimit-reset-{what}", Spell(reset));
    }

    private static TimeSpan ToMinute(DateTime now) => TimeSpan.FromTicks(TimeSpan.TicksPerMinute - now.Ticks % TimeSpan.TicksPerMinute);

    private static TimeSpan ToDay(DateTime now) => TimeSpan.FromDays(1) - now.TimeOfDay;

    /// <summary>As OpenAI spells spans: <c>6m0s</c>.</summary>
    private static string Spell(TimeSpan span)
    {
        long seconds = (long)Math.Ceiling(span.TotalSeconds);
        return seconds < 60 ? $"{seconds}s" : seconds < 3600 ? $"{seconds / 60}m{seconds % 60}s" : $"{seconds / 3600}h{seconds / 60 % 60}m{seconds % 60}s";
    }

    private sealed class Counter
    {
        public long Minute, MinuteRequests, MinuteTokens, DayRequests, DayTokens;
        public int Day;
        public bool Dirty;
    }
}
