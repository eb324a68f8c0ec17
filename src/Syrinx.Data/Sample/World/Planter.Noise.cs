namespace Syrinx.Data.Sample.World;

/// <summary>What curation must find: bots, a scam, copies, personal data, rude and adult posts, other languages.</summary>
internal sealed partial class Planter
{
    private static readonly string[] Languages20 = ["ja", "es", "de", "fr", "in", "vi", "ko", "it", "pt", "th", "nl", "pl"];

    /// <summary>Twenty accounts that post by the clock, with links, in the same few words.</summary>
    private void Bots()
    {
        string[] kinds = ["deals", "quotes", "crypto", "jobs", "weatherlink"];
        for (int i = 0; i < 20; i++)
        {
            string kind = kinds[i % kinds.Length];
            string language = i % 3 == 2 ? "zh" : "en";
            var bot = _world.People.Add(language, apart: true, handle: $"{kind}_{(char)('a' + i)}{_random.Between(1000, 9999)}",
                client: i % 2 == 0 ? "IFTTT" : "dlvr.it", bio: i % 4 == 0 ? "" : Say(language, "bot.bio", ""));
            bot.Followers = _random.Between(0, 40);
            var every = TimeSpan.FromHours(_random.Pick((int[])[3, 6, 8, 12]));
            var clock = new TimeOnly(_random.Below(6), _random.Pick((int[])[0, 15, 30, 45]), 0);
            var at = DayRhythm.First.AddDays(_random.Between(5, 300)).ToDateTime(clock);
            for (int n = Count(40, 4); n > 0; n--, at += every)
            {
                string code = _personal.Code();
                var tweet = Post(bot, Say(language, "bot." + kind, code), language, at: at.AddSeconds(_random.Below(3)));
                Note(tweet, "bot", code, kind);
            }
        }
    }

    /// <summary>One text in many slight variations, from many accounts within three weeks.</summary>
    private void Scam()
    {
        var accounts = Enumerable.Range(0, 25).Select(i => _world.People.Add(i % 2 == 0 ? "zh" : "en", apart: true)).ToArray();
        var start = new DateTime(2026, 4, 6, 2, 0, 0, DateTimeKind.Utc);
        for (int i = 0; i < Count(160, 24); i++)
        {
            var account = accounts[i % accounts.Length];
            account.Followers = Math.Min(account.Followers, 60);
            string code = _personal.Code();
            var tweet = Post(account, Say(account.Language, "scam", code), account.Language,
                at: start.AddSeconds(_random.Unit() * 21 * 86_400));
            Note(tweet, "scam", code, "subsidy");
        }
    }

    /// <summary>The same text to the letter from several people, days apart.</summary>
    private void Copies()
    {
        for (int group = 0, made = 0; made < Count(100, 12); group++)
        {
            string language = group % 2 == 0 ? "en" : "zh";
            string code = _personal.Code();
            string text = Say(language, "copy", code);
            var at = _rhythm.Moment(_random).AddHours(-8);
            for (int n = _random.Between(2, 5); n > 0 && at < DayRhythm.End; n--, made++)
            {
                Note(Post(Someone(), text, language, at: at), "exact_duplicate", code, $"group {group}");
                at = at.AddHours(1 + 60 * _random.Unit());
            }
        }
    }

    /// <summary>Chain messages that everyone changes a little when passing them on.</summary>
    private void Chains()
    {
        for (int group = 0, made = 0; made < Count(120, 16); group++)
        {
            string language = group % 2 == 0 ? "en" : "zh";
            string text = Say(language, "chain", "%code%");
            var at = _rhythm.Moment(_random).AddHours(-8);
            for (int n = _random.Between(3, 7); n > 0 && at < DayRhythm.End; n--, made++)
            {
                string code = _personal.Code();
                string mine = Say(language, "chain.before", "") + text.Replace("%code%", code, StringComparison.Ordinal);
                mine += Say(language, "chain.after", "");
                Note(Post(Someone(), mine.Trim(), language, at: at), "near_duplicate", code, $"group {group}");
                at = at.AddHours(0.2 + 30 * _random.Unit());
            }
        }
    }

    private void Personal()
    {
        string[] kinds = ["email", "phone", "tw_id", "card"];
        for (int i = 0; i < Count(160, 40); i++)
        {
            string kind = kinds[i % kinds.Length];
            string language = i / kinds.Length % 2 == 0 ? "en" : "zh";
            bool board = i % 10 == 9;
            var author = board ? _random.Pick(_users) : Someone();
            string data = kind switch
            {
                "email" => _personal.Email(author.Handle),
                "phone" => _personal.Phone(),
                "tw_id" => _personal.TaiwanId(),
                _ => _personal.Card(),
            };
            if (board)
            {
                data = data.Replace(' ', '-'); // a board's lines break at spaces
                Article(author, "CuiheTrade", Say("zh", "pii." + kind, "", data), "pii", data, kind);
                continue;
            }
            Note(Post(author, Say(language, "pii." + kind, "", data), language), "pii", data, kind);
        }
    }

    private void Marked(string kind, int count)
    {
        for (int i = 0; i < count; i++)
        {
            string language = i % 2 == 0 ? "en" : "zh";
            string code = _personal.Code();
            Note(Post(Someone(), Say(language, kind, code), language, sensitive: true), kind, code, "");
        }
    }

    private void Languages()
    {
        var speakers = Languages20.ToDictionary(l => l,
            l => Enumerable.Range(0, 2).Select(_ => _world.People.Add("en", apart: true)).ToArray());
        for (int i = 0; i < Count(320, 48); i++)
        {
            string language = Languages20[i % Languages20.Length];
            string code = _personal.Code();
            var tweet = Post(_random.Pick(speakers[language]), Say("xx", language, code), language);
            Note(tweet, "language", code, language == "in" ? "id" : language);
        }
    }
}
