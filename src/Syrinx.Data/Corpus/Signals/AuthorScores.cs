using Syrinx.Data.Corpus.Classifiers;
using Syrinx.Data.Posts;

namespace Syrinx.Data.Corpus.Signals;

/// <summary>What every author of a table does, and how much they look automated.</summary>
/// <param name="Bots">Bot scores by the author's number, 0…1.</param>
/// <param name="Activities">What they do; nothing (no posts) for one of whom nothing was read.</param>
internal sealed record AuthorScores(float[] Bots, AuthorActivity[] Activities)
{
    // A post that says as little as "thanks" is everybody's copy.
    private const float LeastTemplate = 15;

    /// <summary>Nobody.</summary>
    public static AuthorScores None { get; } = new([], []);

    /// <summary>Scores the authors.</summary>
    /// <param name="posts">All posts.</param>
    /// <param name="byAuthor">They by the author's number.</param>
    /// <param name="templateOf">The first of the posts that say the same, numbers aside.</param>
    /// <param name="authors">What is known of authors; enumerated once.</param>
    /// <param name="models">The classifiers.</param>
    /// <param name="threads">Threads to use; the scores are the same for any number.</param>
    /// <param name="cancel">Stops the work.</param>
    public static AuthorScores Of(PostTable posts, PostTable.Groups byAuthor, Func<int, int> templateOf, IEnumerable<Author> authors,
        LabelModels models, int threads, CancellationToken cancel)
    {
        var bots = new float[posts.Authors.Count];
        var activities = new AuthorActivity[posts.Authors.Count];
        var sizes = new int[posts.Count];
        DateTime? newest = null;
        for (int i = 0; i < posts.Count; i++)
        {
            if (posts[i].HasText)
                sizes[templateOf(i)]++;
            if (posts[i].CreatedAt is { } time && !(time < newest))
                newest = time;
        }
        bool IsTemplate(PostFacts p) => sizes[templateOf(p.Index)] > 1 && p.Weight >= LeastTemplate;

        var judged = new bool[bots.Length];
        void Judge((int Number, Author? Author) who)
        {
            List<PostFacts> own = [];
            foreach (int post in byAuthor[who.Number])
            {
                if (posts[post].HasText)
                    own.Add(posts[post]);
            }
            if (own.Count > 0)
            {
                activities[who.Number] = AuthorActivity.Of(own, IsTemplate);
                bots[who.Number] = BotScore.Of(who.Author, activities[who.Number], newest, models);
            }
            judged[who.Number] = true;
        }
        var options = new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancel };
        Parallel.ForEach(authors.Select(a => (posts.AuthorOf(a.AuthorId), (Author?)a)).Where(a => a.Item1 != PostFacts.None), options, Judge);
        Parallel.For(0, bots.Length, options, number =>
        {
            if (!judged[number])
                Judge((number, null));
        });
        return new(bots, activities);
    }
}
