using System.Text.RegularExpressions;

namespace Syrinx.Search.Answers;

/// <summary>
/// What kind of thing a question asks for, where its question word tells, and whether a sentence has that kind of thing in
/// it. A sentence that has ranks a little higher: "next to the post office" answers a where.
/// </summary>
internal static partial class AnswerKind
{
    /// <summary>The test that a sentence should pass, or null where the question does not tell.</summary>
    public static Regex? Of(string question)
    {
        if (AsksWhere().IsMatch(question))
            return Place();
        if (AsksWhen().IsMatch(question))
            return Time();
        return AsksHowMuch().IsMatch(question) ? Quantity() : null;
    }

    [GeneratedRegex(@"\bwhere\b|哪裡|哪里|哪邊|哪兒|哪間|哪家|哪一家|哪一間|什麼地方|何處|怎麼走", RegexOptions.IgnoreCase)]
    private static partial Regex AsksWhere();

    [GeneratedRegex(@"\bwhen\b|\bwhat (?:time|day|date|hours)\b|幾點|什麼時候|何時|哪天|幾號|多久", RegexOptions.IgnoreCase)]
    private static partial Regex AsksWhen();

    [GeneratedRegex(@"\bhow (?:much|many|long|far|old|expensive)\b|\bprice\b|\bcost\b|多少|幾元|幾個|多遠|價格|價錢", RegexOptions.IgnoreCase)]
    private static partial Regex AsksHowMuch();

    [GeneratedRegex(@"\b(?:at|on|in|near|next to|behind|opposite|beside|across|by the|corner|street|st|road|rd|lane|avenue|market|station)\b|[路街巷弄號樓]|對面|旁邊|隔壁|附近|後面|前面|轉角|巷口|夜市|車站|市場|門口", RegexOptions.IgnoreCase)]
    private static partial Regex Place();

    [GeneratedRegex(@"\d{1,2}\s?(?:am|pm|a\.m|p\.m|o'clock)\b|\d{1,2}[:：]\d\d|\d[點月號日]|[一二三四五六七八九十兩][點月號]|\b(?:at|from|until|till|by|before|after|since)\s(?:\d{1,2}\b|noon|midnight|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)|\b(?:mon|tues|wednes|thurs|fri|satur|sun)days?\b|\b(?:morning|afternoon|evening|tomorrow|tonight|weekend|january|february|march|april|may|june|july|august|september|october|november|december)\b|星期|週[一二三四五六日末]|周[一二三四五六日末]|禮拜|早上|中午|下午|晚上|凌晨|半夜|明天|假日", RegexOptions.IgnoreCase)]
    private static partial Regex Time();

    [GeneratedRegex(@"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|dozen|hundred|thousand|half|free)\b|[一二三四五六七八九十百千萬兩]|免費|半價", RegexOptions.IgnoreCase)]
    private static partial Regex Quantity();
}
