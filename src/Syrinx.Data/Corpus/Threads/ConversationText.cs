using System.Text;

namespace Syrinx.Data.Corpus.Threads;

/// <summary>A part of a conversation as text, with the posts that are in it.</summary>
internal sealed record ConversationPart(string Text, List<ConversationPost> Posts);

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
    /// <param name="maxLength">Most characters of a part that has more than one post.</param>
    public static List<ConversationPart> Render(List<ConversationPost> order, int maxLength)
    {
        List<ConversationPart> parts = [];
        var text = new StringBuilder();
        List<ConversationPost> posts = [];
        string head = "";
        ConversationPost? previous = null;
        foreach (var post in order)
        {
            string piece = previous is not null && post.Continues(previous) ? Continuation(post) : Opening(post, previous is null);
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
                head = Head(post.Record);
            previous = post;
        }
        parts.Add(new(text.ToString(), posts));
        return parts;
    }

    private static string Continuation(ConversationPost post) => (post.IsPush ? " " : "\n") + post.Whole;

    private static string Opening(ConversationPost post, bool first) =>
        first ? (post.IsPush ? Prefix(post) : "") + post.Whole : "\n" + Prefix(post) + post.Whole;

    private static string Prefix(ConversationPost post) =>
        !post.IsPush ? "↳ " : post.Facts.Vote switch { > 0 => "推 ", < 0 => "噓 ", _ => "→ " };

    private static string Head(PostRecord content)
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
