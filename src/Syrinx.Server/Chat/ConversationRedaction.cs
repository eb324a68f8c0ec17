using Microsoft.EntityFrameworkCore;
using Syrinx.Search;

namespace Syrinx.Server.Chat;

/// <summary>
/// Takes posts out of the kept conversations: their sentences, their citations, what the model said beside them, for it may have
/// repeated them, and lines of them that a visitor quoted to the letter. What visitors wrote themselves stays. A running server sees it
/// at once.
/// </summary>
public sealed class ConversationRedaction(AppDb database)
{
    /// <summary>Removes posts from all conversations.</summary>
    /// <param name="isGone">Whether a post, by its id, must not be cited any more.</param>
    /// <param name="isTheirs">Whether a line is one of such a post, to the letter.</param>
    /// <param name="cancel">Stops it; what was done stays done, and the rest can be done by another call.</param>
    /// <returns>Messages that were changed.</returns>
    public async Task<int> Remove(Func<string, bool> isGone, Func<string, bool> isTheirs, CancellationToken cancel = default)
    {
        var concerned = await Concerned(isGone, isTheirs, cancel);
        // replies before their questions: a question without its quotation no longer tells that its reply is concerned
        foreach (long id in concerned.Reverse())
        {
            await using var db = database.Context();
            var message = await db.Messages.AsNoTracking().FirstAsync(m => m.Id == id, cancel);
            if (message.Role == "user")
            {
                string said = QuotedWords.Cut(message.Text, isTheirs);
                string title = Conversations.TitleOf(message.Text), newTitle = Conversations.TitleOf(said);
                await db.Conversations.Where(c => c.Id == message.ConversationId && c.Title == title)
                    .ExecuteUpdateAsync(set => set.SetProperty(c => c.Title, newTitle), cancel);
                await db.Messages.Where(m => m.Id == id).ExecuteUpdateAsync(set => set.SetProperty(m => m.Text, said), cancel);
                continue;
            }
            var kept = message.Answer is null ? null : Without(message.Answer, isGone) with { RewrittenQuery = "" };
            string text = kept is null ? message.Text : Assistant.Marked(kept);
            await db.Messages.Where(m => m.Id == id).ExecuteUpdateAsync(
                set => set.SetProperty(m => m.Answer, kept).SetProperty(m => m.Text, text).SetProperty(m => m.ModelText, (string?)null), cancel);
        }
        database.Checkpoint();
        return concerned.Count;
    }

    /// <summary>
    /// Replies that cite such a post, or in which the model repeated one, and questions that quote one with their replies; by id.
    /// </summary>
    /// <inheritdoc cref="Remove"/>
    public async Task<IReadOnlyList<long>> Concerned(
        Func<string, bool> isGone, Func<string, bool> isTheirs, CancellationToken cancel = default)
    {
        await using var db = database.Context();
        List<long> concerned = [];
        string? quotedIn = null; // the conversation whose last question quotes one
        await foreach (var message in db.Messages.AsNoTracking().OrderBy(m => m.ConversationId).ThenBy(m => m.Id).AsAsyncEnumerable().WithCancellation(cancel))
        {
            if (message.Role == "user")
                quotedIn = QuotedWords.Cut(message.Text, isTheirs) != message.Text ? message.ConversationId : null;
            if (message.ConversationId == quotedIn || message.Answer?.Citations.Any(c => isGone(c.Id)) == true || message.ModelText is { } words && isTheirs(words))
                concerned.Add(message.Id);
        }
        concerned.Sort();
        return concerned;
    }

    internal static Answer Without(Answer answer, Func<string, bool> isGone)
    {
        int[] kept = [.. Enumerable.Range(0, answer.Citations.Count).Where(c => !isGone(answer.Citations[c].Id))];
        var sentences = answer.Sentences.Where(s => kept.Contains(s.CitationIndex))
            .Select(s => s with { CitationIndex = Array.IndexOf(kept, s.CitationIndex) }).ToList();
        return answer with
        {
            Found = sentences.Count > 0,
            Sentences = sentences,
            Citations = [.. kept.Select(c => answer.Citations[c])],
        };
    }
}
