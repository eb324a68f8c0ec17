using System.Globalization;
using System.Text.RegularExpressions;

namespace Syrinx.Ads;

/// <summary>A number in a text, whatever it is written with.</summary>
/// <param name="Start">Where it begins.</param>
/// <param name="End">Where it ends, exclusive.</param>
/// <param name="Value">Its value.</param>
/// <param name="Form">What it is written with.</param>
internal readonly record struct NumberAtom(int Start, int End, decimal Value, NumberForm Form);

/// <summary>What a number is written with.</summary>
internal enum NumberForm
{
    Digits,
    EnglishWords,
    Han,
}

/// <summary>
/// Finds numbers in folded text: <c>1,200</c>, <c>1.2k</c>, <c>½</c>, <c>fifty-five</c>, <c>two hundred</c>, <c>三十五</c>, <c>1萬2千</c>.
/// </summary>
internal static partial class NumberScanner
{
    private const string HanDigits = "零一二三四五六七八九";
    private const decimal Largest = 1e15m;

    private static readonly Dictionary<string, decimal> English = new()
    {
        ["zero"] = 0,
        ["one"] = 1,
        ["two"] = 2,
        ["three"] = 3,
        ["four"] = 4,
        ["five"] = 5,
        ["six"] = 6,
        ["seven"] = 7,
        ["eight"] = 8,
        ["nine"] = 9,
        ["ten"] = 10,
        ["eleven"] = 11,
        ["twelve"] = 12,
        ["thirteen"] = 13,
        ["fourteen"] = 14,
        ["fifteen"] = 15,
        ["sixteen"] = 16,
        ["seventeen"] = 17,
        ["eighteen"] = 18,
        ["nineteen"] = 19,
        ["twenty"] = 20,
        ["thirty"] = 30,
        ["forty"] = 40,
        ["fourty"] = 40,
        ["fifty"] = 50,
        ["sixty"] = 60,
        ["seventy"] = 70,
        ["eighty"] = 80,
        ["ninety"] = 90,
        ["hundred"] = 100,
        ["thousand"] = 1000,
        ["million"] = 1e6m,
        ["billion"] = 1e9m,
        ["dozen"] = 12,
        ["twos"] = 2,
        ["threes"] = 3,
        ["fours"] = 4,
        ["fives"] = 5,
        ["sixes"] = 6,
        ["sevens"] = 7,
        ["eights"] = 8,
        ["nines"] = 9,
        ["tens"] = 10,
        ["twelves"] = 12,
    };

    /// <summary>The numbers, in order; none overlap.</summary>
    public static List<NumberAtom> Scan(string text)
    {
        var atoms = new List<NumberAtom>();
        for (int at = 0; at < text.Length;)
        {
            var atom = at + 1 < text.Length && text[at] is '單' or '雙' && text[at + 1] is '日' or '人' or '腳' ? new NumberAtom(at, at + 1, text[at] == '單' ? 1 : 2, NumberForm.Han)
                : char.IsAsciiDigit(text[at]) ? Digits(text, at)
                : HanValue(text[at]) >= 0 ? Han(text, at)
                : char.IsAsciiLetterLower(text[at]) && (at == 0 || !char.IsAsciiLetterOrDigit(text[at - 1])) ? Words(text, at) : null;
            if (atom is { } found)
            {
                if (found.Form != NumberForm.Han && AndAHalf().Match(text, found.End) is { Success: true } half)
                    found = found with { Value = found.Value + (half.Value.Contains("quarter", StringComparison.Ordinal) ? 0.25m : 0.5m), End = found.End + half.Length };
                atoms.Add(found);
                at = found.End;
            }
            else
            {
                at++;
            }
        }
        return atoms;
    }

    private static NumberAtom? Digits(string text, int at)
    {
        if (DigitRun().Match(text, at) is not { Success: true } match)
            return null;
        if (match.Groups["over"].Success)
        {
            decimal over = Number(match.Groups["over"].Value);
            return over == 0 ? null : new(at, at + match.Length, Number(match.Groups["part"].Value) / over + (match.Groups["whole"].Success ? Number(match.Groups["whole"].Value) : 0), NumberForm.Digits);
        }
        decimal value = Number(match.Value);
        int end = at + match.Length;
        if (end + 1 < text.Length && text[end] == ' ' && text[end + 1] is '萬' or '億')
            end++; // 1,000 萬
        if (end < text.Length && HanValue(text[end]) >= 10 && HanFrom(text, at, value, end) is { } mixed)
            return mixed;
        if (Multiplier().Match(text, end) is { Success: true } times)
        {
            value *= times.Groups[1].Value switch
            {
                "k" or "thousand" => 1000m,
                "hundred" => 100m,
                "m" or "mn" or "million" => 1e6m,
                "dozen" => 12m,
                _ => 1e9m,
            };
            end += times.Length;
        }
        return new(at, end, Math.Min(value, Largest), NumberForm.Digits);
    }

    private static decimal Number(string digits) =>
        decimal.TryParse(digits.Replace(",", "", StringComparison.Ordinal), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal n)
            ? Math.Min(n, Largest) : Largest;

