using Syrinx.Data.Sample.Town;

namespace Syrinx.Data.Sample.World;

/// <summary>Brings the hand-written threads and articles into the world, word for word and at their own times.</summary>
internal static class CoreTelling
{
    public static void Tell(SampleWorld world, SampleRandom random)
    {
        foreach (var thread in CoreThread.All)
            Tell(world, thread, random);
        foreach (var article in CoreArticle.All)
            Tell(world, article, random);
        world.CorePosts = world.PublicPosts;
    }

    private static void Tell(SampleWorld world, CoreThread thread, SampleRandom random)
    {
        var told = new List<SampleTweet>();
        foreach (var post in thread.Posts)
        {
            bool first = post.Parent < 0;
            var parent = first ? null : told[post.Parent];
            var author = world.People.Account(post.Handle);
            bool goesOn = parent is not null && parent.Author == author;
            var at = parent is null ? thread.TaipeiTime.AddHours(-8).AddSeconds(random.Below(60))
                : post.After is { } after ? told[0].CreatedAt + after
                : goesOn ? parent.CreatedAt.AddSeconds(random.Between(40, 200)) : DayRhythm.Answer(parent.CreatedAt, random);
            world.IsNew(post.Text);
            told.Add(world.Add(new SampleTweet
            {
                Id = world.NewId(at),
                Author = author,
                CreatedAt = at,
                Text = post.Text,
                // some answer in the other one
                Language = post.Text.AsSpan().ContainsAnyInRange('\u4E00', '\u9FFF') ? "zh" : "en",
                Topic = thread.Topic,
                ReplyTo = post.Quotes ? null : parent,
                QuoteOf = post.Quotes ? parent : null,
                Photo = first && thread.Flags.Contains("photo"),
                Useful = thread.Flags.Contains("useful") && (first || post.Parent == 0),
                Funny = first && thread.Flags.Contains("funny"),
            }));
        }
    }

    private static void Tell(SampleWorld world, CoreArticle core, SampleRandom random)
    {
        var at = core.TaipeiTime.AddHours(-8).AddSeconds(random.Below(60));
        var article = new SampleArticle
        {
            Board = core.Board,
            Name = BoardNames.Article(at, random),
            Author = world.People.User(core.UserId, core.Nickname),
            CreatedAt = at,
            Title = core.Title,
            Body = core.Body,
            Ip = BoardNames.Ip(random),
        };
        var last = at;
        foreach (var push in core.Pushes)
        {
            // A → right behind a line of the same user goes on with that push, here as in every reader of such files.
            if (push.Tag == '→' && article.Pushes is [.., var before] && before.Tag != '※' && before.Author.Handle == push.UserId)
            {
                article.Pushes[^1] = before with { Text = before.Text + " " + push.Text };
                continue;
            }
            last += TimeSpan.FromSeconds(Math.Exp(5.3 + 1.2 * random.Normal()));
            var who = push.Tag == '※' ? article.Author : world.People.User(push.UserId, "");
            article.Pushes.Add(new(push.Tag, who, push.Text, last));
        }
        world.Add(article);
    }
}
