using System.Text.RegularExpressions;

namespace Syrinx.Search.Answers;

/// <summary>
/// Finds personal data in a sentence, so that answers do not repeat it: e-mail addresses, telephone numbers, Taiwan's
/// identity numbers, payment cards and messenger ids. It prefers to miss an answer over repeating a number.
/// </summary>
internal static partial class PersonalData
{
    /// <summary>Whether the text holds any.</summary>
    public static bool IsIn(string text) =>
        Email().IsMatch(text) || Identity().IsMatch(text) || Messenger().IsMatch(text)
        || LongNumber().EnumerateMatches(text) is var numbers && AnyIsPersonal(text, numbers);

    /// <summary>Eight digits and more are a telephone or a card, unless they are a date, a sum of money or in an address of the web.</summary>
    private static bool AnyIsPersonal(string text, Regex.ValueMatchEnumerator numbers)
    {
        foreach (var match in numbers)
        {
            var number = text.AsSpan(match.Index, match.Length);
            int digits = 0;
            foreach (char c in number)
                digits += char.IsDigit(c) ? 1 : 0;
            if (digits >= 7 && !Date().IsMatch(number) && !Address().IsMatch(text))
                return true;
        }
        return false;
    }

    [GeneratedRegex(@"[A-Za-z0-9._%+\-]+\s?(?:@|＠|\(at\)|\[at\])\s?[A-Za-z0-9\-]+(?:\.|\(dot\)|\[dot\])[A-Za-z]{2,}", RegexOptions.IgnoreCase)]
    private static partial Regex Email();

    [GeneratedRegex(@"(?<![A-Za-z0-9])[A-Z][1289]\d{8}(?!\d)", RegexOptions.IgnoreCase)]
    private static partial Regex Identity();

    [GeneratedRegex(@"\b(?:line|wechat|telegram|whatsapp|ig|skype)\s?(?:id)?\s?[:：]\s?@?[A-Za-z0-9._\-]{3,}|微信號?\s?[:：]|賴\s?[:：]", RegexOptions.IgnoreCase)]
    private static partial Regex Messenger();

    [GeneratedRegex(@"(?<!\d)\+?\(?[\d０-９](?:[\s\-.()／/]{0,2}[\d０-９]){6,18}")]
    private static partial Regex LongNumber();

    [GeneratedRegex(@"^(?:19|20)\d\d[\-./]?\d{1,2}[\-./]?\d{1,2}(?:\s\d{1,2})?$")]
    private static partial Regex Date();

    [GeneratedRegex(@"https?://\S*\d{6,}")]
    private static partial Regex Address();
}
