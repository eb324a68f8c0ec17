using System.Text.RegularExpressions;

namespace Syrinx.Ads;

/// <summary>
/// Reads signs of money around a number. A bare $ or 元 is the money of the country that the brief's language names: NT$ in
/// zh-TW, US$ in en. Immutable and safe to share between threads.
/// </summary>
internal sealed partial class MoneyReader
{
    private readonly List<(string Name, string Code)> _before, _after;

    public MoneyReader(AdBrief brief)
    {
        DefaultCode = brief.Country switch
        {
            "TW" => "TWD",
            "HK" => "HKD",
            "MO" => "MOP",
            "SG" => "SGD",
            "AU" => "AUD",
            "CA" => "CAD",
            "NZ" => "NZD",
            null when brief.CopyLanguage == AdLanguage.TraditionalChinese => "TWD",
            _ => "USD",
        };
        CentCode = brief.Country == "IE" || brief.Facts.Any(f => f.Contains('€', StringComparison.Ordinal)) ? "EUR" : DefaultCode == "TWD" ? "USD" : DefaultCode;
        // US and Philippine English write the month first, other English the day; Chinese always the month
        DaysFirst = brief.CopyLanguage == AdLanguage.English && brief.Country is not (null or "US" or "PH" or "TW");
        var currencies = Units.Default.Currencies.Select(c => c.Code == "default" ? c with { Code = DefaultCode } : c).ToList();
        _before = [.. currencies.SelectMany(c => c.Before.Select(n => (n, c.Code))).OrderByDescending(n => n.n.Length)];
        _after = [.. currencies.SelectMany(c => c.After.Select(n => (n, c.Code))).OrderByDescending(n => n.n.Length)];
        // 每塊 180 元: there pieces are counted, and no money
        if (brief.Facts.Any(f => PiecePrice().IsMatch(FoldedText.Fold(f))))
            _after.RemoveAll(a => a.Name == "塊");
        // pounds are money where the facts name them so
        if (brief.Country == "GB" || brief.Facts.Any(f => f.Contains('£', StringComparison.Ordinal)))
            _after.AddRange([("pounds", "GBP"), ("pound", "GBP")]);
    }

    /// <summary>What a bare sign means.</summary>
    public string DefaultCode { get; }

    /// <summary>What a cent is a hundredth of.</summary>
    public string CentCode { get; }

    /// <summary>Whether 7/6 is the seventh of June.</summary>
    public bool DaysFirst { get; }

    /// <summary>The money of a number: where the sign and the number begin and end; null where it is none.</summary>
    public (string Code, int Start, int End)? Around(string text, int start, int end)
    {
        int before = start;
        while (before > 0 && start - before < 2 && text[before - 1] is ' ' or ':')
            before--;
        string? code = null;
        foreach (var (name, c) in _before)
        {
            int from = before - name.Length;
            if (from >= 0 && string.CompareOrdinal(text, from, name, 0, name.Length) == 0
                && !(char.IsAsciiLetter(name[0]) && from > 0 && char.IsAsciiLetterOrDigit(text[from - 1])))
            {
                (code, start) = (c, from);
                break;
            }
        }
        int after = end;
        while (after < text.Length && after - end < 1 && text[after] is ' ' or '-')
            after++;
        foreach (var (name, c) in _after)
        {
            int to = after + name.Length;
            if (string.CompareOrdinal(text, after, name, 0, name.Length) == 0 && !(char.IsAsciiLetter(name[^1]) && to < text.Length && char.IsAsciiLetterOrDigit(text[to]))
                && !(name is "£" or "€" && to < text.Length && char.IsAsciiDigit(text[to]))
                && !(name == "塊" && text.AsSpan(start, end - start) is "一")
                && !(name == "元" && to < text.Length && text[to] is '素' or '件' or '氣' or '旦' or '宵' or '老'))
            {
                // 新台幣 1,200 元: the sign before says which, the word after only that it is money
                code ??= c;
                end = to;
                break;
            }
        }
        if (code is not null && end + 2 <= text.Length && text.AsSpan(end).StartsWith(".-"))
            end += 2;
        return code is null ? null : (code, start, end);
    }

    [GeneratedRegex(@"(?:每|[一二兩三四五六七八九十\d]\s?)塊\s*(?:只要|只|售價)?\s*[\d一二兩三四五六七八九]")]
    private static partial Regex PiecePrice();
}
