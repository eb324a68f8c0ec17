namespace Syrinx.Search.Querying;

/// <summary>What one piece of a query asks for.</summary>
internal enum Operator
{
    /// <summary>A word, or a run of characters.</summary>
    Words,
    Phrase,
    Tag,
    CashTag,
    Mention,
    From,
    To,
    Language,
    Since,
    Until,
    Community,
    Title,
    Url,
    MinLikes,
    MinReposts,
    MinReplies,
    Score,
    Filter,
}

/// <summary>One piece of a query.</summary>
/// <param name="Operator">What it asks for.</param>
/// <param name="Value">Its value as typed, without the operator; of numbers and dates, checked.</param>
/// <param name="Negated">With a minus before it.</param>
/// <param name="Comparison">Of <see cref="Operator.Score"/>: <c>&gt;=</c>, <c>&gt;</c>, <c>&lt;=</c>, <c>&lt;</c> or
/// <c>=</c>.</param>
internal sealed record QueryNode(Operator Operator, string Value, bool Negated = false, string Comparison = "")
{
    /// <summary>Whether it decides how good a match is, not only whether there is one.</summary>
    public bool Scores => !Negated && Operator is Operator.Words or Operator.Phrase or Operator.Tag or Operator.CashTag
        or Operator.Mention or Operator.Title;

    /// <summary>As it would be typed.</summary>
    public override string ToString() => (Negated ? "-" : "") + Operator switch
    {
        Operator.Words => Value,
        Operator.Phrase => $"\"{Value}\"",
        Operator.Tag => "#" + Value,
        Operator.CashTag => "$" + Value,
        Operator.Mention => "@" + Value,
        Operator.From => "from:" + Quoted,
        Operator.To => "to:" + Quoted,
        Operator.Language => "lang:" + Quoted,
        Operator.Since => "since:" + Value,
        Operator.Until => "until:" + Value,
        Operator.Community => "board:" + Quoted,
        Operator.Title => "title:" + Quoted,
        Operator.Url => "url:" + Quoted,
        Operator.MinLikes => "min_faves:" + Value,
        Operator.MinReposts => "min_retweets:" + Value,
        Operator.MinReplies => "min_replies:" + Value,
        Operator.Score => $"score:{(Comparison == ">=" ? "" : Comparison)}{Value}",
        _ => "filter:" + Value,
    };

    private string Quoted => QueryParser.IsBare(Value) ? Value : $"\"{Value}\"";
}

/// <summary>A query taken apart: every group must match, and of a group any one piece.</summary>
/// <param name="Groups">Pieces joined by OR.</param>
/// <param name="Shortened">The end was left out because the query was too long.</param>
internal sealed record ParsedQuery(IReadOnlyList<IReadOnlyList<QueryNode>> Groups, bool Shortened)
{
    /// <summary>The query in canonical form; parsing it gives the same query.</summary>
    public override string ToString() => string.Join(' ', Groups.Select(group => string.Join(" OR ", group)));
}
