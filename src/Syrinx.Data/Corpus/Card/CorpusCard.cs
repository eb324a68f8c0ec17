using Syrinx.Data.Corpus.Mixing;

namespace Syrinx.Data.Corpus.Card;

/// <summary>The numbers of a corpus, <c>corpus/card.json</c>; <see cref="CardPage"/> makes a page of them.</summary>
public sealed record CorpusCard
{
    /// <summary>Names the documents, dialogues and preferences: 32 hex digits, the same for the same bytes. A model that was trained
    /// on them records it.</summary>
    public required string Corpus { get; init; }

    /// <summary>Names the posts that it was made of (<see cref="Posts.PostStore.Fingerprint"/>), or null.</summary>
    public string? PostsFingerprint { get; init; }

    /// <summary>Posts read.</summary>
    public required long Posts { get; init; }

    /// <summary>Posts in documents.</summary>
    public required long Kept { get; init; }

    /// <summary>Documents written.</summary>
    public required long Documents { get; init; }

    /// <summary>Documents for validation among them.</summary>
    public required long ValidationDocuments { get; init; }

    /// <summary>Documents that are there for a second time and more, as the mix asks.</summary>
    public long RepeatedDocuments { get; init; }

    /// <summary>Pairs of a better and a worse reply written.</summary>
    public required long Preferences { get; init; }

    /// <summary>Dialogues written.</summary>
    public required long Dialogues { get; init; }

    /// <summary>Characters (UTF-16) in the documents.</summary>
    public required long Characters { get; init; }

    /// <summary>The same by kind of the first post.</summary>
    public required IReadOnlyDictionary<string, long> CharactersByKind { get; init; }

    /// <summary>Posts in no document, by <see cref="DropReason"/>, in the order in which reasons are tried.</summary>
    public required IReadOnlyDictionary<string, long> Dropped { get; init; }

    /// <summary>Posts that consent let through, by language, commonest first.</summary>
    public required IReadOnlyDictionary<string, long> Languages { get; init; }

    /// <summary>Languages that are kept.</summary>
    public required IReadOnlyList<string> KeptLanguages { get; init; }

    /// <summary>Kept posts by language, most first.</summary>
    public required IReadOnlyDictionary<string, long> KeptByLanguage { get; init; }

    /// <summary>Documents by length in characters.</summary>
    public required IReadOnlyList<LengthBin> Lengths { get; init; }

    /// <summary>Kept posts by platform and community, most first; the rest under <c>…</c>.</summary>
    public required IReadOnlyDictionary<string, long> Communities { get; init; }

    /// <summary>What every stage took away.</summary>
    public required IReadOnlyList<FlowStage> Flow { get; init; }

    /// <summary>Kept posts by period (month or year) and hour of the day, UTC.</summary>
    public required IReadOnlyList<RhythmRow> Rhythm { get; init; }

    /// <summary>When the first kept post was written, UTC.</summary>
    public DateTime? First { get; init; }

    /// <summary>When the last kept post was written, UTC.</summary>
    public DateTime? Last { get; init; }

    /// <summary>Pieces of personal data that were masked, by type.</summary>
    public required IReadOnlyDictionary<string, long> Masked { get; init; }

    /// <summary>Campaigns found.</summary>
    public required long Campaigns { get; init; }

    /// <summary>Authors over the bot threshold.</summary>
    public required long Bots { get; init; }

    /// <summary>Authors of the posts read.</summary>
    public required long Authors { get; init; }

    /// <summary>Authors of the kept posts.</summary>
    public required long KeptAuthors { get; init; }

    /// <summary>Clusters of duplicates by number of posts.</summary>
    public required IReadOnlyList<LengthBin> ClusterSizes { get; init; }

    /// <summary>What the mix made of the sources; empty without one.</summary>
    public IReadOnlyList<MixRow> Mix { get; init; } = [];

    /// <summary>A few kept posts and a few of every reason, masked; none of those that consent keeps out.</summary>
    public required IReadOnlyList<CardExample> Examples { get; init; }

    /// <summary>The settings that made it.</summary>
    public required CurateSettings Settings { get; init; }
}

/// <summary>A bar of a histogram: documents by characters, clusters by posts.</summary>
/// <param name="From">Least size.</param>
/// <param name="To">Beyond the greatest size; null for the last bar.</param>
/// <param name="Count">How many.</param>
public sealed record LengthBin(int From, int? To, long Count);

/// <summary>A stage of the flow from posts to documents.</summary>
/// <param name="Stage">Its name: <c>consent</c>, <c>text</c>, <c>policy</c>, <c>authenticity</c>, <c>language</c>,
/// <c>duplicates</c>,
/// <c>balance</c>, <c>conversation</c>.</param>
/// <param name="In">Posts that reach it.</param>
/// <param name="Dropped">Posts that end there, by reason; reasons that took none are left out.</param>
public sealed record FlowStage(string Stage, long In, IReadOnlyDictionary<string, long> Dropped);

/// <summary>A row of the heat map.</summary>
/// <param name="Period">A month (<c>2024-03</c>) or a year.</param>
/// <param name="Hours">24 counts.</param>
public sealed record RhythmRow(string Period, IReadOnlyList<long> Hours);

/// <summary>A post that shows what a reason means.</summary>
/// <param name="Reason">A <see cref="DropReason"/>, or <c>kept</c>.</param>
/// <param name="Text">The masked text, shortened.</param>
/// <param name="Lang">Its language.</param>
/// <param name="Twin">Of a near duplicate, the post that was kept instead.</param>
public sealed record CardExample(string Reason, string Text, string Lang, string? Twin = null);
