using System.Text.RegularExpressions;

namespace Syrinx.Ads;

// Claims that are numbers: prices, percentages, measures, counts, codes.
internal sealed partial class ClaimReader
{
    private void ReadQuantities()
    {
        ReadHalves();
        ReadSizes();
        foreach (Match match in Rating().Matches(_text))
        {
            if (NumberScanner.Scan(match.Groups["n"].Value) is [var n, ..])
                AddNumber(ClaimKind.Number, match.Index, match.Index + match.Length, "count", n.Value, n.Value, match.Index, Bound.Exactly, "~star");
        }
        foreach (Match match in Vague().Matches(_text))
            ReadVague(match);
        // what is taken already must not run together with what is not: 唯一|三年
        var atoms = NumberScanner.Scan(string.Create(_text.Length, this, static (free, reader) =>
        {
            for (int i = 0; i < free.Length; i++)
                free[i] = reader._used[i] ? ' ' : reader._text[i];
        }));
        for (int i = 0; i < atoms.Count; i++)
        {
            var atom = atoms[i];
            if (IsUsed(atom.Start, atom.End))
                continue;
            if (i + 1 < atoms.Count && RangeBetween(atom, atoms[i + 1]))
            {
                if (ReadNumber(atom, atoms[i + 1]))
                    i++;
                else
                    ReadNumber(atom, null);
            }
            else
            {
                ReadNumber(atom, null);
            }
        }
    }

    private bool RangeBetween(NumberAtom first, NumberAtom second)
    {
        string between = _text[first.End..second.Start];
        return first.Form == second.Form && first.Value < second.Value && RangeSign().IsMatch(between) && !IsUsed(first.Start, second.End);
    }

    /// <summary>Half price, 半價, 五折, 75折: percent off. Half as a share: 50%.</summary>
    private void ReadHalves()
    {
        foreach (Match match in HalfPrice().Matches(_text))
            AddNumber(ClaimKind.Percentage, match.Index, match.Index + match.Length, "discount", 50, 50, match.Index);
        foreach (Match match in Fold().Matches(_text))
        {
            decimal value = NumberScanner.Scan(match.Groups["n"].Value) is [var n, ..] ? n.Value : 0;
            decimal paid = value >= 10 ? value : value * 10;
            if (value <= 0 || paid >= 100 || IsUsed(match.Index, match.Index + match.Length))
                continue;
            int end = match.Index + match.Length;
            // 8折起: some more, some less
            var bound = FoldFrom().IsMatch(_text, end) || LowestBefore().IsMatch(Before(match.Index)) ? Bound.UpTo : Bound.Exactly;
            AddNumber(ClaimKind.Percentage, match.Index, end, "discount", 100 - paid, 100 - paid, match.Index, bound);
        }
        foreach (Match match in FractionOff().Matches(_text))
        {
            decimal off = match.Groups["n"].Value switch { "half" => 50, "quarter" => 25, _ => 33 };
            AddNumber(ClaimKind.Percentage, match.Index, match.Index + match.Length, "discount", off, off, match.Index);
        }
        foreach (Match match in Half().Matches(_text))
        {
            if (match.Groups["hour"].Success)
                AddNumber(ClaimKind.Number, match.Index, match.Index + match.Length, "time", 1800, 1800, match.Index);
            else if (match.Groups["year"].Success)
                AddNumber(ClaimKind.Number, match.Index, match.Index + match.Length, "months", 6, 6, match.Index);
            else
                AddNumber(ClaimKind.Percentage, match.Index, match.Index + match.Length, "percent", 50, 50, match.Index);
        }
        foreach (Match match in Tenths().Matches(_text))
        {
            decimal value = NumberScanner.Scan(match.Groups["n"].Value) is [var n, ..] ? n.Value * 10 : 0;
            if (match.Groups["more"].Value is { Length: 1 } more)
                value += more == "半" ? 5 : NumberScanner.HanValue(more[0]); // 七成二
            if (value > 0)
                AddNumber(ClaimKind.Percentage, match.Index, match.Index + match.Length, "percent", value, value, match.Index);
        }
    }

