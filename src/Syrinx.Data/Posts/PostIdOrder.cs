namespace Syrinx.Data.Posts;

/// <summary>
/// The order of the lake: ordinal, but runs of digits compare as numbers. X ids are then in the order of time, PTT
/// articles too, and the pushes of an article stand behind it as 1, 2, … 10. A total order: runs of digits compare by
/// length first (shortlex), so ids that differ in leading zeros differ here.
/// </summary>
internal sealed class PostIdOrder : IComparer<string>
{
    public static PostIdOrder Instance { get; } = new();

    public int Compare(string? x, string? y) => Compare(x.AsSpan(), y.AsSpan());

    public static int Compare(ReadOnlySpan<char> x, ReadOnlySpan<char> y)
    {
        int i = x.CommonPrefixLength(y);
        if (i == x.Length || i == y.Length)
            return x.Length - y.Length;
        bool inDigits = i > 0 && char.IsAsciiDigit(x[i - 1]) || char.IsAsciiDigit(x[i]) && char.IsAsciiDigit(y[i]);
        if (inDigits)
        {
            int byLength = Digits(x[i..]) - Digits(y[i..]);
            if (byLength != 0)
                return byLength;
        }
        return x[i] - y[i];
    }

    private static int Digits(ReadOnlySpan<char> s)
    {
        int end = s.IndexOfAnyExceptInRange('0', '9');
        return end < 0 ? s.Length : end;
    }
}
