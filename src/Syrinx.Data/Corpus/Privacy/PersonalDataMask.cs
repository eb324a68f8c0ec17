using System.Text;

namespace Syrinx.Data.Corpus.Privacy;

/// <summary>
/// Rewrites a text without what would identify someone: <c>[email] [phone] [id] [card] [ip] [address] [key]</c> for personal data,
/// <c>[link]</c> for links, <c>@user</c> for members' handles. Thread-safe.
/// </summary>
public static class PersonalDataMask
{
    private static readonly string[] Masks =
        ["[link]", "@user", "[email]", "[phone]", "[id]", "[card]", "[ip]", "[address]", "[key]"];

    /// <summary>Masks a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="found">The personal data that was masked, at its place in <paramref name="text"/>.</param>
    public static string Apply(string text, out IReadOnlyList<PersonalDataSpan> found)
    {
        found = PersonalData.Find(text);
        return Apply(text, found);
    }

    /// <summary>Whether something in a masked text was masked: personal data or a link, handles aside.</summary>
    public static bool IsMasked(string text)
    {
        for (int at = text.IndexOf('['); at >= 0; at = text.IndexOf('[', at + 1))
        {
            if (LengthAt(text, at) > 0)
                return true;
        }
        return false;
    }

    /// <summary>The length of the mask that begins at a place of a text; 0 where there is none.</summary>
    internal static int LengthAt(string text, int at)
    {
        foreach (string mask in Masks)
        {
            if (string.CompareOrdinal(text, at, mask, 0, mask.Length) == 0)
                return mask.Length;
        }
        return 0;
    }

    /// <summary>Masks a text of which the personal data is known.</summary>
    internal static string Apply(string text, IReadOnlyList<PersonalDataSpan> found)
    {
        bool marked = text.AsSpan().IndexOfAny("@＠/／") >= 0 || text.Contains("www.", StringComparison.OrdinalIgnoreCase);
        if (found.Count == 0 && !marked)
            return text;
        string folded = PersonalData.FoldWidth(text);
        List<(int Start, int End, string With)> cuts = [];
        foreach (var link in Links.Spans(folded))
            cuts.Add((link.Start, link.End, IsShortener(folded.AsSpan(link.Start, link.End - link.Start)) ? "" : "[link]"));
        // what stands inside a link goes with it
        foreach (var span in found)
            AddCut(cuts, span.Start, span.End, $"[{span.Type}]");
        List<Links.Span> handles = [];
        Links.AddHandles(folded, handles);
        foreach (var handle in handles)
            AddCut(cuts, handle.Start, handle.End, "@user");
        if (cuts.Count == 0)
            return text;

        cuts.Sort();
        var masked = new StringBuilder(text.Length);
        int at = 0;
        foreach (var (start, end, with) in cuts)
        {
            masked.Append(text, at, start - at).Append(with);
            at = end;
        }
        return masked.Append(text, at, text.Length - at).ToString();
    }

    // X wraps every link into t.co: it says nothing, and the expanded link stands in the post's urls.
    private static bool IsShortener(ReadOnlySpan<char> link) => link.Contains("://t.co/", StringComparison.OrdinalIgnoreCase);

    private static void AddCut(List<(int Start, int End, string With)> cuts, int start, int end, string with)
    {
        if (!cuts.Exists(c => start < c.End && c.Start < end))
            cuts.Add((start, end, with));
    }
}
