namespace Syrinx.Data.Sample.World;

/// <summary>A tweet before it is written in one of the export formats.</summary>
internal sealed class SampleTweet
{
    public required long Id { get; init; }

    public required SampleAuthor Author { get; init; }

    public required DateTime CreatedAt { get; init; }

    /// <summary>As its author typed it: links in full, no mention of whom it answers, no HTML entities.</summary>
    public required string Text { get; init; }

    public required string Language { get; init; }

    public required string Topic { get; init; }

    public SampleTweet? ReplyTo { get; init; }

    public SampleTweet? QuoteOf { get; init; }

    public SampleTweet? RepostOf { get; init; }

    public SampleTweet Root => RepostOf is null && ReplyTo is not null ? ReplyTo.Root : this;

    public bool Photo { get; init; }

    public bool Useful { get; init; }

    public bool Funny { get; init; }

    public bool Sensitive { get; init; }

    public bool NoTraining { get; set; }

    /// <summary>Deleted by its author, and known as deleted to the export.</summary>
    public bool Deleted { get; init; }

    /// <summary>The client, where it is not the author's own.</summary>
    public string? Client { get; init; }

    /// <summary>Whether it must not enter: deleted, or of an account whose posts are not public.</summary>
    public bool Hidden => Deleted || Author.State != AuthorState.Active;

    public int Likes { get; set; }

    public int Reposts { get; set; }

    public int Replies { get; set; }

    public int Quotes { get; set; }

    public int Views { get; set; }
}

/// <summary>An article on a board, with what was said under it.</summary>
internal sealed class SampleArticle
{
    public required string Board { get; init; }

    /// <summary>The last part of its address: <c>M.1762001234.A.5F3</c>.</summary>
    public required string Name { get; init; }

    public required SampleAuthor Author { get; init; }

    public required DateTime CreatedAt { get; init; }

    public required string Title { get; init; }

    public required string Body { get; init; }

    public required string Ip { get; init; }

    /// <summary>In the order in which they stand.</summary>
    public List<SamplePush> Pushes { get; } = [];

    public string QualifiedId => $"ptt:{Board}/{Name}";
}

/// <summary>A push; with the tag ※ an edit that the article's author put between the pushes, which is not a post.</summary>
internal sealed record SamplePush(char Tag, SampleAuthor Author, string Text, DateTime CreatedAt);

/// <summary>A direct message between two members.</summary>
internal sealed record SampleMessage(long Id, SampleAuthor From, SampleAuthor To, string Text, DateTime CreatedAt);
