using System.Text;

namespace Syrinx.Inference.Structured;

/// <summary>
/// Ranges of code points as sequences of byte ranges: cut wherever the number of bytes or a leading byte changes, until each
/// byte runs through a range of its own (the method of Thompson's UTF-8 automata, as in RE2's compiler).
/// </summary>
internal static class Utf8Ranges
{
    public static IEnumerable<(byte First, byte Last)[]> Of(int first, int last)
    {
        if (first > last)
            return [];
        if (first <= 0xDFFF && last >= 0xD800)
            return Of(first, 0xD7FF).Concat(Of(0xE000, last));
        foreach (int most in (ReadOnlySpan<int>)[0x7F, 0x7FF, 0xFFFF])
        {
            if (first <= most && last > most)
                return Of(first, most).Concat(Of(most + 1, last));
        }
        if (last > 0x7F)
        {
            for (int i = 1; i < 4; i++)
            {
                int low = (1 << 6 * i) - 1;
                if ((first & ~low) == (last & ~low))
                    continue;
                if ((first & low) != 0)
                    return Of(first, first | low).Concat(Of((first | low) + 1, last));
                if ((last & low) != low)
                    return Of(first, (last & ~low) - 1).Concat(Of(last & ~low, last));
            }
        }
        Span<byte> from = stackalloc byte[4], to = stackalloc byte[4];
        int n = new Rune(first).EncodeToUtf8(from);
        new Rune(last).EncodeToUtf8(to);
        var range = new (byte, byte)[n];
        for (int i = 0; i < n; i++)
            range[i] = (from[i], to[i]);
        return [range];
    }
}
