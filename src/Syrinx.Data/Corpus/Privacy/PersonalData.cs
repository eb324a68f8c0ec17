namespace Syrinx.Data.Corpus.Privacy;

/// <summary>
/// Finds personal data in a text by form and check digit: e-mail addresses (also written <c>(at)</c>), telephone numbers
/// (Taiwan, international, North America, a few others), identity numbers (Taiwan, Hong Kong, mainland China, US), payment cards,
/// public IP addresses, street addresses, and keys: tokens, passwords and private keys that open something. Full-width digits and
/// letters count as ASCII. Names are not found. Thread-safe.
/// </summary>
/// <remarks>
/// Nearly every post has none, so each kind is looked for only where a mark stands that it cannot be without (a digit, @, 號), and
/// the costly patterns see a few characters around it.
/// </remarks>
public static class PersonalData
{
    /// <summary>The pieces, in order, none overlapping another.</summary>
    public static IReadOnlyList<PersonalDataSpan> Find(string text)
    {
        text = FoldWidth(text);
        List<PersonalDataSpan>? found = null;
        Secrets.Find(text, ref found);
        Emails.Find(text, ref found);
        if (text.AsSpan().ContainsAnyInRange('0', '9') || text.Contains('號') || text.Contains('号') || text.Contains("::", StringComparison.Ordinal))
        {
            List<PersonalDataSpan>? numbers = null;
            Addresses.Find(text, ref numbers);
            Numbers.Find(text, ref numbers);
            AddOutsideLinks(text, numbers, ref found);
        }
        if (found is null)
            return [];
        found.Sort((a, b) => a.Start.CompareTo(b.Start));
        return found;
    }

    /// <summary>
    /// Full-width ASCII (Ａ, １, ＠) as ASCII, one code unit for one, so that positions stay. The comma is left: it ends a clause
    /// in Chinese, where in ASCII it may stand inside a number.
    /// </summary>
    internal static string FoldWidth(string text) =>
        !text.AsSpan().ContainsAnyInRange('\uFF01', '\uFF5E')
            ? text
            : string.Create(text.Length, text, static (span, source) =>
            {
                for (int i = 0; i < span.Length; i++)
                    span[i] = source[i] is >= '\uFF01' and <= '\uFF5E' and not '，' ? (char)(source[i] - 0xFEE0) : source[i];
            });

    /// <summary>Adds a piece unless it overlaps one that is there: earlier kinds win, what is a card is no telephone number.</summary>
    internal static void Add(ref List<PersonalDataSpan>? found, string type, int start, int end)
    {
        found ??= [];
        foreach (var f in found)
        {
            if (start < f.End && f.Start < end)
                return;
        }
        found.Add(new(type, start, end));
    }

    // A number inside a link is the link's business, unless the link leads to the address itself.
    private static void AddOutsideLinks(string text, List<PersonalDataSpan>? numbers, ref List<PersonalDataSpan>? found)
    {
        if (numbers is null)
            return;
        var links = Links.Spans(text);
        foreach (var number in numbers)
        {
            bool isHost = number.Type == "ip" && text.AsSpan(0, number.Start).EndsWith("://");
            if (isHost || !links.Exists(l => number.Start < l.End && l.Start < number.End))
                Add(ref found, number.Type, number.Start, number.End);
        }
    }
}
