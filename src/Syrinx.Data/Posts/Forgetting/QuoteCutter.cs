namespace Syrinx.Data.Posts.Forgetting;

/// <summary>
/// Cuts what others quoted of a forgotten author out of their posts, where the quotation shows itself: lines behind <c>:</c> or
/// <c>&gt;</c> that the author wrote to the letter, the block behind PTT's <c>※ 引述《handle》之銘言：</c>, and <c>RT @handle:</c>. Quotations
/// in other words, or without a mark, are not found. Thread-safe.
/// </summary>
internal static class QuoteCutter
{
    /// <summary>The post without such quotations; the same object where there are none.</summary>
    public static Post Cut(Post post, ForgottenTraces traces)
    {
        if (IsRetweet(post, traces))
            return post with { Text = "" };
        if (!post.Text.Contains(':') && !post.Text.Contains('>') && !post.Text.Contains('引'))
            return post;
        string[] lines = post.Text.Split('\n');
        List<string> kept = [];
        bool inBlock = false;
        foreach (string line in lines)
        {
            string trimmed = line.TrimStart();
            bool quoted = trimmed.StartsWith(':') || trimmed.StartsWith('>');
            bool head = IsHead(trimmed, post.Platform, traces);
            inBlock = head || inBlock && quoted;
            if (!inBlock && !(quoted && traces.IsLine(trimmed.TrimStart(':', '>', ' ', '\u3000'))))
                kept.Add(line);
        }
        return kept.Count == lines.Length ? post : post with { Text = string.Join('\n', kept) };
    }

    private static bool IsRetweet(Post post, ForgottenTraces traces)
    {
        const string Mark = "RT @";
        int colon = post.Text.StartsWith(Mark, StringComparison.Ordinal) ? post.Text.IndexOf(':', StringComparison.Ordinal) : -1;
        return colon > 0 && traces.IsHandle(post.Platform, post.Text[Mark.Length..colon]);
    }

    private static bool IsHead(string line, string platform, ForgottenTraces traces)
    {
        if (!line.StartsWith("※ 引述《", StringComparison.Ordinal))
            return false;
        var name = line.AsSpan("※ 引述《".Length);
        int end = name.IndexOfAny("(（》 ");
        return end > 0 && traces.IsHandle(platform, name[..end].ToString());
    }
}
