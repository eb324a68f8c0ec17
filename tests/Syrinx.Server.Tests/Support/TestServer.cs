using System.Text.Json;

namespace Syrinx.Server.Tests.Support;

/// <summary>A real server on a free port of loopback, over a home folder of its own that is removed with it.</summary>
public sealed class TestServer : IAsyncDisposable
{
    private TestServer(HomeFolder home, WebApplication app, string url)
    {
        (Home, App, Url) = (home, app, url);
        // keeps no cookies: a browser is a client of its own, see Browser()
        Http = new HttpClient(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = new(url) };
    }

    public HomeFolder Home { get; }

    public WebApplication App { get; }

    public string Url { get; }

    public HttpClient Http { get; }

    /// <summary>Starts a server; <paramref name="prepare"/> fills its home folder first.</summary>
    public static async Task<TestServer> Start(Action<HomeFolder>? prepare = null, Func<ServerSettings, ServerSettings>? change = null)
    {
        var home = new HomeFolder(Directory.CreateTempSubdirectory("syrinx-server-").FullName);
        try
        {
            prepare?.Invoke(home);
            var settings = new ServerSettings { Home = home, Port = 0, Engine = new() { Threads = 2 } };
            var (app, url) = await SyrinxServer.Start(change?.Invoke(settings) ?? settings);
            return new(home, app, url);
        }
        catch
        {
            Directory.Delete(home.Path, recursive: true);
            throw;
        }
    }

    public async Task<(HttpResponseMessage Response, JsonElement Json)> Post(string path, string json)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = new StringContent(json, System.Text.Encoding.UTF8, "application/json"),
        };
        // a server that refuses a large body may close before all of it is sent: ask first
        request.Headers.ExpectContinue = json.Length > 1 << 16;
        var response = await Http.SendAsync(request);
        return (response, await response.Content.ReadFromJsonAsync<JsonElement>());
    }

    public async Task<JsonElement> Get(string path) => await Http.GetFromJsonAsync<JsonElement>(path);

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await App.StopAsync();
        await App.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(Home.Path, recursive: true);
    }
}
