namespace Syrinx.Server.Chat;

/// <summary>
/// An answer made of sentences that members wrote, taken out of retrieved posts unchanged. All text in it is a member's:
/// data to be escaped, never markup. With no sentences: nothing was found, and the page says so.
/// </summary>
/// <param name="Sentences">In reading order.</param>
/// <param name="Citations">The posts that they are from, numbered from 1.</param>
public sealed record Answer(IReadOnlyList<AnswerSentence> Sentences, IReadOnlyList<Citation> Citations)
{
    /// <summary>The answer where nothing was found.</summary>
    public static Answer Nothing { get; } = new([], []);

    /// <summary>Whether there is anything to show.</summary>
    public bool Found => Sentences.Count > 0;

    /// <summary>The sentences one per line, each with its mark: <c>… [1]</c>; empty where nothing was found.</summary>
    public string ToText() => string.Join('\n', Sentences.Select(s => $"{s.Text} [{s.Citation}]"));
}

/// <summary>One sentence of a post.</summary>
/// <param name="Text">As the member wrote it.</param>
/// <param name="Citation">Number of the <see cref="Chat.Citation"/> that it is from.</param>
public sealed record AnswerSentence(string Text, int Citation);

/// <summary>A post that an answer quotes.</summary>
/// <param name="Number">From 1, as in the [1] marks.</param>
/// <param name="PostId">Platform-qualified.</param>
/// <param name="AuthorId">Platform-qualified; null where the export names no author.</param>
/// <param name="Author">The handle, without @.</param>
/// <param name="CreatedAt">UTC.</param>
/// <param name="Community">Board, subreddit or category.</param>
/// <param name="Url">Where the post is on its platform, http or https only; null where that is not known.</param>
/// <param name="Title">An article's title.</param>
/// <param name="Text">The post's text, shortened.</param>
public sealed record Citation(
    int Number, string PostId, string? AuthorId, string? Author, DateTime? CreatedAt, string? Community, string? Url, string? Title, string Text);
