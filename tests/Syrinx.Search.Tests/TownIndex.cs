namespace Syrinx.Search.Tests;

/// <summary>The town's posts in one index that all tests read.</summary>
internal static class TownIndex
{
    private static readonly Lazy<TemporaryIndex> Whole = new(() =>
    {
        var index = new TemporaryIndex(Town.Posts, TemporaryIndex.Label("x:114", spam: 0.97));
        AppDomain.CurrentDomain.ProcessExit += (_, _) => index.Dispose();
        return index;
    });

    public static SearchIndex Shared => Whole.Value.Index;
}
