using System.Net;
using System.Net.WebSockets;
using System.Text.Json;
using Syrinx.Server.Safety;
using Syrinx.Server.Tests.Support;

namespace Syrinx.Server.Tests.Safety;

public sealed class HostGuardTests(TownServer town) : IClassFixture<TownServer>
{
    private readonly TestServer _server = town.Server;

    [Theory]
    [InlineData("/")]
    [InlineData("/v1/models")]
    [InlineData("/api/search?q=ferry")]
    [InlineData("/health/live")]
    [InlineData("/_framework/blazor.web.js")]
    public async Task A_host_name_that_was_rebound_to_loopback_is_refused_everywhere(string path)
    {
        var response = await Send(HttpMethod.Get, path, r => r.Headers.Host = "evil.example.com");
        Assert.Equal(HttpStatusCode.MisdirectedRequest, response.StatusCode);
    }

    [Theory]
    [InlineData("localhost")]
    [InlineData("127.0.0.1")]
    [InlineData("[::1]")]
    public async Task The_names_of_loopback_are_answered(string name)
    {
        var response = await Send(HttpMethod.Get, "/v1/models", r => r.Headers.Host = $"{name}:{new Uri(_server.Url).Port}");
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Theory]
    [InlineData("https://evil.example.com")]
    [InlineData("http://localhost:1")]
    [InlineData("null")]
    public async Task A_foreign_origin_is_refused_in_the_shape_of_the_API(string origin)
    {
        var response = await Send(HttpMethod.Post, "/v1/chat/completions", r => r.Headers.Add("Origin", origin));
        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        var json = await response.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal("invalid_request_error", json.GetProperty("error").GetProperty("type").GetString());
    }

    [Fact]
    public async Task A_preflight_of_a_foreign_page_gets_no_permission()
    {
        var response = await Send(HttpMethod.Options, "/v1/chat/completions", r =>
        {
            r.Headers.Add("Origin", "https://evil.example.com");
            r.Headers.Add("Access-Control-Request-Method", "POST");
        });
        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.False(response.Headers.Contains("Access-Control-Allow-Origin"));
    }

    [Fact]
    public async Task Its_own_origin_is_answered()
    {
        var response = await Send(HttpMethod.Get, "/v1/models", r => r.Headers.Add("Origin", _server.Url));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task An_image_tag_of_another_site_cannot_reach_the_API_but_a_link_reaches_the_page()
    {
        var image = await Send(HttpMethod.Get, "/api/search?q=ferry", r =>
        {
            r.Headers.Add("Sec-Fetch-Site", "cross-site");
            r.Headers.Add("Sec-Fetch-Mode", "no-cors");
        });
        Assert.Equal(HttpStatusCode.Forbidden, image.StatusCode);
        var link = await Send(HttpMethod.Get, "/", r =>
        {
            r.Headers.Add("Sec-Fetch-Site", "cross-site");
            r.Headers.Add("Sec-Fetch-Mode", "navigate");
        });
        Assert.Equal(HttpStatusCode.OK, link.StatusCode);
    }

    [Theory]
    [InlineData("https://evil.example.com", null)]
    [InlineData(null, "evil.example.com")]
    public async Task A_foreign_page_cannot_open_the_web_apps_WebSocket(string? origin, string? host)
    {
        using var socket = new ClientWebSocket();
        if (origin is not null)
            socket.Options.SetRequestHeader("Origin", origin);
        if (host is not null)
            socket.Options.SetRequestHeader("Host", host);
        socket.Options.CollectHttpResponseDetails = true;
        var address = new Uri(_server.Url.Replace("http:", "ws:") + "/_blazor");
        await Assert.ThrowsAsync<WebSocketException>(() => socket.ConnectAsync(address, TestContext.Current.CancellationToken));
        Assert.Equal(origin is null ? HttpStatusCode.MisdirectedRequest : HttpStatusCode.Forbidden, socket.HttpStatusCode);
    }

    [Fact]
    public async Task Its_own_page_opens_the_web_apps_WebSocket()
    {
        using var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Origin", _server.Url);
        await socket.ConnectAsync(new Uri(_server.Url.Replace("http:", "ws:") + "/_blazor"), TestContext.Current.CancellationToken);
        Assert.Equal(WebSocketState.Open, socket.State);
    }

    [Theory]
    [InlineData("192.168.1.20:5080", true)]
    [InlineData("localhost:5080", true)]
    [InlineData("evil.example.com:5080", false)]
    [InlineData("127.0.0.1.nip.io", false)]
    public void On_every_interface_addresses_are_answered_and_names_are_not(string host, bool ours)
    {
        var settings = new ServerSettings { Home = new("unused"), Host = "0.0.0.0" };
        Assert.Equal(ours, HostGuard.IsOurs(new HostString(host), settings));
    }

    [Fact]
    public void On_loopback_another_address_is_not_ours() =>
        Assert.False(HostGuard.IsOurs(new HostString("192.168.1.20:5080"), new ServerSettings { Home = new("unused") }));

    private async Task<HttpResponseMessage> Send(HttpMethod method, string path, Action<HttpRequestMessage> change)
    {
        var request = new HttpRequestMessage(method, path);
        change(request);
        return await _server.Http.SendAsync(request);
    }
}
