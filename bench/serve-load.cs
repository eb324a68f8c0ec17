#!/usr/bin/env dotnet
// Many clients stream chats from a server at once, again and again, a quarter of them hanging up midway.
//
//   dotnet run bench/serve-load.cs -- URL MODEL CLIENTS SECONDS [PID [TOKENS]]
//
// URL ends in /v1. Each client asks for TOKENS / 2 to TOKENS (200) tokens, its questions unlike all others; every fourth request is left after 20 pieces
// of text. Says errors, tokens a second (the server's count; of answers that were left, the pieces), the gaps between pieces of text (one piece is one token, or a few whose bytes make up a character) and
// the time to the first; with the server's process id (Linux) also its memory before, every ten seconds, and after.
#:property PublishAot=false
#:property NoWarn=CA1305;CA1303;CA1812
using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;

if (args.Length is < 4 or > 6)
{
    Console.Error.WriteLine("Usage: serve-load URL MODEL CLIENTS SECONDS [PID [TOKENS]]");
    return 2;
}
string url = args[0].TrimEnd('/'), model = args[1];
int clients = int.Parse(args[2], CultureInfo.InvariantCulture), seconds = int.Parse(args[3], CultureInfo.InvariantCulture);
int? pid = args.Length >= 5 ? int.Parse(args[4], CultureInfo.InvariantCulture) : null;
int most = args.Length == 6 ? int.Parse(args[5], CultureInfo.InvariantCulture) : 200;
using var http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = clients * 2 }) { Timeout = Timeout.InfiniteTimeSpan };
var errors = new ConcurrentBag<string>();
var gaps = new ConcurrentBag<List<double>>();
var firsts = new ConcurrentBag<double>();
long tokens = 0, whole = 0, left = 0, requests = 0;

await Stream(-1, 0, false, [], []); // the first request compiles
(tokens, whole, left) = (0, 0, 0);
firsts.Clear();
Console.WriteLine($"memory before: {Memory()}");
var clock = Stopwatch.StartNew();
var cpuBefore = Cpu();
using var ticking = new CancellationTokenSource();
var ticks = Tick(ticking.Token);
await Task.WhenAll(Enumerable.Range(0, clients).Select(async client =>
{
    List<double> own = [], first = [];
    for (int turn = 0; clock.Elapsed.TotalSeconds < seconds; turn++)
    {
        Interlocked.Increment(ref requests);
        try
        {
            await Stream(client, turn, hangUp: (client + turn) % 4 == 3, own, first);
        }
        catch (Exception e) when (e is HttpRequestException or IOException or JsonException or InvalidDataException)
        {
            errors.Add(e.Message);
            await Task.Delay(200);
        }
    }
    gaps.Add(own);
    first.ForEach(firsts.Add);
}));
double took = clock.Elapsed.TotalSeconds;
await ticking.CancelAsync();
await ticks;
double[] sorted = [.. gaps.SelectMany(g => g).Order()], starts = [.. firsts.Order()];
Console.WriteLine($"memory after: {Memory()}");
Console.WriteLine($"{requests} requests of {clients} clients in {took:0.0} s: {whole} whole, {left} left midway, {errors.Count} errors");
Console.WriteLine($"{tokens} tokens, {tokens / took:0} a second");
Console.WriteLine($"gap between pieces: p50 {Quantile(sorted, 0.5):0.0} ms, p99 {Quantile(sorted, 0.99):0.0} ms, most {Quantile(sorted, 1):0.0} ms; to the first: p50 {Quantile(starts, 0.5):0} ms, p99 {Quantile(starts, 0.99):0} ms");
if (pid is not null)
    Console.WriteLine($"the server's processor time: {Cpu() - cpuBefore:0.0} s; load of the machine: {File.ReadAllText("/proc/loadavg").Trim()}");
foreach (var error in errors.GroupBy(e => e).OrderByDescending(g => g.Count()).Take(5))
    Console.WriteLine($"{error.Count()} × {error.Key}");
return errors.IsEmpty ? 0 : 1;

async Task Stream(int client, int turn, bool hangUp, List<double> own, List<double> first)
{
    string body = $$"""
        {"model":{{JsonSerializer.Serialize(model)}},"stream":true,"stream_options":{"include_usage":true},"seed":{{turn}},"max_tokens":{{(most / 2) + (((client * 7) + (turn * 13) + 100) % ((most / 2) + 1))}},
         "messages":[{"role":"user","content":"Client {{client}}, question {{turn}}: when does the ferry leave?"}]}
        """;
    using var request = new HttpRequestMessage(HttpMethod.Post, url + "/chat/completions") { Content = new StringContent(body, Encoding.UTF8, "application/json") };
    var asked = Stopwatch.StartNew();
    using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    if (response.StatusCode != HttpStatusCode.OK)
        throw new InvalidDataException($"status {(int)response.StatusCode}: {await response.Content.ReadAsStringAsync()}");
    using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());
    double last = 0;
    int pieces = 0, counted = 0;
    while (await reader.ReadLineAsync() is { } line)
    {
        if (line == "data: [DONE]")
        {
            Interlocked.Increment(ref whole);
            Interlocked.Add(ref tokens, counted - pieces); // the server's count, for bytes that are no character yet are no piece
            return;
        }
        if (line.Length == 0)
            continue;
        using var json = JsonDocument.Parse(line["data: ".Length..]);
        if (json.RootElement.TryGetProperty("error", out var error))
            throw new InvalidDataException(error.GetRawText());
        if (json.RootElement.TryGetProperty("usage", out var usage) && usage.ValueKind == JsonValueKind.Object)
            counted = usage.GetProperty("completion_tokens").GetInt32();
        var choices = json.RootElement.GetProperty("choices");
        if (choices.GetArrayLength() == 0)
            continue;
        if (!choices[0].GetProperty("delta").TryGetProperty("content", out var text) || text.GetString() is not { Length: > 0 })
            continue;
        double now = asked.Elapsed.TotalMilliseconds;
        (pieces == 0 ? first : own).Add(now - last);
        last = now;
        Interlocked.Increment(ref tokens);
        if (++pieces == 20 && hangUp)
        {
            Interlocked.Increment(ref left);
            return;
        }
    }
    throw new InvalidDataException("a stream ended without its mark");
}

async Task Tick(CancellationToken stop)
{
    for (; pid is not null;)
    {
        try
        {
            await Task.Delay(10_000, stop);
        }
        catch (OperationCanceledException)
        {
            return;
        }
        Console.WriteLine($"{clock.Elapsed.TotalSeconds:0} s: memory {Memory()}, {Interlocked.Read(ref tokens)} tokens");
    }
}

string Memory() => pid is null ? "not asked for"
    : File.ReadLines($"/proc/{pid}/status").First(l => l.StartsWith("VmRSS:", StringComparison.Ordinal))["VmRSS:".Length..].Trim();

double Cpu()
{
    if (pid is null)
        return 0;
    using var process = Process.GetProcessById(pid.Value);
    return process.TotalProcessorTime.TotalSeconds;
}

static double Quantile(double[] sorted, double q) => sorted.Length == 0 ? double.NaN : sorted[(int)Math.Min(sorted.Length - 1, q * sorted.Length)];
