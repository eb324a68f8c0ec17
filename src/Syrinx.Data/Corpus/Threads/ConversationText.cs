using System.Text;

namespace Syrinx.Data.Corpus.Threads;

/// <summary>The text of one post, cleaned and masked.</summary>
internal readonly record struct PostText(string? Title, string Text)
{
    private const char Separator = '\u001F';

    /// <summary>Title and text as one, for the spill; the cleaner leaves no such character in either.</summary>
    public string Join() => Title is null ? Text : Title + Separator + Text;

    /// <summary>Title and text of what <see cref="Join"/> made.</summary>
    public static PostText Split(string joined)
    {
        int at = joined.IndexOf(Separator);
        return at < 0 ? new(null, joined) : new(joined[..at], joined[(at + 1)..]);
    }

    /// <summary>Title and text on lines of their own.</summary>
    public string Whole => Title is null ? Text : Text.Length == 0 ? Title : Title + "\n" + Text;
}

/// <summary>A part of a conversation as text, with the posts that are in it.</summary>
internal sealed record ConversationPart(string Text, List<PostFacts> Posts);

/// <summary>
/// Writes a conversation as a person would read it: title, post, then every reply on a new line after <c>↳ </c>, a push after
/// <c>推 </c>, <c>噓 </c> or <c>→ </c>. What one author says in a row is one piece. Thread-safe.
/// </summary>
internal static class ConversationText
{
    // What a later part of a split conversation repeats, so that its replies have something to answer.
    private const int MaxHead = 200;

    /// <summary>Renders a conversation in parts of about <paramref name="maxLength"/> characters, split between posts.</summary>
    /// <param name="order">The posts in reading order.</param>
    /// <param name="read">Reads a post's text.</param>
    /// <param name="parentOf">What a post answers.</param>
    /// <param name="maxLength">Most characters of a part that has more than one post.</param>
    public static List<ConversationPart> Render(
        List<PostFacts> order, Func<PostFacts, PostText> read, Func<PostFacts, PostFacts?> parentOf, int maxLength)
    {
        List<ConversationPart> parts = [];
        var text = new StringBuilder();
        List<PostFacts> posts = [];
        string head = "";
        PostFacts? previous = null;
        foreach (var post in order)
        {
            var content = read(post);
            string piece = Continues(previous, post, parentOf) ? Continuation(post, content)
                : Opening(post, content, previous is null);
            if (posts.Count > 0 && text.Length + piece.Length > maxLength)
            {
                parts.Add(new(text.ToString(), posts));
                text.Clear().Append(head);
                posts = [];
                if (piece[0] != '\n')
                    piece = "\n" + Prefix(post) + piece.TrimStart(); // a push that went on begins the part
            }
            text.Append(piece);
            posts.Add(post);
            if (previous is null)
                head = Head(content);
            previous = post;
        }
        parts.Add(new(text.ToString(), posts));
        return parts;
    }

    /// <summary>Whether a post goes on where its author stopped: a self-thread, or pushes in a row.</summary>
    private static bool Continues(PostFacts? previous, PostFacts post, Func<PostFacts, PostFacts?> parentOf) =>
        previous is not null && post.Author != PostFacts.None && post.Author == previous.Author
        && (post.Kind == "push" ? previous.Kind == "push" && parentOf(post) == parentOf(previous) : parentOf(post) == previous);

    private static string Continuation(PostFacts post, PostText content) => (post.Kind == "push" ? " " : "\n") + content.Whole;

    private static string Opening(PostFacts post, PostText content, bool first) =>
        first ? (post.Kind == "push" ? Prefix(post) : "") + content.Whole : "\n" + Prefix(post) + content.Whole;

    private static string Prefix(PostFacts post) =>
        post.Kind != "push" ? "↳ " : post.Score switch { > 0 => "推 ", < 0 => "噓 ", _ => "→ " };

    private static string Head(PostText content)
    {
        string head = content.Title ?? content.Text;
        int line = head.IndexOf('\n');
        if (line >= 0)
            head = head[..line];
        if (head.Length <= MaxHead)
            return head;
        return head[..(char.IsHighSurrogate(head[MaxHead - 1]) ? MaxHead - 1 : MaxHead)] + "…";
    }
}