    /// <summary>34×76公分, 10 x 20 cm: each number in the unit of the last; 三個半小時.</summary>
    private void ReadSizes()
    {
        foreach (Match match in Size().Matches(_text))
        {
            if (Units.Default.At(_text, match.Index + match.Length) is not { } unit || IsUsed(match.Index, unit.End))
                continue;
            foreach (Capture number in match.Groups["n"].Captures)
            {
                decimal value = NumberScanner.Scan(number.Value)[0].Value * unit.Unit.Factor;
                bool last = number.Index + number.Length == match.Index + match.Length;
                AddNumber(ClaimKind.Number, number.Index, last ? unit.End : number.Index + number.Length, unit.Unit.Dimension, value, value, number.Index);
            }
        }
        foreach (Match match in AndHalf().Matches(_text))
        {
            if (NumberScanner.Scan(match.Groups["n"].Value) is [var n, ..] && Units.Default.At(_text, match.Index + match.Length) is { } unit)
                AddNumber(ClaimKind.Number, match.Index, unit.End, unit.Unit.Dimension, (n.Value + 0.5m) * unit.Unit.Factor, (n.Value + 0.5m) * unit.Unit.Factor, match.Index);
        }
    }

    /// <summary>Hundreds of, 數百, 上千: at least so many.</summary>
    private void ReadVague(Match match)
    {
        decimal value = match.Groups["n"].Value switch
        {
            "dozen" or "dozens" => 24,
            "hundred" or "hundreds" or "百" => 100,
            "thousand" or "thousands" or "千" => 1000,
            "萬" => 10_000,
            "million" or "millions" or "百萬" => 1e6m,
            "千萬" => 1e7m,
            "億" => 1e8m,
            _ => 1e9m,
        };
        if (match.Groups["n"].Value.EndsWith('s') || match.Groups["many"].Success)
            value = match.Groups["n"].Value.StartsWith("dozen", StringComparison.Ordinal) ? 24 : value * 2;
        int end = match.Index + match.Length;
        string noun = "";
        if (Units.Default.ClassifierAt(_text, end) is { } classifier)
            (end, noun) = classifier;
        AddNumber(ClaimKind.Number, match.Index, end, "count", value, value, match.Index, Bound.AtLeast, noun);
    }

