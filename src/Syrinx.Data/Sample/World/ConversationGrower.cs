using Syrinx.Data.Sample.Town;

namespace Syrinx.Data.Sample.World;

/// <summary>Grows conversations on the X-like side: a post, its author going on, answers, quotes, reposts.</summary>
internal sealed class ConversationGrower
{
    private const int Tries = 10; // draws of a text in search of one that nobody has nearly said

    private static readonly Dictionary<string, double> TopicWeights = new()
    {
        ["food"] = 18,
        ["transport"] = 12,
        ["weather"] = 11,
        ["politics"] = 9,
        ["hobbies"] = 13,
        ["trade"] = 8,
        ["work"] = 9,
        ["pets"] = 10,
        ["school"] = 8,
        ["festivals"] = 6,
    };

    private readonly SampleWorld _world;
    private readonly SampleRandom _random;
    private readonly DayRhythm _rhythm;
    private readonly NearDuplicateGuard _guard;
    private readonly Speaker _speaker;
    private readonly WeightedChoice<Beginning> _beginnings;
    private readonly Dictionary<(string Topic, string Language), WeightedChoice<SampleAuthor>> _authors = [];
    private readonly WeightedChoice<SampleAuthor> _reposters;

    public ConversationGrower(SampleWorld world, DayRhythm rhythm, NearDuplicateGuard guard, SampleRandom random)
    {
        (_world, _rhythm, _guard, _random, _speaker) = (world, rhythm, guard, random, new(random));
        _beginnings = new(Beginnings(), b => b.Weight);
        _reposters = new(Ordinary(), a => a.Activity);
    }

    /// <summary>Grows one conversation of at most <paramref name="room"/> posts.</summary>
    public void Grow(int room)
    {
        var (grammar, rule, _) = _beginnings.Draw(_random);
        string kind = rule.Name[5..];
        var author = Author(grammar.Topic, grammar.Language, null);
        var telling = Occasion.Of(rule, _rhythm, author, _random);
        if (Text(grammar, rule.Name, telling, author, 0) is not { } text)
            return;
        var at = telling.Taipei.AddHours(-8);
        var post = _world.Add(new SampleTweet
        {
            Id = _world.NewId(at),
            Author = author,
            CreatedAt = at,
            Text = text,
            Language = grammar.Language,
            Topic = grammar.Topic,
            Photo = _random.Chance(rule.Number("photo", 0.12)),
            Useful = rule.Has("useful"),
            Funny = rule.Has("funny"),
        });
        room--;
        if (room > 0 && _random.Chance(0.06))
        {
            var soon = post.CreatedAt.AddSeconds(_random.Between(40, 240));
            room -= Answer(post, grammar, "self", telling, author, soon) is null ? 0 : 1;
        }

        double mean = rule.Number("replies", 2.2) * Math.Exp(0.3 * Engagement.Appeal(post));
        mean *= 0.8 + 0.08 * Math.Log(1 + author.Followers);
        int replies = Math.Min(room, Math.Min(9, (int)(-Math.Log(1 - _random.Unit()) * mean)));
        room -= replies;
        Answers(post, grammar, kind, telling, replies);

        double fame = Engagement.Appeal(post) + 0.28 * Math.Log(1 + author.Followers) - 1.4;
        if (room > 0 && _random.Chance(0.05 * Math.Exp(0.5 * fame)))
            room -= Quote(post, grammar, kind, telling) is null ? 0 : 1;
        int reposts = Math.Min(room, (int)(-Math.Log(1 - _random.Unit()) * 0.5 * Math.Exp(0.6 * fame)));
        for (int i = 0; i < Math.Min(reposts, 14); i++)
            Repost(post);
    }

    /// <summary>An ordinary account that likes the topic; never <paramref name="not"/>.</summary>
    public SampleAuthor Author(string topic, string language, SampleAuthor? not)
    {
        if (!_authors.TryGetValue((topic, language), out var choice))
        {
            _authors[(topic, language)] = choice = new(
                Ordinary(), a => a.Activity * (a.Language == language ? 1 : 0.04) * (a.Topics.Contains(topic) ? 1 : 0.12));
        }
        SampleAuthor author;
        do
            author = choice.Draw(_random);
        while (author == not);
        return author;
    }

