using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using Syrinx.Search;
using Syrinx.Server.Serving;

namespace Syrinx.Server.Chat;

/// <summary>
/// The model called <c>NAME+search</c>: answers with sentences out of retrieved posts, each with a [1] mark, and the posts
/// as <see cref="CitationsKey"/>. Settings of sampling mean nothing to it. Safe to share between threads.
/// </summary>
internal sealed class RetrievalChatClient(PostIndex posts, Func<string, int> countTokens) : IChatClient
{
    /// <summary>Where in the reply's additional properties the list of <see cref="NumberedCitation"/> is.</summary>
    public const string CitationsKey = "citations";

    /// <inheritdoc/>
    public async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        var updates = new List<ChatResponseUpdate>();
        await foreach (var update in GetStreamingResponseAsync(messages, options, cancellationToken))
            updates.Add(update);
        return updates.ToChatResponse();
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var asked = messages.ToList();
        string question = asked.LastOrDefault(m => m.Role == ChatRole.User)?.Text ?? "";
        string? before = asked.LastOrDefault(m => m.Role == ChatRole.User && m.Text != question)?.Text;
        var answer = await Task.Run(() => posts.Answer(question, before, cancellationToken), cancellationToken);
        string[] lines = answer.Found
            ? [.. answer.Sentences.Select(s => $"{s.Text} [{s.CitationIndex + 1}]")]
            : [NothingFound(question)];
        for (int i = 0; i < lines.Length; i++)
            yield return new(ChatRole.Assistant, i + 1 < lines.Length ? lines[i] + "\n" : lines[i]);

        long read = asked.Sum(m => (long)countTokens(m.Text)), said = countTokens(string.Join('\n', lines));
        yield return new(ChatRole.Assistant,
            [new UsageContent(new() { InputTokenCount = read, OutputTokenCount = said, TotalTokenCount = read + said })])
        {
            FinishReason = ChatFinishReason.Stop,
            AdditionalProperties = new() { [CitationsKey] = answer.Citations.Select(NumberedCitation.Of).ToList() },
        };
    }

    /// <inheritdoc/>
    public object? GetService(Type serviceType, object? serviceKey = null) => serviceType.IsInstanceOfType(this) ? this : null;

    /// <inheritdoc/>
    public void Dispose() { }

    /// <summary>Says so in the language of the question.</summary>
    internal static string NothingFound(string question) => question.Any(c => c is >= '\u4e00' and <= '\u9fff')
        ? "在貼文中找不到相關內容。" : "Nothing about this was found in the posts.";
}

/// <summary>A citation as the API sends it.</summary>
internal sealed record NumberedCitation(
    int Number, string Id, string? Author, DateTime? CreatedAt, string? Community, string? Url, string? Title, string Text)
{
    public static NumberedCitation Of(Citation c, int index) =>
        new(index + 1, c.Id, c.Author, c.CreatedAt, c.Community, c.Url, c.Title, c.Text);
}
