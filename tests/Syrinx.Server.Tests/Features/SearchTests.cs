using System.Net;
using System.Text.Json;
using Syrinx.Server.Tests.Support;

namespace Syrinx.Server.Tests.Features;

public sealed class SearchTests(TownServer town) : IClassFixture<TownServer>
{
    private readonly TestServer _server = town.Server;

    [Fact]
    public async Task Hits_have_the_fields_of_the_contract()
    {
        var json = await _server.Get("/api/search?q=beef+noodles&limit=5");
        Assert.Equal(1, json.GetProperty("total").GetInt32());
        Assert.True(json.GetProperty("took_ms").GetDouble() >= 0);
        var hit = json.GetProperty("hits")[0];
        Assert.Equal("x:102", hit.GetProperty("id").GetString());
        Assert.Equal("ben", hit.GetProperty("author").GetString());
        Assert.Equal("2024-03-02T12:00:00Z", hit.GetProperty("created_at").GetString());
        Assert.StartsWith("Best beef noodles", hit.GetProperty("text").GetString());
        Assert.True(hit.GetProperty("score").GetDouble() > 0);
    }

    [Fact]
    public async Task Chinese_finds_Chinese()
    {
        var json = await _server.Get("/api/search?q=" + Uri.EscapeDataString("渡輪"));
        Assert.Equal("x:103", json.GetProperty("hits")[0].GetProperty("id").GetString());
    }

    [Theory]
    [InlineData("/api/search", "q is missing")]
    [InlineData("/api/search?q=ferry&limit=0", "limit '0'")]
    [InlineData("/api/search?q=ferry&limit=ten", "limit 'ten'")]
    [InlineData("/api/search?q=ferry&limit=999999999999", "limit")]
    [InlineData("/api/search?q=ferry&mode=magic", "mode 'magic'")]
    public async Task What_is_wrong_is_told_as_problem_details(string path, string told)
    {
        var response = await _server.Http.GetAsync(path);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
        var json = await response.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Contains(told, json.GetProperty("detail").GetString());
    }

    [Fact]
    public async Task A_query_that_is_too_long_is_refused() =>
        Assert.Equal(HttpStatusCode.BadRequest, (await _server.Http.GetAsync("/api/search?q=" + new string('a', 1001))).StatusCode);

    [Fact]
    public async Task Without_an_index_it_says_which_command_makes_one_and_finds_posts_once_it_is_made()
    {
        await using var server = await TestServer.Start();
        var response = await server.Http.GetAsync("/api/search?q=ferry");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Contains("syrinx index", await response.Content.ReadAsStringAsync());

        TownPosts.WriteIndex(server.Home.Index);
        Assert.NotEqual(0, (await server.Get("/api/search?q=ferry")).GetProperty("total").GetInt32());
    }
}
