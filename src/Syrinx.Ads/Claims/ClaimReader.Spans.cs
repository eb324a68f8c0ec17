using System.Text.RegularExpressions;

namespace Syrinx.Ads;

// Numbers that are told without a numeral: a week ahead, every other week, twice, the runner-up; and the smaller part of a span.
internal sealed partial class ClaimReader
{
    private static readonly MeasureUnit Week = new("time", 604_800);

    private void ReadSpans()
    {
        foreach (Match match in AWhile().Matches(_text))
        {
            // "up to a week before" may be the seven days of a fact, and claims nothing otherwise
            if (Units.Default.At(_text, match.Index + match.Length) is not { } unit || match.Value == "一" && HasTopic(match.Index, unit.End))
                continue;
            var half = AndAHalf().Match(_text, unit.End); // an hour and a half
            decimal value = unit.Unit.Factor * (half.Success ? 1.5m : 1);
            if (AddNumber(ClaimKind.Number, match.Index, unit.End + half.Length, unit.Unit.Dimension, value, value, match.Index))
                _claims[^1] = _claims[^1] with { IsLoose = true };
        }
        foreach (Match match in AUnit().Matches(_text).Where(_ => _asFact))
        {
            if (Units.Default.At(_text, match.Index + match.Length) is { } unit)
                AddNumber(ClaimKind.Number, match.Index, unit.End, unit.Unit.Dimension, unit.Unit.Factor, unit.Unit.Factor, match.Index);
        }
        foreach (Match match in Place().Matches(_text))
        {
            int place = match.Value[0] == '季' ? 3 : 2;
            AddNumber(ClaimKind.Number, match.Index, match.Index + match.Length, match.Value[0] > 0x2E7F ? "rank" : "ordinal", place, place, match.Index);
        }
        foreach (Match match in EveryUnit().Matches(_text))
        {
            bool other = match.Groups["other"].Success;
            int end = match.Index + match.Length;
            (MeasureUnit Unit, int End)? named = match.Groups["whole"].Success ? (Week, end) : Units.Default.At(_text, end);
            if (named is not { } unit)
                continue;
            decimal every = unit.Unit.Factor * (other ? 2 : 1);
            if (AddNumber(ClaimKind.Number, match.Index, unit.End, unit.Unit.Dimension, every, every, match.Index))
                _claims[^1] = _claims[^1] with { IsLoose = !other };
        }
        foreach (Match match in Twice().Matches(_text))
        {
            if (AddNumber(ClaimKind.Number, match.Index, match.Index + match.Length, "count", 2, 2, match.Index, Bound.Exactly, "~time_s"))
                _claims[^1] = _claims[^1] with { IsLoose = true };
        }
    }

    /// <summary>The smaller part of a span, in the base of its dimension, and where it ends: "1 hour 30 minutes", "two years and six months".</summary>
    private (decimal Value, int End)? Rest(int at, MeasureUnit whole)
    {
        if (whole.Dimension is not ("time" or "months") || at >= _text.Length)
            return null;
        string next = _text[at..Math.Min(_text.Length, at + 24)];
        return NumberScanner.Scan(next) is [var part, ..] && AndThen().IsMatch(next[..part.Start]) && (Units.Default.At(_text, at + part.End) ?? MinutesAt(at + part.End)) is { } unit
            && unit.Unit.Dimension == whole.Dimension && unit.Unit.Factor < whole.Factor && part.Value * unit.Unit.Factor < whole.Factor
            ? (part.Value * unit.Unit.Factor, unit.End) : null;
    }

    /// <summary>1 小時 40 分.</summary>
    private (MeasureUnit Unit, int End)? MinutesAt(int at)
    {
        int from = at < _text.Length && _text[at] == ' ' ? at + 1 : at;
        return from < _text.Length && _text[from] == '分' ? (new("time", 60), from + 1) : null;
    }

    [GeneratedRegex(@"^\s*(?:and\s+|又|零)?$")]
    private static partial Regex AndThen();

    [GeneratedRegex(@"\G\s+and\s+a\s+half(?![a-z])")]
    private static partial Regex AndAHalf();

    // "cancel a week ahead", but "$9 a week", "twice a week"
    [GeneratedRegex(@"(?<=(?:^|[.,;:(]\s*|(?<![a-z])(?:is|be|by|on|up|cancel|notify|pay|give|us|book|order|reserve|request)\s+))an?(?=\s+(?:hour|day|week|month|year|fortnight|decade)(?![a-z]))")]
    private static partial Regex AUnit();

    // what came second
    [GeneratedRegex(@"亞軍|季軍|(?<![a-z])(?:runner[\s-]up|second\s+place|in\s+second(?=\s*(?:$|[.,;!?)]|(?:at|in)\s)))(?![a-z])")]
    private static partial Regex Place();

    // "every week" may be too often for a fact that says every two weeks
    [GeneratedRegex(@"(?<![a-z])every(?:\s+(?<other>other|second))?(?=\s+(?:week|month|fortnight)(?![a-z]))|(?<![a-z])(?<whole>(?<other>fortnightly|biweekly|bi-weekly))(?![a-z])|每?隔一?(?<other>)(?=週|個?月)|每(?=週(?![一二三四五六日末天])|個?月(?![初中底]))", RegexOptions.ExplicitCapture)]
    private static partial Regex EveryUnit();
}
