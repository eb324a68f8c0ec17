using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text;
using Microsoft.Extensions.AI;
using Syrinx.Server.Serving;

namespace Syrinx.Server.Chat;

/// <summary>
/// Answers a question twice: first with sentences out of posts, cited; then the model speaks in its own words, which the
/// page labels as the model's. Safe to share between threads.
/// </summary>
public sealed class Assistant(ServedModels models, Conversations conversations)
{
    /// <summary>Most tokens that the model says in one reply.</summary>
    public const int MaxTokens = 256;

    /// <summary>Answers the last message of a conversation. To stop, cancel, or end the enumeration.</summary>
    /// <param name="messages">Oldest first; the last one is the visitor's.</param>
    /// <param name="model">Which model is to speak; null for the default.</param>
    /// <param name="cancel">Stops retrieval and decoding.</param>
    public async IAsyncEnumerable<AssistantUpdate> Ask(
        IReadOnlyList<ConversationMessage> messages, string? model = null, [EnumeratorCancellation] CancellationToken cancel = default)
    {
        var searching = Stopwatch.StartNew();
        var answer = await Task.Run(() => AnswerFromPosts(messages[^1].Text, cancel), cancel);
        double searchMs = searching.Elapsed.TotalMilliseconds;
        yield return new AssistantUpdate.FromPosts(answer);

        var served = model is null ? models.Default : models.Find(model);
        var (client, problem) = await Load(served, cancel);
        var clock = Stopwatch.StartNew();
        UsageDetails? usage = null;
        if (client is not null)
        {
            var prompt = messages.Where(m => m.Role == "user" || m.ModelText is { Length: > 0 })
                .Select(m => new ChatMessage(m.Role == "user" ? ChatRole.User : ChatRole.Assistant, m.Role == "user" ? m.Text : m.ModelText));
            var options = new ChatOptions { MaxOutputTokens = MaxTokens };
            await foreach (var update in client.GetStreamingResponseAsync(prompt, options, cancel))
            {
                usage = update.Contents.OfType<UsageContent>().FirstOrDefault()?.Details ?? usage;
                if (update.Text.Length > 0)
                    yield return new AssistantUpdate.ModelWords(update.Text);
            }
        }
        yield return new AssistantUpdate.Done(
            client is null ? null : served!.Name, problem, searchMs, usage?.InputTokenCount, usage?.OutputTokenCount, clock.Elapsed.TotalSeconds);
    }

    /// <summary>
    /// Puts a question into a conversation, answers it, and keeps question and reply; also what was said until a stop.
    /// </summary>
    /// <exception cref="InputException">The owner has no such conversation, or it is too long.</exception>
    public async IAsyncEnumerable<AssistantUpdate> AskIn(
        string owner, string conversation, string question, string? model = null, [EnumeratorCancellation] CancellationToken cancel = default)
    {
        if (!await conversations.Append(owner, conversation, new() { Role = "user", Text = question }, cancel))
            throw new InputException("This conversation is not there any more; begin a new one.");
        var kept = (await conversations.Get(owner, conversation, cancel))!;
        Answer? answer = null;
        var words = new StringBuilder();
        string? speaker = model ?? models.Default?.Name;
        bool done = false;
        try
        {
            await foreach (var update in Ask(kept.Messages, model, cancel))
            {
                if (update is AssistantUpdate.FromPosts found)
                    answer = found.Answer;
                else if (update is AssistantUpdate.ModelWords more)
                    words.Append(more.Text);
                else
                    done = true;
                yield return update;
            }
        }
        finally
        {
            // not the caller's token: what was said until the stop is kept
            await conversations.Append(owner, conversation, new()
            {
                Role = "assistant",
                Text = answer is null ? "" : Marked(answer),
                Answer = answer,
                ModelText = words.Length > 0 ? words.ToString() : null,
                Model = words.Length > 0 ? speaker : null,
                Stopped = !done,
            }, CancellationToken.None);
        }
    }

    private static Answer AnswerFromPosts(string question, CancellationToken cancel) =>
        new() { Found = false, Sentences = [], Citations = [], RewrittenQuery = question };

    /// <summary>The sentences one per line, each with its mark: <c>… [1]</c>; empty where nothing was found.</summary>
    public static string Marked(Answer answer) => string.Join('\n', answer.Sentences.Select(s => $"{s.Text} [{s.CitationIndex + 1}]"));

    private static async Task<(IChatClient? Client, string? Problem)> Load(ServedModel? model, CancellationToken cancel)
    {
        if (model is null)
            return (null, "There is no model yet.");
        try
        {
            return (await model.Client(cancel), null);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            return (null, e.Message);
        }
    }
}
