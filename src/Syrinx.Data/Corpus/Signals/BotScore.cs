using System.Text.RegularExpressions;
using Syrinx.Data.Posts;

namespace Syrinx.Data.Corpus.Signals;

/// <summary>
/// How much an account looks automated, 0…1: a logistic sum of what published detectors agree on (regular intervals, copies,
/// one link target, volume, followers to following, empty default profiles, made-up handles, saying so itself). The weights are
/// judgement, not training. Thread-safe.
/// </summary>
internal static partial class BotScore
{
    private const int EnoughPosts = 5;

    /// <summary>Scores an account.</summary>
    /// <param name="author">What the platform tells of it, or null.</param>
    /// <param name="activity">What it posted, or null where only the account is known.</param>
    /// <param name="now">The time of the newest post known, for the account's age; null where unknown.</param>
    public static float Of(Author? author, AuthorActivity? activity, DateTime? now)
    {
        double odds = -3.6;
        if (author is not null)
            odds += Account(author, now);
        if (activity is { Posts: >= EnoughPosts } a)
            odds += Behaviour(a);
        return (float)(1 / (1 + Math.Exp(-odds)));
    }

    private static double Account(Author author, DateTime? now)
    {
        double odds = 0;
        if (SaysBot().IsMatch(author.Handle) || author.Name is not null && SaysBot().IsMatch(author.Name))
            odds += 2.6;
        if (author.Description is not null && SaysAutomated().IsMatch(author.Description))
            odds += 2.6;
        if (author.DefaultProfile == true)
            odds += 0.4;
        if (author.Description is "")
            odds += 0.3;
        if (author.Handle.Length - author.Handle.TrimEnd("0123456789".ToCharArray()).Length >= 5)
            odds += 0.6;
        if (author.Following > 300 && (author.Followers ?? 0) * 8 < author.Following)
            odds += 0.9;
        if (author.CreatedAt is { } created && now is { } end && end > created)
        {
            double days = Math.Max(1, (end - created).TotalDays);
            if (days < 45)
                odds += 0.5;
            double rate = (author.Posts ?? 0) / days;
            odds += rate > 200 ? 2 : rate > 50 ? 1 : 0;
        }
        return odds;
    }

    private static double Behaviour(AuthorActivity a)
    {
        double odds = 0;
        // somebody who posts once a day, at any waking hour, varies by 0.24
        odds += a.IntervalVariation < 0.06 ? 3.4 : a.IntervalVariation < 0.18 ? 1.6 : 0;
        if (a.Posts >= 10)
            odds += a.IntervalEntropy < 1 ? 1.6 : a.IntervalEntropy < 1.6 ? 0.8 : 0;
        odds += 4.5 * Math.Max(0, a.TemplateShare - 0.25);
        if (a.LinkShare > 0.7)
            odds += 0.8 + (a.HostShare > 0.8 ? 0.8 : 0);
        odds += a.PerActiveDay > 144 ? 2.4 : a.PerActiveDay > 48 ? 1.4 : 0;
        odds += 2 * Math.Max(0, a.Spam - 0.2);
        if (a.Posts >= 20 && a.ReplyShare < 0.02)
            odds += 0.6;
        if (a.Posts >= 100 && a.Hours == 24)
            odds += 0.8;
        return odds;
    }

    [GeneratedRegex(@"(?:^|[_\-. ]|[a-z](?=B)|[0-9])[Bb](?:ot|OT|ots)(?:$|[_\-. 0-9])|(?i:[a-z]bot$)(?<!(?i:robot|abbot|talbot|jabot))|機器人|机器人|小幫手|自動發文", RegexOptions.CultureInvariant)]
    private static partial Regex SaysBot();

    [GeneratedRegex(@"\b(?:i am|i'm) a bot\b|\bautomated\b|\bauto-?post|\bbot by\b|\bthis is a bot\b|自動發文|自動推播|機器人|自动发布|机器人", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex SaysAutomated();
}
