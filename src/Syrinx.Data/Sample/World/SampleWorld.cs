namespace Syrinx.Data.Sample.World;

/// <summary>Everything that happened on the sample platform, before it is written as exports.</summary>
internal sealed class SampleWorld(Population people, Snowflakes ids)
{
    private readonly HashSet<string> _said = [];

    public Population People { get; } = people;

    public List<SampleTweet> Tweets { get; } = [];

    public List<SampleArticle> Articles { get; } = [];

    public List<SampleMessage> Messages { get; } = [];

    public List<Truth> Truths { get; } = [];

    /// <summary>Public posts so far: tweets, articles and pushes.</summary>
    public int PublicPosts { get; private set; }

    /// <summary>Posts of the hand-written core.</summary>
    public int CorePosts { get; set; }

    public long NewId(DateTime utc) => ids.At(utc);

    public SampleTweet Add(SampleTweet tweet)
    {
        Tweets.Add(tweet);
        PublicPosts += tweet.Hidden ? 0 : 1;
        if (tweet.ReplyTo is { } parent)
            parent.Replies++;
        if (tweet.QuoteOf is { } quoted)
            quoted.Quotes++;
        return tweet;
    }

    public void Add(SampleArticle article)
    {
        Articles.Add(article);
        PublicPosts += 1 + article.Pushes.Count(p => p.Tag != '※');
    }

    /// <summary>Whether nobody said exactly this before; from now on somebody has.</summary>
    public bool IsNew(string text) => _said.Add(text);
}
