using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Syrinx.Server.Safety;
using Syrinx.Server.Serving;
using Syrinx.Server.Tests.Support;

namespace Syrinx.Server.Tests.Safety;

/// <summary>
/// Whatever is sent to the OpenAI-compatible addresses, the answer is a right one or an error of the client's in OpenAI's shape, and the
/// server goes on unharmed. SYRINX_FUZZ says how many bodies are sent; 300 without it.
/// </summary>
public sealed class HostileRequestTests : IAsyncLifetime
{
    private const string Chat = "{\"model\":\"town\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}],\"max_tokens\":8,\"temperature\":0}";
    private TestServer _server = null!;
    private string _before = "";

    public async ValueTask InitializeAsync()
    {
        _server = await TestServer.Start(home =>
        {
            // a short context: a body that turns out to be good costs little
            TinyModel.Write(home.Model("town"), 256);
            TownPosts.WriteIndex(home.Index);
        });
        _before = await Say();
    }

    public async ValueTask DisposeAsync()
    {
        var gate = _server.App.Services.GetRequiredService<GenerationGate>();
        var engine = (await _server.App.Services.GetRequiredService<ServedModels>().Find("town")!.Load()).Model.Scheduler;
        Assert.Equal(_before, await Say());
        Assert.Equal((0, 0), (gate.Active, gate.Queued));
        Assert.Equal((0, 0), (engine.Running, engine.Waiting));
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task Fuzzed_bodies_get_the_right_error_each()
    {
        int count = int.Parse(Environment.GetEnvironmentVariable("SYRINX_FUZZ") ?? "300", CultureInfo.InvariantCulture);
        var wrong = new ConcurrentBag<string>();
        var statuses = new ConcurrentDictionary<int, int>();
        var clock = Stopwatch.StartNew();
        double slowest = 0;
        await Parallel.ForAsync(0, count, new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (number, cancel) =>
        {
            var (path, body) = FuzzedBodies.Make(number);
            var started = Stopwatch.StartNew();
            using var content = new ByteArrayContent(body);
            content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            using var response = await _server.Http.PostAsync(path, content, cancel);
            string text = await response.Content.ReadAsStringAsync(cancel);
            statuses.AddOrUpdate((int)response.StatusCode, 1, (_, n) => n + 1);
            lock (wrong)
                slowest = Math.Max(slowest, started.Elapsed.TotalSeconds);
            if (Complaint(response, text) is { } complaint)
                wrong.Add($"body {number} to {path}: {complaint}: {Encoding.UTF8.GetString(body.AsSpan(0, Math.Min(body.Length, 300)))}");
        });
        Assert.True(wrong.IsEmpty, $"{wrong.Count} of {count}:\n" + string.Join('\n', wrong.Take(20)));
        string summary = $"{count} bodies in {clock.Elapsed.TotalSeconds:0.0} s, slowest {slowest:0.00} s: {string.Join(", ", statuses.OrderBy(s => s.Key).Select(s => $"{s.Key}: {s.Value}"))}";
        // a fuzz that only ever hits the same wall would show nothing
        Assert.True(statuses[200] > count / 20 && statuses[400] > count / 4, summary);
        TestContext.Current.TestOutputHelper?.WriteLine(summary);
    }

    [Fact]
    public async Task A_body_of_100_MB_is_refused_before_it_is_read()
    {
        // with its length said at once, and in chunks that never end
        string told = await Raw("POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 104857600\r\n\r\n", 100 << 20, chunked: false);
        Assert.StartsWith("HTTP/1.1 413", told);
        Assert.Contains("invalid_request_error", told);
        string chunked = await Raw("POST /v1/moderations HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n", 100 << 20, chunked: true);
        Assert.StartsWith("HTTP/1.1 413", chunked);
    }

    [Fact]
    public async Task Who_sends_a_byte_a_second_is_dropped()
    {
        var clock = Stopwatch.StartNew();
        async Task<(string Answer, TimeSpan After)> Drip(string head, string drip)
        {
            using var client = await Connect();
            var stream = client.GetStream();
            await stream.WriteAsync(Encoding.ASCII.GetBytes(head));
            var answer = ReadToEnd(stream);
            for (int i = 0; i < 30 && !answer.IsCompleted; i++)
            {
                try
                {
                    await stream.WriteAsync(Encoding.ASCII.GetBytes(drip));
                }
                catch (IOException)
                {
                    break;
                }
                await Task.WhenAny(answer, Task.Delay(1000));
            }
            return (await answer, clock.Elapsed);
        }
        var slowHead = Drip("POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nX-Slow: ", "a");
        var slowBody = Drip("POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 100000\r\n\r\n{", " ");
        var slack = TimeSpan.FromSeconds(10); // this machine may be busy
        var (answer, after) = await slowBody;
        Assert.StartsWith("HTTP/1.1 408", answer);
        Assert.True(after < RequestLimits.BodyGrace + slack, $"{after}");
        (answer, after) = await slowHead;
        Assert.StartsWith("HTTP/1.1 408", answer);
        Assert.True(after < RequestLimits.Headers + slack, $"{after}");
    }

    [Theory]
    [InlineData("/v1/chat/completions", "{\"model\":\"\u00ff\"}")]
    [InlineData("/v1/completions", "{\"model\":\"town\",\"prompt\":\"a\u00c3\"}")]
    [InlineData("/v1/embeddings", "{\"\u00e9\":1}")]
    [InlineData("/v1/moderations", "{\"input\":\"\u00ed\u00a0\u0080\"}")]
    public async Task Bytes_that_are_no_UTF8_are_refused(string path, string latin1)
    {
        using var content = new ByteArrayContent(Encoding.Latin1.GetBytes(latin1));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using var response = await _server.Http.PostAsync(path, content);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("invalid_json", await response.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("/v1/chat/completions")]
    [InlineData("/v1/completions")]
    [InlineData("/v1/embeddings")]
    [InlineData("/v1/moderations")]
    public async Task Deep_JSON_and_a_huge_n_are_refused(string path)
    {
        foreach (string deep in (string[])[string.Concat(Enumerable.Repeat("{\"a\":", 100_000)), $"{{\"model\":\"town\",\"input\":{new string('[', 500)}{new string(']', 500)}}}"])
        {
            var (response, json) = await _server.Post(path, deep);
            Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
            Assert.Equal("invalid_json", json.GetProperty("error").GetProperty("code").GetString());
        }
        if (path is "/v1/embeddings" or "/v1/moderations")
            return;
        foreach (string n in (string[])["17", "1000000000", "99999999999999999999999"])
        {
            var (response, json) = await _server.Post(path, "{\"model\":\"town\",\"prompt\":\"a\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}],\"n\":" + n + "}");
            Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
            Assert.Equal("n", json.GetProperty("error").GetProperty("param").GetString());
        }
    }

    /// <summary>What is wrong with an answer; null for nothing.</summary>
    private static string? Complaint(HttpResponseMessage response, string text)
    {
        int status = (int)response.StatusCode;
        if (status == 200)
        {
            if (response.Content.Headers.ContentType?.MediaType == "text/event-stream")
                return text.EndsWith("data: [DONE]\n\n", StringComparison.Ordinal) ? null : "a stream that broke off: " + text[^Math.Min(200, text.Length)..];
            return JsonElement.Parse(text).ValueKind == JsonValueKind.Object ? null : "no object";
        }
        if (status is not (400 or 404 or 413))
            return $"status {status}, {text}";
        var error = JsonElement.Parse(text).GetProperty("error");
        return error.GetProperty("type").GetString() == "invalid_request_error" && error.GetProperty("message").GetString() is { Length: > 0 }
            && error.TryGetProperty("param", out _) && error.TryGetProperty("code", out _) ? null : "not OpenAI's shape: " + text;
    }

    private async Task<string> Say()
    {
        var (response, json) = await _server.Post("/v1/chat/completions", Chat);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return json.GetProperty("choices")[0].GetProperty("message").GetProperty("content").GetString()!;
    }

    private async Task<string> Raw(string head, long bytes, bool chunked)
    {
        using var client = await Connect();
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(head));
        var answer = ReadToEnd(stream);
        byte[] piece = Encoding.ASCII.GetBytes(new string(' ', 1 << 16));
        try
        {
            for (long sent = 0; sent < bytes && !answer.IsCompleted; sent += piece.Length)
            {
                if (chunked)
                    await stream.WriteAsync(Encoding.ASCII.GetBytes($"{piece.Length:x}\r\n"));
                await stream.WriteAsync(piece);
                if (chunked)
                    await stream.WriteAsync("\r\n"u8.ToArray());
            }
        }
        catch (IOException)
        {
            // it has heard enough
        }
        return await answer;
    }

    private async Task<TcpClient> Connect()
    {
        var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, new Uri(_server.Url).Port);
        return client;
    }

    private static async Task<string> ReadToEnd(NetworkStream stream)
    {
        var text = new StringBuilder();
        byte[] buffer = new byte[4096];
        try
        {
            for (int read; (read = await stream.ReadAsync(buffer)) > 0;)
                text.Append(Encoding.UTF8.GetString(buffer, 0, read));
        }
        catch (IOException)
        {
            // the connection was cut; what came before counts
        }
        return text.ToString();
    }
}
