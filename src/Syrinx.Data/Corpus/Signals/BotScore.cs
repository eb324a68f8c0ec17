using Syrinx.Data.Corpus.Classifiers;
using Syrinx.Data.Posts;

namespace Syrinx.Data.Corpus.Signals;

/// <summary>
/// How much an account looks automated, 0…1: a logistic sum of what it is (boosted trees trained on labelled accounts), what it says
/// of itself, and what it does (regular intervals, copies, one link target, volume). The weights of the last two are judgement, not
/// training. A look alone never makes an account a bot, however unusual: the accounts that the trees learnt from are not this
/// platform's people. Thread-safe.
/// </summary>
internal static class BotScore
{
    private const int EnoughPosts = 5;

    // One account in forty, until something is known of it.
    private const double Prior = -3.6;

    // The most that the look counts, in log-odds: against an account, and for it. A clockwork is one, however human its profile.
    private const double MostAgainst = 3, MostFor = 1;

    /// <summary>Scores an account.</summary>
    /// <param name="author">What the platform tells of it, or null.</param>
    /// <param name="activity">What it posted, or null where only the account is known.</param>
    /// <param name="now">The time of the newest post known, for the account's age; null where unknown.</param>
    /// <param name="models">The classifiers; a user's own of <c>bot</c> takes the place of what is said here of an account.</param>
    public static float Of(Author? author, AuthorActivity? activity, DateTime? now, LabelModels models) =>
        Of(AccountOdds(author, now, models), activity);

    /// <summary>Scores an account.</summary>
    /// <param name="accountOdds">See <see cref="AccountOdds"/>.</param>
    /// <param name="activity">What it posted, or null where only the account is known.</param>
    public static float Of(double accountOdds, AuthorActivity? activity)
    {
        double odds = accountOdds + (activity is { Posts: >= EnoughPosts } a ? Behaviour(a) : 0);
        return (float)(1 / (1 + Math.Exp(-odds)));
    }

    /// <summary>What the account alone says, in log-odds.</summary>
    /// <inheritdoc cref="Of(Author?, AuthorActivity?, DateTime?, LabelModels)"/>
    public static double AccountOdds(Author? author, DateTime? now, LabelModels models) => author is null ? Prior
        : models.IsOwn(models.Bot) ? Look(author, now, models) : Prior + Account(author, now, models);

    private static float Look(Author author, DateTime? now, LabelModels models) =>
        models.Bot.Account!.Score(AccountFeatures.Of(author, now));

    private static double Account(Author author, DateTime? now, LabelModels models)
    {
        double look = Look(author, now, models), most = look > 0 ? MostAgainst : MostFor;
        double odds = most * Math.Tanh(look / most);
        if (AccountFeatures.SaysBot(author.Handle) || author.Name is not null && AccountFeatures.SaysBot(author.Name))
            odds += 2;
        if (author.Description is not null && AccountFeatures.SaysAutomated(author.Description))
            odds += 2;
        if (author.CreatedAt is { } created && now is { } end && end > created)
        {
            double rate = (author.Posts ?? 0) / Math.Max(1, (end - created).TotalDays);
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
}