    /// <summary>Reads a number, or a range, with what stands around it.</summary>
    /// <returns>Whether it was taken.</returns>
    private bool ReadNumber(NumberAtom atom, NumberAtom? upper)
    {
        int start = atom.Start, end = upper?.End ?? atom.End;
        decimal low = atom.Value, high = upper?.Value ?? atom.Value;
        var (bound, boundStart) = BoundBefore(start);
        (int percentEnd, bool isPercent) = PercentAt(end);
        if (isPercent)
            return ReadPercent(start, percentEnd, low, high, bound, boundStart);
        if (PercentBefore().Match(Before(start)) is { Success: true } hundredths)
            return ReadPercent(start - hundredths.Length, end, low, high, bound, boundStart);
        if (_money.Around(_text, start, atom.End) is { } money && upper is null)
            return ReadMoney(money.Code, money.Start, money.End, low, high, bound);
        if (upper is { } last && (_money.Around(_text, last.Start, last.End) ?? _money.Around(_text, start, atom.End)) is { } range)
        {
            int from = _money.Around(_text, start, atom.End)?.Start ?? start;
            return ReadMoney(range.Code, from, Math.Max(range.End, end), low, high, bound);
        }
        if (atom.Form == NumberForm.Digits && PluralDigits().IsMatch(_text, atom.End))
            return AddNumber(ClaimKind.Number, start, end + 1, "count", low, high, boundStart, bound); // under-12s
        if (IsGlued(start, atom.End, out int codeStart, out int codeEnd) && Units.Default.At(_text, end) is null)
            return ReadCode(codeStart, codeEnd);
        if (atom.Form == NumberForm.Han && Idiom().IsMatch(_text, start))
            return true;
        if (atom.Form == NumberForm.Han && low == 1 && Rate().IsMatch(_text, end))
            return true; // 一分鐘2公升
        if (Units.Default.At(_text, end) is { } unit && !(atom.Form == NumberForm.Han && low == 1 && unit.Unit is not { Dimension: "time", Factor: 60 or 3600 } && !HasTopic(start, unit.End)))
        {
            // "one day" tells a story and 一天 too, unless something is promised of it
            if (atom.Form == NumberForm.EnglishWords && low == 1 && unit.Unit is { Dimension: "time", Factor: 1 or 86400 } or { Dimension: "night" } && !HasTopic(start, unit.End))
                return true;
            decimal half = upper is null && unit.End < _text.Length && _text[unit.End] == '半' ? 0.5m : 0; // 兩年半
            if (bound == Bound.AtLeast && FromBefore().IsMatch(Before(start)))
                bound = Bound.Exactly; // "from 40-year-old vines" says where from
            int unitEnd = half > 0 ? unit.End + 1 : unit.End;
            return AddNumber(ClaimKind.Number, start, unitEnd, unit.Unit.Dimension, (low + half) * unit.Unit.Factor, (high + half) * unit.Unit.Factor, boundStart,
                bound == Bound.Exactly ? BoundAfter(unitEnd) : bound);
        }
        if (atom.Form == NumberForm.Han)
            return ReadHanCount(start, end, low, high, bound, boundStart);
        if (atom.Form == NumberForm.EnglishWords && low == 1 || IsInName(start, end))
            return true; // "one of us"; the 85 of Cafe 85
        if (Ordinal().Match(_text, end) is { Success: true } ordinal)
            return AddNumber(ClaimKind.Number, start, end + ordinal.Length, "ordinal", low, high, boundStart);
        string noun = "";
        if (Units.Default.ClassifierAt(_text, end) is { } classifier)
            (end, noun) = classifier;
        if (OrdinalBefore().IsMatch(Before(start)) && !Rank().IsMatch(_text, atom.End))
            return true; // 第2件
        string role = OrdinalBefore().IsMatch(Before(start)) ? "rank" : "count";
        var boundAfter = bound == Bound.Exactly ? BoundAfter(end) : bound;
        if (atom.Form == NumberForm.Digits && PriceCue().IsMatch(Before(start)) && noun.Length == 0 && end == (upper?.End ?? atom.End) && NothingCounted().IsMatch(_text[end..]))
            return ReadMoney(_money.DefaultCode, start, end, low, high, bound);
        if (OffAfter().Match(_text, end) is { Success: true } off)
            return AddNumber(ClaimKind.Percentage, start, end + off.Length, "off", low, high, boundStart, bound);
        return AddNumber(ClaimKind.Number, start, end, role, low, high, boundStart, boundAfter, noun);
    }

    /// <summary>A numeral in Chinese characters counts only with a counting word: 三種, but not 三明治.</summary>
    private bool ReadHanCount(int start, int end, decimal low, decimal high, Bound bound, int boundStart)
    {
        if (OrdinalBefore().IsMatch(Before(start)))
        {
            // 第三件 counts nothing; 第三名 is a rank, 第三代 are three generations
            if (!Rank().IsMatch(_text, end))
                return true;
            return AddNumber(ClaimKind.Number, start, end + 1, _text[end] == '代' ? "count" : "rank", low, high, start, Bound.Exactly, _text[end] == '代' ? "+代" : "");
        }
        if (FullBefore().IsMatch(Before(start)))
            return ReadMoney(_money.DefaultCode, start, end, low, high, bound); // 滿千
        bool written = end - start > 1;
        if (Units.Default.ClassifierAt(_text, end) is not { } classifier)
            return !written || AddNumber(ClaimKind.Number, start, end, "count", low, high, boundStart, bound);
        return low <= 1 || AddNumber(ClaimKind.Number, start, classifier.End, "count", low, high, boundStart,
            bound == Bound.Exactly ? BoundAfter(classifier.End) : bound, classifier.Group);
    }

