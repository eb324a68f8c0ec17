using System.Text.RegularExpressions;

namespace Syrinx.Ads;

// Claims that are words: superlatives, comparisons, guarantees, free, pressure of time.
internal sealed partial class ClaimReader
{
    private void ReadWords()
    {
        var notGratis = _words.NotGratis.Matches(_text).Select(m => (m.Index, End: m.Index + m.Length)).ToList();
        var notBetter = _words.NotBetter.Matches(_text).Select(m => (m.Index, End: m.Index + m.Length)).ToList();
        foreach (Match match in _words.FirstHan.Matches(_text))
            AddWord(ClaimKind.Superlative, match, "first");
        foreach (Match match in NumberOne().Matches(_text))
            AddWord(ClaimKind.Superlative, match, "first");
        ReadFees();
        foreach (var list in _words.Words)
        {
            foreach (Match match in list.Pattern.Matches(_text))
            {
                if (!notBetter.Any(n => n.Index <= match.Index && match.Index < n.End) && !IsOwnFavourite(list, match)
                    && (list.Unit is not ("sameday" or "nextday") || _asFact || HasTopic(match.Index, match.Index + match.Length)))
                    AddWord(list.Kind, match, list.Unit, list.Noun);
            }
        }
        foreach (Match match in FreeWord().Matches(_text))
        {
            if (!notGratis.Any(n => n.Index <= match.Index && match.Index < n.End))
                ReadFree(match);
        }
        foreach (Match match in Gift().Matches(_text))
            AddWord(ClaimKind.Free, match, "free");
        ReadSuperlatives();
        ReadComparisons();
        ReadDisguised();
        ReadRelativeDates();
    }

    private void AddWord(ClaimKind kind, Match match, string unit, string? noun = null)
    {
        if (unit == "first" && CountedBefore().IsMatch(Before(match.Index)))
            return; // bag number one
        if (!IsUsed(match.Index, match.Index + match.Length))
            Add(new Claim(kind, match.Index, match.Index + match.Length) { Unit = unit, Counted = noun ?? "", Literal = match.Value });
    }

    /// <summary>"your favourite" claims nothing; "Taipei's favourite" does.</summary>
    private bool IsOwnFavourite(ClaimWords list, Match match) =>
        list.Unit == "most:~popular" && OwnBefore().IsMatch(Before(match.Index));

    /// <summary>"free" itself: without charge, or without something (sugar-free).</summary>
    private void ReadFree(Match match)
    {
        int start = match.Index, end = match.Index + match.Length;
        if (WithoutBefore().Match(Before(start)) is { Success: true } before)
        {
            // sugar-free, free of sugar: something is left out
            AddWithout(start - before.Length, end, before.Groups["what"].Value);
        }
        else if (FreeOf().Match(_text, end) is { Success: true } of && of.Groups["what"].Value is not "charge")
        {
            AddWithout(start, end + of.Length, of.Groups["what"].Value);
        }
        else
        {
            int to = FreeOf().Match(_text, end) is { Success: true } charge ? end + charge.Length : end;
            if (!IsUsed(start, to))
                Add(new Claim(ClaimKind.Free, start, to) { Unit = "free" });
        }
    }

    private void AddWithout(int start, int end, string what)
    {
        if (!IsUsed(start, end))
            Add(new Claim(ClaimKind.Free, start, end) { Unit = "without", Literal = Stemmer.Stem(what) });
    }

