using System.Buffers;

namespace Syrinx.Data.Posts.Readers;

/// <summary>User ids and names of boards. PTT's own have at most 12 letters and digits; other stations are freer.</summary>
internal static class PttName
{
    private const int MaxLength = 32;

    public static SearchValues<char> Characters { get; } =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-.");

    /// <summary>The nickname in the parentheses that follow a user id, or null.</summary>
    public static string? Nick(ReadOnlySpan<char> text)
    {
        text = text.Trim();
        return text.Length > 2 && text[0] == '(' && text[^1] == ')' ? PostText.Line(text[1..^1].ToString()) : null;
    }

    /// <summary>Takes a name from the start of the text; empty where there is none.</summary>
    public static ReadOnlySpan<char> Take(ref ReadOnlySpan<char> text)
    {
        int length = text.IndexOfAnyExcept(Characters);
        if (length < 0)
            length = text.Length;
        if (length > MaxLength)
            return "";
        var name = text[..length];
        text = text[length..];
        return name;
    }
}
