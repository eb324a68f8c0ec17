using System.Text.RegularExpressions;

namespace Syrinx.Data.Corpus.Privacy;

/// <summary>Finds e-mail addresses, also those that are spelt out so that machines do not see them.</summary>
internal static partial class Emails
{
    private const string Type = "email";
    // RFC 5321: 64 before the @ and 255 after it.
    private const int MostBefore = 65, MostAfter = 256;

    public static void Find(string text, ref List<PersonalDataSpan>? found)
    {
        for (int at = text.IndexOf('@'); at >= 0; at = text.IndexOf('@', at + 1))
        {
            if (at == 0 || at + 1 == text.Length || !char.IsAsciiLetterOrDigit(text[at + 1]) && text[at + 1] != '-' || !IsLocal(text[at - 1]))
                continue;
            int start = Math.Max(0, at - MostBefore), end = Math.Min(text.Length, at + MostAfter);
            foreach (var m in Plain().EnumerateMatches(text.AsSpan(start, end - start)))
            {
                int from = start + m.Index, to = from + m.Length;
                if (from < at && at < to && !FileName().IsMatch(text.AsSpan(from, m.Length)))
                    PersonalData.Add(ref found, Type, from, to);
            }
        }
        if (MayBeSpelled(text))
        {
            foreach (var m in Spelled().EnumerateMatches(text))
                PersonalData.Add(ref found, Type, m.Index, m.Index + m.Length);
        }
    }

    private static bool IsLocal(char c) => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '%' or '+' or '-';

    private static bool MayBeSpelled(string text)
    {
        if (text.Contains("小老鼠", StringComparison.Ordinal))
            return true;
        for (int i = text.AsSpan().IndexOfAny("([{【"); i >= 0;)
        {
            var rest = text.AsSpan(i + 1).TrimStart(' ');
            if (rest.StartsWith("at", StringComparison.OrdinalIgnoreCase) || rest.StartsWith("@"))
                return true;
            int next = text.AsSpan(i + 1).IndexOfAny("([{【");
            i = next < 0 ? -1 : i + 1 + next;
        }
        return text.Contains(" dot ", StringComparison.OrdinalIgnoreCase) && text.Contains(" at ", StringComparison.OrdinalIgnoreCase);
    }

    [GeneratedRegex(@"(?<![A-Za-z0-9._%+@-])[A-Za-z0-9](?:[A-Za-z0-9._%+-]|'(?=[A-Za-z])){0,63}@(?:[A-Za-z0-9-]{1,63}\.){1,5}[A-Za-z]{2,24}(?![A-Za-z0-9@])", RegexOptions.CultureInvariant)]
    private static partial Regex Plain();

    [GeneratedRegex(@"\.(?:png|jpe?g|gif|svg|webp)$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex FileName();

    [GeneratedRegex(@"(?<![A-Za-z0-9._%+-])(?:[A-Za-z0-9_-]{1,20}\sdot\s){0,2}[A-Za-z0-9][A-Za-z0-9._%+-]{0,63}(?:\s?[\[({【]\s?(?:at|@|小老鼠)\s?[\])}】]\s?[A-Za-z0-9-]{1,63}(?:\s?(?:\.|[\[({【]\s?(?:dot|點|\.)\s?[\])}】])\s?[A-Za-z0-9-]{2,24}){1,4}|小老鼠[A-Za-z0-9-]{1,63}(?:(?:\.|點)[A-Za-z0-9-]{2,24}){1,4}|\sat\s(?!(?:the|a|an|my|your|this|that|some|dot)\s)[A-Za-z0-9-]{1,63}(?:\sdot\s(?!dot\b)[a-z]{2,8}){1,3})(?![A-Za-z0-9@])", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Spelled();
}
