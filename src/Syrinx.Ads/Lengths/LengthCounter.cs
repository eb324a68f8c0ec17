namespace Syrinx.Ads;

/// <summary>How a platform counts the length of text.</summary>
public enum LengthCounter
{
    /// <summary>X: twitter-text version 3; most of CJK weighs 2, an emoji 2, a link 23, in NFC.</summary>
    XWeighted,

    /// <summary>A character of East Asian width, and an emoji, counts 2, every other code point 1, in NFC.</summary>
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
    public static TextLength Of(string text, AdField field)
    {
        ArgumentNullException.ThrowIfNull(field);
        return new(Of(text, field.Counter), field.Limit);
    }

    /// <summary>The length of <paramref name="text"/>.</summary>
    public static int Of(string text, LengthCounter counter)
    {
        ArgumentNullException.ThrowIfNull(text);
        return counter == LengthCounter.XWeighted ? XText.Parse(text).WeightedLength : DisplayWidth.Of(text);
    }
}