    private void ReadSuperlatives()
    {
        foreach (Match match in MostOrLeast().Matches(_text))
        {
            string what = match.Groups["what"].Value;
            if (!_words.NotMost.Contains(what) && !IsUsed(match.Index, match.Index + match.Length))
                Add(new Claim(ClaimKind.Superlative, match.Index, match.Index + match.Length)
                {
                    Unit = $"{match.Groups["how"].Value}:{Adjective(what)}",
                    Literal = what[^1] == 's' && what[^2] != 's' && !The().IsMatch(Before(match.Index)) ? Claim.MostOf : "",
                });
        }
        foreach (Match match in EstWord().Matches(_text))
        {
            string word = match.Value;
            if (_words.NotSuperlative.Contains(word) || IsUsed(match.Index, match.Index + match.Length))
                continue;
            Add(new Claim(ClaimKind.Superlative, match.Index, match.Index + match.Length) { Unit = $"most:{Adjective(word)}" });
        }
        foreach (Match match in NobodyElse().Matches(_text))
            AddWord(ClaimKind.Superlative, match, "most:nobody");
        foreach (Match match in Spaced(MostHanSpaced(), _words.MostHan))
        {
            if (IsUsed(match.Index, match.Index + 1))
                continue;
            string what = match.Groups["what"].Value;
            var group = _words.GroupAt(what, 0, measure: false);
            int length = group?.Han.Where(h => what.StartsWith(h, StringComparison.Ordinal)).Max(h => h.Length) ?? Math.Min(2, what.Length);
            int end = Math.Min(_text.Length, match.Groups["what"].Index + length);
            Add(new Claim(ClaimKind.Superlative, match.Index, Math.Max(end, match.Index + 1))
            {
                Unit = "most:" + (group is null ? what[..length] : "~" + group.Id),
            });
        }
    }

    // 最 with something between it and its word: 最*好
    private IEnumerable<Match> Spaced(Regex spaced, Regex plain) =>
        plain.Matches(_text).Where(m => m.Groups["what"].Length > 0 || !spaced.IsMatch(_text, m.Index)).Concat(
            plain.Matches(_text).Where(m => m.Groups["what"].Length == 0).SelectMany(m => spaced.Match(_text, m.Index) is { Success: true } s
                ? new[] { s } : []));

    private string Adjective(string word)
    {
        string stem = word.EndsWith("iest", StringComparison.Ordinal) ? word[..^4] + "y" : word.EndsWith("est", StringComparison.Ordinal) ? word[..^3] : word;
        return (_words.Adjective(word) ?? _words.Adjective(stem) ?? _words.Adjective(stem + "e")
            ?? (stem.Length > 2 && stem[^1] == stem[^2] ? _words.Adjective(stem[..^1]) : null)) is { } group
            ? "~" + group.Id : Stemmer.Stem(stem);
    }

    private void ReadComparisons()
    {
        foreach (Match than in Than().Matches(_text))
        {
            if (Comparative().Match(Before(than.Index)) is not { Success: true } before)
            {
                // "that's less than other schools charge"
                if (LessBefore().Match(Before(than.Index)) is { Success: true } less && SomebodyAfter().IsMatch(_text, than.Index + 4) && !IsUsed(than.Index - less.Length, than.Index + 4))
                    Add(new Claim(ClaimKind.Comparison, than.Index - less.Length, than.Index + 4) { Literal = _text[(than.Index - less.Length)..(than.Index + than.Length)], Unit = "more:~cheap" });
                continue;
            }
            int start = than.Index - before.Length;
            string phrase = _text[start..(than.Index + than.Length)], how = before.Groups["adj"].Value;
            if (!BoundThan().IsMatch(phrase) && !SomethingBefore().IsMatch(Before(start)) && !IsUsed(start, than.Index + than.Length))
            {
                Add(new Claim(ClaimKind.Comparison, start, than.Index + than.Length)
                {
                    Literal = phrase,
                    Unit = "more:" + Adjective(how.EndsWith("ier", StringComparison.Ordinal) ? how[..^3] + "y" : how.EndsWith("er", StringComparison.Ordinal) ? how[..^2] : how),
                });
            }
        }
        foreach (Match match in Multiple().Matches(_text))
        {
            if (!IsUsed(match.Index, match.Index + match.Length))
                Add(new Claim(ClaimKind.Comparison, match.Index, match.Index + match.Length) { Literal = match.Value, Unit = "more:" + Adjective(match.Groups["adj"].Value) });
        }
        foreach (Match match in CompareHan().Matches(_text))
        {
            if (!IsUsed(match.Index, match.Index + match.Length))
            {
                string what = match.Groups["what"].Value;
                var group = what.Length > 0 ? _words.GroupAt(what, 0, measure: false) : null;
                Add(new Claim(ClaimKind.Comparison, match.Index, match.Index + match.Length)
                {
                    Literal = match.Value,
                    Unit = "more:" + (group is null ? what : "~" + group.Id),
                });
            }
        }
    }

