namespace Syrinx.Data.Posts.Import;

/// <summary>
/// Which posts may not be in the lake: those of the opt-out list, and what exports ever told of deletions, protected and
/// suspended accounts (<c>posts/removals</c>, keyed hashes). Remembered for good, so that an older export that is imported
/// again brings nothing back. Looking up is safe from several threads once no facts are added.
/// </summary>
internal sealed class Removals(KeyedHashes optOut, KeyedHashes told)
{
    public const string FileName = "removals";

    /// <summary>What applies to an author, remembered for the length of an import.</summary>
    private readonly record struct Verdict(string? Reason, bool NoTraining);

    private readonly Dictionary<(string?, string?, string), Verdict> _verdicts = [];
    private const int VerdictsKept = 1 << 20;

    /// <summary>Nobody opted out, and no export ever told of anything.</summary>
    public bool IsEmpty => optOut.Count == 0 && told.Count == 0;

    public string Fingerprint => optOut.Fingerprint + "/" + told.Fingerprint;

    public void Add(Fact fact)
    {
        told.Add(Key(fact), fact.Reason);
        if (fact.Kind != FactKind.Post)
            _verdicts.Clear();
    }

    public void Save()
    {
        optOut.Save();
        told.Save();
    }

    /// <summary>Why a post may not be in the lake, or null; and whether it may be there for search only.</summary>
    public string? Reason(string postId, string? authorId, string? author, string platform, out bool noTraining)
    {
        var verdict = OfAuthor(authorId, author, platform);
        noTraining = verdict.NoTraining;
        return told.Find("post " + postId) ?? verdict.Reason;
    }

    /// <summary>Why an author's posts may not be in the lake, or null.</summary>
    public string? Reason(Author author)
    {
        int colon = author.AuthorId.IndexOf(':', StringComparison.Ordinal);
        return OfAuthor(author.AuthorId, author.Handle, author.AuthorId[..Math.Max(0, colon)]).Reason;
    }

    private Verdict OfAuthor(string? authorId, string? author, string platform)
    {
        if (_verdicts.TryGetValue((authorId, author, platform), out var known))
            return known;
        string? reason = authorId is null ? null : optOut.Find(authorId) ?? told.Find("author " + authorId);
        if (reason is null && author is not null)
            reason = told.Find($"handle {platform}:{author}");
        var verdict = new Verdict(reason, authorId is not null && told.Find("no_training " + authorId) is not null);
        if (_verdicts.Count >= VerdictsKept)
            _verdicts.Clear();
        return _verdicts[(authorId, author, platform)] = verdict;
    }

    private static string Key(Fact fact) => fact switch
    {
        { Reason: Fact.NoTraining } => "no_training " + fact.Id,
        { Kind: FactKind.Post } => "post " + fact.Id,
        { Kind: FactKind.Author } => "author " + fact.Id,
        _ => "handle " + fact.Id,
    };
}
