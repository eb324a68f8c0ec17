using Syrinx.Data.Corpus.Duplicates;

namespace Syrinx.Data.Corpus;

/// <summary>What curation keeps in memory of one post: everything but its text. Filled in stage by stage.</summary>
internal sealed class PostFacts
{
    /// <summary>No such post or author.</summary>
    public const int None = -1;

    public required int Index { get; init; }
    public required string Id { get; init; }
    public required string Platform { get; init; }
    public required string Kind { get; init; }
    public required string? Community { get; init; }
    public required string ThreadId { get; init; }

    /// <summary>Number of the author, or <see cref="None"/>.</summary>
    public required int Author { get; init; }

    /// <summary>UTC, or null.</summary>
    public required DateTime? CreatedAt { get; init; }

    /// <summary>Id of what it answers or, failing that, quotes.</summary>
    public required string? ParentId { get; init; }

    /// <summary>Net votes; a push's sign.</summary>
    public required long? Score { get; init; }

    /// <summary>Likes, reposts, replies, quotes and votes in one number.</summary>
    public required double Engagement { get; init; }

    public string Lang { get; set; } = Language.LanguageDetector.Undetermined;
    public float LangScore { get; set; }
    public float Spam { get; set; }
    public float ComeOn { get; set; }
    public float Toxicity { get; set; }
    public float Nsfw { get; set; }
    public int Links { get; set; }
    public string? Host { get; set; }

    /// <summary>Weighted letters of the masked text.</summary>
    public float Weight { get; set; }

    /// <summary>Personal data, links or handles were masked: no answer of an assistant.</summary>
    public bool Masked { get; set; }

    /// <summary>It ends in a question.</summary>
    public bool IsQuestion { get; set; }

    /// <summary>Where title and text lie in the spill.</summary>
    public long TextOffset { get; set; }

    /// <summary>Bytes of title and text; 0 where there is none.</summary>
    public int TextLength { get; set; }

    public TextSignature Signature { get; set; } = TextSignature.Empty;

    /// <summary>Bot score of the author.</summary>
    public float Bot { get; set; }

    public string? Campaign { get; set; }

    /// <summary>The kept post of its cluster, or <see cref="None"/> where it has no duplicate.</summary>
    public int Cluster { get; set; } = None;

    /// <summary>See <see cref="DropReason"/>; null: kept so far.</summary>
    public string? Dropped { get; set; }

    /// <summary>Ticks for sorting: unknown times come first.</summary>
    public long Time => CreatedAt?.Ticks ?? 0;
}
