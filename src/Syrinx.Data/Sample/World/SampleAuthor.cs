namespace Syrinx.Data.Sample.World;

/// <summary>An account of the sample's X-like side, or (with <see cref="OnBoards"/>) a user of its boards.</summary>
internal sealed class SampleAuthor
{
    /// <summary>The platform's number; 0 on the boards, where the handle is the id.</summary>
    public long Number { get; init; }

    public required string Handle { get; init; }

    public required string Name { get; init; }

    public required string Bio { get; init; }

    public required string Language { get; init; }

    public string Location { get; init; } = "";

    public string Url { get; init; } = "";

    public required DateTime CreatedAt { get; init; }

    public int Followers { get; set; }

    public int Following { get; init; }

    public int Listed { get; init; }

    public bool DefaultProfile { get; init; }

    public bool OnBoards { get; init; }

    /// <summary>Has a hand-written voice.</summary>
    public bool Character { get; init; }

    /// <summary>Gave the operator an X archive.</summary>
    public bool Member { get; set; }

    public AuthorState State { get; set; } = AuthorState.Active;

    public bool OptedOut { get; set; }

    public bool NoTraining { get; set; }

    /// <summary>An account of the planted kinds that takes no part in ordinary conversations.</summary>
    public bool Apart { get; set; }

    /// <summary>The program they write with, as the API names it.</summary>
    public required string Client { get; init; }

    /// <summary>How much they write, beside others; a heavy tail.</summary>
    public required double Activity { get; init; }

    /// <summary>Hours by which their day is later than others'.</summary>
    public int LateHours { get; init; }

    /// <summary>What they like to speak of.</summary>
    public required IReadOnlySet<string> Topics { get; init; }

    public required WritingHabit Habit { get; init; }

    /// <summary>Platform-qualified, as posts name their author.</summary>
    public string QualifiedId => OnBoards ? "ptt:" + Handle : "x:" + Number;
}

/// <summary>Whether posts of an account are public.</summary>
internal enum AuthorState
{
    Active,
    Protected,
    Suspended,
}

/// <summary>What somebody does to every sentence they write.</summary>
[Flags]
internal enum WritingHabit
{
    None = 0,
    LowerCase = 1,
    NoFullStop = 2,
    Emoji = 4,
    Exclaims = 8,
    Hashtags = 16,
    Laughs = 32,
}
