using System.Globalization;
using System.Text.RegularExpressions;

namespace Syrinx.Ads;

// Claims that are dates, days of the week, hours of the day, years.
internal sealed partial class ClaimReader
{
    private const string Months = "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?";
    private const string Days = "mon|tues?|wed(?:nes)?|thur?s?|fri|sat(?:ur)?|sun";

    private void ReadDates()
    {
        foreach (Match match in AlwaysOpen().Matches(_text))
            AddDate(match, "code", "24/7");
        foreach (Match match in IsoDate().Matches(_text))
            AddDay(match, Part(match, "y"), Part(match, "m"), Part(match, "d"));
        foreach (Match match in HanDate().Matches(_text))
            AddDay(match, HanYear(match), Part(match, "m"), Part(match, "d"), match.Groups["part"].Value);
        foreach (Match match in WrittenDate().Matches(_text))
        {
            if (NumberScanner.Scan(match.Groups["m"].Value) is [var month, ..] && NumberScanner.Scan(match.Groups["d"].Value) is [var day, ..])
                AddDay(match, null, (int)month.Value, (int)day.Value);
        }
        foreach (Match match in WrittenMonth().Matches(_text))
        {
            if (NumberScanner.Scan(match.Groups["m"].Value) is [var month, ..])
                AddDay(match, null, (int)month.Value, null, match.Groups["part"].Value);
        }
        foreach (Match match in MonthAlone().Matches(_text))
        {
            int before = _claims.Count;
            if (NumberScanner.Scan(match.Groups["m"].Value) is [var month, ..])
                AddDay(match, null, (int)month.Value, null);
            if (!_asFact && _claims.Count > before)
                _claims[^1] = _claims[^1] with { IsLoose = true };
        }
        foreach (Match match in DaysOfMonth().Matches(_text))
        {
            int month = MonthOf(match.Groups["m"].Value);
            int second = match.Groups["d2"].Index;
            AddDate(match.Index, second, "date", Literal(Part(match, "y"), month, Part(match, "d")), "from");
            AddDate(second, match.Index + match.Length, "date", Literal(Part(match, "y"), month, Part(match, "d2")), "until");
        }
        foreach (Match match in EnglishDate().Matches(_text))
            AddDay(match, Part(match, "y"), MonthOf(match.Groups["m"].Value), Part(match, "d"), PartOf(match.Groups["part"].Value));
        foreach (Match match in SlashDate().Matches(_text))
            AddSlashDate(match);
        foreach (Match match in HanYearAlone().Matches(_text))
            AddDay(match, HanYear(match), null, null);
        foreach (Match match in ShortYear().Matches(_text))
            AddDate(match.Groups["y"].Index - 1, match.Index + match.Length, "date", Literal(Part(match, "y") + (Part(match, "y") > 35 ? 1900 : 2000), null, null), "founded");
        foreach (var year in NumberScanner.Scan(_text).Where(n => n is { Form: NumberForm.EnglishWords, Value: >= 1900 and <= 2099 } && YearBefore().IsMatch(Before(n.Start)) && !IsInName(n.Start, n.End)))
            AddDate(year.Start, year.End, "date", Literal((int)year.Value, null, null), DateRole(year.Start, year.End));
        foreach (Match match in HourRange().Matches(_text))
            AddHours(match);
        foreach (Match match in Hour().Matches(_text))
            AddHour(match);
        foreach (Match match in SpokenHour().Matches(_text))
        {
            int hour = NumberScanner.Scan(match.Groups["h"].Value) is [var n, ..] ? (int)n.Value : -1;
            int minutes = match.Groups["part"].Value switch { "half" or "thirty" => 30, "quarter" or "fifteen" => 15, _ => 0 };
            minutes = hour * 60 + (match.Groups["to"].Success ? -minutes : minutes);
            if (hour is < 1 or > 12)
                continue;
            if (ToAnHour().Match(_text, match.Index + match.Length) is { Success: true } to && NumberScanner.Scan(to.Groups["h"].Value) is [var last, ..])
                AddDate(to.Groups["h"].Index, to.Index + to.Length, "clock", $"{last.Value * 60:0}?", "until");
            bool evening = match.Groups["day"].Value is "at night" or "tonight" or "evening" or "afternoon", morning = match.Groups["day"].Value == "morning";
            AddDate(match.Index, match.Index + match.Length, "clock", evening ? $"{minutes % 720 + 720}" : morning ? $"{minutes % 720}" : $"{minutes}?",
                DateRole(match.Index, match.Index + match.Length));
        }
        foreach (Match match in Noon().Matches(_text).Where(m => _asFact || HourCue().IsMatch(Before(m.Index))))
        {
            AddDate(match, "clock", match.Value.EndsWith("midnight", StringComparison.Ordinal) ? "1440" : "720");
            if (ToAnHour().Match(_text, match.Index + match.Length) is { Success: true } to && NumberScanner.Scan(to.Groups["h"].Value) is [var last, ..])
                AddDate(to.Groups["h"].Index, to.Index + to.Length, "clock", $"{last.Value * 60:0}?", "until");
        }
        foreach (Match match in WeekdayRange().Matches(_text))
            AddDate(match, "weekday", Range(DayOf(match.Groups["from"].Value), DayOf(match.Groups["to"].Value)));
        foreach (Match match in WeekdayList().Matches(_text))
        {
            string days = string.Concat(match.Groups["day"].Value.Where(d => DayOf(d.ToString()) > 0).Select(d => DayOf(d.ToString())));
            if (days.Zip(days.Skip(1)).All(p => p.First < p.Second))
                AddDate(match, "weekday", days);
        }
        foreach (Match match in Weekday().Matches(_text).Where(m => !IsTimetable(m) && !m.Groups["set"].Success && !IsUsed(m.Index, m.Index + m.Length)))
            Mark(match.Index, match.Index + match.Length); // 週五晚上 are not five evenings
        foreach (Match match in Weekday().Matches(_text).Where(IsTimetable))
            AddDate(match, "weekday", match.Groups["set"].Value switch
            {
                "weekday" or "weekdays" or "平日" => "12345",
                "weekend" or "weekends" or "假日" or "例假日" or "週末" => "67",
                _ => $"{DayOf(match.Groups["day"].Value)}",
            }, OccurrenceOf(match));
        foreach (Match match in HanWeekend().Matches(_text))
            AddDate(match, "weekday", match.Groups["from"].Success ? Range(DayOf(match.Groups["from"].Value), DayOf(match.Groups["to"].Value)) : "67");
        foreach (Match match in ShortDay().Matches(_text).Where(m => char.IsUpper(_folded.Original[_folded.OriginalAt(m.Index)]) && (_asFact || DayBefore().IsMatch(Before(m.Index)) || ShortDayAfter().IsMatch(_text, m.Index + m.Length))))
            AddDate(match, "weekday", $"{DayOf(match.Value)}");
        foreach (Match match in YearAlone().Matches(_text))
        {
            if (!IsInName(match.Index, match.Index + match.Length) && (YearBefore().IsMatch(Before(match.Index)) || YearAfter().IsMatch(_text, match.Index + 4)))
                AddDay(match, Part(match, "y"), null, null);
        }
    }

