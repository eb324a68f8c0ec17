namespace Syrinx.Data.Corpus.Threads;

/// <summary>
/// Takes dialogues out of a conversation: a post and the best answer to it, gone on with while the two take turns; an article and
/// the best of its pushes together. The root and every question may begin one; a post is in one dialogue at most. An
/// assistant's turn has no masked personal data, link or handle, is neither rude nor suggestive, of useful length and in the
/// language of what it answers.
/// Thread-safe.
/// </summary>
internal static class DialogueBuilder
{
    private const int MaxTurns = 8;
    private const int MaxPushes = 5;
    private const double MinQuestion = 10;
    private const double MinPush = 8;
    private const double MaxRude = 0.3;

    /// <summary>The dialogues of a conversation; ids, turns and posts only.</summary>
    public static IEnumerable<CorpusDialogue> Of(
        List<PostFacts> order, ConversationForest forest, Func<PostFacts, PostText> read, string split, CurateSettings settings)
    {
        var used = new HashSet<int>();
        foreach (var start in order)
        {
            if (start != order[0] && !start.IsQuestion || start.Kind == "push" || start.Weight < MinQuestion
                || used.Contains(start.Index))
                continue;
            List<CorpusTurn> turns = [];
            List<PostFacts> posts = [];
            if (!TakeTurns(start, forest, read, settings, used, turns, posts))
                TakePushes(start, forest, read, settings, turns, posts);
            if (turns.Count == 0)
                continue;
            foreach (var post in posts)
                used.Add(post.Index);
            yield return new CorpusDialogue
            {
                Id = start.Id,
                Lang = posts[^1].Lang,
                Turns = turns,
                Posts = [.. posts.Select(p => p.Id)],
                Split = split,
            };
        }
    }

    private static bool TakeTurns(
        PostFacts start, ConversationForest forest, Func<PostFacts, PostText> read, CurateSettings settings, HashSet<int> used,
        List<CorpusTurn> turns, List<PostFacts> posts)
    {
        PostFacts? question = start;
        PostFacts? partner = null;
        while (question is not null && turns.Count + 2 <= MaxTurns)
        {
            var asked = question;
            var answer = forest.Children(asked)
                .Where(a => IsAnswer(a, asked, settings) && !used.Contains(a.Index)
                    && (partner is null || a.Author == partner.Author))
                .MaxBy(a => (Usefulness(a), -a.Time, -a.Index));
            if (answer is null)
                break;
            string said = read(answer).Whole;
            if (said.Length > settings.MaxTurn)
                break;
            turns.Add(new("user", Cut(read(asked).Whole, settings.MaxTurn)));
            turns.Add(new("assistant", said));
            posts.Add(asked);
            posts.Add(answer);
            partner = answer;
            question = asked.Author == PostFacts.None
                ? null
                : forest.Children(answer).FirstOrDefault(q => q.Author == asked.Author && !used.Contains(q.Index));
        }
        return turns.Count > 0;
    }

    private static void TakePushes(
        PostFacts article, ConversationForest forest, Func<PostFacts, PostText> read, CurateSettings settings,
        List<CorpusTurn> turns, List<PostFacts> posts)
    {
        List<PostFacts> best =
        [
            .. forest.Children(article)
                .Where(p => p.Kind == "push" && p.Score is not < 0 && p.Weight >= MinPush && IsFit(p)
                    && p.Author != article.Author)
                .OrderByDescending(p => (Math.Min(p.Weight, 60) + 10 * (p.Score ?? 0), -p.Time, -p.Index))
                .Take(MaxPushes)
                .OrderBy(p => p.Index),
        ];
        if (best.Sum(p => p.Weight) < settings.MinAnswer)
            return;
        turns.Add(new("user", Cut(read(article).Whole, settings.MaxTurn)));
        turns.Add(new("assistant", string.Join('\n', best.Select(p => read(p).Whole))));
        posts.Add(article);
        posts.AddRange(best);
    }

    private static bool IsAnswer(PostFacts answer, PostFacts asked, CurateSettings settings) =>
        answer.Kind != "push" && IsFit(answer) && answer.Weight >= settings.MinAnswer
        && (answer.Author == PostFacts.None || answer.Author != asked.Author)
        && (answer.Lang == asked.Lang || answer.LangScore < settings.SureLanguage || asked.LangScore < settings.SureLanguage);

    // What a policy lets into the documents need not come out of an assistant's mouth.
    private static bool IsFit(PostFacts answer) => !answer.Masked && answer.Toxicity < MaxRude && answer.Nsfw < MaxRude;

    // Readers' judgement first, then length up to some forty words.
    private static double Usefulness(PostFacts answer) =>
        Math.Log(1 + Math.Max(0, answer.Engagement)) + Math.Min(answer.Weight, 200) / 80;

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
}