    /// <summary>b3st, fr33, freeee, b-e-s-t: letters and digits that look like them, letters drawn out, letters that stand apart.</summary>
    private void ReadDisguised()
    {
        foreach (Match match in Disguised().Matches(_text).Concat(SpelledOut().Matches(_text)))
        {
            int start = match.Index, end = match.Index + match.Length;
            if (IsUsed(start, end))
                continue;
            foreach (string plain in Plain(match.Value))
            {
                if (plain == match.Value)
                    continue;
                var found = plain == "free" ? (ClaimKind.Free, "free") : plain.EndsWith("est", StringComparison.Ordinal) && _words.Adjective(plain) is { } adjective
                    ? (ClaimKind.Superlative, "most:~" + adjective.Id)
                    : _words.Words.FirstOrDefault(w => w.Pattern.Match(plain) is { Success: true } m && m.Length == plain.Length) is { } list ? (list.Kind, list.Unit)
                    : ((ClaimKind Kind, string Unit)?)null;
                if (found is not { } word)
                    continue;
                Add(new Claim(word.Kind, start, end) { Unit = word.Unit });
                break;
            }
        }
    }

    private static IEnumerable<string> Plain(string word)
    {
        if (word.Length > 2 && !char.IsAsciiLetterOrDigit(word[1]) && word[1] is not ('$' or '@' or '!'))
        {
            yield return string.Concat(word.Where(char.IsAsciiLetterOrDigit));
            yield break;
        }
        string letters = string.Concat(word.Select(c => c switch
        {
            '0' => 'o',
            '1' or '!' or '|' => 'i',
            '3' => 'e',
            '4' or '@' => 'a',
            '5' or '$' => 's',
            '7' or '+' => 't',
            '8' => 'b',
            _ => c,
        }));
        yield return letters;
        yield return letters.Replace('i', 'l');
        yield return DrawnOut().Replace(letters, "$1");
        yield return DrawnOut().Replace(letters, "$1$1");
    }

    /// <summary>"until tomorrow", 明天截止: a day that is not named, with a limit.</summary>
    private void ReadRelativeDates()
    {
        foreach (Match match in RelativeDate().Matches(_text))
        {
            if (!IsUsed(match.Index, match.Index + match.Length))
                Add(new Claim(ClaimKind.Date, match.Index, match.Index + match.Length) { Unit = "relative", Literal = match.Groups["day"].Value });
        }
    }

    [GeneratedRegex(@"(?:#|(?<![a-z0-9])(?:no\.?|nos\.?|nr\.?|num(?:ber)?|top))\s*-?\s*(?:1|one)(?![0-9a-z]|[.,:]\d)|(?<![a-z0-9])1st\s+(?:in|place|choice|rated)(?![a-z])|(?<![\d.,/])1st(?=\s*$)")]
    private static partial Regex NumberOne();

    [GeneratedRegex(@"(?<![a-z])(?:your|my|own|their|a|new)\s+$")]
    private static partial Regex OwnBefore();

    [GeneratedRegex(@"(?<![a-z])(?:bag|box|cup|bottle|jar|loaf|slice|step|chapter|day|night|week|month|order|lesson|class|course|reason|rule|visit|question|round|stop)\s+$")]
    private static partial Regex CountedBefore();

    [GeneratedRegex(@"(?<![a-z])the\s+$")]
    private static partial Regex The();

    [GeneratedRegex(@"(?<![a-z0-9])(?:f[\-_.*·•|~^]{0,2}r[\-_.*·•|~^]{0,2}e[\-_.*·•|~^]{0,2}e|f[\s\-_.*·•|~^/]{1,3}r[\s\-_.*·•|~^/]{1,3}e[\s\-_.*·•|~^/]{1,3}e)(?![a-z0-9])")]
    private static partial Regex FreeWord();