    /// <summary>"Weekends NT$3,200", "open on weekdays", "every Tuesday"; but "a slow Tuesday", "a weekend trip" say no date.</summary>
    private bool IsTimetable(Match match)
    {
        int end = match.Index + match.Length;
        var (from, to) = _clauses.ClauseOf(match.Index);
        if (match.Value[0] > 0x2E7F && !match.Groups["set"].Success)
            return _asFact || !QuietDay().IsMatch(_text, end) || Timetable().IsMatch(_text[from..Math.Max(to, end)]) || DayBefore().IsMatch(Before(match.Index));
        // "11/8, out and about this weekend": the digits of a date make no timetable
        string clause = string.Concat(Enumerable.Range(from, Math.Max(to, end) - from).Select(i => _claims.Exists(c => c.Unit == "date" && c.Start <= i && i < c.End) ? ' ' : _text[i]));
        if (match.Groups["set"].Success)
        {
            // "one pair for weekends: the second is 40% off"
            int at = match.Index - from, colon = clause.IndexOf(':', Math.Min(end - from, clause.Length)), before = clause.LastIndexOf(':', Math.Max(0, at - 1), Math.Max(0, at));
            if (colon >= 0 && !(colon > 0 && char.IsAsciiDigit(clause[colon - 1])) && clause[(before + 1)..at].TrimEnd().EndsWith(" for", StringComparison.Ordinal))
                clause = clause[..colon];
        }
        return _asFact || Timetable().IsMatch(clause) || !match.Groups["set"].Success
            && (match.Groups["more"].Success && string.IsNullOrWhiteSpace(_text[from..match.Index]) || DayBefore().IsMatch(Before(match.Index)) || HasTopic(match.Index, end));
    }

