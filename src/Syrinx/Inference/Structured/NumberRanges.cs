using System.Globalization;
using System.Numerics;

namespace Syrinx.Inference.Structured;

/// <summary>Numbers between two bounds as texts: the digits of the bounds decide which digits may follow.</summary>
internal static class NumberRanges
{
    private static readonly BigInteger Largest = BigInteger.Pow(10, JsonText.WholeDigits) - 1;

    /// <summary>Integers from <paramref name="least"/> to <paramref name="most"/>; null where there are none.</summary>
    public static Expr? Integers(BigInteger? least, BigInteger? most) => Wholes(least ?? -Largest, most ?? Largest, BigInteger.Max(Largest, BigInteger.Abs(least ?? most ?? 0)));

    /// <summary>
    /// Numbers from <paramref name="least"/> to <paramref name="most"/>, themselves included or not; null where there are none.
    /// </summary>
    public static Expr? Numbers(BigInteger? least, bool leastExcluded, BigInteger? most, bool mostExcluded)
    {
        var (low, high) = (least ?? -Largest, most ?? Largest);
        if (low > high || (low == high && (leastExcluded || mostExcluded)))
            return null;
        var choices = new List<Expr>();
        // above 0: the whole part decides, unless it is the bound's own
        if (high > 0 || (high == 0 && !mostExcluded && low <= 0))
            Above(BigInteger.Max(low, 0), low >= 0 && leastExcluded, high, mostExcluded, "", choices);
        if (low < 0)
            Above(BigInteger.Max(-high, 0), high <= 0 && (mostExcluded || high == 0), -low, leastExcluded, "-", choices);
        return choices.Count == 0 ? null : Expr.Or(choices);
    }

    private static void Above(BigInteger low, bool lowExcluded, BigInteger high, bool highExcluded, string sign, List<Expr> choices)
    {
        if (low > high)
            return;
        var digit = Expr.Range('0', '9');
        // 15 significant digits at most: more of them could be read as the bound itself
        int places = Math.Clamp(15 - high.ToString(CultureInfo.InvariantCulture).Length, 1, 14);
        var fraction = Expr.Seq(Expr.Text("."), new Repeat(digit, 1, places));
        void Add(Expr whole, Expr rest) => choices.Add(Expr.Seq(Expr.Text(sign), whole, rest));
        var first = lowExcluded ? low + 1 : low;
        // wholes below the upper bound, with any fraction
        if (first < high)
            Add(Digits(first, high - 1), Expr.Maybe(fraction));
        if (lowExcluded && low < high)
        {
            // the lower bound itself with something behind the point
            Add(Expr.Text(low.ToString(CultureInfo.InvariantCulture)), Expr.Seq(Expr.Text("."),
                new Repeat(Expr.Text("0"), 0, places - 1), Expr.Range('1', '9')));
        }
        if (!highExcluded && first <= high)
        {
            Add(Expr.Text(high.ToString(CultureInfo.InvariantCulture)),
                Expr.Maybe(Expr.Seq(Expr.Text("."), new Repeat(Expr.Text("0"), 1, places))));
        }
    }

    private static Expr? Wholes(BigInteger low, BigInteger high, BigInteger largest)
    {
        (low, high) = (BigInteger.Max(low, -largest), BigInteger.Min(high, largest));
        if (low > high)
            return null;
        var choices = new List<Expr>();
        if (high >= 0)
            choices.Add(Digits(BigInteger.Max(low, 0), high));
        if (low < 0)
            choices.Add(Expr.Seq(Expr.Text("-"), Digits(BigInteger.Max(-high, 1), -low)));
        return Expr.Or(choices);
    }

    /// <summary>Whole numbers of at least 0 between two bounds, without leading zeros.</summary>
    private static Expr Digits(BigInteger low, BigInteger high)
    {
        var choices = new List<Expr>();
        while (low <= high)
        {
            // up to the largest number with as many digits
            int length = low.ToString(CultureInfo.InvariantCulture).Length;
            var end = BigInteger.Min(high, BigInteger.Pow(10, length) - 1);
            choices.Add(Between(low.ToString(CultureInfo.InvariantCulture), end.ToString(CultureInfo.InvariantCulture)));
            low = end + 1;
        }
        return Expr.Or(choices);
    }

    private static Expr Between(string low, string high)
    {
        if (low.Length == 0)
            return Expr.Empty;
        int rest = low.Length - 1;
        if (low[0] == high[0])
            return Expr.Seq(Expr.Text(low[..1]), Between(low[1..], high[1..]));
        string zeros = new('0', rest), nines = new('9', rest);
        char first = low[0], last = high[0];
        var choices = new List<Expr>();
        if (low[1..] != zeros)
            choices.Add(Expr.Seq(Expr.Text(first++.ToString()), Between(low[1..], nines)));
        if (high[1..] != nines)
            choices.Add(Expr.Seq(Expr.Text(last--.ToString()), Between(zeros, high[1..])));
        if (first <= last)
            choices.Add(Expr.Seq(Expr.Range(first, last), new Repeat(Expr.Range('0', '9'), rest, rest)));
        return Expr.Or(choices);
    }
}
