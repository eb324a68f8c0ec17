using System.Text.RegularExpressions;

namespace Syrinx.Search.Answers;

/// <summary>
/// What kinds of things a question asks for, where its words tell (a place, a clock time, a price), and whether a sentence
/// has them in it: one that has ranks higher, for "next to the post office" answers a where, and "great soup" does not.
/// </summary>
internal static partial class AnswerKind
{
    private const double Present = 1.35, Absent = 0.8;

    /// <summary>The tests that a sentence should pass; none where the question does not tell.</summary>
    public static IReadOnlyList<Regex> Of(string question) =>
        [.. Kinds.Where(kind => kind.Asks().IsMatch(question)).Select(kind => kind.Tells())];

    /// <summary>The factor on a sentence's score.</summary>
    public static double Factor(IReadOnlyList<Regex> kinds, string sentence)
    {
        double factor = 1;
        foreach (var kind in kinds)
            factor *= kind.IsMatch(sentence) ? Present : Absent;
        return factor;
    }

    /// <summary>
    /// Terms that posts which tell such a thing tend to have, to retrieve by beside the question's own: 公休 is asked for, and
    /// 週二休 is written. Single characters are found wherever they stand.
    /// </summary>
    public static IEnumerable<string> Hints(string question)
    {
        if (AsksRest().IsMatch(question))
            yield return "休";
        if (AsksOpening().IsMatch(question))
            yield return "開";
        if (AsksClosing().IsMatch(question))
            yield return "收";
        if (AsksClock().IsMatch(question))
            yield return "點";
        if (AsksPrice().IsMatch(question))
            yield return "元";
    }

    private static readonly (Func<Regex> Asks, Func<Regex> Tells)[] Kinds =
    [
        (AsksWhere, Place), (AsksClock, Clock), (AsksDay, Day), (AsksWhen, Time), (AsksHowLong, Duration), (AsksPrice, Money),
        (AsksOpening, Opening), (AsksClosing, Closing), (AsksRest, Rest),
    ];

    [GeneratedRegex(@"\bwhere\b|哪裡|哪里|哪邊|哪兒|哪間|哪家|哪一家|哪一間|什麼地方|何處|怎麼走|地點|地址", RegexOptions.IgnoreCase)]
    private static partial Regex AsksWhere();

    [GeneratedRegex(@"\bwhat time\b|\bhours\b|幾點", RegexOptions.IgnoreCase)]
    private static partial Regex AsksClock();

    [GeneratedRegex(@"\bwh(?:at|ich) days?\b|星期幾|禮拜幾|週幾|周幾|哪天|哪幾天", RegexOptions.IgnoreCase)]
    private static partial Regex AsksDay();

    [GeneratedRegex(@"\bwhen\b|\bhow late\b|什麼時候|何時|幾號|幾分|時間", RegexOptions.IgnoreCase)]
    private static partial Regex AsksWhen();

    [GeneratedRegex(@"\bhow long\b|\bhow many (?:minutes|hours|days|weeks|months)\b|多久|幾天|幾個月|幾小時|幾分鐘", RegexOptions.IgnoreCase)]
    private static partial Regex AsksHowLong();

    [GeneratedRegex(@"\bhow much\b|\bhow expensive\b|\bprices?\b|\bcosts?\b|多少錢|幾元|幾塊|價格|價錢|費用|票價", RegexOptions.IgnoreCase)]
    private static partial Regex AsksPrice();

    [GeneratedRegex(@"\bopen(?:s|ing)?\b|幾點開|開門|開店|營業|有開", RegexOptions.IgnoreCase)]
    private static partial Regex AsksOpening();

    [GeneratedRegex(@"\bcloses?\b|\bclosing\b|收攤|打烊|關門|幾點關|幾點收|末班|最後一班", RegexOptions.IgnoreCase)]
    private static partial Regex AsksClosing();

    [GeneratedRegex(@"\bclosed\b|\bday off\b|公休|店休|休息|星期幾休|週幾休", RegexOptions.IgnoreCase)]
    private static partial Regex AsksRest();

