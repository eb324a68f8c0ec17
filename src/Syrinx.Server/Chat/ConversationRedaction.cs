using Microsoft.EntityFrameworkCore;
using Syrinx.Search;

namespace Syrinx.Server.Chat;

/// <summary>
/// Takes posts out of the kept conversations: their sentences, their citations, and what the model said beside them, for it may have
/// repeated them. What visitors wrote themselves stays. A running server sees it at once.
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
        foreach (long id in concerned)
        {
            await using var db = database.Context();
            var message = await db.Messages.AsNoTracking().FirstAsync(m => m.Id == id, cancel);
            var kept = message.Answer is null ? null : Without(message.Answer, isGone);
            string text = kept is null ? message.Text : Assistant.Marked(kept);
            await db.Messages.Where(m => m.Id == id).ExecuteUpdateAsync(
                set => set.SetProperty(m => m.Answer, kept).SetProperty(m => m.Text, text).SetProperty(m => m.ModelText, (string?)null), cancel);
        }
        database.Checkpoint();
        return concerned.Count;
    }

    /// <summary>Replies that cite such a post, or in which the model repeated one.</summary>
    /// <inheritdoc cref="Remove"/>
    public async Task<IReadOnlyList<long>> Concerned(
        Func<string, bool> isGone, Func<string, bool> isTheirs, CancellationToken cancel = default)
    {
        await using var db = database.Context();
        List<long> concerned = [];
        await foreach (var message in db.Messages.AsNoTracking().Where(m => m.Role == "assistant").AsAsyncEnumerable().WithCancellation(cancel))
        {
            if (message.Answer?.Citations.Any(c => isGone(c.Id)) == true || message.ModelText is { } words && isTheirs(words))
                concerned.Add(message.Id);
        }
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
