using System.Net;
using System.Text.Json;
using Syrinx.Server.Tests.Support;

namespace Syrinx.Server.Tests.Features;

public sealed class HealthTests
{
    [Fact]
    public async Task An_empty_home_is_live_and_ready_and_says_that_nothing_is_there()
    {
        await using var server = await TestServer.Start();
        Assert.Equal("live", (await server.Get("/health/live")).GetProperty("status").GetString());
        var ready = await server.Get("/health/ready");
        Assert.Equal("ready", ready.GetProperty("status").GetString());
        Assert.Equal("absent", ready.GetProperty("model").GetString());
        Assert.Equal("absent", ready.GetProperty("index").GetString());
    }

    [Fact]
    public async Task It_is_ready_once_model_and_index_are_loaded()
    {
        await using var server = await TestServer.Start(TownServer.Fill);
        var ready = await UntilReady(server);
        Assert.Equal("loaded", ready.GetProperty("model").GetString());
        Assert.Equal("loaded", ready.GetProperty("index").GetString());
    }

    [Fact]
    public async Task A_broken_model_and_a_broken_index_are_called_failed_and_the_pages_stay_up()
    {
        await using var server = await TestServer.Start(home =>
        {
            TownServer.Fill(home);
            File.WriteAllBytes(Path.Combine(home.Model("town"), "model.safetensors"), [1, 2, 3]);
            File.WriteAllText(Path.Combine(home.Index, "index.json"), "{}");
        });
        var ready = await UntilReady(server);
        Assert.Equal("failed", ready.GetProperty("model").GetString());
        Assert.Equal("failed", ready.GetProperty("index").GetString());
        Assert.Equal(HttpStatusCode.OK, (await server.Http.GetAsync("/")).StatusCode);
    }

    internal static async Task<JsonElement> UntilReady(TestServer server)
    {
        for (int i = 0; ; i++)
        {
            var response = await server.Http.GetAsync("/health/ready");
            if (response.StatusCode == HttpStatusCode.OK)
                return JsonElement.Parse(await response.Content.ReadAsStringAsync());
            Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
            Assert.True(i < 200, "not ready after 10 seconds");
            await Task.Delay(50);
        }
    }
}
