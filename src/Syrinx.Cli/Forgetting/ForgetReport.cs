namespace Syrinx.Cli.Forgetting;

/// <summary>What <c>forget</c> found and removed, and what is left; numbers and keyed hashes only.</summary>
internal sealed record ForgetReport
{
    /// <summary>Keyed hash of the author's id.</summary>
    public required string Author { get; init; }

    /// <summary>Their posts in the lake.</summary>
    public required long Posts { get; init; }

    /// <summary>Documents that had their words.</summary>
    public required long Documents { get; init; }

    /// <summary>Dialogues that had their words.</summary>
    public required long Dialogues { get; init; }

    /// <summary>Preferences that had their words.</summary>
    public required long Preferences { get; init; }

    /// <summary>Their posts in the search index.</summary>
    public required long Index { get; init; }

    /// <summary>Replies in kept conversations that cited or repeated them.</summary>
    public required long Conversations { get; init; }

    /// <summary>Models, and runs that have not ended, which had seen their words. They are not changed.</summary>
    public required IReadOnlyList<string> ModelsThatSaw { get; init; }

    /// <summary>Models of which nobody knows.</summary>
    public required IReadOnlyList<string> ModelsUnknown { get; init; }

    /// <summary>Posts of others that lost a quotation.</summary>
    public long Quotes { get; init; }

    /// <summary>Entries of the quarantine that bore their name.</summary>
    public long Quarantined { get; init; }

    /// <summary>Files of sample texts and of tokens in run folders that were deleted.</summary>
    public long RunFiles { get; init; }

    /// <summary>Words that the tokenizer had learnt from them alone, and which left its vocabulary.</summary>
    public long Vocabulary { get; init; }

    /// <summary>When it was done, UTC.</summary>
    public DateTime? At { get; init; }

    /// <summary>What was found of them afterwards, by place, when everything was read again; all 0.</summary>
    public IReadOnlyDictionary<string, long> Left { get; init; } = new Dictionary<string, long>();

    /// <summary>Lines of others in the corpus that are the same to the letter as one of theirs: sayings, or unmarked
    /// quotations.</summary>
    public long SameLinesOfOthers { get; init; }

    /// <summary>Where this report lies.</summary>
    public string? Report { get; init; }

    /// <summary>Wall-clock time.</summary>
    public double Seconds { get; init; }
}