    // 送 that gives something away: 買就送…, 送飲料一杯; not 送達, 配送, 送禮
    [GeneratedRegex(@"(?<![捐加附敬回轉獲受])贈(?!品|言|禮|與|閱|送|予|獎)(?=\s?[\u3400-\u9fff\d])|(?<![配運寄外傳發遞推輸接護贈奉歡目葬派呈])(?:就|即|再|加|都|還|加碼|也)?送(?!超過|達|到|貨|上|出|醫|洗(?!衣袋|衣精|髮|面|手|碗|劑)|修|件|餐|回|禮|行|別|子|終|審|電|風|報|驗|我|他|她|爸|媽|人|朋|長|老|客|給|去|來|往|進|走|暖|愛|入|氣|水|一趟|一次|過|誰|的|得|起|自己|家人|親|同事|同學|男|女|情|爸|媽|父|母|阿|婆|岳|孩子|小孩|小朋友|寶貝|閨蜜|另一半|恩師|兄|姊|姐|弟|妹|鄰居|摯友|好友|朋)(?=\s?[\u3400-\u9fff\da-z])")]
    private static partial Regex Gift();

    [GeneratedRegex(@"(?<what>[a-z]{2,})-$|(?<![a-z])(?<what>sugar|gluten|dairy|lactose|caffeine|alcohol|bpa|nut|peanut|fat|cruelty|chemical|plastic|additive|preservative|paraben|fragrance|pesticide|ad|rent|tax|duty|interest|fee|msg|gmo|wheat|egg|soy|oil|salt|smoke|noise|lead|mercury|wrinkle|iron|maintenance)s?\s+$", RegexOptions.ExplicitCapture)]
    private static partial Regex WithoutBefore();

    [GeneratedRegex(@"\G\s+(?:of|from)\s+(?:any\s+|all\s+|added\s+|artificial\s+)*(?<what>[a-z]+)")]
    private static partial Regex FreeOf();

    [GeneratedRegex(@"(?<![a-z0-9])(?<!(?<![a-z])at\s+(?:the\s+(?:very\s+)?)?)(?<how>most|least)[\s\-]+(?<what>[a-z]+)(?:-[a-z]+)?")]
    private static partial Regex MostOrLeast();

    [GeneratedRegex(@"(?<![a-z0-9])[a-z]{1,14}est(?![a-z0-9])(?!-before)")]
    private static partial Regex EstWord();

    // "nobody rents them for less" is the lowest price in other words
    [GeneratedRegex(@"(?<![a-z])(?:nobody|no\s+one|no\s+other\s+[a-z]+|none)(?![a-z])[^.,;!?\n]{0,40}?(?<![a-z])(?:for\s+less|cheaper|better|faster|comes?\s+close|beats?\s+us|like\s+(?:we|us)(?![a-z]))|沒有?(?:人|一家|哪家|別家)(?:能|會|可以)?(?:比|贏)|找不到(?:更|比)")]
    private static partial Regex NobodyElse();

    [GeneratedRegex(@"\G最[\s\-_.*·・•|~^/+'""\p{So}\p{Sk}\p{Cs}]{1,4}(?<what>[\u3400-\u9fff]{1,4})")]
    private static partial Regex MostHanSpaced();

    [GeneratedRegex(@"(?<![a-z])than(?![a-z])(?:\s[a-z0-9$£€']+)?(?:\s[a-z0-9']+)?(?:\s[a-z0-9']+)?")]
    private static partial Regex Than();

    [GeneratedRegex(@"(?<![a-z])(?:(?<adj>[a-z]{2,}er|better|worse)|(?:more|less|fewer)\s(?<adj>[a-z]+))(?:\s[a-z']+)?(?:\s[a-z']+)?\s$", RegexOptions.ExplicitCapture)]
    private static partial Regex Comparative();

    [GeneratedRegex(@"(?<![a-z])(?:less|fewer)\s+$")]
    private static partial Regex LessBefore();