    private bool ReadPercent(int start, int end, decimal low, decimal high, Bound bound, int boundStart)
    {
        var off = OffAfter().Match(_text, end);
        bool discount = off.Success || OffBefore().IsMatch(Before(start));
        if (off.Success)
            end += off.Length;
        return AddNumber(ClaimKind.Percentage, start, end, discount ? "discount" : "percent", low, high, boundStart,
            bound == Bound.Exactly ? BoundAfter(end) : bound);
    }

    private bool ReadMoney(string code, int start, int end, decimal low, decimal high, Bound bound)
    {
        string before = Before(start);
        string per = PerAfter().Match(_text, end) is { Success: true } after ? after.Groups["per"].Value
            : PerBefore().Match(before) is { Success: true } each ? each.Groups["per"].Value : "";
        string role = WasBefore().IsMatch(before) ? "was"
            : SavingAfter().IsMatch(_text, end) || SavingBefore().IsMatch(before) ? "saving"
            : ThresholdBefore().IsMatch(before) || ThresholdAfter().IsMatch(_text, end) && IsOffer(start) ? "threshold" : "";
        if (role == "threshold")
            bound = Bound.Exactly;
        else if (bound == Bound.Exactly)
            bound = BoundAfter(end);
        if (IsUsed(start, end))
            return false;
        Add(new Claim(ClaimKind.Price, start, end)
        {
            Unit = "money:" + code,
            Low = low,
            High = high,
            Bound = bound,
            Role = role,
            Per = PerOf(per),
        });
        return true;
    }

    /// <summary>"$25 or more" is a threshold where something is given for it, else a price from which on.</summary>
    private bool IsOffer(int at)
    {
        var (start, end) = _clauses.SentenceOf(at);
        return Given().IsMatch(_text[start..end]);
    }

    /// <summary>Letters and digits in one: a model, a standard, a size (SPF50, A4, USB3).</summary>
    private bool ReadCode(int start, int end)
    {
        if (!IsUsed(start, end) && !IsInName(start, end))
            Add(new Claim(ClaimKind.Number, start, end) { Unit = "code", Literal = _text[start..end] });
        return true;
    }

    private bool AddNumber(
        ClaimKind kind, int start, int end, string unit, decimal low, decimal high, int boundStart, Bound bound = Bound.Exactly, string noun = "")
    {
        if (IsUsed(start, end))
            return false;
        string per = unit is "count" or "multiple" && PerAfter().Match(_text, end) is { Success: true } after ? after.Groups["per"].Value : "";
        Add(new Claim(kind, start, end)
        {
            Unit = unit,
            Low = low,
            High = high,
            Bound = bound,
            Per = PerOf(per),
            // 300位會員: the members are counted; 300人: people are
            Counted = noun == "~people" && !_asFact && _text[end - 1] != '人' && HanAfter().IsMatch(_text, end) ? "" : noun,
        });
        return true;
    }

    private string PerOf(string word) => word switch
    {
        "" => "",
        "month" or "mo" or "月" or "個月" or "monthly" => "month",
        "year" or "yr" or "年" or "annum" or "annual" => "year",
        "week" or "週" or "星期" => "week",
        "day" or "dai" or "天" or "日" => "day",
        "hour" or "hr" or "小時" or "時" => "hour",
        "night" or "晚" => "night",
        "each" or "piece" or "item" or "個" or "件" or "unit" or "份" => "item",
        "人" or "位" or "person" or "head" => "~people",
        _ => word[0] > 0x2E7F ? _words.GroupAt(word, 0, measure: true) is { } han ? "~" + han.Id : word
            : _words.Measure(word) is { } latin ? "~" + latin.Id : Stemmer.Stem(word),
    };