    private static NumberAtom? Words(string text, int at)
    {
        decimal total = 0, part = -1;
        int end = at;
        for (var word = Word().Match(text, at); word.Success; word = Word().Match(text, word.Index + word.Length))
        {
            string w = word.Groups[1].Value;
            if (w == "half" && end == at && HalfDozen().Match(text, at) is { Success: true } six)
                return new(at, at + six.Length, 6, NumberForm.EnglishWords);
            if (!English.TryGetValue(w, out decimal value))
            {
                if (w == "and" && end > at && part >= 100)
                    continue; // one hundred and twenty; what follows must be a number for it to count
                if (w is "a" && end == at && Word().Match(text, word.Index + word.Length) is { Success: true } next
                    && next.Groups[1].Value is "hundred" or "thousand" or "million" or "billion" or "dozen")
                {
                    part = 1;
                    continue;
                }
                break;
            }
            if (value >= 1000)
            {
                total = Math.Min(Largest, total + Math.Max(part, part < 0 ? 1 : 0) * value);
                part = 0;
            }
            else if (value is 100 or 12 && w is "hundred" or "dozen")
            {
                part = Math.Min(Largest, (part < 0 ? 1 : part) * value);
            }
            else if (part <= 0 || part % 100 == 0 && part > 0 || part is >= 20 and < 100 && part % 10 == 0 && value < 10
                || part >= 100 && part % 100 >= 20 && part % 10 == 0 && value < 10)
            {
                part = Math.Max(part, 0) + value;
            }
            else
            {
                break;
            }
            end = word.Index + word.Length;
        }
        // nineteen ninety-eight, twenty sixteen
        if (total == 0 && part is 19 or 20 && end > at && SpokenYear().Match(text, end) is { Success: true } && Words(text, end + 1) is { Value: >= 10 and <= 99 } tens)
            return tens with { Start = at, Value = part * 100 + tens.Value };
        return end == at ? null : new(at, end, Math.Min(total + Math.Max(part, 0), Largest), NumberForm.EnglishWords);
    }

    /// <summary>A digit 0 to 9, or 10, 100, 1,000, 10,000, 100,000,000; -1 for what is no numeral.</summary>
    public static long HanValue(char c) => c switch
    {
        '〇' => 0,
        '兩' => 2,
        '十' or '拾' => 10,
        '百' or '佰' => 100,
        '千' or '仟' => 1000,
        '萬' => 10_000,
        '億' => 100_000_000,
        '壹' => 1,
        '貳' => 2,
        '叁' => 3,
        '肆' => 4,
        '柒' => 7,
        '捌' => 8,
        '玖' => 9,
        _ => HanDigits.IndexOf(c, StringComparison.Ordinal),
    };

    private static NumberAtom? Han(string text, int at) => HanFrom(text, at, -1, at);

    /// <summary>Reads a numeral; <paramref name="digit"/> is what stands before it in digits (3萬), or -1.</summary>
    private static NumberAtom? HanFrom(string text, int start, decimal digit, int at)
    {
        var plain = PlainHan().Match(text, at);
        if (digit < 0 && plain.Success)
        {
            // 二〇二六: digit by digit
            decimal value = plain.Value.Aggregate(0m, (sum, c) => Math.Min(Largest, sum * 10 + HanValue(c)));
            return new(start, at + plain.Length, value, NumberForm.Han);
        }
        decimal total = 0, section = 0;
        long unitBefore = 0;
        bool mixed = digit >= 0;
        int i = at;
        for (; i < text.Length; i++)
        {
            long value = HanValue(text[i]);
            if (value < 0)
            {
                if (char.IsAsciiDigit(text[i]) && digit < 0 && unitBefore >= 1000 && DigitRun().Match(text, i) is { Success: true } more)
                {
                    digit = Number(more.Value); // 1萬2千
                    i += more.Length - 1;
                    continue;
                }
                break;
            }
            if (value < 10)
            {
                if (digit > 0)
                    break; // two digits side by side: another number begins
                digit = value;
            }
            else if (value < 10_000)
            {
                section += (digit < 0 ? 1 : digit) * value;
                digit = -1;
                unitBefore = value;
            }
            else
            {
                total = (total + section + (digit < 0 ? section == 0 && total == 0 ? 1 : 0 : digit)) * value;
                section = 0;
                digit = -1;
                unitBefore = value;
            }
            if (total > Largest)
                return new(start, i + 1, Largest, NumberForm.Han);
        }
        if (i == at)
            return null;
        // 兩千五 is 2,500, 三百二 is 320: the last digit counts tenths of the unit before it
        if (digit > 0 && unitBefore >= 100 && i > at && text[i - 1] is not '零' && !(i > at + 1 && text[i - 2] is '零' or '〇'))
            digit *= digit < 10 ? unitBefore / 10 : 1;
        return new(start, i, total + section + Math.Max(digit, 0), mixed ? NumberForm.Digits : NumberForm.Han);
    }

    [GeneratedRegex(@"\G(?:(?:(?<whole>\d{1,4}) )?(?<part>\d{1,3})⁄(?<over>\d{1,3})|\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?)")]
    private static partial Regex DigitRun();

    [GeneratedRegex(@"\G\s?(hundred|thousand|million|billion|dozen|bn|mn|(?<=\d)k)(?![a-z0-9])")]
    private static partial Regex Multiplier();

    [GeneratedRegex(@"\G[\s\-]+and[\s\-]+a[\s\-]+(?:half|quarter)(?![a-z])")]
    private static partial Regex AndAHalf();

    [GeneratedRegex(@"\Ghalf[\s\-](?:an?[\s\-])?dozen(?![a-z])")]
    private static partial Regex HalfDozen();

    [GeneratedRegex(@"\G[\s\-](?:ten|eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen|(?:twen|thir|for|fif|six|seven|eigh|nine)ty)(?![a-z])")]
    private static partial Regex SpokenYear();

    [GeneratedRegex(@"\G[\s\-]*([a-z]+)(?![a-z0-9])")]
    private static partial Regex Word();

    [GeneratedRegex(@"\G[零〇一二三四五六七八九]{2,}(?![十百千萬億])")]
    private static partial Regex PlainHan();
}