    [GeneratedRegex(@"\G\s+(?:(?:any|all|most|other|your|those|the|every)\s+(?!\w*\d)[a-z]+|takeout|takeaway|takeaways|delivery|others|supermarkets?|restaurants?|competitors?|agencies|dealers|shops|stores)(?![a-z])")]
    private static partial Regex SomebodyAfter();

    [GeneratedRegex(@"(?<![a-z])(?:twice|double|triple|quadruple)\s(?:as|the|your)\s(?<adj>[a-z]+)", RegexOptions.ExplicitCapture)]
    private static partial Regex Multiple();

    // "something nicer than paperwork" praises nothing by name
    [GeneratedRegex(@"(?<![a-z])(?:something|anything|somewhere)\s+$")]
    private static partial Regex SomethingBefore();

    // limits of numbers, and turns of speech
    [GeneratedRegex(@"(?:more|less|fewer|other|rather|later|sooner|older|younger|bigger|larger|higher|lower|greater)\s+than\s+(?:[a-z]{0,3}\$?\s*)?[\d£€$¥]|^(?:rather|other|sooner|later)\s|than\s+you\s+(?:think|might|expect|know)|(?:more|less|fewer)\s+than\s+(?:one|two|three|four|five|six|seven|eight|nine|ten|a|half|twenty|thirty|forty|fifty|hundred)")]
    private static partial Regex BoundThan();

    [GeneratedRegex(@"比(?!例|賽|較好用|如|方|照|薩|基|利|重|熊|目魚|翼|鄰|拚|擬|特|丘|武)[^,、。!?;\n]{1,14}?(?:(?:更加?|還要?|來得|都)(?<what>[\u3400-\u9fff]{1,3})|(?<what>好|佳|棒|便宜|划算|快|強|大|小|高|低|多|少|省|輕|薄|耐用|耐|持久|新鮮|健康|安全|香|甜|美味|好吃|好喝|厲害|有效|專業|厚|長|順|穩|精準|實在|貼心|舒適|舒服))|(?<!變)更加?(?<what>(?!多|新|換|改|衣|動|正|生|迭|是|何況|別說|夜|年期|深露|上一層)[\u3400-\u9fff]{1,3})", RegexOptions.ExplicitCapture)]
    private static partial Regex CompareHan();

    [GeneratedRegex(@"(?<![a-z0-9$@!|+])(?=[a-z0-9$@!|+]*[a-z])(?=[a-z0-9$@!|+]*(?:[0-9$@!|+]|([a-z])\1\1))[a-z0-9$@!|+]{3,}(?![a-z0-9$@])")]
    private static partial Regex Disguised();

    [GeneratedRegex(@"(?<![a-z0-9])[a-z](?:[\s\-_.*·•|~^/]{1,3}[a-z]){2,14}(?![a-z0-9])")]
    private static partial Regex SpelledOut();

    [GeneratedRegex(@"([a-z])\1{2,}")]
    private static partial Regex DrawnOut();

    [GeneratedRegex(@"(?<![a-z])(?:until|till|(?<!(?:stop|drop|come|swing|pop|call|pass|go|close)s?\s+)by|before|ends?|ending|only|through|last day|closes?)\s+(?:this\s+|next\s+)?(?<day>today|tomorrow|tonight|midnight|week|weekend|month|year)(?![a-z])|(?<day>tomorrow|tonight|this week|this weekend|this month)\s+(?:only|ends|last)(?![a-z])|(?<day>今天|今日|今晚|明天|明日|本週末|這週末|週末|本週|這週|本月|這個月|月底|年底|本月底|下週|下個月)(?:起|止|限定|截止|前|結束|為止|最後(?!一?個?(?:週|星期|禮拜))|以前|到期|限時)|(?:到|至)(?<day>明天|明日|本週末|這週末|週末|本週|這週|本月|這個月|月底|年底|本月底|下週|下個月)|(?:只到|僅限|只限|限|截至|最後)(?<day>今天|今日|今晚|明天|明日|本週末|這週末|週末|本週|這週|本月|這個月|月底|年底|本月底|下週|下個月)", RegexOptions.ExplicitCapture)]
    private static partial Regex RelativeDate();
}
