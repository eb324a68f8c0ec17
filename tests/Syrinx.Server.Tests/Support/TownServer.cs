namespace Syrinx.Server.Tests.Support;

/// <summary>One server with a tiny model and the town's posts, shared by the tests of a class.</summary>
public sealed class TownServer : IAsyncLifetime
{
    public TestServer Server { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Server = await TestServer.Start(Fill);

    public async ValueTask DisposeAsync() => await Server.DisposeAsync();

    public static void Fill(HomeFolder home)
    {
        TinyModel.Write(home.Model("town"));
        TownPosts.WriteIndex(home.Index);
    }
}