    private (int End, bool Is) PercentAt(int end) =>
        Percent().Match(_text, end) is { Success: true } match ? (end + match.Length, true) : (end, false);

    private (Bound Bound, int Start) BoundBefore(int start)
    {
        string before = Before(start);
        foreach (var (bound, pattern) in BoundsBefore)
        {
            if (pattern.Match(before) is { Success: true } match)
                return (bound, start - (before.Length - match.Index));
        }
        return (Bound.Exactly, start);
    }

    private Bound BoundAfter(int end)
    {
        foreach (var (bound, pattern) in BoundsAfter)
        {
            if (pattern.IsMatch(_text, end))
                return bound;
        }
        return Bound.Exactly;
    }

    private bool IsGlued(int start, int end, out int codeStart, out int codeEnd)
    {
        (codeStart, codeEnd) = (start, end);
        while (codeStart > 0 && (char.IsAsciiLetterOrDigit(_text[codeStart - 1]) || _text[codeStart - 1] == '-' && codeStart > 1 && char.IsAsciiLetterOrDigit(_text[codeStart - 2]) && codeStart < start))
            codeStart--;
        while (codeEnd < _text.Length && char.IsAsciiLetterOrDigit(_text[codeEnd]))
            codeEnd++;
        return codeStart < start || codeEnd > end && !Ordinal().IsMatch(_text, end);
    }

    private static (Bound, Regex)[] BoundsBefore { get; } =
    [
        (Bound.UpTo, UpToBefore()), (Bound.AtLeast, AtLeastBefore()), (Bound.MoreThan, MoreThanBefore()),
        (Bound.LessThan, LessThanBefore()), (Bound.Within, WithinBefore()), (Bound.About, AboutBefore()),
    ];

    private static (Bound, Regex)[] BoundsAfter { get; } =
    [
        (Bound.Plus, PlusAfter()), (Bound.AtLeast, FromAfter()), (Bound.Within, WithinAfter()), (Bound.UpTo, UpToAfter()), (Bound.About, AboutAfter()),
    ];

    [GeneratedRegex(@"^\s*(?:-|~|to|through|至|到)\s*[a-z]{0,3}\$?\s*$|^\s*(?:元|塊|%|折|天|日|個)?\s*(?:-|~|to|至|到)\s*(?:[a-z]{0,3}\$)?\s*$")]
    private static partial Regex RangeSign();

    [GeneratedRegex(@"(?<![a-z])half[\s\-]*(?:the\s+|of\s+the\s+)?(?:price[ds]?|off|cost)(?![a-z])|(?<![a-z])(?:50|fifty)\s*[\-/]\s*(?:50|fifty)\s+off|(?:特價|只要|打|享)?半價|對折|打對折|(?<![一])半折")]
    private static partial Regex HalfPrice();

    [GeneratedRegex(@"(?:打|享|只要|現)?\s*(?<n>\d{1,2}(?:\.\d)?|[一二三四五六七八九]{1,2}|[一二三四五六七八九]點[一二三四五六七八九]|[三四五六七八九]十)\s*折(?![扣疊騰磨返射衷服斷腰]|價券|抵)", RegexOptions.ExplicitCapture)]
    private static partial Regex Fold();

    [GeneratedRegex(@"\G\s*(?:起|以上|以下)")]
    private static partial Regex FoldFrom();

    [GeneratedRegex(@"(?:最低|最高|下殺到?|低至|只要最低|最優)\s*$")]
    private static partial Regex LowestBefore();

    [GeneratedRegex(@"(?<![a-z])(?:a|one)[\s\-](?<n>third|quarter|half)[\s\-]off", RegexOptions.ExplicitCapture)]
    private static partial Regex FractionOff();

    [GeneratedRegex(@"(?<![a-z]|and a |and-a-)(?<hour>half[\s\-](?:an?[\s\-])?hours?)|(?<![a-z])(?<year>half[\s\-](?:a[\s\-])?year)|(?<![\d一二兩三四五六七八九十]個?)(?<hour>半(?:個)?小時|半個鐘頭)|(?<![\d一二兩三四五六七八九十])(?<year>半年(?!來))|(?<![a-z])half\s+(?:the|as|of)(?![a-z])|一半|(?<![a-z])one\s+half", RegexOptions.ExplicitCapture)]
    private static partial Regex Half();