    /// <summary>"4-8 pm", "between nine and one", 下午四到八點: the first hour in whichever half of the day the second allows.</summary>
    private void AddHours(Match match)
    {
        Group first = match.Groups["h"], second = match.Groups["h2"];
        string half = match.Groups["half"].Value, before = match.Groups["half_day"].Value;
        if (match.Groups["noon"] is { Success: true } noon && NumberScanner.Scan(first.Value) is [{ Value: >= 1 and <= 12 } start, ..])
        {
            AddDate(match.Index, first.Index + first.Length, "clock", Minutes((int)start.Value, Part(match, "min") ?? 0, noon.Value == "midnight" ? "pm" : "am"), "");
            AddDate(second.Index, match.Index + match.Length, "clock", noon.Value == "midnight" ? "1440" : "720", "until");
            return;
        }
        bool named = half.Length > 0 || match.Groups["clock"].Success;
        var (from, to) = _clauses.SentenceOf(match.Index);
        if (!named && match.Groups["h2"].Value[0] < 0x2E80 && !NoThingAfter().IsMatch(_text, match.Index + match.Length))
            return; // 8 to 10 kinds in every box
        if (!named && !OpeningWord().IsMatch(_text[from..Math.Max(to, match.Index + match.Length)])
            || NumberScanner.Scan(first.Value) is not [{ Value: >= 1 and <= 24 } h, ..] || NumberScanner.Scan(second.Value) is not [{ Value: >= 1 and <= 24 } h2, ..])
            return;
        AddDate(match.Index, first.Index + first.Length, "clock", Minutes((int)h.Value, Part(match, "min") ?? 0, before), "");
        AddDate(second.Index, match.Index + match.Length, "clock", Minutes((int)h2.Value, Part(match, "min2") ?? 0, half), "until");
    }

    /// <summary>Minutes of the day; with ? where nothing says which half.</summary>
    private static string Minutes(int hour, int minute, string half)
    {
        bool afternoon = half.StartsWith('p') || half is "afternoon" or "evening" or "at night" or "下午" or "傍晚" or "晚上" or "晚間" or "晚";
        bool morning = half.StartsWith('a') && !afternoon || half is "morning" or "上午" or "早上" or "凌晨" or "清晨" or "早";
        hour = afternoon && hour < 12 ? hour + 12 : morning && hour == 12 ? 0 : hour;
        return $"{hour * 60 + minute}{(afternoon || morning || hour > 12 || hour == 0 ? "" : "?")}";
    }

    private void AddDay(Match match, int? year, int? month, int? day, string part = "")
    {
        if (month is > 12 or 0 || day is > 31 or 0)
            return;
        int end = match.Index + match.Length;
        if (month is not null && day is not null && DayRangeAfter().Match(_text, end) is { Success: true } range && !IsUsed(match.Index, end + range.Length))
        {
            // June 1–30: two dates
            int split = end;
            AddDate(match.Index, split, "date", Literal(year, month, day), "from");
            AddDate(split, split + range.Length, "date", Literal(year, month, Part(range, "d") ?? (int)NumberScanner.Scan(range.Groups["han"].Value)[0].Value), "until");
            return;
        }
        string role = DateRole(match.Index, end);
        AddDate(match.Index, end, "date", Literal(year, month, day) + part, role);
        // 7月19日、20日; July 19 and 20
        if (month is not null && day is not null && DayListAfter().Match(_text, end) is { Success: true } more)
            AddDate(end, end + more.Length, "date", Literal(year, month, Part(more, "d")), role);
    }

    /// <summary>The part of a month, as Chinese says it.</summary>
    private static string PartOf(string words) => words.Contains("end", StringComparison.Ordinal) || words.StartsWith("late", StringComparison.Ordinal) ? "底"
        : words.StartsWith("early", StringComparison.Ordinal) ? "初" : words.StartsWith("mid", StringComparison.Ordinal) ? "中" : "";

    private static string Literal(int? year, int? month, int? day) => $"{year}/{month}/{day}";

    /// <summary>7/6 is 6 July where months come first, and where days do not come first.</summary>
    private void AddSlashDate(Match match)
    {
        int a = Part(match, "a") ?? 0, b = Part(match, "b") ?? 0;
        int? year = Part(match, "y") is { } y ? y < 100 ? 2000 + y : y : null;
        bool dayFirst = a > 12 || b <= 12 && _money.DaysFirst;
        if (a is >= 1 and <= 31 && b is >= 1 and <= 31 && (a <= 12 || b <= 12) && !HalfPriceAfter().IsMatch(_text, match.Index + match.Length))
            AddDay(match, year, dayFirst ? b : a, dayFirst ? a : b);
    }

    private void AddHour(Match match)
    {
        int hour = Part(match, "h") ?? (NumberScanner.Scan(match.Groups["han"].Value) is [var n, ..] ? (int)n.Value : -1);
        int minute = match.Groups["half"].Success ? 30 : Part(match, "min") ?? (NumberScanner.Scan(match.Groups["hanmin"].Value) is [var m, ..] ? (int)m.Value : 0);
        if (hour is < 0 or > 24 || minute > 59)
            return;
        string minutes = Minutes(hour, minute, match.Groups["half_day"].Value + match.Groups["ampm"].Value);
        AddDate(match.Index, match.Index + match.Length, "clock", match.Groups["h"].Value.StartsWith('0') ? minutes.TrimEnd('?') : minutes,
            DateRole(match.Index, match.Index + match.Length));
    }

