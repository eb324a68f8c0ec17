using Lucene.Net.Documents;
using Lucene.Net.Index;

namespace Syrinx.Search.Indexing;

/// <summary>
/// The index's fields by name; what each is for. A change here raises <see cref="IndexManifest.CurrentFormat"/>.
/// </summary>
internal static class IndexFields
{
    // analysed: terms with positions, scored by BM25
    public const string Text = "text";
    public const string Title = "title";

    /// <summary>
    /// Single characters of scripts without spaces, for queries of one character. No frequencies, no positions.
    /// </summary>
    public const string Characters = "chars";

    // exact values, folded to lower case: operators and filters
    public const string Id = "id";
    public const string AuthorHandle = "from";
    public const string AuthorName = "name";
    public const string Tag = "tag";
    public const string CashTag = "cash";
    public const string Mention = "mention";
    public const string Domain = "domain";
    public const string Language = "lang";
    public const string Community = "board";
    public const string ReplyTo = "reply_to";

    /// <summary>The author of the post that is answered, for <c>to:</c>.</summary>
    public const string To = "to";

    /// <summary><see cref="IsReply"/>, <see cref="HasLinks"/>.</summary>
    public const string Is = "is";
    public const string IsReply = "replies";
    public const string HasLinks = "links";

    // numbers for ranges
    public const string Created = "created";
    public const string Likes = "likes";
    public const string Reposts = "reposts";
    public const string Replies = "replies";
    public const string Score = "score";

    // doc values: read while ranking
    public const string CreatedValue = "created_v";
    public const string EngagementValue = "engagement_v";
    public const string FlagsValue = "flags_v";
    public const string ThreadValue = "thread_v";
    public const string LanguageValue = "lang_v";
    public const string CommunityValue = "board_v";

    /// <summary><see cref="FlagsValue"/>: the labels call it spam, a bot's or a campaign's.</summary>
    public const long Demoted = 1;

    /// <summary><see cref="FlagsValue"/>: the platform marks it as sensitive.</summary>
    public const long Sensitive = 2;

    /// <summary><see cref="FlagsValue"/>: not for answers: demoted, sensitive, adult or abusive.</summary>
    public const long Unquotable = 4;

    /// <summary><see cref="CreatedValue"/> of a post without a time.</summary>
    public const long NoTime = long.MinValue;

    /// <summary>Analysed text: positions for phrases, norms for BM25.</summary>
    public static FieldType Analysed { get; } = Frozen(
        new() { IsIndexed = true, IsTokenized = true, IndexOptions = IndexOptions.DOCS_AND_FREQS_AND_POSITIONS });

    /// <summary>Whether the term is there, and nothing else.</summary>
    public static FieldType Presence { get; } =
        Frozen(new() { IsIndexed = true, IsTokenized = true, OmitNorms = true, IndexOptions = IndexOptions.DOCS_ONLY });

    private static FieldType Frozen(FieldType type)
    {
        type.Freeze();
        return type;
    }
}
