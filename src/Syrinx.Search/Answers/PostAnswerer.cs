namespace Syrinx.Search;

/// <summary>
/// Answers questions with sentences that stand in the posts, and says so when there are none. Thread-safe.
/// </summary>
/// <param name="index">The posts.</param>
public sealed class PostAnswerer(SearchIndex index)
{
    /// <summary>Answers a question in English or Chinese.</summary>
    /// <param name="question">What the person asks.</param>
    /// <param name="context">What the conversation was about before, for follow-ups ("and on Sundays?"); null at its start.</param>
    /// <param name="cancel">Stops the search.</param>
    public Answer Ask(string question, string? context = null, CancellationToken cancel = default)
    {
        cancel.ThrowIfCancellationRequested();
        var hits = index.SearchAny(question, 4).Where(h => !h.Demoted && !h.Sensitive).ToList();
        return new()
        {
            Found = hits.Count > 0,
            Sentences = [.. hits.Select((h, i) => new AnswerSentence(h.Text, i))],
            Citations = [.. hits.Select(h => new Citation
            {
                Id = h.Id, Author = h.Author, AuthorName = h.AuthorName, CreatedAt = h.CreatedAt, Url = h.Url,
                Text = h.Text, Title = h.Title, Community = h.Community,
            })],
            RewrittenQuery = question,
        };
    }
}
