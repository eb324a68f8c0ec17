using System.Text;
using Syrinx.Data.Sample.Town;

namespace Syrinx.Data.Sample.World;

/// <summary>Grows articles on the boards, with their pushes, and articles that answer articles.</summary>
internal sealed class BoardGrower
{
    private const int Tries = 10;

    private readonly SampleWorld _world;
    private readonly SampleRandom _random;
    private readonly DayRhythm _rhythm;
    private readonly NearDuplicateGuard _guard;
    private readonly Speaker _speaker;
    private readonly WeightedChoice<(TownGrammar Grammar, GrammarRule Rule)> _kinds;
    private readonly WeightedChoice<SampleAuthor> _users;
    private readonly Dictionary<string, (SampleArticle Article, Telling Telling)> _latest = [];

    public BoardGrower(SampleWorld world, DayRhythm rhythm, NearDuplicateGuard guard, SampleRandom random)
    {
        (_world, _rhythm, _guard, _random, _speaker) = (world, rhythm, guard, random, new(random));
        _kinds = new(
            TownGrammar.Topics("zh").SelectMany(g => g.Beginnings("article").Select(r => (g, r))),
            k => k.Rule.Number("weight", 1));
        _users = new(world.People.Users.Where(u => !u.OptedOut), u => u.Activity);
    }

    /// <summary>Grows one article with at most <paramref name="room"/> − 1 pushes.</summary>
    public void Grow(int room)
    {
        var (grammar, rule) = _kinds.Draw(_random);
        string kind = rule.Name[8..];
        var author = _users.Draw(_random);
        bool answers = _latest.TryGetValue(grammar.Topic + kind, out var before) && _random.Chance(0.14)
            && before.Article.CreatedAt < DayRhythm.End.AddDays(-3) && before.Article.Author != author
            && grammar.Find("answer." + kind) is not null;
        var telling = answers ? before.Telling : Occasion.Of(rule, _rhythm, author, _random);
        var at = answers ? DayRhythm.Answer(before.Article.CreatedAt.AddHours(1), _random) : telling.Taipei.AddHours(-8);
        string? body = Text(grammar, answers ? "answer." + kind : rule.Name, telling);
        if (body is null)
            return;
        string title = answers ? "Re: " + before.Article.Title.Replace("Re: ", "", StringComparison.Ordinal)
            : _speaker.Say(grammar, "title." + kind, telling)!;
        var article = new SampleArticle
        {
            Board = rule.Text("board", "Cuihe"),
            Name = BoardNames.Article(at, _random),
            Author = author,
            CreatedAt = at,
            Title = title,
            Body = answers ? Quoted(before.Article) + body : body,
            Ip = BoardNames.Ip(_random),
        };
        if (!answers)
            _latest[grammar.Topic + kind] = (article, telling);
        int pushes = (int)Math.Clamp(Math.Exp(2.25 + 0.75 * _random.Normal()), 0, 60);
        Push(article, grammar, kind, telling, Math.Min(room - 1, pushes));
        _world.Add(article);
    }

    /// <summary>A text of a rule that nobody has said, if it can be helped; null where there is no such rule.</summary>
    private string? Text(TownGrammar grammar, string rule, Telling telling)
    {
        for (int i = 0; i < Tries; i++)
        {
            if (_speaker.Say(grammar, rule, telling) is not { } text)
                return null;
            if (text.Length < 18 && rule is not "insert") // short pushes would soon repeat each other
            {
                string comma = text[^1] is '！' or '？' or '」' ? "" : "，";
                text = text.TrimEnd('。') + comma + _speaker.Say(grammar, "pushtail", telling);
            }
            if ((_world.IsNew(text) && _guard.Accepts(text)) || i == Tries - 1)
                return text;
        }
        return null;
    }

    private void Push(SampleArticle article, TownGrammar grammar, string kind, Telling telling, int count)
    {
        var at = article.CreatedAt;
        SampleAuthor? last = null;
        for (int i = 0; i < count; i++)
        {
            at += TimeSpan.FromSeconds(Math.Clamp(Math.Exp(5.6 + 1.3 * _random.Normal()), 15, 20_000));
            if (at.AddHours(8).Hour is >= 2 and < 6 && _random.Chance(0.8))
                at = at.AddHours(4 + 2 * _random.Unit()); // most people sleep
            if (at >= DayRhythm.End)
                return;
            double draw = _random.Unit();
            char tag = draw < 0.66 ? '推' : draw < 0.91 ? '→' : '噓';
            string rule = tag switch { '噓' => "boo", _ => "push" };
            rule = grammar.Find($"{rule}.{kind}") is null || _random.Chance(0.3) ? rule : $"{rule}.{kind}";
            var user = _users.Draw(_random);
            if (user == last || Text(grammar, rule, telling) is not { } text)
                continue;
            last = user;
            article.Pushes.Add(new(tag, user, text, at));
            if (i > 2 && _random.Chance(0.015) && Text(grammar, "insert", telling) is { } insert)
                article.Pushes.Add(new('※', article.Author, insert, at.AddMinutes(3)));
        }
    }

    private static string Quoted(SampleArticle article)
    {
        var quoted = new StringBuilder($"※ 引述《{article.Author.Handle} ({article.Author.Name})》之銘言：\n");
        foreach (string line in article.Body.Split('\n').Where(l => l.Length > 0 && l[0] is not ('※' or ':')).Take(3))
            quoted.Append(": ").Append(line).Append('\n');
        return quoted.Append('\n').ToString();
    }
}
