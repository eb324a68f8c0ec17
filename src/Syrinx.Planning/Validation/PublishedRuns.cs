namespace Syrinx.Planning.Validation;

/// <summary>The runs of <c>published-runs.json</c>.</summary>
internal static class PublishedRuns
{
    internal static IReadOnlyList<PublishedRun> All { get; } = EmbeddedJson.Read<File>("published-runs.json").Runs;

    private sealed record File(string About, IReadOnlyList<PublishedRun> Runs);
}