    /// <summary>"every Saturday", "on Saturdays", 每週六; "the last Saturday", 第一個週六.</summary>
    private string OccurrenceOf(Match match) => match.Groups["more"].Success || EachBefore().IsMatch(Before(match.Index)) ? Claim.Every
        : NthBefore().IsMatch(Before(match.Index)) ? Claim.Nth : "";

    private void AddDate(Match match, string unit, string literal, string per = "")
    {
        int before = _claims.Count;
        AddDate(match.Index, match.Index + match.Length, unit, literal, DateRole(match.Index, match.Index + match.Length, unit == "weekday"));
        if (per.Length > 0 && _claims.Count > before)
            _claims[^1] = _claims[^1] with { Per = per };
    }

    private void AddDate(int start, int end, string unit, string literal, string role)
    {
        if (!IsUsed(start, end))
        {
            Add(new Claim(unit == "code" ? ClaimKind.Number : ClaimKind.Date, start, end)
            {
                Unit = unit,
                Literal = literal,
                Role = unit == "code" || role == "founded" && unit == "clock" ? "" : role,
                IsLoose = !_asFact && (unit == "clock" && role.Length == 0 && IsAside(start, end) || unit is "clock" or "weekday" && IsAsked(start, end)),
            });
        }
    }

    /// <summary>"Deadline at 3 a.m.?", 下午三點，想喝什麼？: an hour that sets a scene.</summary>
    private bool IsAside(int start, int end)
    {
        var (from, to) = _clauses.ClauseOf(start);
        var (_, sentenceEnd) = _clauses.SentenceOf(start);
        return !HasTopic(start, end) && (Around(_text, from, start, end, Math.Max(to, end)).Count == 0 || sentenceEnd < _text.Length && _text[sentenceEnd] == '?');
    }

    /// <summary>"Phone dead by noon?" asks the reader, and says nothing of the house.</summary>
    private bool IsAsked(int start, int end)
    {
        var (from, to) = _clauses.SentenceOf(start);
        return to < _text.Length && _text[to] == '?' && !HasTopic(start, end) && !Timetable().IsMatch(Blank(from, to, start, end));
    }

    /// <summary>The days of the week that a text names, 1 for Monday: 平日 12345, "weekends" 67, "every day" all; none where it says when it is closed.</summary>
    public static string DaysIn(string text) => Closed().IsMatch(text) ? "" : AllDaysIn(text);

    /// <summary>The days of the week that a text names, whatever it says of them.</summary>
    public static string AllDaysIn(string text)
    {
        var days = Weekday().Matches(text).Select(m => m.Groups["set"].Value switch
        {
            "weekday" or "weekdays" or "平日" => "12345",
            "weekend" or "weekends" or "假日" or "例假日" or "週末" => "67",
            _ => $"{DayOf(m.Groups["day"].Value)}",
        });
        return string.Concat(days.Append(AllWeek().IsMatch(text) ? "1234567" : "").SelectMany(d => d).Distinct().Order());
    }

    [GeneratedRegex(@"(?<![a-z])(?:every\s*day(?!\s+(?:except|but))|any\s*day|daily|all\s+week|seven\s+days|7\s+days\s+a\s+week)(?![a-z])|天天|每天|每日|全年無休|不分平假日|平假日")]
    private static partial Regex AllWeek();

    private string Blank(int from, int to, int start, int end) => string.Concat(_text.AsSpan(from, start - from), " ", _text.AsSpan(end, Math.Max(0, to - end)));

    private string DateRole(int start, int end, bool isWeekday = false)
    {
        if (isWeekday)
        {
            // in 週二、週三公休 both are closed
            var list = DayList().Matches(_text).FirstOrDefault(m => m.Index <= start && start < m.Index + m.Length);
            int from = _clauses.ClauseOf(list?.Index ?? start).Start, to = _clauses.ClauseOf((list is null ? end : list.Index + list.Length) - 1).End;
            return Closed().IsMatch(_text[from..Math.Max(to, end)]) ? "closed" : "";
        }
        string before = Before(start);
        return UntilBefore().IsMatch(before) || UntilAfter().IsMatch(_text, end) ? "until"
            : FoundedBefore().IsMatch(before) || FoundedAfter().IsMatch(_text, end) ? "founded"
            : FromBefore().IsMatch(before) || FromAfterDate().IsMatch(_text, end) ? "from" : "";
    }

    private static int? Part(Match match, string name) =>
        match.Groups[name] is { Success: true } group && int.TryParse(group.Value, NumberStyles.None, CultureInfo.InvariantCulture, out int value) ? value : null;

    private static int? HanYear(Match match) => (Part(match, "roc") ?? (NumberScanner.Scan(match.Groups["roc"].Value) is [var years, ..] ? (int)years.Value : null)) is { } roc ? roc + 1911
        : Part(match, "y") ?? (NumberScanner.Scan(match.Groups["han"].Value) is [var han, ..] ? (int)han.Value : null);