    [GeneratedRegex(@"\b(?:at|on|in|near|next to|behind|opposite|beside|across|by the|corner|street|st|road|rd|lane|avenue"
        + @"|market|station)\b|[路街巷弄號樓]|對面|旁邊|隔壁|附近|後面|前面|轉角|巷口|夜市|車站|市場|門口", RegexOptions.IgnoreCase)]
    private static partial Regex Place();

    [GeneratedRegex(@"\d{1,2}\s?(?:am|pm|a\.m|p\.m|o'clock)\b|\d{1,2}[:：]\d\d|(?:\d|[一二三四五六七八九十兩])點|\b(?:at|from|until|till"
        + @"|by|before|after|since|to)\s(?:half past |quarter past |quarter to )?(?:\d{1,2}\b(?!\s?%)|noon|midnight|one|two"
        + @"|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\b|\b(?:noon|midnight)\b|中午|半夜|凌晨",
        RegexOptions.IgnoreCase)]
    private static partial Regex Clock();

    [GeneratedRegex(@"\b(?:mon|tues|wednes|thurs|fri|satur|sun)days?\b|\b(?:weekends?|weekdays?|daily|every day)\b"
        + @"|星期[一二三四五六日天]|[週周][一二三四五六日末]|禮拜[一二三四五六日天]|平日|假日|每天", RegexOptions.IgnoreCase)]
    private static partial Regex Day();

    [GeneratedRegex(@"\d{1,2}\s?(?:am|pm|o'clock)\b|\d{1,2}[:：]\d\d|\d[點月號日]|[一二三四五六七八九十兩][點月號]|\b(?:at|from|until|till|by"
        + @"|before|after|since)\s(?:\d{1,2}\b|noon|midnight|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"
        + @"|\b(?:mon|tues|wednes|thurs|fri|satur|sun)days?\b|\b(?:morning|afternoon|evening|tomorrow|tonight|weekend"
        + @"|january|february|march|april|may|june|july|august|september|october|november|december)\b|星期"
        + @"|[週周][一二三四五六日末]|禮拜|早上|中午|下午|晚上|凌晨|半夜|今日|今天|明天|假日|分鐘一班|小時一班", RegexOptions.IgnoreCase)]
    private static partial Regex Time();

    [GeneratedRegex(@"\b(?:\d+|an?|one|two|three|four|five|six|seven|eight|nine|ten|twelve|fourteen|half an?"
        + @"|several)\s(?:minutes?|hours?|days?|weeks?|months?|years?)\b|(?:\d|[一二三四五六七八九十兩半])個?(?:分鐘|小時|鐘頭|天|週|星期|禮拜|月|年)",
        RegexOptions.IgnoreCase)]
    private static partial Regex Duration();

    [GeneratedRegex(@"(?:NT)?\$\s?\d|\d[\d,.]*\s?(?:元|塊|萬|dollars?|bucks|euros?|a plate|million)|[一二三四五六七八九十百千兩]+(?:元|塊|千|百"
        + @"|萬)|\b(?:free|dollars)\b|免費|半價", RegexOptions.IgnoreCase)]
    private static partial Regex Money();

    [GeneratedRegex(@"\bopen(?:s|ed|ing)?\b|\bstarts?\b|\bfrom\b|開|營業|點起|點到", RegexOptions.IgnoreCase)]
    private static partial Regex Opening();

    [GeneratedRegex(@"\bclos(?:es?|ed|ing)\b|\buntil\b|\btill\b|\blast\b|\bto\s\w+\b|收|關|打烊|末班|點到|賣完", RegexOptions.IgnoreCase)]
    private static partial Regex Closing();

    [GeneratedRegex(@"\bclosed\b|\bshut\b|\bnot (?:on )?(?:mon|tues|wednes|thurs|fri|satur|sun)day|休", RegexOptions.IgnoreCase)]
    private static partial Regex Rest();
}
