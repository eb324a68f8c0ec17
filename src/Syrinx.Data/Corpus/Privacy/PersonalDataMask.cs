using System.Text;

namespace Syrinx.Data.Corpus.Privacy;

/// <summary>
/// Rewrites a text without what would identify someone: <c>[email] [phone] [id] [card] [ip]</c> for personal data,
/// <c>[link]</c> for links, <c>@user</c> for members' handles. Thread-safe.
/// </summary>
public static class PersonalDataMask
{
    /// <summary>Masks a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="found">The personal data that was masked, at its place in <paramref name="text"/>.</param>
    public static string Apply(string text, out IReadOnlyList<PersonalDataSpan> found)
    {
        found = PersonalData.Find(text);
        string folded = PersonalData.FoldWidth(text);
        List<(int Start, int End, string With)> cuts = [.. found.Select(s => (s.Start, s.End, $"[{s.Type}]"))];
        foreach (var link in Links.Spans(folded))
            AddCut(cuts, link.Start, link.End, IsShortener(folded.AsSpan(link.Start, link.End - link.Start)) ? "" : "[link]");
        if (folded.Contains('@') || folded.Contains("u/", StringComparison.Ordinal))
        {
            foreach (var m in Links.Handle().EnumerateMatches(folded))
                AddCut(cuts, m.Index, m.Index + m.Length, "@user");
        }
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