    private static int MonthOf(string name) => "janfebmaraprmayjunjulaugsepoctnovdec".IndexOf(name[..3], StringComparison.Ordinal) / 3 + 1;

    private static int DayOf(string day) => day.Length == 0 ? 0 : day[0] > 0x2E7F
        ? day is "日" or "天" ? 7 : "一二三四五六".IndexOf(day[0], StringComparison.Ordinal) + 1
        : "montuewedthufrisatsun".IndexOf(day[..3], StringComparison.Ordinal) / 3 + 1;

    private static string Range(int from, int to) =>
        from is < 1 || to is < 1 ? "" : string.Concat(Enumerable.Range(0, (to - from + 7) % 7 + 1).Select(i => (from - 1 + i) % 7 + 1));

    [GeneratedRegex(@"(?<!\d)24\s*(?:/|x|hours?\s*,?\s*7\s*days?)\s*7?(?<=7|days?)(?!\d)")]
    private static partial Regex AlwaysOpen();

    [GeneratedRegex(@"(?<!\d)(?<y>(?:19|20)\d\d)[\-/.](?<m>\d{1,2})[\-/.](?<d>\d{1,2})(?!\d)")]
    private static partial Regex IsoDate();

    [GeneratedRegex(@"(?:(?:民國|中華民國)\s*(?<roc>\d{2,3})\s*年\s*|(?<y>(?:19|20)\d\d)\s*年\s*)?(?<![\d個])(?<m>1[0-2]|0?[1-9])\s*月\s*(?:(?<d>3[01]|[12]\d|0?[1-9])\s*[日號]|(?<d>3[01]|[12]\d|0?[1-9])(?!\d)|(?<part>[初中底])?(?!餅|亮|經|薪|費|租|台|光|球|票|刊))")]
    private static partial Regex HanDate();

    [GeneratedRegex(@"(?<m>[一二三四五六七八九十]{1,2})月(?<d>[一二三四五六七八九十]{1,3})[日號]")]
    private static partial Regex WrittenDate();

    // 九月底, 十月起; 九月 alone sets a scene
    [GeneratedRegex(@"(?<![一二三四五六七八九十個])(?<m>十[一二]?|[一二三四五六七八九])月(?:(?<part>[初中底])|份|整個月|(?=起|前|止))|(?<=整個?)(?<m>十[一二]?|[一二三四五六七八九])月", RegexOptions.ExplicitCapture)]
    private static partial Regex WrittenMonth();

    [GeneratedRegex(@"(?<![a-z])(?:(?<m>" + Months + @")\.?\s+(?<d>3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?(?!\d|%|\s*(?:am|pm))(?:,?\s+(?<y>(?:19|20)\d\d)(?!\d))?|(?<!\d)(?<d>3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?\s+(?:of\s+)?(?<m>" + Months + @")(?![a-z])(?:,?\s+(?<y>(?:19|20)\d\d)(?!\d))?|(?<part>(?:the\s+)?end\s+of\s+|early\s+|late\s+|mid[\s\-])?(?<m>jan(?:uary)?|feb(?:ruary)?|april?|june|july|august|aug|september|sept|october|oct|november|nov|december|dec|(?<=(?:in|until|till|since|from|through|throughout|during|all|by|of|this|next)\s)(?:may|march)|(?:may|march)(?=\s*(?:-|to|until|till|through)\s*(?:" + Months + @")))\.?(?:,?\s+(?<y>(?:19|20)\d\d)(?!\d))?)(?![a-z])")]
    private static partial Regex EnglishDate();

    // 五月 sets a scene, unless a fact has another month of the same
    [GeneratedRegex(@"(?<![一二三四五六七八九十個第幾])(?<m>十[一二]?|[一二三四五六七八九])月(?![餅亮經薪費租台光球票刊子份\d一二三四五六七八九十])", RegexOptions.ExplicitCapture)]
    private static partial Regex MonthAlone();

    // 1 to 15 October, the 1st to the 15th of October
    [GeneratedRegex(@"(?<![\d.,:/$£€])(?:between\s+|from\s+)?(?:the\s+)?(?<d>3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?\s*(?:-|to|until|till|through|and)\s*(?:the\s+)?(?<d2>3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?\s+(?:of\s+)?(?<m>" + Months + @")(?![a-z])\.?(?:,?\s+(?<y>(?:19|20)\d\d)(?!\d))?")]
    private static partial Regex DaysOfMonth();

    [GeneratedRegex(@"(?<![\d/.])(?<a>\d{1,2})/(?<b>\d{1,2})(?:/(?<y>\d{4}|\d{2}))?(?![\d/])")]
    private static partial Regex SlashDate();

