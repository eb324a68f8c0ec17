using System.Text.RegularExpressions;

namespace Syrinx.Data.Corpus.Privacy;

/// <summary>
/// Finds street addresses: a Chinese one ends in a house number behind a road (中正路一段12號3樓), an English one begins with it
/// (12 Baker Street, Flat 3). A road alone is a place, not somebody's home. Highways, exits and bus numbers are left alone.
/// </summary>
internal static partial class Addresses
{
    private const string Type = "address";
    private const int ChineseBefore = 48, ChineseAfter = 16;
    private const int EnglishAfter = 140;

    public static void Find(string text, ref List<PersonalDataSpan>? found)
    {
        for (int at = text.AsSpan().IndexOfAny('號', '号'); at >= 0;)
        {
            if (at > 0 && (char.IsAsciiDigit(text[at - 1]) || text[at - 1] is ' ' or (>= '\u4E00' and <= '\u9FFF')))
                Chinese(text, at, ref found);
            int next = text.AsSpan(at + 1).IndexOfAny('號', '号');
            at = next < 0 ? -1 : at + 1 + next;
        }
        for (int at = 0; at < text.Length;)
        {
            int next = text.AsSpan(at).IndexOfAnyInRange('0', '9');
            if (next < 0)
                return;
            int start = at + next, end = start;
            while (end < text.Length && char.IsAsciiDigit(text[end]))
                end++;
            if (end - start <= 5)
                English(text, start, end, ref found);
            at = end;
        }
    }

    private static void Chinese(string text, int at, ref List<PersonalDataSpan>? found)
    {
        int from = Math.Max(0, at - ChineseBefore), to = Math.Min(text.Length, at + ChineseAfter);
        foreach (var m in ChineseForm().EnumerateMatches(text.AsSpan(from, to - from)))
        {
            if (from + m.Index < at && at < from + m.Index + m.Length)
                PersonalData.Add(ref found, Type, from + m.Index, from + m.Index + m.Length);
        }
    }

    // A number, a blank and a capital or another number's ordinal; or P.O. Box before it.
    private static void English(string text, int start, int end, ref List<PersonalDataSpan>? found)
    {
        int box = Math.Max(0, start - 10);
        foreach (var m in PostBox().EnumerateMatches(text.AsSpan(box, Math.Min(text.Length, end + EnglishAfter) - box)))
        {
            if (box + m.Index <= start && start < box + m.Index + m.Length)
                PersonalData.Add(ref found, Type, box + m.Index, box + m.Index + m.Length);
        }
        int front = Math.Max(0, start - 12);
        foreach (var m in TaiwanForm().EnumerateMatches(text.AsSpan(front, Math.Min(text.Length, end + EnglishAfter) - front)))
        {
            if (front + m.Index <= start && start < front + m.Index + m.Length)
                PersonalData.Add(ref found, Type, front + m.Index, front + m.Index + m.Length);
        }
        int word = end;
        while (word < text.Length && word - end < 3 && (char.IsAsciiLetter(text[word]) || text[word] == '-' || char.IsAsciiDigit(text[word])))
            word++;
        if (word + 4 >= text.Length || text[word] != ' ' || !char.IsAsciiLetterOrDigit(text[word + 1]))
            return;
        if (start == 0 || !char.IsAsciiLetterOrDigit(text[start - 1]))
        {
            foreach (var m in SmallForm().EnumerateMatches(text.AsSpan(start, Math.Min(text.Length, end + 60) - start)))
                PersonalData.Add(ref found, Type, start + m.Index, start + m.Index + m.Length);
        }
        int from = Math.Max(0, start - 24), to = Math.Min(text.Length, end + EnglishAfter);
        var window = text.AsSpan(from, to - from);
        if (!StreetWord().IsMatch(window[(end - from)..Math.Min(window.Length, end - from + 60)]))
            return;
        foreach (var m in EnglishForm().EnumerateMatches(window))
        {
            if (from + m.Index <= start && start < from + m.Index + m.Length)
                PersonalData.Add(ref found, Type, from + m.Index, from + m.Index + m.Length);
        }
    }

    // [county, city][district][village, neighbourhood] road [section][lane][alley] number [-n] [floor] [-n]
    [GeneratedRegex(@"(?:[0-9]{3,6} ?)?(?:(?:香港|澳門|澳门)?(?:九龍|九龙|新界|港島|港岛)|香港|澳門|澳门)?(?:(?![在到於于至住往去了])[\u4E00-\u9FFF]{2,3}[縣市省县]){0,2}(?:(?![在到於于至住往去了])[\u4E00-\u9FFF]{1,3}[區鄉鎮市区乡镇县])?(?:[\u4E00-\u9FFF]{1,4}[里村](?:[0-9]{1,3}[鄰邻])?)?(?:(?![在到於于至住往去了])[\u4E00-\u9FFF]{1,5}(?:路|街|大道|胡同|村|里|莊|新邨|邨|(?<![國省縣軌頻隧通步航管跑赤人频轨国县味])道)|[\u4E00-\u9FFF]{2,3}段)(?:[東西南北中东]?[一二三四五六七八九十0-9]{1,2}[段路])?(?: ?[0-9]{1,4}[巷弄]){0,2}(?: ?[0-9]{1,3}弄)? ?(?:[0-9]{1,4}(?:[-之][0-9]{1,3})?|[一二三四五六七八九十百]{1,5}) ?[號号](?!出口|線|线|公路|隧道|選手|选手|月台|公車|公交|候選|球)(?:之[0-9]{1,3})?(?:[0-9A-Z]{1,2}棟)?(?:地下)?(?: ?[0-9一二三四五六七八九十]{1,3}(?:樓|楼|F)(?:[-之][0-9]{1,3})?)?(?:[0-9A-Z]{1,4}室)?", RegexOptions.CultureInvariant)]
    private static partial Regex ChineseForm();

