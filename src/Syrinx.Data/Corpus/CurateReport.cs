namespace Syrinx.Data.Corpus;

/// <summary>What <c>curate</c> did; posts = kept + the sum of dropped.</summary>
public sealed record CurateReport
{
    /// <summary>Posts read.</summary>
    public required long Posts { get; init; }

    /// <summary>Posts whose text is in a document.</summary>
    public required long Kept { get; init; }

    /// <summary>Documents written.</summary>
    public required long Documents { get; init; }

    /// <summary>Dialogues written.</summary>
    public required long Dialogues { get; init; }

    /// <summary>Pairs of a better and a worse reply written.</summary>
    public required long Preferences { get; init; }

    /// <summary>Characters (UTF-16) in the documents.</summary>
    public required long Characters { get; init; }

    /// <summary>Posts in no document, by <see cref="DropReason"/>.</summary>
    public required IReadOnlyDictionary<string, long> Dropped { get; init; }

    /// <summary>The policy that was applied.</summary>
    public required string Policy { get; init; }

    /// <summary>Names what was written; see <see cref="Card.CorpusCard.Corpus"/>.</summary>
    public required string Corpus { get; init; }

    /// <summary>Wall-clock time.</summary>
    public required double Seconds { get; init; }
}