    [GeneratedRegex(@"(?<n>[一二三四五六七八九\d])\s*成(?<more>[一二三四五六七八九半])?(?![為長就立員功果本分份效熟語品人])", RegexOptions.ExplicitCapture)]
    private static partial Regex Tenths();

    [GeneratedRegex(@"(?<![a-z])(?:(?<many>many|several)\s+)?(?<n>dozens|hundreds|thousands|millions|billions)(?:\s+of)?(?![a-z])|(?:(?<many>數|好幾|幾)|上|破|近|逾|成)(?<n>百萬|千萬|百|千|萬|億)(?!分|搭|貨|香|合|層|里|用|能|一|事)", RegexOptions.ExplicitCapture)]
    private static partial Regex Vague();

    [GeneratedRegex(@"\G\s*(?:%|percent(?:age)?(?![a-z])|per\s?cent(?![a-z])|pct(?![a-z])|趴|帕)")]
    private static partial Regex Percent();

    [GeneratedRegex(@"(?<![\d.])(?<n>\d+(?:\.\d+)?)(?:\s*[x*乘]\s*(?<n>\d+(?:\.\d+)?))+(?![\dx])")]
    private static partial Regex Size();

    [GeneratedRegex(@"(?<n>[\d一二兩三四五六七八九十]+)個半")]
    private static partial Regex AndHalf();

    [GeneratedRegex(@"百分之\s*$")]
    private static partial Regex PercentBefore();

    [GeneratedRegex(@"\G[\s\-]*(?:off(?![a-z])|discount|savings?(?![a-z])|cheaper|price\s+cut|reduction|的?(?:折扣|優惠|回饋|折價)|off)")]
    private static partial Regex OffAfter();

    [GeneratedRegex(@"(?:(?<![a-z])(?:save|saves|saving|saved|discounts?(?:\s+of)?|reduced\s+by|cut\s+by|cheaper\s+by|off)(?:\s+(?:up\s+to|an?|about|over|at\s+least|extra|you))*|省下?|現省|省|折扣|優惠|降價?|減|便宜|回饋)\s*(?:最高|達|了|高達|約)?\s*$|(?:^|[\s(])-\s*$")]
    private static partial Regex OffBefore();

    [GeneratedRegex(@"\G\s*(?:st|nd|rd|th)(?![a-z])")]
    private static partial Regex Ordinal();

    [GeneratedRegex(@"\G\s*(?:的)?[\u3400-\u9fff]{2}")]
    private static partial Regex HanAfter();

    [GeneratedRegex(@"\G(?:分鐘|小時|天|個月|年)[^,、。!?;\n]{0,4}[\d一二兩三四五六七八九十]")]
    private static partial Regex Rate();

    [GeneratedRegex(@"(?<![a-z])(?:free|off|discount|delivery|shipping|gift|save)(?![a-z])|免|折|送|贈|優惠")]
    private static partial Regex Given();

    [GeneratedRegex(@"\G[名代大]")]
    private static partial Regex Rank();

    [GeneratedRegex(@"\Gs(?![a-z0-9])")]
    private static partial Regex PluralDigits();

    [GeneratedRegex(@"(?<![\d.])(?<n>\d(?:\.\d{1,2})?)\s*(?:out\s+of|/)\s*(?:5|10|five|ten)(?![\d/.])(?:\s*stars?)?|(?<![\d.])(?<n>\d\.\d)\s*(?:顆星|星|分)(?!鐘)")]
    private static partial Regex Rating();

    [GeneratedRegex(@"第\s*$")]
    private static partial Regex OrdinalBefore();

    [GeneratedRegex(@"(?:滿|消費滿|單筆滿|買滿)\s*$")]
    private static partial Regex FullBefore();