    [GeneratedRegex(@"(?<![A-Za-z])[Pp]\.? ?[Oo]\.? ?(?:Box|box|BOX) ?[0-9]{1,5}(?![0-9])(?:, ?[A-Z][A-Za-z'’.-]+(?: [A-Z][A-Za-z'’.-]+(?![A-Za-z0-9])){0,2}){0,2}(?:,? [A-Z]{2}(?![A-Za-z0-9]))?(?:,? (?:[0-9]{5}(?:-[0-9]{4})?|[A-Z]{1,2}[0-9][0-9A-Z]? ?[0-9][A-Z]{2}|[A-Z][0-9][A-Z] ?[0-9][A-Z][0-9])(?![0-9A-Za-z]))?", RegexOptions.CultureInvariant)]
    private static partial Regex PostBox();

    // As the Taiwanese post writes it: [3F.,] No. 12[-1], [Aly. 4,] [Ln. 30,] [Sec. 2,] Zhongshan Rd.[, Xinyi Dist.][, Taipei City][ 110]
    [GeneratedRegex(@"(?<![A-Za-z0-9])(?:[0-9]{1,2}F\.?(?:-[0-9]{1,2})?, ?)?No\. ?[0-9]{1,4}(?:-[0-9]{1,3})?, ?(?:(?:Aly|Alley|Ln|Lane)\.? ?[0-9]{1,4}, ?){0,2}(?:Sec\. ?[0-9]{1,2}, ?)?(?:[A-Z0-9][A-Za-z0-9'’.-]{0,20} ){1,4}(?:Rd|Road|St|Street|Blvd|Boulevard|Ave|Avenue)\.?(?:, ?[A-Z][A-Za-z'’-]+(?: [A-Z][A-Za-z'’-]+\.?){0,2}){0,4}(?:,? [0-9]{3,6})?", RegexOptions.CultureInvariant)]
    private static partial Regex TaiwanForm();

    // What is written small is told from "5 minutes down the road" by the kind of street.
    [GeneratedRegex(@"^[0-9]{1,5}[a-z]? (?!(?:the|this|and|more) )(?:[a-z]{3,15} ){1,2}(?:street|avenue|boulevard|lane)\b(?<!(?:way|down|along|across|per|in|on|at|of|the|main|from) (?:the )?(?:street|lane))", RegexOptions.CultureInvariant)]
    private static partial Regex SmallForm();

    [GeneratedRegex(@"\b(?:Street|St|Avenue|Ave|Road|Rd|Boulevard|Blvd|Lane|Ln|Drive|Dr|Court|Ct|Place|Pl|Square|Sq|Terrace|Way|Highway|Hwy|Parkway|Pkwy|Circle|Crescent|Close|Mews|Alley|Broadway)\b", RegexOptions.CultureInvariant)]
    private static partial Regex StreetWord();

    // [flat] number [direction] name{1,4} kind [direction] [flat] [, place{1,3}] [, state] [code]
    [GeneratedRegex(@"(?<![0-9A-Za-z#$€£.,:/-])(?:(?:Flat|Apartment|Apt\.?|Unit|Suite|Room|Rm\.?) ?[0-9A-Z]{1,5},? )?[0-9]{1,5}[A-Za-z]?(?:-(?:[0-9]{1,4}[A-Za-z]?|[A-Z]))?(?: (?:[NSEW]\.?|North|South|East|West))?(?:(?: (?:[A-Z][A-Za-z'’.]{1,20}|[0-9]{1,3}(?:st|nd|rd|th))){1,4}? (?:Street|St|Avenue|Ave|Road|Rd|Boulevard|Blvd|Lane|Ln|Drive|Dr|Court|Ct|Place|Pl|Square|Sq|Terrace|Way|Highway|Hwy|Parkway|Pkwy|Circle|Crescent|Close|Mews|Alley)\b\.?(?! of )| Broadway\b)(?: (?:North|South|East|West|[NSEW]{1,2})\b\.?(?! [a-z]))?(?:,? (?:(?:Apt|Apartment|Suite|Ste|Unit|Flat|Room|Rm|Floor)\.? ?#?[0-9A-Za-z]{1,5}|#[0-9A-Za-z]{1,5}|[0-9]{1,2}(?:/F|F|(?:st|nd|rd|th) [Ff]loor)\b))?(?:, ?[A-Z][A-Za-z'’.-]+(?: [A-Z][A-Za-z'’.-]+(?![A-Za-z0-9])){0,2}){0,2}(?:,? [A-Z]{2}(?![A-Za-z0-9]))?(?:,? (?:[0-9]{5}(?:-[0-9]{4})?|[A-Z]{1,2}[0-9][0-9A-Z]? ?[0-9][A-Z]{2}|[A-Z][0-9][A-Z] ?[0-9][A-Z][0-9])(?![0-9A-Za-z]))?", RegexOptions.CultureInvariant)]
    private static partial Regex EnglishForm();
}
