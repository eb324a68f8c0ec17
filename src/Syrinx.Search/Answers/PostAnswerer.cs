using System.Text.RegularExpressions;
using Syrinx.Search.Analysis;
using Syrinx.Search.Answers;

namespace Syrinx.Search;

/// <summary>
/// Answers questions with sentences that stand in the posts, word for word, and says so when the posts hold no answer.
/// Retrieves posts by the question's content words, adds the replies to the best of them (a reply to a question like this
/// one is likely an answer), cuts them into sentences, and ranks these by how much of the question they cover. Spam, bots'
/// posts, sensitive posts, questions and personal data are never quoted. What a post says is text to quote, never an
/// instruction. Thread-safe.
/// </summary>
/// <param name="index">The posts.</param>
public sealed class PostAnswerer(SearchIndex index)
{
    /// <summary>Sentences of an answer at most.</summary>
    private const int MaxSentences = 4;

    /// <summary>Sentences of one post that are looked at: a very long article is read at its beginning.</summary>
    private const int MaxSentencesOfPost = 100;

    /// <summary>Posts that are read per question, before their replies.</summary>
    private const int Retrieved = 50;

    /// <summary>Of these, so many of the best have their replies read.</summary>
    private const int Expanded = 20;

    /// <summary>Replies read of each.</summary>
    private const int RepliesEach = 30;

    /// <summary>
    /// Evidence that a sentence must have. Set on the questions of the tests and of the sample platform, so that those that
    /// the posts do not answer are refused; docs/search.md has the numbers.
    /// </summary>
    internal const double Threshold = 0.65;

    /// <summary>Sentences before and after a sentence, in a long post, that with the title are what it stands in.</summary>
    private const int Near = 2;

    /// <summary>
    /// What a word of the question counts when it stands near the sentence in its post, or in the post it replies to.
    /// </summary>
    private const double InPost = 0.85, InParent = 0.75;

    /// <summary>What a hint counts in retrieval, beside 1 for a word of the question.</summary>
    private const float HintWeight = 0.5f;

    /// <summary>Share of the best sentence's score from which another is worth adding.</summary>
    private const double WorthSaying = 0.6;

    /// <summary>
    /// What is left of the score of a sentence whose post opens a thread by asking: it tells what is wanted, not
    /// what is so.
    /// </summary>
    private const double AskingPost = 0.4;

    /// <summary>Answers a question in English or Chinese, from posts in the language it is asked in.</summary>
    /// <param name="question">What the person asks; only its first 1,000 characters count.</param>
    /// <param name="context">What was asked before, for follow-ups ("and on Sundays?"); null at the start.</param>
    /// <param name="cancel">Stops the search.</param>
    public Answer Ask(string question, string? context = null, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(question);
        cancel.ThrowIfCancellationRequested();
        var asked = Question.Parse(question, null, index.InverseDocumentFrequency);
        bool leans = context is { Length: > 0 } && (asked.StrongUnits == 0 || QuestionWords.IsFollowUp(question));
        // "and on Sundays?" is about what was asked before; "and when does the library open?" may stand alone
        if (!leans || asked.StrongUnits >= 2)
        {
            var answer = Ask(question, asked, cancel);
            if (answer.Found || !leans)
                return answer;
        }
        return Ask(question, Question.Parse(question, context, index.InverseDocumentFrequency), cancel);
    }

    private Answer Ask(string question, Question asked, CancellationToken cancel)
    {
        if (asked.Terms.Count == 0)
            return Compose(asked, []);
        var terms = new Dictionary<string, float>(asked.Terms);
        foreach (string hint in AnswerKind.Hints(question))
            terms.TryAdd(hint, HintWeight);
        return Compose(asked, Choose(Candidates(asked, Pool(terms, cancel), AnswerKind.Of(question), cancel)));
    }

