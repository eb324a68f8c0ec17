using System.Diagnostics;
using Syrinx.Data.Sample.Town;

namespace Syrinx.Data.Sample.World;

/// <summary>
/// Plants what later stages must find, hide or drop, and writes down each piece. Shares are those of 20,000 posts; smaller
/// samples keep at least a few of each kind.
/// </summary>
internal sealed partial class Planter
{
    private readonly SampleWorld _world;
    private readonly DayRhythm _rhythm;
    private readonly SampleRandom _random;
    private readonly Speaker _speaker;
    private readonly PersonalData _personal;
    private readonly double _scale;

    public Planter(SampleWorld world, DayRhythm rhythm, SampleRandom random, int posts)
    {
        (_world, _rhythm, _random) = (world, rhythm, random);
        _speaker = new(random);
        _personal = new(random);
        _scale = posts / 20_000.0;
    }

    /// <summary>Chooses members and who of them is protected, suspended or has opted out, then plants every kind.</summary>
    public void Plant()
    {
        ChooseMembers();
        Bots();
        Scam();
        Copies();
        Chains();
        Personal();
        Marked("toxic", Count(100, 16));
        Marked("adult", Count(60, 12));
        Languages();
        Withdrawn();
        Deleted();
        Messages();
    }

    private int Count(int at20k, int least) => Math.Max(least, (int)Math.Round(at20k * _scale));

    private SampleTweet Post(
        SampleAuthor author, string text, string language, string topic = "other", DateTime? at = null,
        bool sensitive = false, bool deleted = false, SampleTweet? replyTo = null)
    {
        var time = at ?? _rhythm.Moment(_random, null, author.LateHours).AddHours(-8);
        _world.IsNew(text);
        return _world.Add(new SampleTweet
        {
            Id = _world.NewId(time),
            Author = author,
            CreatedAt = time,
            Text = text,
            Language = language,
            Topic = topic,
            Sensitive = sensitive,
            Deleted = deleted,
            ReplyTo = replyTo,
        });
    }

    private void Note(SampleTweet tweet, string kind, string probe, string note) =>
        _world.Truths.Add(new($"x:{tweet.Id}", tweet.Author.QualifiedId, kind, probe, note));

    /// <summary>A text of a planted rule, with <c>%code%</c> and <c>%data%</c> put in.</summary>
    private string Say(string language, string rule, string code, string data = "")
    {
        var telling = new Telling(_rhythm.Moment(_random), _random);
        string text = _speaker.Say(TownGrammar.Planted(language), rule, telling)
            ?? throw new InvalidOperationException($"planted.{language}.txt has no rule {rule}.");
        string full = text.Replace("%code%", code, StringComparison.OrdinalIgnoreCase) // it may have become a sentence's capital
            .Replace("%data%", data, StringComparison.OrdinalIgnoreCase);
        Debug.Assert(full.Contains(code, StringComparison.Ordinal) && full.Contains(data, StringComparison.Ordinal),
            $"[{rule}] lost its mark: {full}");
        return full;
    }

    /// <summary>An ordinary post with a mark in it that stands nowhere else.</summary>
    private (string Text, string Code, string Topic) Ordinary(string language, DateTime taipei)
    {
        string code = _personal.Code();
        string clause = Say(language, "code", code);
        while (true)
        {
            var grammar = _random.Pick(TownGrammar.Topics(language));
            var rule = _random.Pick(grammar.Beginnings("post").Where(r => Months.Contain(r.Text("months", ""), taipei.Month))
                .ToArray());
            string text = _speaker.Say(grammar, rule.Name, new Telling(taipei, _random))!;
            text = language == "zh" ? $"{text}{clause}" : $"{text} {clause}";
            if (TweetText.WeightedLength(text) <= TweetText.MaxLength)
                return (text, code, grammar.Topic);
        }
    }

    private SampleAuthor Someone() => _random.Pick(_ordinary);
}