    private void Answers(SampleTweet post, TownGrammar grammar, string kind, Telling telling, int count)
    {
        var answers = new List<SampleTweet>();
        for (int i = 0; i < count; i++)
        {
            // Some answer an answer; the one who asked answers now and then.
            bool deeper = answers.Count > 0 && _random.Chance(0.38);
            var parent = deeper ? _random.Pick(answers) : post;
            bool back = deeper && parent.Author != post.Author && parent.ReplyTo == post && _random.Chance(0.6)
                && grammar.Find("back." + kind) is not null;
            var author = back ? post.Author : Author(grammar.Topic, grammar.Language, parent.Author);
            string rule = back ? "back." + kind
                : deeper ? grammar.Find("follow." + kind) is null ? "follow" : "follow." + kind : "reply." + kind;
            if (Answer(parent, grammar, rule, telling, author, DayRhythm.Answer(parent.CreatedAt, _random)) is { } answer)
                answers.Add(answer);
        }
    }

    private SampleTweet? Answer(SampleTweet parent, TownGrammar grammar, string rule, Telling telling, SampleAuthor author,
        DateTime at) =>
        Text(grammar, rule, telling, author, author.Handle.Length + 20) is not { } text ? null : _world.Add(new SampleTweet
        {
            Id = _world.NewId(at),
            Author = author,
            CreatedAt = at,
            Text = text,
            Language = grammar.Language,
            Topic = grammar.Topic,
            ReplyTo = parent,
            Useful = grammar.Find(rule)!.Has("useful"),
            Funny = grammar.Find(rule)!.Has("funny"),
            Photo = _random.Chance(0.02),
        });

    private SampleTweet? Quote(SampleTweet post, TownGrammar grammar, string kind, Telling telling)
    {
        var author = Author(grammar.Topic, grammar.Language, post.Author);
        string rule = grammar.Find("quote." + kind) is null ? "quote" : "quote." + kind;
        var at = DayRhythm.Answer(post.CreatedAt, _random);
        return Text(grammar, rule, telling, author, 30) is not { } text ? null : _world.Add(new SampleTweet
        {
            Id = _world.NewId(at),
            Author = author,
            CreatedAt = at,
            Text = text,
            Language = grammar.Language,
            Topic = grammar.Topic,
            QuoteOf = post,
        });
    }

    private void Repost(SampleTweet post)
    {
        var author = _reposters.Draw(_random);
        if (author == post.Author)
            return;
        var at = DayRhythm.Answer(post.CreatedAt, _random);
        post.Reposts++;
        _world.Add(new SampleTweet
        {
            Id = _world.NewId(at),
            Author = author,
            CreatedAt = at,
            Text = "",
            Language = post.Language,
            Topic = post.Topic,
            RepostOf = post,
        });
    }

    /// <summary>
    /// A text of the rule that fits into a tweet and that nobody has said; the last try may repeat somebody, as a
    /// platform of millions of posts must. Null where none fits.
    /// </summary>
    private string? Text(TownGrammar grammar, string rule, Telling telling, SampleAuthor author, int taken)
    {
        for (int i = 0; i < Tries; i++)
        {
            if (_speaker.Say(grammar, rule, telling) is not { } text)
                return null;
            text = TweetText.InTheirManner(text, author, grammar.Language, grammar.Topic, _random);
            bool fits = TweetText.WeightedLength(text) + taken <= TweetText.MaxLength;
            if (fits && ((_world.IsNew(text) && _guard.Accepts(text)) || i == Tries - 1))
                return text;
        }
        return null;
    }

    private IEnumerable<SampleAuthor> Ordinary() =>
        _world.People.Accountholders.Where(a => !a.Apart && a.State == AuthorState.Active && !a.OptedOut && !a.NoTraining);

    private static IEnumerable<Beginning> Beginnings()
    {
        foreach (string language in (string[])["en", "zh"])
        {
            foreach (var grammar in TownGrammar.Topics(language))
            {
                var rules = grammar.Beginnings("post").ToArray();
                double all = rules.Sum(r => r.Number("weight", 1));
                foreach (var rule in rules)
                    yield return new(grammar, rule,
                        TopicWeights[grammar.Topic] * rule.Number("weight", 1) / all * (language == "en" ? 0.62 : 0.38));
            }
        }
    }

    private sealed record Beginning(TownGrammar Grammar, GrammarRule Rule, double Weight);
}
