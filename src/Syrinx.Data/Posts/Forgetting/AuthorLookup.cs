namespace Syrinx.Data.Posts.Forgetting;

/// <summary>Finds the author whom a person names.</summary>
public static class AuthorLookup
{
    /// <summary>The id of an author.</summary>
    /// <param name="store">Where to look for handles.</param>
    /// <param name="author">An id (<c>x:12</c>), which need not be known, or a handle that only one author has (<c>ann</c>,
    /// <c>@ann</c>, <c>x:@ann</c>).</param>
    /// <exception cref="InputException">No author has the handle, or several have.</exception>
    public static string Find(PostStore store, string author)
    {
        int colon = author.IndexOf(':', StringComparison.Ordinal);
        if (author.Any(char.IsWhiteSpace) || author.Trim('@').Length == 0 || colon == 0 || colon == author.Length - 1)
            throw new InputException($"'{author}' is no author. Give an id with its platform (x:12, ptt:name), or a handle (@ann).");
        if (colon > 0 && author[colon + 1] != '@')
            return author;
        string? platform = colon > 0 ? author[..colon] : null;
        string handle = author[(colon + 1)..].TrimStart('@');
        var ids = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var known in store.StreamAuthors())
            Take(known.AuthorId, known.Handle);
        foreach (var (id, name) in store.ReadAuthorNames())
            Take(id, name);
        return ids.Count switch
        {
            1 => ids.Min!,
            0 => throw new InputException($"No author here has the handle '{handle}'. Give the author's id with its platform: x:12, ptt:name."),
            _ => throw new InputException($"Several authors have the handle '{handle}': {string.Join(", ", ids.Take(5))}. Give the id of the one that is meant."),
        };

        void Take(string id, string name)
        {
            if (string.Equals(name, handle, StringComparison.OrdinalIgnoreCase)
                && (platform is null || id.StartsWith(platform + ":", StringComparison.Ordinal)))
                ids.Add(id);
        }
    }
}
