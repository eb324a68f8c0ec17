namespace Syrinx.Inference.Structured;

/// <summary>
/// A state and where to go on when its rule ends; equal ones are one object. A null parent is the end of the text, or, while one
/// state's mask is made, whatever may be below.
/// </summary>
internal sealed class StackNode(int id, int state, StackNode? parent)
{
    public int Id => id;

    public int State => state;

    public StackNode? Parent => parent;

    /// <summary>Tokens that the shortest way to the end takes; −1 while nobody has asked.</summary>
    public int Cost { get; set; } = -1;
}

/// <summary>
/// Everything that a text so far can be in the grammar: stacks whose tops read bytes. Steps and mask are filled in when first
/// asked for.
/// </summary>
internal sealed class Configuration(StackNode[] tops, bool accepts)
{
    /// <summary>Where nothing fits.</summary>
    public static Configuration Dead { get; } = new([], false);

    public StackNode[] Tops => tops;

    /// <summary>Whether the text may end here.</summary>
    public bool Accepts => accepts;

    /// <summary>Tokens that the shortest way to the end takes; −1 while nobody has asked.</summary>
    public int Cost { get; set; } = -1;

    /// <summary>The configuration after each byte.</summary>
    public Configuration?[]? Next { get; set; }

    /// <summary>The tokens that may follow, the ends of the text included where it may end.</summary>
    public ulong[]? Mask { get; set; }

    /// <summary>An upper bound of the tokens that the shortest end takes after any token of <see cref="Mask"/>.</summary>
    public int LongestRest { get; set; }

    /// <summary>What the shortest end takes after each token, for where the text is about to be cut.</summary>
    public TokenCosts? Costs { get; set; }
}
