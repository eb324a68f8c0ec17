namespace Syrinx.Data.Corpus.Threads;

/// <summary>Which replies an assistant may give, which is the best of them, and which are clearly worse. Thread-safe.</summary>
internal static class Answers
{
    private const double MaxRude = 0.3;
    private const double MaxSpam = 0.5;

    // A reply that came later was seen by fewer: within a day we take the counts at their word.
    private static readonly long SeenBySame = TimeSpan.TicksPerDay;

    // At least three reactions more, and twice as many: one like is chance.
    private const float ClearlyMore = 3;

    /// <summary>Whether a reply is one to a post: no push, of useful length, of another's, in the same language as far as that is
    /// sure.</summary>
    public static bool IsAnswer(ConversationPost reply, ConversationPost asked, CurateSettings settings) =>
        !reply.IsPush && reply.Facts.Weight >= settings.MinAnswer && !reply.Facts.Masked
        && (reply.Lang == asked.Lang || reply.Facts.LangScore < settings.SureLanguage
            || asked.Facts.LangScore < settings.SureLanguage);

    /// <summary>Whether an assistant may say it. What a policy lets into the documents need not come out of an assistant's
    /// mouth: nothing masked, rude, suggestive or spammy.</summary>
    public static bool IsFit(ConversationPost post) =>
        !post.Facts.Masked && post.Facts.Toxicity < MaxRude && post.Facts.Nsfw < MaxRude && post.Facts.Spam < MaxSpam;

    /// <summary>The greater the better: readers' judgement first, then length up to some forty words, less what the labels find
    /// fault with; then the earlier.</summary>
    public static (double Usefulness, long Earlier, int First) Rank(ConversationPost post)
    {
        var f = post.Facts;
        return (Math.Log(1 + f.Engagement) + Math.Min(f.Weight, 200) / 80 - 2 * f.Toxicity - 2 * f.Spam, -f.Time, -f.Index);
    }

    /// <summary>The worst of the other replies, where the labels or the readers tell it from the best; and which of them.</summary>
    /// <returns>No post where none is clearly worse. Why: <c>toxicity</c>, <c>nsfw</c>, <c>spam</c> or <c>engagement</c>.</returns>
    public static (ConversationPost? Worse, string Why) ClearlyWorse(ConversationPost best, List<ConversationPost> replies)
    {
        var worst = replies.Where(r => r != best && Why(best, r) is not null).MinBy(Rank);
        return (worst, worst is null ? "" : Why(best, worst)!);
    }

    private static string? Why(ConversationPost best, ConversationPost other)
    {
        var (b, o) = (best.Facts, other.Facts);
        return o.Toxicity >= MaxRude ? "toxicity"
            : o.Nsfw >= MaxRude ? "nsfw"
            : o.Spam >= MaxSpam ? "spam"
            : b.Engagement >= ClearlyMore + 2 * o.Engagement && b.Time != 0 && o.Time != 0 && o.Time <= b.Time + SeenBySame ? "engagement"
            : null;
    }
}
