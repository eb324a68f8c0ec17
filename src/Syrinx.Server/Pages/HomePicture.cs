using Syrinx.Server.Charts;
using Syrinx.Server.Serving;

namespace Syrinx.Server.Pages;

/// <summary>What the home page draws, in the reader's language. Immutable.</summary>
public sealed record HomePicture
{
    internal static HomePicture Empty { get; } = new();

    /// <summary>Nothing has been built: there is only a command to show.</summary>
    internal bool IsEmpty => Posts is null && Model is null && Runs.Count == 0;

    internal CorpusCard? Corpus { get; init; }

    /// <summary>Posts imported.</summary>
    internal long? Posts { get; init; }

    /// <summary>Posts that reached the corpus.</summary>
    internal long? Kept { get; init; }

    internal long? TrainTokens { get; init; }

    internal int? Vocabulary { get; init; }

    internal ServedModel? Model { get; init; }

    /// <summary>Questions that the posts answer, for a first try.</summary>
    internal IReadOnlyList<string> Questions { get; init; } = [];

    internal long? Indexed { get; init; }

    internal IReadOnlyList<(string Name, string Value, string? Note)> Facts { get; init; } = [];

    internal IReadOnlyList<ChartItem> Languages { get; init; } = [];

    internal IReadOnlyList<ChartItem> Communities { get; init; } = [];

    internal IReadOnlyList<ChartItem> Dropped { get; init; } = [];

    internal IReadOnlyList<ChartItem> Lengths { get; init; } = [];

    internal IReadOnlyList<ChartItem> Months { get; init; } = [];

    /// <summary>The training runs that have taken a step, the oldest first.</summary>
    internal IReadOnlyList<HomeRun> Runs { get; init; } = [];

    /// <summary>The run to show unless the visitor chooses another: one that is going on, else the longest.</summary>
    internal HomeRun? MainRun => Runs.LastOrDefault(r => r.Live) ?? Runs.MaxBy(r => r.Lines[0].Points.Count);
}

/// <summary>A training run as the home page draws it.</summary>
/// <param name="Name">The folder's name.</param>
/// <param name="Lines">Training and validation loss.</param>
/// <param name="Summary">The drawing in a sentence.</param>
/// <param name="Live">It was written to a moment ago.</param>
internal sealed record HomeRun(string Name, IReadOnlyList<ChartLine> Lines, string Summary, bool Live);
