using System.Net;
using Syrinx.Server.Tests.Support;

namespace Syrinx.Server.Tests.Features;

public sealed class StaticAssetsTests(TownServer town) : IClassFixture<TownServer>
{
    [Theory]
    [InlineData("/_framework/blazor.web.js", 100_000)]
    [InlineData("/_content/MudBlazor/MudBlazor.min.css", 100_000)]
    [InlineData("/_content/MudBlazor/MudBlazor.min.js", 10_000)]
    public async Task The_web_apps_files_are_whole(string path, int atLeast)
    {
        // once they were answered with 200 and no bytes
        byte[] bytes = await town.Server.Http.GetByteArrayAsync(path);
        Assert.True(bytes.Length > atLeast, $"{path} has {bytes.Length} bytes");
    }

    [Fact]
    public async Task The_home_page_is_rendered()
    {
        var response = await town.Server.Http.GetAsync("/");
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Contains("Syrinx", await response.Content.ReadAsStringAsync());
    }
}
