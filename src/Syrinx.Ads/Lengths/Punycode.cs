namespace Syrinx.Ads;

/// <summary>How long a label of a domain name becomes in ASCII (RFC 3492); nothing else of that encoding is needed here.</summary>
internal static class Punycode
{
    private const int Base = 36, TMin = 1, TMax = 26, Skew = 38, Damp = 700, InitialBias = 72, InitialN = 128;

    /// <summary>Bytes of the label in ASCII, <c>xn--</c> included where it has other characters.</summary>
    public static int LengthOf(string label)
    {
        int[] input = [.. label.EnumerateRunes().Select(r => r.Value)];
        int basic = input.Count(c => c < InitialN);
        if (basic == input.Length || input.Length > 63)
            return input.Length; // too long already: the encoding is never shorter
        int length = "xn--".Length + basic + (basic > 0 ? 1 : 0);
        int n = InitialN, delta = 0, bias = InitialBias;
        for (int handled = basic; handled < input.Length; n++, delta++)
        {
            int m = input.Where(c => c >= n).Min();
            delta += (m - n) * (handled + 1);
            n = m;
            foreach (int c in input)
            {
                if (c < n)
                    delta++;
                if (c != n)
                    continue;
                int q = delta;
                for (int k = Base; ; k += Base)
                {
                    length++;
                    int t = Math.Clamp(k - bias, TMin, TMax);
                    if (q < t)
                        break;
                    q = (q - t) / (Base - t);
                }
                bias = Adapt(delta, handled + 1, first: handled == basic);
                delta = 0;
                handled++;
            }
        }
        return length;
    }

    private static int Adapt(int delta, int points, bool first)
    {
        delta = first ? delta / Damp : delta / 2;
        delta += delta / points;
        int k = 0;
        for (; delta > (Base - TMin) * TMax / 2; k += Base)
            delta /= Base - TMin;
        return k + (Base - TMin + 1) * delta / (delta + Skew);
    }
}