    [GeneratedRegex(@"\G\s*price|\G\s*off|\G\s*cup")]
    private static partial Regex HalfPriceAfter();

    [GeneratedRegex(@"\G\s*(?:-|~|to|至|到)\s*(?:the\s+)?(?:(?<d>3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?\s*(?:[日號])?|(?<han>[一二三四五六七八九十]{1,3})[日號])(?![\d:/月]|\s*(?:am|pm|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|月))")]
    private static partial Regex DayRangeAfter();

    [GeneratedRegex(@"\G\s*(?:[、,及和與]\s*(?<d>3[01]|[12]\d|0?[1-9])\s*[日號]|(?:and|&)\s*(?<d>3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?(?!\d|\s*[a-z%]))")]
    private static partial Regex DayListAfter();

    [GeneratedRegex(@"(?:民國|中華民國)\s*(?<roc>\d{2,3}|[一二三四五六七八九十百]{2,5})\s*年|(?<!\d)(?<y>(?:19|20)\d\d)\s*年(?!份?保固|老店)|(?<han>[一二][〇零九八][〇零一二三四五六七八九]{2})\s*年")]
    private static partial Regex HanYearAlone();

    [GeneratedRegex(@"(?<![a-z])(?:since|est\.?|in)\s+'(?<y>\d\d)(?!\d)")]
    private static partial Regex ShortYear();

    [GeneratedRegex(@"(?<![\d.$€£¥,/])(?<y>(?:19|20)\d\d)(?![\d%元塊]|,\d|\.\d)")]
    private static partial Regex YearAlone();

    [GeneratedRegex(@"(?:(?<![a-z])(?:since|est\.?|established(?:\s+in)?|founded(?:\s+in)?|opened(?:\s+in)?|in|of|from|until|by|spring|summer|autumn|fall|winter|year|early|late|model|edition|ever\s+since|started\s+in|began\s+in|©)|創立於|成立於|創始於|始於|自|從|創業於|開業於|自從|西元|始自)\s*$")]
    private static partial Regex YearBefore();

    [GeneratedRegex(@"\G\s*(?:$|[.,!。、)]|[\u3400-\u9fff](?<![個款種項件入顆粒支條份雙對張本台輛場則位名人間家杯瓶包袋盒罐片元塊圓公毫坪度瓦克升倍成折萬千億多餘])|edition|collection|season|vintage|harvest|model|年|創立|成立|開業|冬|春|夏|秋)")]
    private static partial Regex YearAfter();

    [GeneratedRegex(@"(?<![\d.:$])(?<h>1[0-2]|0?[1-9])(?:[:.](?<min>[0-5]\d))?\s*(?<ampm>[ap])\.?m\.?(?![a-z])|(?:(?<half_day>上午|早上|凌晨|清晨|正午|中午|下午|傍晚|晚上|晚間|早|晚)\s*)?(?<![\d.]|\d:)(?<h>[01]?\d|2[0-4]):(?<min>[0-5]\d)(?!\d)|(?:半夜|深夜|午夜)?(?:(?<half_day>上午|早上|凌晨|清晨|正午|中午|下午|傍晚|晚上|晚間|早|晚)\s*)?(?:(?<![\d.])(?<h>\d{1,2})|(?<=[午上晨晚間早夜到至前起在每日天\s]|^)(?<han>(?<![早晚])[一二三四五六七八九十兩]{1,3}|(?<=[早晚])(?:[二三四五六七八九兩]|十[一二]?))|(?<![一二三四五六七八九十兩第幾有\d])(?<han>[三四五六七八九]|十[一二]?)(?=點))\s*[點時](?![一二三四五六七八九十\d]+(?:折|倍|萬|分之|公|%|顆|星)|式|個|項|間|尚|段|期|候|刻|下|髦|光|空|常|心|子|數|餐|了|值|裝|水|亮|燈|火)(?:(?<half>半)|(?<min>[0-5]?\d)\s*分?|(?<hanmin>[二三四五]?十[一二三四五六七八九]?|零?[五])分(?!鐘)|整)?")]
    private static partial Regex Hour();

    private const string AnHour = "(?:1[0-2]|0?[1-9]|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)";

    [GeneratedRegex(@"\G\s*(?:-|to|until|till)\s*(?<h>" + AnHour + @")(?![\d%a-z]|[.:]\d)", RegexOptions.ExplicitCapture)]
    private static partial Regex ToAnHour();

