using Syrinx.Training.Distributed;

namespace Syrinx.Cli.Terminal;

/// <summary>What the global options come to, and where progress goes; every verb is given one.</summary>
internal sealed record VerbContext(HomeFolder Home, bool Json, ulong Seed, int Threads, ProgressLine Progress, CancellationToken Cancel)
{
    /// <summary>The ranks that share the verb's work; this process alone but for verbs that can.</summary>
    public World World { get; init; } = World.Alone;
}

/// <summary>How a verb ended.</summary>
/// <param name="Report">What <c>--json</c> prints, in snake_case; its fields are those of the contracts, and more.</param>
/// <param name="Summary">What a person reads instead, on standard output.</param>
internal sealed record VerbResult(object Report, string Summary);
