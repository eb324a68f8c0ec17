using System.Text.RegularExpressions;
using Syrinx.Data.Posts;

namespace Syrinx.Data.Corpus.Classifiers;

/// <summary>
/// What the bot classifier sees of an account: its counts and their proportions on a scale of doublings, its age where the time of a
/// post is known, the shape of handle, name and description, and whether it says that it is a bot. What the platform does not tell is
/// NaN; an empty text is the same as none, since exports do not agree on which they write.
/// </summary>
internal static partial class AccountFeatures
{
    /// <summary>Numbers a row.</summary>
    public const int Count = 25;

    /// <summary>Describes an account.</summary>
    /// <param name="author">What the platform tells of it.</param>
    /// <param name="now">When it was looked at, for its age; null where unknown.</param>
    public static float[] Of(Author author, DateTime? now)
    {
        string handle = author.Handle, name = author.Name ?? "", description = author.Description ?? "";
        float followers = Doublings(author.Followers), following = Doublings(author.Following), posts = Doublings(author.Posts),
            likes = Doublings(author.Likes), listed = Doublings(author.Listed);
        float age = author.CreatedAt is { } created && now is { } end && end >= created
            ? MathF.Log2(1 + (float)(end - created).TotalDays) : float.NaN;
        return
        [
            followers, following, posts, likes, listed,
            followers - following, followers - posts, likes - posts, listed - followers,
            age, posts - age, followers - age,
            handle.Length, handle.Count(char.IsAsciiDigit), handle.Length - handle.AsSpan().TrimEnd("0123456789").Length,
            handle.Count(char.IsAsciiLetterUpper), handle.Count(c => c == '_'),
            name.Length, SaysBot(author.Handle) || SaysBot(name) ? 1 : 0,
            description.Length, SaysAutomated(description) ? 2 : Machine().IsMatch(description) ? 1 : 0,
            description.Count(c => c == '@'), description.Contains("://", StringComparison.Ordinal) ? 1 : 0,
            (string.IsNullOrEmpty(author.Url) ? 0 : 1) + (string.IsNullOrEmpty(author.Location) ? 0 : 2),
            author.DefaultProfile switch { true => 1, false => 0, null => float.NaN },
        ];
    }

    /// <summary>Whether a handle or name calls itself a bot; a talbot or an abbot does not.</summary>
    public static bool SaysBot(string name) => BotName().IsMatch(name);

    /// <summary>Whether a description says that the account is automated.</summary>
    public static bool SaysAutomated(string description) => Automated().IsMatch(description);

    private static float Doublings(long? count) => count is { } n ? MathF.Log2(1 + Math.Max(0, n)) : float.NaN;

    [GeneratedRegex(@"(?:^|[_\-. ]|[a-z](?=B)|[0-9])[Bb](?:ot|OT|ots)(?:$|[_\-. 0-9])|(?i:[a-z]bot$)(?<!(?i:robot|abbot|talbot|jabot))|機器人|机器人|小幫手|自動發文", RegexOptions.CultureInvariant)]
    private static partial Regex BotName();

    [GeneratedRegex(@"\b(?:i am|i'm) a bot\b|\bautomated\b|\bauto-?post|\bbot by\b|\bthis is a bot\b|自動發文|自動推播|機器人|自动发布|机器人", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Automated();

    // What machines say of themselves without the word.
    [GeneratedRegex(@"\bbots?\b|\bevery (?:\d+|hour|day|few|half|minute|morning|night)\b|\bhourly\b|\brandom|\bgenerat|\bautomat|\bmade (?:by|with) @|\btweets? (?:the|every|from|about)\b|每(?:小時|天|日|分鐘)|定時|隨機|自動", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Machine();
}