    // open 9 to 5, 4-8 pm, between nine and one; 四到八點
    [GeneratedRegex(@"(?<![a-z\d.:/$£€\-])(?<!(?:past|quarter\s+to)\s+)(?<h>" + AnHour + @")(?:[:.](?<min>[0-5]\d))?\s*(?:-|to|until|till|(?<=between[^,;!?]{0,12})and)\s*(?<h2>" + AnHour + @"|(?:12\s+)?(?<noon>noon|midday|midnight)(?![a-z]))(?:[:.](?<min2>[0-5]\d))?(?:\s*(?<half>[ap])\.?m\.?(?![a-z])|\s+(?:in\s+the\s+(?<half>morning|afternoon|evening)|(?<half>at\s+night)|(?<clock>o'clock))|(?![\d%:/a-z]|\.\d|-?\s*(?:st|nd|rd|th|days?|business|weeks?|months?|hours?|people|minutes?|mins?|years?|am|pm|a\.m|p\.m|nights?|kids?|guests?|persons?|times?|of)(?![a-z])))|(?<half_day>上午|早上|凌晨|清晨|中午|下午|傍晚|晚上|晚間|早|晚)?(?<h>\d{1,2}|[一二三四五六七八九十]{1,3})(?:-|~|到|至)(?<half>上午|早上|凌晨|清晨|中午|下午|傍晚|晚上|晚間|早|晚)?(?<h2>\d{1,2}|[一二三四五六七八九十]{1,3})(?<clock>點)", RegexOptions.ExplicitCapture)]
    private static partial Regex HourRange();

    [GeneratedRegex(@"(?<![a-z])(?:open|opens|opening|access|hours|daily|mon|tues|wednes|thurs|fri|satur|sun|week|every|any)(?:days?|s|ends?)?(?:\s+day)?(?![a-z])")]
    private static partial Regex OpeningWord();

    [GeneratedRegex(@"\G\s*(?:$|[^\sa-z]|(?:on|every|each|daily|most|and|or|from|in|at|all|except|mon|tue|wed|thu|fri|sat|sun|weekdays?|weekends?|for|with|to|so|when|but|then|any|year|sharp)(?:[a-z]*day)?s?(?![a-z]))")]
    private static partial Regex NoThingAfter();

    [GeneratedRegex(@"(?<![a-z])(?<part>half|quarter)\s+(?:past|(?<to>to))\s+(?<h>[a-z]+|\d{1,2})(?:\s+(?:(?<day>at night|tonight)|(?:in the|this|tomorrow)\s+(?<day>morning|evening|afternoon)))?|(?<=(?<![a-z])(?:at|from|until|till|by|before|after|to)\s+)(?<h>one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)[\s-](?<part>thirty|fifteen)(?![a-z-])|(?<=(?<![a-z])(?:before|after|till|until)\s+)(?<h>one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)(?=\s*(?:$|[,.;:!?]|(?:on|in|at|every|each|any|and|for|we|you|is|it)(?![a-z])))|(?<![a-z0-9])(?<h>[a-z]+|\d{1,2})\s+(?:o'clock|(?<day>at night|tonight)|(?:in the|this|tomorrow)\s+(?<day>morning|evening|afternoon))", RegexOptions.ExplicitCapture)]
    private static partial Regex SpokenHour();

    [GeneratedRegex(@"(?<![a-z\d])(?:12\s+)?(?:noon|midday|midnight)(?![a-z])|(?:中午|正午)(?=[前後開]|以前|之前|打烊)")]
    private static partial Regex Noon();

    [GeneratedRegex(@"(?:(?<![a-z])(?:at|by|until|till|to|from|before|after|through|(?<=between[^.!?]{1,24})and)|-)\s*$")]
    private static partial Regex HourCue();

    [GeneratedRegex(@"(?<![a-z])(?:" + Days + @")(?:day)?s?(?:\s*(?:,|/|&|and|,\s*and)\s*(?:" + Days + @")(?:day)?s?(?![a-z]))+|(?:週|星期|禮拜)[一二三四五六日天](?:[、,及和與跟/](?:週|星期|禮拜)[一二三四五六日天])+")]
    private static partial Regex DayList();

    [GeneratedRegex(@"(?<![a-z])(?<from>" + Days + @")(?:days?)?\.?[\s-]*(?:-|~|to|through|thru|till|until|&|and|/)[\s-]*(?<to>" + Days + @")(?:days?)?(?![a-z])|(?:週|星期|禮拜)(?<from>[一二三四五六日天])\s*(?:-|~|至|到)\s*(?:週|星期|禮拜)?(?<to>[一二三四五六日天])")]
    private static partial Regex WeekdayRange();

    [GeneratedRegex(@"(?:週|星期|禮拜)(?<day>[一二三四五六日](?:[、,及和與跟]?[一二三四五六日]){1,5})(?![個場點天位次杯折件種款名小分期樓起十百千])")]
    private static partial Regex WeekdayList();

    [GeneratedRegex(@"(?<![a-z])(?<!(?:good|black|easter|cyber|shrove|palm)\s)(?<day>mon|tues|wednes|thurs|fri|satur|sun)day(?<more>s)?(?![a-z])|(?<![a-z])(?<set>weekdays?|weekends?)(?![a-z])|(?:週|星期|禮拜)(?<day>[一二三四五六日天])(?!年|次)|(?<set>平日|例假日|假日|(?<!本|這|每個?)週末)")]
    private static partial Regex Weekday();

