using Syrinx.Server.Charts;
using Syrinx.Server.Serving;
using Syrinx.Server.Text;

namespace Syrinx.Server.Pages;

/// <summary>What the home page draws, in the reader's language. Immutable.</summary>
public sealed record HomePicture
{
    internal static HomePicture Empty { get; } = new();

    /// <summary>Nothing has been built: there is only a command to show.</summary>
    internal bool IsEmpty => Posts is null && Model is null && Lines.Count == 0;

    internal CorpusCard? Corpus { get; init; }

    /// <summary>Posts imported.</summary>
    internal long? Posts { get; init; }

    /// <summary>Posts that reached the corpus.</summary>
    internal long? Kept { get; init; }

    internal long? TrainTokens { get; init; }

    internal int? Vocabulary { get; init; }

    internal ServedModel? Model { get; init; }

    internal long? Indexed { get; init; }

    internal IReadOnlyList<(string Name, string Value, string? Note)> Facts { get; init; } = [];

    internal IReadOnlyList<ChartItem> Languages { get; init; } = [];

    internal IReadOnlyList<ChartItem> Communities { get; init; } = [];

    internal IReadOnlyList<ChartItem> Dropped { get; init; } = [];

    internal IReadOnlyList<ChartItem> Lengths { get; init; } = [];

    internal IReadOnlyList<ChartItem> Months { get; init; } = [];

    /// <summary>Training and validation loss; empty before the first step.</summary>
    internal IReadOnlyList<ChartLine> Lines { get; init; } = [];

    internal string? RunName { get; init; }

    internal string LossSummary { get; init; } = "";

    /// <summary>The run was written to a moment ago.</summary>
    internal bool Live { get; init; }
}
