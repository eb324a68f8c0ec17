using Syrinx.Server.Tests.Support;

namespace Syrinx.Server.Tests.Web;

/// <summary>Before anything has been built, pages say what to do; this needs no browser.</summary>
public sealed class EmptyHomeTests
{
    [Theory]
    [InlineData("/", "./syrinx quickstart")]
    [InlineData("/search?q=ferry", "There is nothing to search yet")]
    [InlineData("/", "/ads?example=")]
    [InlineData("/chat", "No model has been trained yet.")]
    public async Task An_empty_home_says_how_to_fill_it(string path, string expected)
    {
        await using var server = await TestServer.Start();
        Assert.Contains(expected, await server.Http.GetStringAsync(path));
    }
}