    private List<Candidate> Candidates(
        Question asked, Dictionary<string, SearchHit> pool, IReadOnlyList<Regex> kinds, CancellationToken cancel)
    {
        var read = new Dictionary<string, IReadOnlySet<string>>();
        IReadOnlySet<string> TermsOf(SearchHit post) => read.TryGetValue(post.Id, out var terms) ? terms
            : read[post.Id] = Candidate.TermsOf($"{post.Title}\n{post.Text}");

        var quotable = pool.Values.Where(post => !post.Unquotable).ToList();
        var topic = new TopicTerms(quotable.Where(post => !Asks(post))
            .Select(post => (post.AuthorId ?? post.Id, TermsOf(post))), index.ShareWith);
        List<Candidate> candidates = [];
        foreach (var post in quotable)
        {
            cancel.ThrowIfCancellationRequested();
            var parent = post.ReplyTo is null ? null : pool.GetValueOrDefault(post.ReplyTo) ?? index.Find(post.ReplyTo);
            bool[] postCover = asked.Cover(TermsOf(post));
            bool[] parentCover = parent is null ? new bool[asked.SlotCount] : asked.Cover(TermsOf(parent));
            AddSentences(candidates, asked, kinds, post, postCover, parentCover, topic);
        }
        return Judged(candidates);
    }

    /// <summary>The posts that match best, and the replies to the best of them.</summary>
    private Dictionary<string, SearchHit> Pool(Dictionary<string, float> terms, CancellationToken cancel)
    {
        var best = index.SearchAny(terms, Retrieved);
        var pool = best.ToDictionary(hit => hit.Id);
        foreach (var hit in best.Take(Expanded))
        {
            cancel.ThrowIfCancellationRequested();
            foreach (var reply in index.RepliesTo(hit.Id, RepliesEach))
                pool.TryAdd(reply.Id, reply);
        }
        return pool;
    }

    private void AddSentences(
        List<Candidate> candidates, Question asked, IReadOnlyList<Regex> kinds, SearchHit post, bool[] postCover,
        bool[] parentCover, TopicTerms topic)
    {
        // most posts of a pool match a word or two: nothing that they say can be evidence
        if (asked.Evidence([(postCover, 1), (parentCover, InParent)]) < Threshold)
            return;
        var sentences = SentenceSplitter.Split(post.Text).Take(MaxSentencesOfPost).ToList();
        bool asks = Asks(post);
        HashSet<string>[] sentenceTerms = [.. sentences.Select(Candidate.TermsOf)];
        bool[][] covers = [.. sentenceTerms.Select(asked.Cover)];
        bool[] titleCover = asked.Cover(Candidate.TermsOf(post.Title ?? ""));
        for (int i = 0; i < sentences.Count; i++)
        {
            string sentence = sentences[i];
            var terms = sentenceTerms[i];
            bool[] cover = covers[i];
            double evidence = asked.Evidence([(cover, 1), (Around(covers, titleCover, i), InPost), (parentCover, InParent)]);
            if (evidence < Threshold || !IsTelling(sentence) || QuestionWords.IsQuestion(sentence)
                || PersonalDetails.AreIn(sentence))
                continue;
            double approval = Math.Max(0, post.Likes ?? 0) + 2.0 * Math.Max(0, post.Reposts ?? 0);
            double engagement = Math.Min(1, Math.Log10(1 + approval) / 4);
            double score = (1 + 0.1 * engagement) * AnswerKind.Factor(kinds, sentence)
                * (asks ? AskingPost : 1) * Informativeness(terms, asked) * (1 - 0.01 * Math.Min(i, 10));
            candidates.Add(new(post, sentence, terms)
            {
                Evidence = evidence,
                Own = asked.Share(cover),
                Topic = topic.In(terms.Where(term => !asked.Terms.ContainsKey(term))),
                Score = score,
            });
        }
    }

    /// <summary>What a sentence's neighbours and its post's title cover.</summary>
    private static bool[] Around(bool[][] covers, bool[] titleCover, int sentence)
    {
        bool[] around = [.. titleCover];
        for (int i = Math.Max(0, sentence - Near); i <= Math.Min(covers.Length - 1, sentence + Near); i++)
        {
            for (int slot = 0; slot < around.Length; slot++)
                around[slot] |= covers[i][slot];
        }
        return around;
    }