    [GeneratedRegex(@"(?:(?<![a-z])(?:just|only|now|for|at|price|priced\s+at|from|costs?|pay)\s*:?\s*|只要|只需|售價|特價|優惠價|定價|原價|價格|現在|僅需|僅|一律|均一價|滿|折|省|現折|現省|折抵)\s*:?\s*$")]
    private static partial Regex PriceCue();

    [GeneratedRegex(@"^\s*(?:$|[^\w\s]|起|內|以上|的|就|即|免|送|元|享|帶|for\b|a\b|per\b|each\b|only\b|and\b|or\b|off\b)")]
    private static partial Regex NothingCounted();

    [GeneratedRegex(@"\G\s*(?:/|／|per\s+|an?\s+|each\s+|every\s+|每)\s*(?:1\s*|一)?(?<per>[a-z]+|個月|[\u3400-\u9fff]{1,2})|\G\s*(?<per>each|monthly)(?![a-z])", RegexOptions.ExplicitCapture)]
    private static partial Regex PerAfter();

    [GeneratedRegex(@"(?<per>月|年|週|日)(?:費|租|繳|付)\s*(?:只要|只需|只|僅|僅需|每人|為|:)?\s*$|(?<![a-z])(?<per>month|annual|year|week|dai|hour)(?:(?<=annual)|ly)\s+(?:[a-z]+\s+){0,3}$|(?:每|(?<![\d統第唯專同])一)\s*(?<per>個月|小時|月|年|日|天|週|人|位|杯|包|袋|瓶|罐|盒|片|組|套|件|份|個|晚|支|張|次|堂|顆|入)\s*(?:只要|只需|只|售價|僅|僅需|特價|優惠價|約|收|為|:)?\s*$", RegexOptions.ExplicitCapture)]
    private static partial Regex PerBefore();

    [GeneratedRegex(@"(?:(?<![a-z])(?:was|were|originally|regular(?:ly)?|usually|normally|list(?:\s+price)?|rrp|msrp|retail|down\s+from|instead\s+of|before|reg\.?)(?:\s+(?:price|priced|at|for|is|only))*\s*:?|原價|市價|建議售價|原本|原為|平日價|原售價|定價原)\s*:?\s*$")]
    private static partial Regex WasBefore();

    [GeneratedRegex(@"(?:(?<![a-z])(?:save|saves|saving|saved|discount\s+of|voucher|coupon|credit)(?:\s+(?:up\s+to|an?|about|over|at\s+least|extra|you|of|worth))*|現省|省下?|折抵|折價|現折|立折|折|現抵|抵|減|少|回饋|優惠|便宜)\s*(?:最高|達|了|高達|約)?\s*$")]
    private static partial Regex SavingBefore();

    [GeneratedRegex(@"\G\s*(?:off(?![a-z])|discount|cheaper|savings|vouchers?|coupons?|credit(?![a-z])|的?折扣|的?折價|的?優惠|優惠券|折抵|購物金|回饋|抵用)")]
    private static partial Regex SavingAfter();

    [GeneratedRegex(@"(?:(?<![a-z])(?:over|above|orders?(?:\s+(?:of|over|above|from|more\s+than|at\s+least))?|spend(?:ing)?(?:\s+(?:over|more\s+than|above|at\s+least))?|purchases?(?:\s+(?:of|over|above))?|minimum(?:\s+(?:spend|order)(?:\s+of)?)?|beyond|exceeding|min\.?)|滿|超過|達|低消|消費滿?|滿額)\s*:?\s*$")]
    private static partial Regex ThresholdBefore();

    [GeneratedRegex(@"\G\s*(?:or\s+more|and\s+(?:up|over|above)|or\s+above|\+|以上)")]
    private static partial Regex ThresholdAfter();

