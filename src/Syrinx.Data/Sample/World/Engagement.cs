namespace Syrinx.Data.Sample.World;

/// <summary>
/// Likes, reposts and views of a post: how many see it follows from who wrote it and whom it answers; how many of those
/// like it follows from what it says; the rest is luck. So there is something to learn from them.
/// </summary>
internal static class Engagement
{
    private static readonly Dictionary<string, double> TopicAppeal = new()
    {
        ["pets"] = 0.65,
        ["festivals"] = 0.45,
        ["food"] = 0.35,
        ["weather"] = 0.15,
        ["hobbies"] = 0.1,
        ["school"] = 0.05,
        ["transport"] = 0,
        ["politics"] = 0.05,
        ["work"] = -0.1,
        ["trade"] = -0.45,
    };

    /// <summary>
    /// How well a post's content does, in natural logarithms of the share of viewers who like it; 0 is ordinary.
    /// </summary>
    public static double Appeal(SampleTweet tweet)
    {
        string text = tweet.Text;
        double appeal = TopicAppeal.GetValueOrDefault(tweet.Topic, -0.3);
        appeal += tweet.Photo ? 0.55 : 0;
        appeal += tweet.Useful ? 0.35 : 0;
        appeal += tweet.Funny ? 0.6 : 0;
        appeal += text.AsSpan().ContainsAnyInRange('0', '9') ? 0.12 : 0; // says something definite
        appeal += Mentions(text, "heron", "白鷺", "typhoon", "颱風", "kitten", "小貓", "beef noodle", "牛肉麵") ? 0.3 : 0;
        appeal -= text.Contains("http", StringComparison.Ordinal) ? 0.45 : 0;
        appeal -= text.Count(c => c == '#') > 2 ? 0.4 : 0;
        appeal -= text.Length < 25 && tweet.Language != "zh" ? 0.3 : 0;
        appeal -= tweet.ReplyTo is null ? 0 : 0.25;
        return appeal;
    }

    public static void Give(SampleTweet tweet, SampleRandom random)
    {
        if (tweet.RepostOf is not null)
            return;
        double audience = 25 + 0.33 * Math.Pow(tweet.Author.Followers, 0.93);
        if (tweet.ReplyTo is not null)
            audience = 12 + 0.25 * audience + 0.12 * tweet.ReplyTo.Author.Followers;
        double appeal = Appeal(tweet);
        double views = audience * Math.Exp(0.5 * appeal + 0.45 * random.Normal()) + 9 * (tweet.Replies + tweet.Quotes * 2);
        double likes = views * 0.022 * Math.Exp(appeal + 0.35 * random.Normal());
        double passedOn = (tweet.Useful ? 0.8 : 0) - (tweet.ReplyTo is null ? 0 : 1.5);
        double reposts = likes * 0.09 * Math.Exp(passedOn + 0.3 * random.Normal());
        tweet.Views = (int)views + 1;
        tweet.Likes = Rounded(likes, random);
        tweet.Reposts = Math.Max(tweet.Reposts, Rounded(reposts, random));
    }

    private static int Rounded(double x, SampleRandom random) => (int)x + (random.Unit() < x - Math.Floor(x) ? 1 : 0);

    private static bool Mentions(string text, params ReadOnlySpan<string> words)
    {
        foreach (string word in words)
        {
            if (text.Contains(word, StringComparison.OrdinalIgnoreCase))
                return true;
        }
        return false;
    }
}
