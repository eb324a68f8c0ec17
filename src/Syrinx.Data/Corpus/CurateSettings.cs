using Syrinx.Data.Corpus.Mixing;

namespace Syrinx.Data.Corpus;

/// <summary>What the corpus may contain.</summary>
public enum CuratePolicy
{
    /// <summary>Nothing that the platform marks sensitive, no suggestive and no rude words.</summary>
    Strict,

    /// <summary>No explicit and no strongly abusive text; the default.</summary>
    Standard,

    /// <summary>As standard, but adult text stays.</summary>
    Adult,
}

/// <summary>Every number that decides what <c>curate</c> keeps. Immutable; saved in <c>card.json</c> beside what it
/// produced.</summary>
public sealed record CurateSettings
{
    /// <summary>What may be in the corpus.</summary>
    public CuratePolicy Policy { get; init; } = CuratePolicy.Standard;

    /// <summary>
    /// A language is kept when at least this share of the posts with a sure language is in it; the commonest always is. A
    /// platform may be in any language, so none is built in.
    /// </summary>
    public double MinLanguageShare { get; init; } = 0.05;

    /// <summary>Below this score a post's language is not sure, and no reason to drop it (FineWeb asks 0.65 of whole
    /// pages).</summary>
    public double SureLanguage { get; init; } = 0.65;

    /// <summary>Least Jaccard similarity of the sets of character 5-grams of near duplicates (FineWeb's, of words, about
    /// 0.72).</summary>
    public double Jaccard { get; init; } = 0.7;

    /// <summary>
    /// A reply of fewer weighted letters is a duplicate only of replies in its own thread: "thank you" is what holds a
    /// conversation together, wherever else it was said. Nor is it dropped for its language.
    /// </summary>
    public double ShortReply { get; init; } = 25;

    /// <summary>A post with at least this spam score is dropped.</summary>
    public double MaxSpam { get; init; } = 0.8;

    /// <summary>The posts of an author with at least this bot score are dropped.</summary>
    public double MaxBot { get; init; } = 0.8;

    /// <summary>A campaign has at least so many accounts.</summary>
    public int CampaignAuthors { get; init; } = 3;

    /// <summary>So many posts of a campaign stay, the most engaged; none unless asked for.</summary>
    public int CampaignPosts { get; init; }

    /// <summary>Largest share of the kept posts that one author may have …</summary>
    public double AuthorShare { get; init; } = 0.02;

    /// <summary>… or this many times the even share, where that is more: an archive of one person stays whole.</summary>
    public double AuthorEvenShares { get; init; } = 5;

    /// <summary>… or this many posts.</summary>
    public int AuthorPosts { get; init; } = 300;

    /// <summary>Least weighted letters (Latin letter 1, Chinese character 2.5) of a whole conversation.</summary>
    public double MinConversation { get; init; } = 30;

    /// <summary>Largest share of repeated 8-grams in a conversation (Gopher's duplicate n-grams, wider because people echo each
    /// other).</summary>
    public double MaxRepetition { get; init; } = 0.5;

    /// <summary>Largest share of symbols and masks in a conversation.</summary>
    public double MaxSymbols { get; init; } = 0.6;

    /// <summary>A longer conversation is split between posts, in characters.</summary>
    public int MaxDocument { get; init; } = 8_000;

    /// <summary>Least weighted letters of an assistant's turn.</summary>
    public double MinAnswer { get; init; } = 20;

    /// <summary>Most characters of a turn.</summary>
    public int MaxTurn { get; init; } = 2_000;

    /// <summary>One thread in so many is for validation.</summary>
    public int ValidationEvery { get; init; } = 50;

    /// <summary>How much of what shall be in the corpus; null: as much as there is.</summary>
    public CurateMix? Mix { get; init; }

    /// <summary>These settings with a mix and the caps that it sets.</summary>
    public CurateSettings With(CurateMix mix) => this with
    {
        Mix = mix,
        AuthorShare = mix.AuthorShare ?? AuthorShare,
        AuthorPosts = mix.AuthorPosts ?? AuthorPosts,
        CampaignPosts = mix.CampaignPosts ?? CampaignPosts,
    };

    /// <summary>From this toxicity on a post is dropped.</summary>
    public double MaxToxicity => Policy == CuratePolicy.Strict ? 0.3 : 0.8;

    /// <summary>From this adult score on a post is dropped; 2 means never.</summary>
    public double MaxNsfw => Policy switch { CuratePolicy.Strict => 0.35, CuratePolicy.Standard => 0.65, _ => 2 };
}
