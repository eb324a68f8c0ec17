using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text;
using Microsoft.Extensions.AI;
using Syrinx.Inference;
using Syrinx.Models;
using Syrinx.Search;
using Syrinx.Server.Safety;
using Syrinx.Server.Serving;

namespace Syrinx.Server.Chat;

/// <summary>
/// Answers a question twice: first with sentences out of posts, cited; then the model speaks in its own words, which the
/// page labels as the model's. Safe to share between threads.
/// </summary>
public sealed class Assistant(ServedModels models, PostIndex posts, GenerationGate gate, Conversations conversations, PersonaGuard personas)
{
    /// <summary>Most tokens that the model says in one reply.</summary>
    public const int MaxTokens = 256;

    /// <summary>Answers the last message of a conversation. To stop, cancel, or end the enumeration.</summary>
    /// <param name="messages">Oldest first; the last one is the visitor's.</param>
    /// <param name="model">Which model is to speak; null for the default.</param>
    /// <param name="cancel">Stops retrieval and decoding.</param>
    public async IAsyncEnumerable<AssistantUpdate> Ask(
        IReadOnlyList<ConversationMessage> messages, string? model = null,
        [EnumeratorCancellation] CancellationToken cancel = default)
    {
        if (personas.Refusal(messages[^1].Text) is { } refusal)
        {
            yield return new AssistantUpdate.Refused(refusal);
            yield break;
        }
        var searching = Stopwatch.StartNew();
        var answer = await Task.Run(() => posts.Answer(messages[^1].Text, PostContext(messages), cancel), cancel);
        double searchMs = searching.Elapsed.TotalMilliseconds;
        yield return new AssistantUpdate.FromPosts(answer);

        var served = model is null ? models.Default : models.Find(model);
        List<ChatMessage> prompt = [.. messages.Where(m => m.Role == "user" ? personas.Refusal(m.Text) is null : m.ModelText is { Length: > 0 })
            .Select(m => m.Role == "user" ? new ChatMessage(ChatRole.User, m.Text)
                : new ChatMessage(ChatRole.Assistant, m.ModelText))];
        var (loaded, silence, problem) = await Load(served, prompt, cancel);
        using var place = loaded is null ? null : await gate.TryEnter(cancel);
        if (loaded is null || place is null)
        {
            yield return new AssistantUpdate.Done(
                null, problem ?? "The model is busy with others; ask again in a few seconds.", searchMs, null, null, 0)
            { Silence = silence ?? ModelSilence.Busy };
            yield break;
        }
        var clock = Stopwatch.StartNew();
        UsageDetails? usage = null;
        // a seed of its own: asking again gives another reply
        var options = new ChatOptions { MaxOutputTokens = MaxTokens, Seed = Random.Shared.NextInt64() };
        await foreach (var update in loaded.Chat.GetStreamingResponseAsync(prompt, options, cancel))
        {
            usage = update.Contents.OfType<UsageContent>().FirstOrDefault()?.Details ?? usage;
            if (update.Text.Length > 0)
                yield return new AssistantUpdate.ModelWords(update.Text);
        }
        yield return new AssistantUpdate.Done(
            served!.Name, null, searchMs, usage?.InputTokenCount, usage?.OutputTokenCount, clock.Elapsed.TotalSeconds);
    }

    /// <summary>
    /// Puts a question into a conversation, answers it, and keeps question and reply; also what was said until a stop.
    /// </summary>
    /// <exception cref="InputException">The owner has no such conversation, or it is too long.</exception>
    public async IAsyncEnumerable<AssistantUpdate> AskIn(
        string owner, string conversation, string question, string? model = null,
        [EnumeratorCancellation] CancellationToken cancel = default)
    {
        if (!await conversations.Append(owner, conversation, new() { Role = "user", Text = question }, cancel))
            throw new InputException("This conversation is not there any more; begin a new one.");
        var kept = (await conversations.Get(owner, conversation, cancel))!;
        Answer? answer = null;
        string? refusal = null;
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
                    (refusal, done) = ((update as AssistantUpdate.Refused)?.Text, true);
                yield return update;
            }
        }
        finally
        {
            // not the caller's token: what was said until the stop is kept
            await conversations.Append(owner, conversation, new()
            {
                Role = "assistant",
                Text = answer is null ? refusal ?? "" : Marked(answer),
                Answer = answer,
                ModelText = words.Length > 0 ? words.ToString() : null,
                Model = words.Length > 0 ? speaker : null,
                Stopped = !done,
            }, CancellationToken.None);
        }
    }

    /// <summary>The sentences one per line, each with its mark: <c>… [1]</c>; empty where nothing was found.</summary>
    public static string Marked(Answer answer) =>
        string.Join('\n', answer.Sentences.Select(s => $"{s.Text} [{s.CitationIndex + 1}]"));

    /// <summary>The question before this one: what a follow-up leans on.</summary>
    private static string? PostContext(IReadOnlyList<ConversationMessage> messages) =>
        messages.SkipLast(1).LastOrDefault(m => m.Role == "user")?.Text;

    /// <summary>The model, or why it cannot speak to these messages.</summary>
    private static async Task<(LoadedModel? Model, ModelSilence? Silence, string? Problem)> Load(
        ServedModel? served, IReadOnlyList<ChatMessage> prompt, CancellationToken cancel)
    {
        if (served is null)
            return (null, ModelSilence.NoModel, "There is no model yet.");
        LoadedModel model;
        try
        {
            model = await served.Load(cancel);
        }
        catch (InputException e)
        {
            return (null, ModelSilence.NotLoaded, e.Message);
        }
        try
        {
            // the chat client leaves the oldest messages out where they do not fit; only the last one alone can be too long
            if (model.IsHere)
                ChatPrompt.Fit(model.Model, [.. prompt.Select(m => new ChatTurn(m.Role.Value, m.Text))], MaxTokens);
            return (model, null, null);
        }
        catch (InputException e)
        {
            return (null, ModelSilence.QuestionTooLong, e.Message);
        }
    }
}
