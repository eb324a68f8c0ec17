using System.Text.Json.Serialization;
using Syrinx.Data.Corpus.Privacy;

namespace Syrinx.Data.Corpus;

/// <summary>One line of <c>corpus/documents.jsonl</c>: a conversation as readable text, for pretraining.</summary>
public sealed record CorpusDocument
{
    /// <summary>The conversation's first post; <c>~2</c>, <c>~3</c>, … follow it where a long conversation was split.</summary>
    public required string Id { get; init; }

    /// <summary>Title, post, then replies each on a new line after <c>↳ </c> (a PTT push keeps <c>推 </c>, <c>噓 </c>, <c>→
    /// </c>).</summary>
    public required string Text { get; init; }

    /// <summary>The language of most of the text: <c>en</c>, <c>zh-Hant</c>, …, or <c>und</c>.</summary>
    public required string Lang { get; init; }

    /// <summary>The first post's platform.</summary>
    public required string Platform { get; init; }

    /// <summary>The first post's board, subreddit or category.</summary>
    public string? Community { get; init; }

    /// <summary>When the first post was written, UTC.</summary>
    public DateTime? CreatedAt { get; init; }

    /// <summary>Ids of the posts whose text is inside, in reading order.</summary>
    public required IReadOnlyList<string> Posts { get; init; }

    /// <summary><c>train</c> or <c>val</c>; a thread is wholly in one.</summary>
    public required string Split { get; init; }

    /// <summary>How much can be learnt from the text, 0…1.</summary>
    public double Quality { get; init; }

    /// <summary>What web corpora measure (Gopher, C4, FineWeb), by name; numbers that are 0 are left out.</summary>
    public IReadOnlyDictionary<string, double>? Signals { get; init; }

    /// <summary>The rules of those corpora that the text fails; none of them drops it here.</summary>
    public IReadOnlyList<string>? Fails { get; init; }
}

/// <summary>One turn of a dialogue.</summary>
/// <param name="Role"><c>user</c> or <c>assistant</c>.</param>
/// <param name="Text">What was said, cleaned and masked.</param>
public sealed record CorpusTurn(string Role, string Text);

/// <summary>One line of <c>corpus/dialogues.jsonl</c>, for tuning: turns alternate, the first is the user's, the last the
/// assistant's.</summary>
public sealed record CorpusDialogue
{
    /// <summary>The first turn's post.</summary>
    public required string Id { get; init; }

    /// <summary>The language of the assistant's turns.</summary>
    public required string Lang { get; init; }

    /// <summary>The turns; an even number.</summary>
    public required IReadOnlyList<CorpusTurn> Turns { get; init; }

    /// <summary>Ids of the posts inside, in reading order.</summary>
    public required IReadOnlyList<string> Posts { get; init; }

    /// <summary><c>train</c> or <c>val</c>, as the thread's document.</summary>
    public required string Split { get; init; }
}

/// <summary>One line of <c>corpus/preferences.jsonl</c>: two replies to the same words, of which one is clearly better; for learning
/// from preferences later.</summary>
public sealed record CorpusPreference
{
    /// <summary>The post that both answer.</summary>
    public required string Id { get; init; }

    /// <summary>The language of the better reply.</summary>
    public required string Lang { get; init; }

    /// <summary>What was said before; the last turn is the user's.</summary>
    public required IReadOnlyList<CorpusTurn> Prompt { get; init; }

    /// <summary>The better reply.</summary>
    public required string Chosen { get; init; }

    /// <summary>The worse reply.</summary>
    public required string Rejected { get; init; }

    /// <summary>What tells them apart: <c>engagement</c> (readers), <c>toxicity</c>, <c>nsfw</c> or <c>spam</c> (labels of the worse
    /// one).</summary>
    public required string Why { get; init; }

    /// <summary>Ids of the posts inside; the better and the worse reply are the last two.</summary>
    public required IReadOnlyList<string> Posts { get; init; }

    /// <summary><c>train</c> or <c>val</c>, as the thread's document.</summary>
    public required string Split { get; init; }
}

/// <summary>One line of <c>corpus/labels.jsonl</c>: what was found out about a post. A line per post, in the store's
/// order.</summary>
public sealed record PostLabel
{
    /// <summary>The post.</summary>
    public required string Id { get; init; }

    /// <summary>Language; <c>und</c> where nothing tells.</summary>
    public required string Lang { get; init; }

    /// <summary>How sure the language is, 0…1.</summary>
    public required double LangScore { get; init; }

    /// <summary>How much the post looks like spam, 0…1.</summary>
    public required double Spam { get; init; }

    /// <summary>How much its author looks automated, 0…1.</summary>
    public required double Bot { get; init; }

    /// <summary>How abusive it is, 0…1.</summary>
    public double Toxicity { get; init; }

    /// <summary>How adult it is, 0…1.</summary>
    public double Nsfw { get; init; }

    /// <summary>How much can be learnt from the post alone, repetition aside, 0…1 in hundredths.</summary>
    public double Quality { get; init; }

    /// <summary>Where personal data stands in its text in <c>posts/</c>, in Unicode code points.</summary>
    public IReadOnlyList<PersonalDataSpan> Pii { get; init; } = [];

    /// <summary>The campaign it belongs to: many accounts, one text.</summary>
    public string? Campaign { get; init; }

    /// <summary>The kept post of its duplicate cluster, itself included; null where it has no duplicate.</summary>
    public string? Cluster { get; init; }

    /// <summary>Why it is in no document (see <see cref="DropReason"/>), or null.</summary>
    public string? Dropped { get; init; }

    /// <summary>Scores of a user's own labels (<c>label train</c>), 0…1, by name; in the line they stand beside the others.</summary>
    [JsonExtensionData]
    public IDictionary<string, object>? Own { get; init; }
}
