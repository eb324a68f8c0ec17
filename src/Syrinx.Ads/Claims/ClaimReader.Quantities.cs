using System.Text.RegularExpressions;

namespace Syrinx.Ads;

// Claims that are numbers: prices, percentages, measures, counts, codes.
internal sealed partial class ClaimReader
{
    private void ReadQuantities()
    {
        ReadHalves();
        ReadSizes();
        ReadFloors();
        foreach (Match match in Rating().Matches(_text))
        {
            if (NumberScanner.Scan(match.Groups["n"].Value) is [var n, ..])
                AddNumber(ClaimKind.Number, match.Index, match.Index + match.Length, "count", n.Value, n.Value, match.Index, Bound.Exactly, "~star");
        }
        foreach (Match match in Vague().Matches(_text))
            ReadVague(match);
        ReadSpans();
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
        return first.Form == second.Form && first.Value < second.Value && (RangeSign().IsMatch(between) || between is " and " or "和" or "與" or "到" or "至" && BetweenBefore().IsMatch(Before(first.Start))) && !IsUsed(first.Start, second.End);
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
            decimal off = match.Groups["n"].Value switch { "half" => 50, "quarter" => 25, "fifth" => 20, "tenth" => 10, _ => 33 };
            AddNumber(ClaimKind.Percentage, match.Index, match.Index + match.Length, "discount", off, off, match.Index);
        }
        foreach (Match match in Half().Matches(_text))
        {
            if (match.Groups["quarters"] is { Success: true } quarters)
                AddNumber(ClaimKind.Number, match.Index, match.Index + match.Length, "time", quarters.Value[0] == 't' ? 2700 : 900, quarters.Value[0] == 't' ? 2700 : 900, match.Index);
            else if (match.Groups["hour"].Success)
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
                AddNumber(ClaimKind.Percentage, match.Index, match.Index + match.Length, OffBefore().IsMatch(Before(match.Index)) ? "discount" : "percent", value, value, match.Index);
        }
    }

    /// <summary>34×76公分, 10 x 20 cm: each number in the unit of the last; 三個半小時.</summary>
    private void ReadSizes()
    {
        foreach (Match match in Size().Matches(_text))
        {
            if (Units.Default.At(_text, match.Index + match.Length) is not { Unit.Dimension: "length" } unit || IsUsed(match.Index, unit.End))
                continue; // 24 x 375 ml are 24 of them
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

    /// <summary>B1, 2F, 地下一樓: where something is. A claim only beside a fact that names a floor.</summary>
    private void ReadFloors()
    {
        foreach (Match match in Floor().Matches(_text))
        {
            if (NumberScanner.Scan(match.Groups["n"].Value) is not [var n, ..] || IsInName(match.Index, match.Index + match.Length))
                continue;
            decimal floor = match.Groups["under"].Success ? -n.Value : n.Value;
            if (AddNumber(ClaimKind.Number, match.Index, match.Index + match.Length, Claim.Floor, floor, floor, match.Index))
                _claims[^1] = _claims[^1] with { IsLoose = true };
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
        if (upper is null && Cents().Match(_text, end) is { Success: true } small && _money.Around(_text, start, atom.End) is null)
            return ReadMoney(small.Value.Contains('p', StringComparison.Ordinal) ? "GBP" : _money.CentCode, start, end + small.Length, low / 100, high / 100, bound);
        if (upper is null && atom.Form == NumberForm.Digits && MoneyList().IsMatch(_text, end) && _money.Around(_text, start, atom.End) is null)
            return ReadMoney(_money.DefaultCode, start, end, low, high, bound); // 800、1,200、1,800 元
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
        if (upper is null && end + 1 < _text.Length && _text[end] == '+' && Units.Default.At(_text, end + 1) is { Unit.Dimension: not "multiple" } more)
            return AddNumber(ClaimKind.Number, start, more.End, more.Unit.Dimension, low * more.Unit.Factor, high * more.Unit.Factor, boundStart, AheadAfter().IsMatch(_text, more.End) ? Bound.Exactly : Bound.Plus); // 7+ nights
        if (OrdinalBefore().IsMatch(Before(start)) && Units.Default.At(_text, end)?.Unit.Dimension is "time" or "months")
            return true; // 第二個月 is no span
        if (Units.Default.At(_text, end) is { } one && low == 1 && !_asFact && !HasTopic(start, one.End)
            && (atom.Form == NumberForm.Han && one.Unit is not { Dimension: "time", Factor: 60 or 3600 } || atom.Form == NumberForm.EnglishWords && one.Unit is { Dimension: "time", Factor: 604800 } or { Dimension: "months" }))
        {
            // "one day" tells a story and 一天 too, unless a fact counts such days of the same
            if (AddNumber(ClaimKind.Number, start, one.End, one.Unit.Dimension, one.Unit.Factor, one.Unit.Factor, boundStart))
                _claims[^1] = _claims[^1] with { IsLoose = true };
            return true;
        }
        if (Units.Default.At(_text, end) is { } unit)
        {
            // "one day" tells a story and 一天 too, unless something is promised of it
            if (atom.Form == NumberForm.EnglishWords && low == 1 && unit.Unit is { Dimension: "time", Factor: 1 or 86400 } or { Dimension: "night" } && !HasTopic(start, unit.End))
                return true;
            decimal half = upper is null && unit.End < _text.Length && _text[unit.End] == '半' ? 0.5m : 0; // 兩年半
            if (bound == Bound.AtLeast && unit.Unit.Dimension != "night" && FromBefore().IsMatch(Before(start)))
                bound = Bound.Exactly; // "from 40-year-old vines" says where from
            bool ahead = AheadAfter().IsMatch(_text, unit.End);
            if (bound is Bound.AtLeast or Bound.UpTo && ahead)
                bound = Bound.Exactly; // up to 48 hours before, at least 48 hours before: one and the same
            int unitEnd = half > 0 ? unit.End + 1 : unit.End;
            if (half == 0 && upper is null && Rest(unit.End, unit.Unit) is { } rest)
                (low, high, unitEnd) = (low + rest.Value / unit.Unit.Factor, high + rest.Value / unit.Unit.Factor, rest.End); // an hour and thirty minutes
            return AddNumber(ClaimKind.Number, start, unitEnd, unit.Unit.Dimension, (low + half) * unit.Unit.Factor, (high + half) * unit.Unit.Factor, boundStart,
                !ahead && bound is Bound.Exactly or Bound.Within && BoundAfter(unitEnd) is var behind and not Bound.Exactly ? behind : bound);
        }
        if (atom.Form == NumberForm.Han)
            return ReadHanCount(start, end, low, high, bound, boundStart);
        if (atom.Form == NumberForm.EnglishWords && (low == 1 || low <= 6 && !_asFact && ForSoMany().IsMatch(Before(start)) && NothingCounted().IsMatch(_text[end..])) || IsInName(start, end))
            return true; // "one of us"; the 85 of Cafe 85
        if (!_asFact && NumberedBefore().IsMatch(Before(start)))
            return true; // night number three
        if (low == 1 && high == 1 && WorkingDay().IsMatch(_text, end))
            return true; // 1 working day is one
        if (AgeBefore().IsMatch(Before(boundStart)) && low <= 100)
            return AddNumber(ClaimKind.Number, start, end, "age", low, high, boundStart, bound);
        if (Ordinal().Match(_text, end) is { Success: true } ordinal)
            return AddNumber(ClaimKind.Number, start, end + ordinal.Length, "ordinal", low, high, boundStart);
        if (bound == Bound.Within)
            bound = Bound.Exactly; // tutors in 11 countries
        string noun = "";
        bool counter = false;
        if (Units.Default.ClassifierAt(_text, end) is { } classifier)
            (end, noun, counter) = (classifier.End, classifier.Group, true);
        if (counter && low == 1 && high == 1 && bound == Bound.Exactly && !_asFact && noun is not ("~shop" or "~room" or "~people" or "~star" or "~company"))
            return true; // 1份 is 一份
        if (OrdinalBefore().IsMatch(Before(start)) && !Rank().IsMatch(_text, atom.End))
            return true; // 第2件
        if (OrdinalBefore().IsMatch(Before(start)) && _text[atom.End] == '代')
            return AddNumber(ClaimKind.Number, start, atom.End + 1, "count", low, high, start, Bound.Exactly, "+代");
        string role = OrdinalBefore().IsMatch(Before(start)) ? "rank" : "count";
        var boundAfter = bound == Bound.Exactly ? BoundAfter(end) : bound;
        if (atom.Form == NumberForm.Digits && PriceCue().IsMatch(Before(start)) && noun.Length == 0 && end == (upper?.End ?? atom.End) && NothingCounted().IsMatch(_text[end..]))
            return ReadMoney(_money.DefaultCode, start, end, low, high, bound);
        if (!counter && OffAfter().Match(_text, end) is { Success: true } off)
            return AddNumber(ClaimKind.Percentage, start, end + off.Length, "off", low, high, boundStart, bound);
        if (boundAfter == Bound.MoreThan && OverParts().IsMatch(_text, end))
            boundAfter = Bound.Exactly; // spread over three instalments
        bool taken = AddNumber(ClaimKind.Number, start, end, role, low, high, boundStart, boundAfter, noun);
        if (taken)
            _claims[^1] = _claims[^1] with { HasCounter = counter, MayBeHour = HourBefore().IsMatch(Before(start)) && HourAfter().IsMatch(_text, end) };
        if (taken && atom.Form == NumberForm.EnglishWords && low == high && low is >= 2 and <= 12 && boundAfter == Bound.Exactly && noun.Length == 0)
            _claims[^1] = _claims[^1] with { IsLoose = true };
        return taken;
    }

    /// <summary>A numeral in Chinese characters counts only with a counting word: 三種, but not 三明治.</summary>
    private bool ReadHanCount(int start, int end, decimal low, decimal high, Bound bound, int boundStart)
    {
        if (IsInName(start, end))
            return true;
        if (OrdinalBefore().IsMatch(Before(start)))
        {
            // 第三件 counts nothing; 第三名 is a rank, 第三代 are three generations
            if (!Rank().IsMatch(_text, end))
                return true;
            return AddNumber(ClaimKind.Number, start, end + 1, _text[end] == '代' ? "count" : "rank", low, high, start, Bound.Exactly, _text[end] == '代' ? "+代" : "");
        }
        if ((FullBefore().IsMatch(Before(start)) || low >= 100 && (PriceCue().IsMatch(Before(start)) || EachPerson().IsMatch(Before(start)))) && Units.Default.ClassifierAt(_text, end) is null)
            return ReadMoney(_money.DefaultCode, start, end, low, high, bound); // 滿千
        bool written = end - start > 1;
        if (Units.Default.ClassifierAt(_text, end) is not { } classifier)
            return !written || AddNumber(ClaimKind.Number, start, end, "count", low, high, boundStart, bound == Bound.Exactly ? BoundAfter(end) : bound);
        if (low > 1 && AddNumber(ClaimKind.Number, start, classifier.End, "count", low, high, boundStart, bound == Bound.Exactly ? BoundAfter(classifier.End) : bound, classifier.Group))
            _claims[^1] = _claims[^1] with { HasCounter = true, IsLoose = low == high && low <= 3 && bound == Bound.Exactly && classifier.Group is "" or "~people" or "~time_s" or "+隻" };
        return true;
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
        // seven pounds fifty
        if (low == high && CentsAfter().Match(_text, end) is { Success: true } cents && NumberScanner.Scan(cents.Value) is [{ Value: > 0 and < 100 } part, ..])
            (low, high, end) = (low + part.Value / 100, high + part.Value / 100, end + cents.Length);
        string before = Before(start);
        string per = PerAfter().Match(_text, end) is { Success: true } after ? after.Groups["per"].Value
            : PerBefore().Match(before) is { Success: true } each ? each.Groups["per"].Value : "";
        string role = WasBefore().IsMatch(before) ? "was"
            : SavingAfter().IsMatch(_text, end) || SavingBefore().IsMatch(before) ? "saving"
            : ThresholdBefore().IsMatch(before) || ThresholdAfter().IsMatch(_text, end) && IsOffer(start) ? "threshold" : "";
        if (role is "threshold" or "was")
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
            IsKnown = The().IsMatch(before),
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
        string per = unit is "count" or "multiple" && PerAfter().Match(_text, end + TimesAfter().Match(_text, end).Length) is { Success: true } after ? after.Groups["per"].Value : "";
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

    private string PerOf(string word) => word.TrimEnd('的') switch
    {
        "" => "",
        "month" or "mo" or "月" or "個月" or "monthly" => "month",
        "year" or "yr" or "年" or "annum" or "annual" or "yearly" or "annually" => "year",
        "week" or "週" or "星期" or "weekly" => "week",
        "day" or "dai" or "daily" or "天" or "日" => "day",
        "hour" or "hr" or "小時" or "時" or "hourly" => "hour",
        "night" or "nightly" or "晚" or "個晚上" or "夜" => "night",
        "each" or "time" or "piece" or "item" or "個" or "件" or "unit" or "份" => "item",
        "人" or "個人" or "位" or "pp" or "person" or "head" => "~people",
        var named => Units.Default.At(named, 0) is { } unit && unit.End == named.Length && unit.Unit.Dimension is "mass" or "volume" or "length" ? $"{unit.Unit.Dimension}{unit.Unit.Factor}"
            : named[0] > 0x2E7F ? _words.GroupAt(named, 0, measure: true) is { } han ? "~" + han.Id : word
            : _words.Measure(named) is { } latin ? "~" + latin.Id : Stemmer.Stem(named),
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
}
