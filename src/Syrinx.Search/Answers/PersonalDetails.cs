using System.Text.RegularExpressions;
using Syrinx.Data.Corpus.Privacy;

namespace Syrinx.Search.Answers;

/// <summary>
/// Whether a sentence holds personal data, which answers do not repeat: what the corpus masks, and messenger ids, which a
/// corpus may keep but an answer has no business handing out.
/// </summary>
internal static partial class PersonalDetails
{
    /// <summary>Whether the text holds any.</summary>
    public static bool AreIn(string text) => Messenger().IsMatch(text) || PersonalData.Find(text).Count > 0;

    [GeneratedRegex(@"\b(?:line|wechat|telegram|whatsapp|ig|skype)\s?(?:id)?\s?[:：]\s?@?[A-Za-z0-9._\-]{3,}|微信號?\s?[:：]"
        + @"|賴\s?[:：]", RegexOptions.IgnoreCase)]
    private static partial Regex Messenger();
}
