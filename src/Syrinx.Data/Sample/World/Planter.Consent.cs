namespace Syrinx.Data.Sample.World;

/// <summary>What must not enter, or not be trained on: deleted, protected, direct, suspended, opted out, no training.</summary>
internal sealed partial class Planter
{
    private SampleAuthor[] _ordinary = [];
    private SampleAuthor[] _users = [];

    /// <summary>40 accounts with an archive; one of them protected, one suspended, one opted out.</summary>
    private void ChooseMembers()
    {
        var people = _world.People;
        foreach (var character in people.Accountholders.Where(a => a.Character).Take(34))
            character.Member = true;
        foreach (var other in people.Accountholders.Where(a => !a.Character).OrderByDescending(a => a.Activity)
            .Take(40 - 3 - people.Accountholders.Count(a => a.Member)))
            other.Member = true;
        Make(6, a => a.State = AuthorState.Protected);
        Make(6, a => a.State = AuthorState.Suspended);
        Make(6, a => a.OptedOut = true);
        Make(5, a => a.NoTraining = true);
        for (int i = 0; i < 3; i++)
            people.AddUser().OptedOut = true;
        _users = [.. people.Users.Where(u => !u.OptedOut)];
        _ordinary = [.. people.Accountholders.Where(a => !a.Character && !a.Apart)];

        void Make(int count, Action<SampleAuthor> change)
        {
            for (int i = 0; i < count; i++)
            {
                var author = people.Add(i % 2 == 0 ? "en" : "zh", apart: true);
                change(author);
                author.Member = i == 0 && !author.NoTraining;
            }
        }
    }

    /// <summary>
    /// Posts of accounts that are protected, suspended, opted out or closed to training; and a few such posts of others.
    /// </summary>
    private void Withdrawn()
    {
        foreach (var (kind, count, chosen) in ((string, int, Func<SampleAuthor, bool>)[])
        [
            ("protected", Count(90, 18), a => a.State == AuthorState.Protected),
            ("suspended", Count(90, 18), a => a.State == AuthorState.Suspended),
            ("opted_out", Count(100, 18), a => a.OptedOut),
            ("no_training", Count(60, 10), a => a.NoTraining),
        ])
        {
            var authors = _world.People.Accountholders.Where(chosen).ToArray();
            for (int i = 0; i < count; i++)
                Coded(authors[i % authors.Length], kind);
        }
        for (int i = 0; i < Count(40, 8); i++)
        {
            var tweet = Coded(Someone(), "no_training");
            tweet.NoTraining = true;
        }
        foreach (var user in _world.People.Users.Where(u => u.OptedOut))
        {
            for (int i = 0; i < Count(4, 2); i++)
                OptedOutArticle(user);
        }
    }

    /// <summary>
    /// Deleted by their authors: half of members, beside their archives; half of others, told by compliance lines.
    /// </summary>
    private void Deleted()
    {
        var members = _world.People.Accountholders.Where(a => a.Member && a.State == AuthorState.Active && !a.OptedOut).ToArray();
        int count = Count(120, 24);
        for (int i = 0; i < count; i++)
        {
            var deleted = Coded(i % 2 == 0 ? members[i / 2 % members.Length] : Someone(), "deleted", deleted: true);
            if (i % 3 != 0)
                continue;
            // Somebody had answered already; the answer stays, and what it answers is gone.
            var author = Someone();
            Post(author, Say(author.Language, "afterwards", ""), author.Language,
                at: DayRhythm.Answer(deleted.CreatedAt, _random), replyTo: deleted);
        }
    }

    private void Messages()
    {
        var members = _world.People.Accountholders.Where(a => a.Member).ToArray();
        for (int i = 0; i < Count(80, 24); i++)
        {
            var from = members[i % members.Length];
            SampleAuthor to;
            do
                to = _random.Pick(members);
            while (to == from);
            string code = _personal.Code();
            var at = _rhythm.Moment(_random).AddHours(-8);
            var message = new SampleMessage(_world.NewId(at), from, to, Say(from.Language, "direct", code), at);
            _world.Messages.Add(message);
            _world.Truths.Add(new($"x:{message.Id}", from.QualifiedId, "direct", code, $"to {to.QualifiedId}"));
        }
    }

    private SampleTweet Coded(SampleAuthor author, string kind, bool deleted = false)
    {
        var taipei = _rhythm.Moment(_random, null, author.LateHours);
        var (text, code, topic) = Ordinary(author.Language, taipei);
        var tweet = Post(author, text, author.Language, topic, taipei.AddHours(-8), deleted: deleted);
        Note(tweet, kind, code, "");
        return tweet;
    }

    private void OptedOutArticle(SampleAuthor user)
    {
        var (text, code, _) = Ordinary("zh", _rhythm.Moment(_random));
        Article(user, "Cuihe", text, "opted_out", code, "article");
    }

    private void Article(SampleAuthor user, string board, string text, string kind, string probe, string note)
    {
        var at = _rhythm.Moment(_random).AddHours(-8);
        var article = new SampleArticle
        {
            Board = board,
            Name = BoardNames.Article(at, _random),
            Author = user,
            CreatedAt = at,
            Title = Say("zh", "title", ""),
            Body = Say("zh", "article.before", "") + "\n\n" + text + "\n\n" + Say("zh", "article.after", ""),
            Ip = BoardNames.Ip(_random),
        };
        _world.Add(article);
        _world.Truths.Add(new(article.QualifiedId, user.QualifiedId, kind, probe, note));
    }
}
