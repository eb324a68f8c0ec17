using System.Net;
using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using Syrinx.Server.Chat;
using Syrinx.Server.Keys;
using Syrinx.Server.OpenAi;
using Syrinx.Server.Tests.Support;

namespace Syrinx.Server.Tests.Keys;

public sealed class ApiKeysTests
{
    private const string Chat = """{"model":"town","messages":[{"role":"user","content":"hello"}],"max_tokens":5,"temperature":0}""";

    [Fact]
    public async Task As_soon_as_there_is_a_key_the_API_asks_for_it_and_this_machine_keeps_its_pages()
    {
        await using var server = await TestServer.Start(TownServer.Fill);
        Assert.Equal(HttpStatusCode.OK, (await Get(server, "/v1/models")).StatusCode);
        string secret = await Make(server, "app");

        var without = await Get(server, "/v1/models");
        Assert.Equal(HttpStatusCode.Unauthorized, without.StatusCode);
        Assert.Equal("Bearer", without.Headers.WwwAuthenticate.ToString());
        var wrong = await Get(server, "/v1/models", "sk-syrinx-wrong");
        Assert.Equal(HttpStatusCode.Unauthorized, wrong.StatusCode);
        Assert.Equal("invalid_api_key", (await wrong.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("error").GetProperty("code").GetString());
        Assert.Equal(HttpStatusCode.OK, (await Get(server, "/v1/models", secret)).StatusCode);
        foreach (string path in new[] { "/health/live", "/", "/api/search?q=ferry", "/metrics" })
            Assert.Equal(HttpStatusCode.OK, (await Get(server, path)).StatusCode);

        await Keys(server).Revoke("app");
        await Make(server, "another");
        Assert.Equal(HttpStatusCode.Unauthorized, (await Get(server, "/v1/models", secret)).StatusCode);
    }

    [Fact]
    public async Task Who_comes_through_a_proxy_needs_a_key_for_everything_and_a_browser_shows_it_once()
    {
        await using var server = await TestServer.Start(TownServer.Fill);
        string secret = await Make(server, "member");
        Assert.Equal(HttpStatusCode.Unauthorized, (await Get(server, "/api/search?q=ferry", forwarded: true)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await Get(server, "/metrics", forwarded: true)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await Get(server, "/api/search?q=ferry", secret, forwarded: true)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await Get(server, "/health/live", forwarded: true)).StatusCode);

        using var browser = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = new(server.Url) };
        browser.DefaultRequestHeaders.Add("X-Forwarded-For", "203.0.113.7");
        var page = await browser.GetAsync("/search?q=ferry");
        Assert.Equal("/unlock?to=%2Fsearch%3Fq%3Dferry", page.Headers.Location?.ToString());
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync(page.Headers.Location)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await browser.PostAsync("/unlock", Form("sk-syrinx-guess", "/search"))).StatusCode);
        var unlocked = await browser.PostAsync("/unlock", Form(secret, "/search?q=ferry"));
        Assert.Equal("/search?q=ferry", unlocked.Headers.Location?.ToString());
        Assert.DoesNotContain(secret, unlocked.Headers.GetValues("Set-Cookie").Single(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/search?q=ferry")).StatusCode);
        // the API is for programs, which send the key itself
        Assert.Equal(HttpStatusCode.Unauthorized, (await browser.GetAsync("/v1/models")).StatusCode);
        // and keys are made by whoever sits at the machine
        Assert.DoesNotContain("keys-new", await browser.GetStringAsync("/keys"), StringComparison.Ordinal);
        Assert.Contains("keys-new", await server.Http.GetStringAsync("/keys"), StringComparison.Ordinal);

        await Keys(server).Revoke("member");
        Assert.Equal(HttpStatusCode.Found, (await browser.GetAsync("/search?q=ferry")).StatusCode);
    }

    [Theory]
    [InlineData("//evil.example.com/")]
    [InlineData("https://evil.example.com/")]
    public async Task Unlocking_leads_nowhere_else(string to)
    {
        await using var server = await TestServer.Start();
        string secret = await Make(server, "member");
        using var browser = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = new(server.Url) };
        Assert.Equal("/", (await browser.PostAsync("/unlock", Form(secret, to))).Headers.Location?.ToString());
    }

    [Fact]
    public async Task Without_a_key_other_machines_are_not_served()
    {
        var refused = await Assert.ThrowsAsync<InputException>(() => TestServer.Start(change: s => s with { Host = "0.0.0.0" }));
        Assert.Contains("syrinx keys add", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_request_too_many_is_told_when_to_come_again()
    {
        await using var server = await TestServer.Start(TownServer.Fill);
        string secret = await Make(server, "app", new() { RequestsPerDay = 2 });
        var first = await Get(server, "/v1/models", secret);
        Assert.Equal(["2"], first.Headers.GetValues("x-ratelimit-limit-requests"));
        Assert.Equal(["1"], first.Headers.GetValues("x-ratelimit-remaining-requests"));
        await Get(server, "/v1/models", secret);
        var third = await Get(server, "/v1/models", secret);
        Assert.Equal(HttpStatusCode.TooManyRequests, third.StatusCode);
        Assert.InRange(third.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 86_400);
        Assert.Equal("rate_limit_exceeded", (await third.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("error").GetProperty("code").GetString());
    }

    [Fact]
    public async Task Tokens_read_and_written_are_counted_and_a_restart_forgets_nothing()
    {
        var home = new HomeFolder(Directory.CreateTempSubdirectory("syrinx-keys-").FullName);
        try
        {
            TownServer.Fill(home);
            string secret;
            long used;
            await using (var first = (await SyrinxServer.Start(new() { Home = home, Port = 0, Engine = new() { Threads = 2 } })).App)
            {
                secret = (await first.Services.GetRequiredService<ApiKeys>().Create("app", new() { TokensPerDay = 6 }, KeyPriority.Normal)).Secret;
                var reply = await Ask(first, secret);
                used = (await reply.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("usage").GetProperty("total_tokens").GetInt64();
                await first.StopAsync();
            }
            Assert.InRange(used, 6, 1000);
            await using var second = (await SyrinxServer.Start(new() { Home = home, Port = 0, Engine = new() { Threads = 2 } })).App;
            var day = Assert.Single(await second.Services.GetRequiredService<ApiKeys>().Usage(DateOnly.FromDateTime(DateTime.UtcNow)));
            Assert.Equal((1L, used), (day.Requests, day.Tokens));
            Assert.Equal(HttpStatusCode.TooManyRequests, (await Ask(second, secret)).StatusCode);
            await second.StopAsync();
        }
        finally
        {
            Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
            Directory.Delete(home.Path, recursive: true);
        }
    }

    [Fact]
    public async Task A_minute_later_there_is_room_again()
    {
        var home = new HomeFolder(Directory.CreateTempSubdirectory("syrinx-keys-").FullName);
        try
        {
            var clock = new FakeTimeProvider(DateTimeOffset.Parse("2026-03-01T10:00:20Z", System.Globalization.CultureInfo.InvariantCulture));
            var database = new AppDb(home);
            database.Migrate();
            using var use = new KeyUse(database, clock, Microsoft.Extensions.Logging.Abstractions.NullLogger<KeyUse>.Instance);
            var (key, _) = await new ApiKeys(database, clock).Create("app", new() { TokensPerMinute = 10 }, KeyPriority.Normal);
            await use.Admit(key, default);
            use.Charge(key, 11);
            var refused = await Assert.ThrowsAsync<ApiException>(() => use.Admit(key, default));
            Assert.Equal(TimeSpan.FromSeconds(40), refused.RetryAfter);
            clock.Advance(TimeSpan.FromSeconds(40));
            await use.Admit(key, default);
        }
        finally
        {
            Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
            Directory.Delete(home.Path, recursive: true);
        }
    }

    [Fact]
    public async Task The_secret_is_nowhere_in_the_home_folder()
    {
        await using var server = await TestServer.Start();
        string secret = await Make(server, "app");
        server.App.Services.GetRequiredService<AppDb>().Checkpoint();
        foreach (string file in Directory.EnumerateFiles(server.Home.Path, "*", SearchOption.AllDirectories))
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var reader = new StreamReader(stream, System.Text.Encoding.Latin1);
            Assert.DoesNotContain(secret["sk-syrinx-1234".Length..], reader.ReadToEnd(), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \t")]
    [InlineData("a\u0007b")]
    public async Task A_name_must_be_visible(string name)
    {
        await using var server = await TestServer.Start();
        await Assert.ThrowsAsync<InputException>(() => Make(server, name));
    }

    [Fact]
    public async Task A_name_has_one_good_key()
    {
        await using var server = await TestServer.Start();
        await Make(server, "app");
        await Assert.ThrowsAsync<InputException>(() => Make(server, "app"));
        await Keys(server).Revoke("app");
        await Make(server, "app");
        await Assert.ThrowsAsync<InputException>(() => Keys(server).Revoke("nobody"));
    }

    private static ApiKeys Keys(TestServer server) => server.App.Services.GetRequiredService<ApiKeys>();

    private static async Task<string> Make(TestServer server, string name, KeyLimits? limits = null) =>
        (await Keys(server).Create(name, limits ?? new(), KeyPriority.Normal)).Secret;

    private static FormUrlEncodedContent Form(string key, string to) => new(new Dictionary<string, string> { ["key"] = key, ["to"] = to });

    private static async Task<HttpResponseMessage> Get(TestServer server, string path, string? secret = null, bool forwarded = false)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (secret is not null)
            request.Headers.Authorization = new("Bearer", secret);
        if (forwarded)
            request.Headers.Add("X-Forwarded-For", "203.0.113.7");
        return await server.Http.SendAsync(request);
    }

    private static async Task<HttpResponseMessage> Ask(WebApplication app, string secret)
    {
        using var http = new HttpClient { BaseAddress = new(app.Urls.First()) };
        http.DefaultRequestHeaders.Authorization = new("Bearer", secret);
        return await http.PostAsync("/v1/chat/completions", new StringContent(Chat, System.Text.Encoding.UTF8, "application/json"));
    }
}
