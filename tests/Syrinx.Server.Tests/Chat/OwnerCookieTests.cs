using System.Net.Http.Headers;
using Syrinx.Server.Chat;
using Syrinx.Server.Tests.Support;

namespace Syrinx.Server.Tests.Chat;

public sealed class OwnerCookieTests(TownServer town) : IClassFixture<TownServer>
{
    [Fact]
    public async Task Every_browser_gets_a_cookie_of_its_own_that_scripts_and_other_sites_requests_cannot_use()
    {
        string first = await CookieOf(null), second = await CookieOf(null);
        Assert.NotEqual(first.Split(';')[0], second.Split(';')[0]);
        Assert.Matches("^syrinx-visitor=[0-9a-f]{64};", first);
        Assert.Contains("httponly", first);
        Assert.Contains("samesite=lax", first);
    }

    [Fact]
    public async Task A_browser_keeps_its_cookie()
    {
        string cookie = (await CookieOf(null)).Split(';')[0];
        Assert.Equal("", await CookieOf(cookie));
    }

    [Fact]
    public async Task Programs_get_none()
    {
        var response = await town.Server.Http.GetAsync("/v1/models");
        Assert.False(response.Headers.Contains("Set-Cookie"));
    }

    [Fact]
    public void The_database_holds_a_hash_not_the_cookie() =>
        Assert.NotEqual("secret", ConversationOwner.IdOf("secret"));

    /// <summary>The visitor's cookie that a page sets, whole; empty where it sets none.</summary>
    private async Task<string> CookieOf(string? sent)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, "/");
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/html"));
        if (sent is not null)
            request.Headers.Add("Cookie", sent);
        var response = await town.Server.Http.SendAsync(request);
        Assert.True(response.IsSuccessStatusCode);
        return response.Headers.TryGetValues("Set-Cookie", out var cookies)
            ? cookies.FirstOrDefault(c => c.StartsWith(ConversationOwner.Cookie, StringComparison.Ordinal)) ?? "" : "";
    }
}
