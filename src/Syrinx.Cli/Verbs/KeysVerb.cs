using System.CommandLine;
using System.Globalization;
using Syrinx.Cli.Terminal;
using Syrinx.Server.Chat;
using Syrinx.Server.Keys;

namespace Syrinx.Cli.Verbs;

/// <summary><c>syrinx keys</c>: who may use the server from elsewhere, and how much of it; also while it runs.</summary>
internal static class KeysVerb
{
    public static Command Create() => new("keys", "Keys of the API: make, list, revoke. Without any, only this machine is served.")
    {
        Add(), List(), Revoke(),
    };

    private static Command Add()
    {
        var name = new Argument<string>("NAME") { Description = "Whose key it is" };
        var requestsPerMinute = Limit("--requests-per-minute", "Requests a minute");
        var requestsPerDay = Limit("--requests-per-day", "Requests a day");
        var tokensPerMinute = Limit("--tokens-per-minute", "Tokens a minute, read and written");
        var tokensPerDay = Limit("--tokens-per-day", "Tokens a day");
        var priority = new Option<string>("--priority") { Description = "Who comes first where requests wait", DefaultValueFactory = _ => "normal" };
        priority.AcceptOnlyFromAmong("low", "normal", "high");
        var command = new Command("add", "Makes a key and shows it, this once.\n\nExample: syrinx keys add team-app --requests-per-minute 60 --tokens-per-day 1000000")
        {
            name, requestsPerMinute, requestsPerDay, tokensPerMinute, tokensPerDay, priority,
        };
        command.Runs((parse, context) =>
        {
            var limits = new KeyLimits
            {
                RequestsPerMinute = parse.GetValue(requestsPerMinute),
                RequestsPerDay = parse.GetValue(requestsPerDay),
                TokensPerMinute = parse.GetValue(tokensPerMinute),
                TokensPerDay = parse.GetValue(tokensPerDay),
            };
            var order = Enum.Parse<KeyPriority>(parse.GetValue(priority)!, ignoreCase: true);
            var (key, secret) = Open(context).Create(parse.GetValue(name)!, limits, order, context.Cancel).GetAwaiter().GetResult();
            return new VerbResult(new Made(key.Id, key.Name, secret),
                $"{secret}\nThe key of {key.Name}, shown this once. Programs send it as 'Authorization: Bearer KEY'; from now on the API asks for one.");
        });
        return command;
    }

    private static Command List()
    {
        var command = new Command("list", "All keys with their limits and what they used today.\n\nExample: syrinx keys list");
        command.Runs((_, context) =>
        {
            var keys = Open(context);
            var all = keys.List(context.Cancel).GetAwaiter().GetResult();
            var today = keys.Usage(DateOnly.FromDateTime(DateTime.UtcNow), context.Cancel).GetAwaiter().GetResult().ToDictionary(u => u.KeyId);
            List<Row> rows = [.. all.Select(k => new Row(
                k.Id, k.Name, k.Begin, k.Priority.ToString().ToLowerInvariant(), k.Limits.RequestsPerMinute, k.Limits.RequestsPerDay,
                k.Limits.TokensPerMinute, k.Limits.TokensPerDay, k.CreatedAt, k.RevokedAt,
                today.GetValueOrDefault(k.Id)?.Requests ?? 0, today.GetValueOrDefault(k.Id)?.Tokens ?? 0))];
            return new VerbResult(new Listed(rows), rows.Count == 0 ? "No keys: only this machine is served." : string.Join('\n', rows.Select(Line)));
        });
        return command;
    }

    private static Command Revoke()
    {
        var name = new Argument<string>("NAME") { Description = "The key's name or id" };
        var command = new Command("revoke", "Takes a key back for good; a running server refuses it within two seconds.\n\nExample: syrinx keys revoke team-app") { name };
        command.Runs((parse, context) =>
        {
            string which = parse.GetValue(name)!;
            Open(context).Revoke(which, context.Cancel).GetAwaiter().GetResult();
            return new VerbResult(new Taken(which), $"The key of {which} is good no more.");
        });
        return command;
    }

    private static ApiKeys Open(VerbContext context)
    {
        var database = new AppDb(context.Home);
        database.Migrate();
        return new ApiKeys(database, TimeProvider.System);
    }

    private static string Line(Row k) => string.Create(CultureInfo.InvariantCulture,
        $"{k.Name,-20} {k.Begin}…  {(k.RevokedAt is { } at ? $"revoked {at:yyyy-MM-dd}" : k.Priority)}, today {k.RequestsToday:N0} requests, {k.TokensToday:N0} tokens; limits: {Limits(k)}");

    private static string Limits(Row k)
    {
        string[] some = [.. new[]
        {
            (k.RequestsPerMinute, "requests a minute"), (k.RequestsPerDay, "requests a day"),
            (k.TokensPerMinute, "tokens a minute"), (k.TokensPerDay, "tokens a day"),
        }.Where(l => l.Item1 is not null).Select(l => string.Create(CultureInfo.InvariantCulture, $"{l.Item1:N0} {l.Item2}"))];
        return some.Length == 0 ? "none" : string.Join(", ", some);
    }

    private static Option<long?> Limit(string name, string description) => new(name) { Description = description + " (default: no limit)", HelpName = "N" };

    private sealed record Made(string Id, string Name, string Key);

    private sealed record Taken(string Revoked);

    private sealed record Listed(IReadOnlyList<Row> Keys);

    private sealed record Row(
        string Id, string Name, string Begin, string Priority, long? RequestsPerMinute, long? RequestsPerDay, long? TokensPerMinute, long? TokensPerDay,
        DateTime CreatedAt, DateTime? RevokedAt, long RequestsToday, long TokensToday);
}
