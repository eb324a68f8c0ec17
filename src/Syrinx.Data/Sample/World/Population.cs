using Syrinx.Data.Sample.Town;

namespace Syrinx.Data.Sample.World;

/// <summary>
/// Who lives here: the hand-written characters, some 400 more accounts, and the users of the boards. Followers and activity
/// have the heavy tails that platforms have.
/// </summary>
internal sealed class Population
{
    private const int Accounts = 400;
    private const int BoardUsers = 130;
    private static readonly string[] Clients =
        ["Twitter for iPhone", "Twitter for iPhone", "Twitter for Android", "Twitter for Android", "Twitter for Android",
            "Twitter Web App", "Twitter for iPad", "TweetDeck"];

    private readonly SampleRandom _random;
    private readonly Dictionary<string, SampleAuthor> _accounts = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, SampleAuthor> _users = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<long> _numbers = [];

    public Population(SampleRandom random)
    {
        _random = random;
        foreach (var character in TownLists.Characters)
            AddCharacter(character);
        for (int i = 0; i < Accounts; i++)
            Add(random.Chance(0.6) ? "en" : "zh");
        for (int i = 0; i < BoardUsers; i++)
            AddUser();
    }

    /// <summary>Accounts, in the order in which they were made.</summary>
    public IReadOnlyCollection<SampleAuthor> Accountholders => _accounts.Values;

    /// <summary>Users of the boards.</summary>
    public IReadOnlyCollection<SampleAuthor> Users => _users.Values;

    /// <summary>The account called so in a hand-written text.</summary>
    public SampleAuthor Account(string handle) => _accounts.TryGetValue(handle, out var account)
        ? account
        : throw new InvalidOperationException($"characters.txt has no @{handle}.");

    public SampleAuthor? Find(string handle) => _accounts.GetValueOrDefault(handle);

    /// <summary>The board user called so, new if need be.</summary>
    public SampleAuthor User(string userId, string nickname) =>
        _users.GetValueOrDefault(userId) ?? AddUser(userId,
            nickname.Length > 0 ? nickname : _random.Pick(TownLists.List("nicknames")));

    /// <summary>A new account; <paramref name="apart"/>: one that takes no part in ordinary conversations.</summary>
    public SampleAuthor Add(string language, bool apart = false, string? handle = null, string? client = null, string? bio = null)
    {
        bool zh = language == "zh";
        string given = _random.Pick(TownLists.List(zh ? "given.zh" : "given.en"));
        string name = zh
            ? _random.Chance(0.6) ? _random.Pick(TownLists.List("surnames.zh")) + given.Split(' ')[0]
            : _random.Pick(TownLists.List("nicknames"))
            : _random.Chance(0.5) ? given : given + " " + _random.Pick(TownLists.List("surnames.en"));
        handle ??= NewHandle(zh ? given.Split(' ')[^1] : given);
        var topics = new HashSet<string>();
        string[] all = [.. TownGrammar.Topics(zh ? "zh" : "en").Select(g => g.Topic)];
        for (int i = _random.Between(2, 4); i > 0; i--)
            topics.Add(_random.Pick(all));
        int followers = (int)Math.Clamp(Math.Exp(4.8 + 1.5 * _random.Normal()), 1, 60_000);
        var account = new SampleAuthor
        {
            Number = NewNumber(out var created),
            Handle = handle,
            Name = name,
            Bio = bio ?? (_random.Chance(0.15) ? "" : Bio(language, topics)),
            Language = language,
            Location = _random.Chance(0.5) ? _random.Pick(TownLists.List(zh ? "places.zh" : "places.en")) : "",
            Url = _random.Chance(0.12) ? $"https://{handle.Replace('_', '-').ToLowerInvariant()}.example/" : "",
            CreatedAt = created,
            Followers = followers,
            Following = (int)Math.Clamp(Math.Exp(5.2 + 0.9 * _random.Normal()), 3, 5000),
            Listed = (int)(followers * 0.012 * _random.Unit()),
            DefaultProfile = _random.Chance(0.25),
            Apart = apart,
            Client = client ?? _random.Pick(Clients),
            Activity = Math.Exp(1.1 * _random.Normal()),
            LateHours = _random.Chance(0.12) ? 2 : 0,
            Topics = topics,
            Habit = Habit(zh),
        };
        _accounts.Add(handle, account);
        return account;
    }

    /// <summary>A new board user.</summary>
    public SampleAuthor AddUser() => AddUser(NewUserId(), _random.Pick(TownLists.List("nicknames")));

