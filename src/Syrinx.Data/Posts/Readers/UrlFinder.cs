using System.Text.RegularExpressions;

namespace Syrinx.Data.Posts.Readers;

/// <summary>Finds the web addresses in plain text.</summary>
internal static partial class UrlFinder
{
    /// <summary>Each once, in order, without the punctuation that ends a sentence.</summary>
    public static string[] In(string text)
    {
        if (!text.Contains("://", StringComparison.Ordinal))
            return [];
        return [.. Url().Matches(text).Select(m => m.Value.TrimEnd('.', ',', ';', ':', '!', '?', ')', ']', '\'', '"'))
            .Where(u => u.Length > 10).Distinct(StringComparer.Ordinal)];
    }

    [GeneratedRegex(@"https?://[\x21-\x7E-[<>""`\\]]+", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Url();
}
