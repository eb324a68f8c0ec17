namespace Syrinx.Ads;

/// <summary>How a platform counts the length of text.</summary>
public enum LengthCounter
{
    /// <summary>X: twitter-text version 3; most of CJK and each emoji weighs 2, a link 23.</summary>
    XWeighted,

    /// <summary>Google and our Meta limits: East Asian wide and full-width characters and emoji count 2, all else 1.</summary>
    DoubleWidth,
}

/// <summary>The length of a text beside its limit.</summary>
/// <param name="Length">In the counter's units.</param>
/// <param name="Limit">The most that is allowed.</param>
public readonly record struct TextLength(int Length, int Limit)
{
    /// <summary>How many are left; negative when the text is too long.</summary>
    public int Left => Limit - Length;

    /// <summary>Whether it is within the limit.</summary>
    public bool Fits => Length <= Limit;

    /// <summary>The length of <paramref name="text"/> in <paramref name="field"/>.</summary>
    public static TextLength Of(string text, AdField field) => new(Of(text, field.Counter), field.Limit);

    /// <summary>The length of <paramref name="text"/>.</summary>
    public static int Of(string text, LengthCounter counter) => throw new NotImplementedException();
}