    /// <summary>Whether a post opens a thread by asking.</summary>
    private static bool Asks(SearchHit post) => post.ReplyTo is null
        && (post.Title is { } title && QuestionWords.IsQuestion(title)
            || SentenceSplitter.Split(post.Text).Exists(QuestionWords.IsQuestion));

    /// <summary>
    /// Completes the scores: a sentence counts by its evidence, and in full only if it speaks of the question's or the
    /// topic's things itself. Half of the question's words are worth a quarter: one of two may be chance.
    /// </summary>
    private static List<Candidate> Judged(List<Candidate> candidates)
    {
        double most = candidates.Count == 0 ? 0 : candidates.Max(c => c.Topic);
        return [.. candidates.Select(c =>
        {
            double own = c.Own * c.Own;
            double speaksOfIt = Math.Min(1, 0.6 * own + 0.6 * (most > 0 ? c.Topic / most : 1));
            return c with { Score = c.Score * (c.Evidence + 0.35 * own) * (0.3 + 0.7 * speaksOfIt) };
        })];
    }

    /// <summary>
    /// 0.5 to 1: what the sentence says beyond the question. One that only repeats the question's words tells nothing new.
    /// </summary>
    private double Informativeness(HashSet<string> terms, Question asked)
    {
        double news = terms.Where(t => !asked.Terms.ContainsKey(t)).Sum(index.InverseDocumentFrequency);
        return 0.5 + 0.5 * Math.Min(1, news / 20);
    }

    /// <summary>Long enough to say something, short enough to quote, and not mostly an address.</summary>
    private static bool IsTelling(string sentence)
    {
        if (sentence.Length > 400)
            return false;
        int weight = 0;
        bool inAddress = false;
        for (int i = 0; i < sentence.Length; i++)
        {
            if (!inAddress && TextTokenizer.AddressLength(sentence.AsSpan(i)) > 0)
                inAddress = true;
            if (char.IsWhiteSpace(sentence[i]))
                inAddress = false;
            if (!inAddress && char.IsLetterOrDigit(sentence[i]))
                weight += TextTokenizer.UnspacedLength(sentence, i) > 0 ? 3 : 1;
        }
        return weight >= 15;
    }

    private static List<Candidate> Choose(List<Candidate> candidates)
    {
        List<Candidate> chosen = [];
        foreach (var candidate in candidates.OrderByDescending(c => c.Score).ThenBy(c => c.Post.Id, StringComparer.Ordinal))
        {
            if (chosen.Count == MaxSentences || chosen.Count > 0 && candidate.Score < WorthSaying * chosen[0].Score)
                break;
            if (chosen.Count(c => c.Post.Id == candidate.Post.Id) < 2 && !chosen.Any(candidate.Repeats))
                chosen.Add(candidate);
        }
        return chosen;
    }

    private static Answer Compose(Question asked, List<Candidate> chosen)
    {
        List<Citation> citations = [];
        List<AnswerSentence> sentences = [];
        foreach (var candidate in chosen)
        {
            int cited = citations.FindIndex(c => c.Id == candidate.Post.Id);
            if (cited < 0)
            {
                cited = citations.Count;
                citations.Add(Cite(candidate.Post));
            }
            sentences.Add(new(candidate.Text, cited));
        }
        return new()
        {
            Found = chosen.Count > 0,
            Sentences = sentences,
            Citations = citations,
            RewrittenQuery = asked.Rewritten,
            Confidence = chosen.Count > 0 ? chosen.Max(c => c.Evidence) : 0,
        };
    }

    private static Citation Cite(SearchHit post) => new()
    {
        Id = post.Id,
        Author = post.Author,
        AuthorName = post.AuthorName,
        CreatedAt = post.CreatedAt,
        Url = post.Url,
        Text = post.Text,
        Title = post.Title,
        Community = post.Community,
    };
}