    [GeneratedRegex(@"(?:(?<![a-z])(?:up\s+to|as\s+much\s+as|max(?:imum)?(?:\s+of)?|at\s+most|(?:no|not|never)\s+more\s+than|as\s+many\s+as|nearly|almost|close\s+to)|不超過|不會超過|不多於|最多|最高|最長|至多|上限|高達|多達|長達|近|將近|接近|可達|最大|低至|最遠)\s*[^\d\sa-z,、。的級人]{0,4}\s*(?:[a-z]{0,3}\$|[€£¥])?\s*$")]
    private static partial Regex UpToBefore();

    [GeneratedRegex(@"(?:(?<![a-z])(?:at\s+least|from|(?:start|begin)(?:s|ing)?\s+(?:at|from)|minimum(?:\s+of)?|as\s+little\s+as|as\s+low\s+as|prices?\s+from|no\s+less\s+than)|至少|最少|起碼|最低|不少於)\s*[^\d\sa-z,、。的級人]{0,4}\s*(?:[a-z]{0,3}\$|[€£¥])?\s*$")]
    private static partial Regex AtLeastBefore();

    [GeneratedRegex(@"(?:(?<![a-z])(?:more\s+than|over|above|exceeding|upwards\s+of|beyond|well\s+over)|超過|逾|破|突破|大於|不只|不止)\s*(?:[a-z]{0,3}\$|[€£¥])?\s*$")]
    private static partial Regex MoreThanBefore();

    [GeneratedRegex(@"(?:(?<![a-z])(?:less\s+than|fewer\s+than|below|under)|低於|不到|少於|未滿|不滿)[\s\-]*(?:[a-z]{0,3}\$|[€£¥])?\s*$")]
    private static partial Regex LessThanBefore();

    [GeneratedRegex(@"(?<![a-z])(?:within|in|inside|in\s+(?:just|only|about|under)|for)\s*(?:the\s+)?(?:[a-z]{0,3}\$)?\s*$")]
    private static partial Regex WithinBefore();

    [GeneratedRegex(@"(?:(?<![a-z])(?:about|around|approx(?:imately|\.)?|roughly|some|circa)|約|大約|大概)\s*(?:[a-z]{0,3}\$|[€£¥])?\s*$")]
    private static partial Regex AboutBefore();

    [GeneratedRegex(@"\G\s*(?:(?:an?|per)\s+[a-z]+\s+)?(?:\+|or\s+more|and\s+(?:up|over|above|counting)|以上|多(?=[個人位元名家間種款年天次杯則筆]|\s*$)|餘(?=[個人位元名家間種款年]))")]
    private static partial Regex PlusAfter();

    [GeneratedRegex(@"\G\s*起")]
    private static partial Regex FromAfter();

    [GeneratedRegex(@"\G\s*(?:以內|之內|內(?!含|容|部|建|用)|以下|or\s+less|or\s+under)")]
    private static partial Regex WithinAfter();

    [GeneratedRegex(@"\G\s*(?:[a-z]+\s+)?(?:max(?:imum)?(?![a-z])|at\s+(?:the\s+)?most|tops(?![a-z])|or\s+(?:fewer|less)|為限|上限)")]
    private static partial Regex UpToAfter();

    [GeneratedRegex(@"\G\s*(?:左右|上下|or\s+so(?![a-z]))")]
    private static partial Regex AboutAfter();

    // what begins with a numeral and counts nothing
    [GeneratedRegex(@"\G(?:十分(?!鐘|之)|千萬(?=別|不|要|記)|萬一|百分百|三明治|三餐|四季|五花|五金|七夕|八方|九層塔|十足|二手|百搭|百貨|百香|百合|百年好合|千層|萬用|萬能|萬事|萬物|一日遊|一日券|一日店長|一日之|一天到晚|一年四季|一年到頭|一年一度|一時|兩全|三不五時|四處|四面|五顏六色|六神|七上八下|八寶|九宮|百變|百看|百吃|千里|千言|千變|三心|三思|二話|五味|五感|五臟|四肢|三星(?!級|評|好)|兩側|兩旁|兩端|兩岸)")]
    private static partial Regex Idiom();
}
