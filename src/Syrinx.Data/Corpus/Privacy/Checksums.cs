namespace Syrinx.Data.Corpus.Privacy;

/// <summary>The check digits that tell an identity or card number from any other number.</summary>
internal static class Checksums
{
    // Taiwan's letter codes: A=10 … H=17, I=34, J=18 …, O=35, … W=32, X=30, Y=31, Z=33 (Ministry of the Interior).
    private static readonly byte[] LetterCodes =
        [10, 11, 12, 13, 14, 15, 16, 17, 34, 18, 19, 20, 21, 22, 35, 23, 24, 25, 26, 27, 28, 29, 32, 30, 31, 33];

    /// <summary>
    /// Taiwan's national id (letter, 1 or 2, eight digits) and resident certificates (8 or 9, or formerly A–D, in second
    /// place): the weighted sum of the letter's two digits (1, 9) and the nine places (8…1, 1) is a multiple of ten.
    /// </summary>
    public static bool IsTaiwanId(ReadOnlySpan<char> id)
    {
        if (id.Length != 10 || !char.IsAsciiLetter(id[0]))
            return false;
        int letter = LetterCodes[(id[0] | 0x20) - 'a'];
        int sum = letter / 10 + letter % 10 * 9;
        for (int i = 1; i < 10; i++)
        {
            int digit = char.IsAsciiDigit(id[i]) ? id[i] - '0'
                : i == 1 && char.IsAsciiLetter(id[i]) ? LetterCodes[(id[i] | 0x20) - 'a'] % 10
                : -1;
            if (digit < 0)
                return false;
            sum += digit * Math.Max(1, 9 - i);
        }
        return sum % 10 == 0;
    }

    /// <summary>
    /// Payment cards (ISO/IEC 7812): 14 digits (Diners), 15 (American Express), 16, or 17 to 19 (UnionPay, or in groups), with the
    /// first digits of such cards, not one digit repeated, Luhn's sum a multiple of ten. The 13 digits of old Visa cards are not
    /// among them: a Taiwanese bar code has as many, and also begins with 4.
    /// </summary>
    /// <param name="number">Digits with spaces or dashes between them.</param>
    public static bool IsCard(ReadOnlySpan<char> number)
    {
        Span<int> digits = stackalloc int[19];
        int count = 0;
        foreach (char c in number)
        {
            if (!char.IsAsciiDigit(c))
                continue;
            if (count == 19)
                return false;
            digits[count++] = c - '0';
        }
        int first = digits[0] * 10 + digits[1];
        // an unbroken run of 17 to 19 digits is far more often a post's id, unless it begins as UnionPay's
        bool issued = count switch
        {
            14 => first is 30 or 36 or 38 or 39,
            15 => first is 34 or 37,
            16 => digits[0] is >= 2 and <= 6,
            > 16 => first == 62 || number.Length > count && digits[0] is >= 4 and <= 6,
            _ => false,
        };
        if (!issued)
            return false;
        int sum = 0;
        bool varied = false;
        for (int i = 0; i < count; i++)
        {
            int digit = digits[count - 1 - i];
            varied |= digit != digits[0];
            if (i % 2 == 1)
                digit = digit < 5 ? digit * 2 : digit * 2 - 9;
            sum += digit;
        }
        return varied && sum % 10 == 0;
    }

    /// <summary>
    /// Mainland China's identity number (GB 11643): 17 digits weighted by powers of two modulo 11, and a check digit that may be X.
    /// </summary>
    public static bool IsMainlandId(ReadOnlySpan<char> id)
    {
        if (id.Length != 18)
            return false;
        int sum = 0;
        for (int i = 0; i < 18; i++)
        {
            int digit = char.IsAsciiDigit(id[i]) ? id[i] - '0' : i == 17 && id[i] is 'X' or 'x' ? 10 : -1;
            if (digit < 0)
                return false;
            // 2^(17 − i) modulo 11 has the period 10
            sum += digit * ((1 << (17 - i) % 10) % 11);
        }
        return sum % 11 == 1;
    }

    /// <summary>
    /// Hong Kong's identity card: one or two letters, six digits, a check digit in brackets that may be A. Letters count 10…35, a
    /// missing first one 36; weights 9…1; the sum is a multiple of 11.
    /// </summary>
    public static bool IsHongKongId(ReadOnlySpan<char> id)
    {
        Span<int> values = stackalloc int[9];
        int count = 0;
        foreach (char c in id)
        {
            if (char.IsAsciiLetterOrDigit(c) && count < 9)
                values[count++] = char.IsAsciiDigit(c) ? c - '0' : (c | 0x20) - 'a' + 10;
        }
        if (count is < 8 or > 9)
            return false;
        int sum = count == 8 ? 36 * 9 : 0;
        for (int i = 0; i < count; i++)
            sum += values[i] * (count - i);
        return sum % 11 == 0;
    }
}
