namespace Syrinx.Ads;

/// <summary>What kind of assertion a claim is.</summary>
internal enum ClaimKind
{
    Number,
    Price,
    Percentage,
    Date,
    Superlative,
    Comparison,
    Guarantee,
    Free,
    Urgency,

    /// <summary>How far something is offered: nationwide.</summary>
    Reach,
}

/// <summary>How a number limits what it is said of.</summary>
internal enum Bound
{
    Exactly,
    About,
    AtLeast,
    MoreThan,

    /// <summary>"200+": at least so many for who says it, more than so many for who hears it.</summary>
    Plus,

    /// <summary>The most that is possible, reached by some: "up to 50% off".</summary>
    UpTo,
    LessThan,

    /// <summary>"in 3 days", "within 3 days": all the same as 3 days.</summary>
    Within,
}

/// <summary>What a claim is about: words next to it, words of its clause, topics, how far it reaches.</summary>
/// <param name="NounFollows">Whether that stands behind the claim, and not before it.</param>
/// <param name="Noun">What is counted, priced, free, the best …; word stems, character pairs and word groups (~cup).</param>
/// <param name="Clause">The other words of the clause.</param>
/// <param name="Sentence">The words of the sentence.</param>
/// <param name="Topics">Topics of the clause; of the sentence where the clause has no word of its own.</param>
/// <param name="Characters">The Chinese characters of the clause: 肉 in 肉佔九成五.</param>
/// <param name="Scope">Words that say how far it reaches: <c>taiwan</c>, <c>everything</c>, and names.</param>
/// <param name="Nearest">The nearest word on each side.</param>
/// <param name="Text">The sentence itself, folded.</param>
/// <param name="Part">Of the sentence, the clause, and beside it the clauses that claim nothing themselves.</param>
internal sealed record ClaimContext(
    bool NounFollows, IReadOnlySet<string> Noun, IReadOnlySet<string> Clause, IReadOnlySet<string> Sentence, IReadOnlySet<string> Topics,
    IReadOnlySet<string> Characters, IReadOnlySet<string> Scope, IReadOnlySet<string> Nearest, string Text, string Part);

/// <summary>
/// An assertion found in a text, in a form in which it can be compared: 五折, half price and 50% off are one and the same.
/// </summary>
internal sealed record Claim(ClaimKind Kind, int Start, int End)
{
    /// <summary>What the value is counted in, or which word it is: <c>time</c> (in seconds), <c>money:TWD</c>, <c>discount</c> (percent off),
    /// <c>percent</c>, <c>count</c>, <c>date</c>, <c>weekday</c>, <c>clock</c>, <c>code</c>; <c>guarantee</c>, <c>most:~good</c>.</summary>
    public required string Unit { get; init; }

    /// <summary>The value, or the lower end of a range.</summary>
    public decimal Low { get; init; }

    /// <summary>The upper end of a range, else the value.</summary>
    public decimal High { get; init; }

    /// <summary>How the value is meant.</summary>
    public Bound Bound { get; init; }

    /// <summary>Which value of the thing: <c>was</c>, <c>saving</c>, <c>threshold</c> of money; <c>from</c>, <c>until</c>, <c>founded</c> of dates.</summary>
    public string Role { get; init; } = "";

    /// <summary>What a price or a frequency is for: <c>month</c>, <c>~cup</c>.</summary>
    public string Per { get; init; } = "";

    /// <summary>The group of what is counted, where the claim itself names it (~people); else empty.</summary>
    public string Counted { get; init; } = "";

    /// <summary>Year, month and day of a date, as far as they are said; a code's letters and digits.</summary>
    public string Literal { get; init; } = "";

    /// <summary><see cref="Literal"/> of "most bikes": no superlative but a share, and its word is what it counts.</summary>
    public const string MostOf = "most of";

    /// <summary><see cref="Unit"/> of B1 and 2F, where something is.</summary>
    public const string Floor = "floor";

    /// <summary>Among the words of reach: "every lesson is free" where the first is.</summary>
    public const string Every = "every one";

    /// <summary>Among the words of reach: "frame and battery both".</summary>
    public const string Both = "both of them";

    /// <summary><see cref="Per"/> of a weekday that is one of a month: "the last Saturday".</summary>
    public const string Nth = "nth";

    /// <summary>Whether it is denied: "no guarantee".</summary>
    public bool Negated { get; init; }

    /// <summary>Whether a Chinese counting word follows.</summary>
    public bool HasCounter { get; init; }

    /// <summary>Whether a bare number stands where an hour would: "at 5 every morning".</summary>
    public bool MayBeHour { get; init; }

    /// <summary>A small number in words that counts nothing by name ("you might want two"): a claim only where a fact says another number of the same.</summary>
    public bool IsLoose { get; init; }

    /// <summary>Whether an article says that the price has been told: "all in the £195".</summary>
    public bool IsKnown { get; init; }

    /// <summary>What it is about.</summary>
    public ClaimContext Context { get; init; } = Nothing;

    private static readonly IReadOnlySet<string> Empty = new HashSet<string>();

    private static readonly ClaimContext Nothing = new(false, Empty, Empty, Empty, Empty, Empty, Empty, Empty, "", "");
}
