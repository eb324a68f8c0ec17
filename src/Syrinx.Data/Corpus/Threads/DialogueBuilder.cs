namespace Syrinx.Data.Corpus.Threads;

/// <summary>
/// Takes dialogues out of a conversation. Somebody says something, what they went on to say included; the best reply is the
/// assistant's turn; what anybody answers to that, the first speaker before others, is the next user turn, and so on. An article
/// is answered by the best of its pushes together. The root and every question may begin a dialogue; a post is in one at most.
/// Where a reply is clearly better than another one to the same post, both are kept as a preference. Thread-safe.
/// </summary>
internal static class DialogueBuilder
{
    private const int MaxTurns = 8;
    private const int MaxPushes = 5;
    private const double MinQuestion = 10;
    private const double MinPush = 8;

    /// <summary>The dialogues and preferences of a conversation.</summary>
    /// <param name="order">The conversation in reading order.</param>
    /// <param name="split">Which half of the corpus it is in.</param>
    /// <param name="settings">Least and greatest lengths.</param>
    public static (List<CorpusDialogue> Dialogues, List<CorpusPreference> Preferences) Of(
        List<ConversationPost> order, string split, CurateSettings settings)
    {
        List<CorpusDialogue> dialogues = [];
        List<CorpusPreference> preferences = [];
        var used = new HashSet<ConversationPost>();
        foreach (var start in order)
        {
            if (start != order[0] && !start.Facts.IsQuestion || start.IsPush || start.Facts.Weight < MinQuestion || used.Contains(start))
                continue;
            var turns = new Turns([], []);
            TakeTurns(start, settings, used, turns, preferences, split);
            if (turns.Texts.Count == 0)
                TakePushes(start, settings, turns);
            if (turns.Texts.Count == 0)
                continue;
            used.UnionWith(turns.Posts);
            dialogues.Add(new CorpusDialogue
            {
                Id = start.Id,
                Lang = turns.Posts[^1].Lang,
                Turns = turns.Texts,
                Posts = [.. turns.Posts.Select(p => p.Id)],
                Split = split,
            });
        }
        return (dialogues, preferences);
    }

    private static void TakeTurns(
        ConversationPost start, CurateSettings settings, HashSet<ConversationPost> used, Turns turns,
        List<CorpusPreference> preferences, string split)
    {
        var question = start;
        while (question is not null && turns.Texts.Count + 2 <= MaxTurns)
        {
            var asked = Chain(question, used, _ => true);
            var replies = Replies(asked, used).Where(r => Answers.IsAnswer(r, asked[^1], settings)).ToList();
            var best = replies.Where(Answers.IsFit).MaxBy(Answers.Rank);
            if (best is null || best.Whole.Length > settings.MaxTurn)
                return;
            string said = Cut(Joined(asked), settings.MaxTurn);
            if (Answers.ClearlyWorse(best, replies) is var (worse, why) && worse is not null)
                preferences.Add(Preference(question, turns, asked, said, best, worse, why, settings, split));

            var answer = Chain(best, used, Answers.IsFit);
            while (Joined(answer).Length > settings.MaxTurn)
                answer.RemoveAt(answer.Count - 1);
            turns.Add("user", said, asked);
            turns.Add("assistant", Joined(answer), answer);
            used.UnionWith(asked);
            used.UnionWith(answer);
            question = Replies(answer, used).Where(q => !q.IsPush)
                .MaxBy(q => (q.IsBySameAs(asked[0]), Answers.Rank(q)));
        }
    }

    private static void TakePushes(ConversationPost article, CurateSettings settings, Turns turns)
    {
        List<ConversationPost> best =
        [
            .. article.Children
                .Where(p => p.IsPush && p.Facts.Vote >= 0 && p.Facts.Weight >= MinPush && Answers.IsFit(p) && !p.IsBySameAs(article))
                .OrderByDescending(p => (Math.Min(p.Facts.Weight, 60) + 10 * p.Facts.Vote, -p.Facts.Time, -p.Facts.Index))
                .Take(MaxPushes)
                .OrderBy(p => p.Facts.Index),
        ];
        if (best.Sum(p => p.Facts.Weight) < settings.MinAnswer)
            return;
        turns.Add("user", Cut(article.Whole, settings.MaxTurn), [article]);
        turns.Add("assistant", string.Join('\n', best.Select(p => p.Whole)), best);
    }

    private static CorpusPreference Preference(
        ConversationPost question, Turns before, List<ConversationPost> asked, string said, ConversationPost best, ConversationPost worse,
        string why, CurateSettings settings, string split) => new()
        {
            Id = question.Id,
            Lang = best.Lang,
            Prompt = [.. before.Texts, new("user", said)],
            Chosen = best.Whole,
            Rejected = Cut(worse.Whole, settings.MaxTurn),
            Why = why,
            Posts = [.. before.Posts.Concat(asked).Append(best).Append(worse).Select(p => p.Id)],
            Split = split,
        };

    /// <summary>A post and what its author went on to say under it, as far as that will do and is not used yet.</summary>
    private static List<ConversationPost> Chain(ConversationPost first, HashSet<ConversationPost> used, Func<ConversationPost, bool> will)
    {
        List<ConversationPost> chain = [first];
        while (chain[^1].Children.Find(c => !c.IsPush && c.IsBySameAs(first) && !used.Contains(c)) is { } next && will(next))
            chain.Add(next);
        return chain;
    }

    /// <summary>What others answer to any post of a chain.</summary>
    private static IEnumerable<ConversationPost> Replies(List<ConversationPost> chain, HashSet<ConversationPost> used) =>
        chain.SelectMany(p => p.Children).Where(c => !c.IsBySameAs(chain[0]) && !used.Contains(c));

    private static string Joined(List<ConversationPost> chain) =>
        chain.Count == 1 ? chain[0].Whole : string.Join('\n', chain.Select(p => p.Whole));

    /// <summary>The beginning of a text, ended at a line or sentence where one ends in its second half.</summary>
    private static string Cut(string text, int length)
    {
        if (text.Length <= length)
            return text;
        int end = text.LastIndexOfAny(['\n', '。', '！', '？', '.', '!', '?'], length - 1);
        if (end < length / 2)
            end = char.IsHighSurrogate(text[length - 1]) ? length - 2 : length - 1;
        return text[..(end + 1)].TrimEnd();
    }

    private readonly record struct Turns(List<CorpusTurn> Texts, List<ConversationPost> Posts)
    {
        public void Add(string role, string text, List<ConversationPost> posts)
        {
            Texts.Add(new(role, text));
            Posts.AddRange(posts);
        }
    }
}