    [GeneratedRegex(@"(?<![a-z'])(?:mon|tue|tues|wed|thu|thur|thurs|fri|sat|sun)(?![a-z'])")]
    private static partial Regex ShortDay();

    // 六日早上 8 點, 二到五 14:00
    [GeneratedRegex(@"(?<![第初\d一二三四五六七八九十百月])六日(?=\s*(?:[早上下中晚全都也營休開]|\d))|(?<![第\d一二三四五六七八九十百週期拜])(?<from>[一二三四五])[到至](?<to>[二三四五六日])(?=\s*\d{1,2}[:點])", RegexOptions.ExplicitCapture)]
    private static partial Regex HanWeekend();

    [GeneratedRegex(@"\G\.?,?\s*(?:$|\d|-|from\s+\d|noon)")]
    private static partial Regex ShortDayAfter();

    [GeneratedRegex(@"(?:(?<![a-z])(?:on|every|each|until|till|by|from|this|next|before|after|since|to|through|and|or)|[&,/-]|[每逢限到至前、及和與除起]個?|第[一二三四五\d]個)\s*$")]
    private static partial Regex DayBefore();

    [GeneratedRegex(@"(?:(?<![a-z])(?:every|each|any)\s+|每個?)$")]
    private static partial Regex EachBefore();

    [GeneratedRegex(@"(?:(?<![a-z])(?:first|second|third|fourth|last|1st|2nd|3rd|4th)\s+|(?:第[一二三四1234]|最後一?)個?)$")]
    private static partial Regex NthBefore();

    [GeneratedRegex(@"\G\s*(?:$|[,?!。]|的?(?:早上|早晨|清晨|中午|午後|下午|傍晚|晚上|夜晚|夜裡|晚|夜)|症|憂鬱)")]
    private static partial Regex QuietDay();

    [GeneratedRegex(@"[\d$%]|(?<![a-z])(?:free|off|open|opens|closed|only|hours|half|every)(?![a-z])|免費|折|營業|公休|休息|半價|限定|優惠|特價|開放|加價|元")]
    private static partial Regex Timetable();

    [GeneratedRegex(@"(?<![a-z])(?:closed|closes|shut|rest|resting|except|excluding|apart\s+from|no(?!\s+(?:extra|additional|charge|cost|fee|surcharge|more))|not|never|(?<!%\s*)off)(?![a-z])|公休|店休|休息|休館|不營業|不開|除了?|以外|沒開|休市")]
    private static partial Regex Closed();

    [GeneratedRegex(@"(?:(?<![a-z])(?:until|till|by|before|(?<!all\s+)through|thru|ends?(?:\s+(?:on|at))?|ending(?:\s+(?:on|at))?|closes?(?:\s+(?:on|at))?|shuts?\s+at|deadline|expires?(?:\s+on)?|valid\s+(?:until|through)|to|last\s+day(?:\s+is)?|no\s+later\s+than|on\s+or\s+before)(?:\s+the)?|到|至|截至|限|期限|迄|~|-)\s*:?\s*$")]
    private static partial Regex UntilBefore();

    [GeneratedRegex(@"\G\s*(?:\([一二三四五六日]\))?\s*(?:止|前|截止|以前|為止|結束|到期|之前)")]
    private static partial Regex UntilAfter();

    [GeneratedRegex(@"(?:(?<![a-z])(?:since|est\.?|established(?:\s+in)?|founded(?:\s+in)?|opened(?:\s+in)?|started(?:\s+in)?|ever\s+since|in\s+business\s+since)|創立於|成立於|創始於|始於|創業於|開業於|自|始自|自從|從)\s*(?:西元)?\s*$")]
    private static partial Regex FoundedBefore();

    [GeneratedRegex(@"\G\s*(?:創立|成立|開業|創業|起家|開始營業|開幕|開到|做到|至今|開店)")]
    private static partial Regex FoundedAfter();

    [GeneratedRegex(@"(?:(?<![a-z])(?:from|after|starts?(?:\s+(?:on|at))?|starting(?:\s+(?:on|at))?|begins?(?:\s+(?:on|at))?|opens?(?:\s+(?:on|at))?|launch(?:es|ing)?(?:\s+on)?|available\s+(?:from|on)|as\s+of|arrives?(?:\s+on)?|out\s+on)(?:\s+the)?|自|從)\s*$")]
    private static partial Regex FromBefore();

    [GeneratedRegex(@"\G\s*(?:起|開賣|開始|開跑|上市|登場|開幕|啟用|發售|上線)")]
    private static partial Regex FromAfterDate();
}