    private void AddCharacter(Character character) => _accounts.Add(character.Handle, new()
    {
        Number = NewNumber(out var created),
        Handle = character.Handle,
        Name = character.Name,
        Bio = character.Bio,
        Language = character.Language,
        Location = character.Language == "zh" ? "翠河鎮" : "Cuihe",
        CreatedAt = created,
        Followers = character.Followers,
        Following = 80 + character.Followers / 7,
        Listed = character.Followers / 90,
        Character = true,
        Client = character.Client,
        Activity = 1.3,
        Topics = character.Topics.ToHashSet(),
        Habit = WritingHabit.None,
    });

    private SampleAuthor AddUser(string userId, string nickname)
    {
        var user = new SampleAuthor
        {
            Handle = userId,
            Name = nickname,
            Bio = "",
            Language = "zh",
            CreatedAt = new DateTime(2006 + _random.Below(19), 1, 1, 0, 0, 0, DateTimeKind.Utc).AddDays(_random.Below(365)),
            OnBoards = true,
            Client = "",
            Activity = Math.Exp(1.1 * _random.Normal()),
            LateHours = _random.Chance(0.2) ? 2 : 0,
            Topics = new HashSet<string>(),
            Habit = WritingHabit.None,
        };
        _users.Add(userId, user);
        return user;
    }

    private WritingHabit Habit(bool zh)
    {
        var habit = WritingHabit.None;
        habit |= !zh && _random.Chance(0.22) ? WritingHabit.LowerCase : 0;
        habit |= _random.Chance(0.35) ? WritingHabit.NoFullStop : 0;
        habit |= _random.Chance(0.25) ? WritingHabit.Emoji : 0;
        habit |= _random.Chance(0.15) ? WritingHabit.Exclaims : 0;
        habit |= _random.Chance(0.15) ? WritingHabit.Hashtags : 0;
        habit |= _random.Chance(0.25) ? WritingHabit.Laughs : 0;
        return habit;
    }

    private string Bio(string language, IReadOnlySet<string> topics)
    {
        var parts = topics.Order(StringComparer.Ordinal).Take(2)
            .Select(t => _random.Pick(TownLists.List($"bio.{language}")
                .Where(b => b.StartsWith(t + ": ", StringComparison.Ordinal)).DefaultIfEmpty($"{t}: {t}")
                .ToArray())[(t.Length + 2)..]);
        return string.Join(language == "zh" ? "｜" : _random.Chance(0.5) ? ". " : " · ", parts);
    }

    private string NewHandle(string given)
    {
        string stem = new([.. given.ToLowerInvariant().Where(char.IsAsciiLetterOrDigit)]);
        while (true)
        {
            string word = _random.Pick(TownLists.List("handlewords"));
            string handle = _random.Below(5) switch
            {
                0 => $"{stem}_{word}",
                1 => $"{word}_{stem}",
                2 => $"{stem}{_random.Between(70, 99)}",
                3 => $"{stem}_{_random.Between(1, 999)}",
                _ => char.ToUpperInvariant(stem[0]) + stem[1..] + char.ToUpperInvariant(word[0]) + word[1..],
            };
            if (handle.Length <= 15 && !_accounts.ContainsKey(handle))
                return handle;
        }
    }

    private string NewUserId()
    {
        while (true)
        {
            string stem = _random.Pick(TownLists.List("given.zh")).Split(' ')[^1];
            string word = _random.Pick(TownLists.List("handlewords"));
            string id = _random.Below(4) switch
            {
                0 => stem + _random.Between(10, 9999),
                1 => word + stem,
                2 => stem + word,
                _ => word + _random.Between(1, 999),
            };
            if (id.Length is >= 4 and <= 12 && !_users.ContainsKey(id))
                return id;
        }
    }

    private long NewNumber(out DateTime created)
    {
        created = new DateTime(2009, 3, 1, 0, 0, 0, DateTimeKind.Utc).AddSeconds(_random.Unit() * 16.4 * 365 * 86_400);
        while (true)
        {
            // Before 2016 the platform counted its accounts; since then it gives them snowflakes.
            double years = created.Year - 2009 + created.DayOfYear / 366.0;
            long milliseconds = new DateTimeOffset(created).ToUnixTimeMilliseconds() - 1288834974657;
            long number = created.Year < 2016
                ? 20_000_000 + (long)(years / 7 * 3_900_000_000) + _random.Below(100_000)
                : (milliseconds << 22) | (long)(_random.Next() & 0x3FFFFF);
            if (_numbers.Add(number))
                return number;
        }
    }
}
