namespace Syrinx.Data.Corpus;

/// <summary>
/// Why a post is in no document, as reports and labels spell it. A post has one reason: the first that applies, in this order.
/// </summary>
public static class DropReason
{
    /// <summary>The author opted out.</summary>
    public const string OptedOut = "opted_out";

    /// <summary>The author's account is suspended, protected or deleted.</summary>
    public const string AuthorState = "author_not_active";

    /// <summary>The export allows the post for search only.</summary>
    public const string TrainingNotAllowed = "training_not_allowed";

    /// <summary>It only repeats another post.</summary>
    public const string Repost = "repost";

    /// <summary>Nothing is left of its text: a bare link, a mention, an image.</summary>
    public const string Empty = "empty";

    /// <summary>The policy excludes sensitive or adult text.</summary>
    public const string Adult = "adult";

    /// <summary>The policy excludes abuse of this strength.</summary>
    public const string Toxic = "toxic";

    /// <summary>Many accounts published the same text.</summary>
    public const string Campaign = "campaign";

    /// <summary>The author looks automated.</summary>
    public const string Bot = "bot";

    /// <summary>It looks like spam.</summary>
    public const string Spam = "spam";

    /// <summary>Written in a language that few of the platform's posts are in.</summary>
    public const string MinorLanguage = "minor_language";

    /// <summary>The same text as a post that is kept.</summary>
    public const string ExactDuplicate = "exact_duplicate";

    /// <summary>Nearly the same text as a post that is kept.</summary>
    public const string NearDuplicate = "near_duplicate";

    /// <summary>One author had more than their share.</summary>
    public const string AuthorCap = "author_cap";

    /// <summary>The mix wants less of where its conversation comes from.</summary>
    public const string Mix = "mix";

    /// <summary>Its whole conversation is too short to learn from.</summary>
    public const string TooShort = "too_short";

    /// <summary>Its whole conversation is mostly repetition.</summary>
    public const string Repetitive = "repetitive";

    /// <summary>Its whole conversation is mostly not letters.</summary>
    public const string Symbols = "mostly_symbols";

    /// <summary>All reasons, in the order in which they are tried.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        OptedOut, AuthorState, TrainingNotAllowed, Repost, Empty, Adult, Toxic, Campaign, Bot, Spam, MinorLanguage,
        ExactDuplicate, NearDuplicate, AuthorCap, Mix, TooShort, Repetitive, Symbols,
    ];

    private static readonly Dictionary<string, int> Numbers = All.Select((r, i) => (r, i)).ToDictionary(x => x.r, x => x.i);

    /// <summary>Place of a reason in <see cref="All"/>.</summary>
    internal static int NumberOf(string reason) => Numbers[reason];
}
