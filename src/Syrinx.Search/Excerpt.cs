namespace Syrinx.Search;

/// <summary>The part of a found post's text that shows why it was found, for a line or two on a page. Immutable.</summary>
/// <param name="Text">Verbatim; <c>…</c> stands where the text goes on.</param>
/// <param name="Highlights">Where the query's words stand in it.</param>
public sealed record Excerpt(string Text, IReadOnlyList<TextRange> Highlights)
{
    private const string Ellipsis = "…";

    /// <summary>The stretch of a hit's text that holds the most of the query's words, and begins where a word does.</summary>
    /// <param name="hit">The post.</param>
    /// <param name="length">UTF-16 units at most, ellipses not counted.</param>
    public static Excerpt Of(SearchHit hit, int length)
    {
        ArgumentNullException.ThrowIfNull(hit);
        ArgumentOutOfRangeException.ThrowIfLessThan(length, 1);
        string text = hit.Text;
        if (text.Length <= length)
            return new(text, hit.Highlights);
        int start = BestStart(text, hit.Highlights, length);
        int end = Math.Min(text.Length, start + length);
        if (end < text.Length && char.IsLowSurrogate(text[end]))
            end--;
        string before = start > 0 ? Ellipsis : "";
        string after = end < text.Length ? Ellipsis : "";
        int shift = before.Length - start;
        return new(before + text[start..end] + after,
            [.. hit.Highlights.Where(h => h.Start >= start && h.Start + h.Length <= end)
                .Select(h => h with { Start = h.Start + shift })]);
    }

    private static int BestStart(string text, IReadOnlyList<TextRange> highlights, int length)
    {
        int best = 0;
        int most = 0;
        for (int first = 0, last = 0; first < highlights.Count; first++)
        {
            while (last < highlights.Count
                && highlights[last].Start + highlights[last].Length - highlights[first].Start <= length * 3 / 4)
                last++;
            if (last - first > most)
                (most, best) = (last - first, first);
        }
        if (most == 0)
            return 0;
        // a quarter of the room for what stands before, from the start of a word or line
        int start = Math.Max(0, Math.Min(highlights[best].Start - length / 4, text.Length - length));
        int space = start == 0 ? -1 : text.AsSpan(start, highlights[best].Start - start).IndexOfAny(" \n\t，。！？、；：");
        start += space + 1;
        return start < text.Length && char.IsLowSurrogate(text[start]) ? start + 1 : start;
    }
}
