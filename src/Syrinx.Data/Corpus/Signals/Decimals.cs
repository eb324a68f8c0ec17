using System.Text.Json;

namespace Syrinx.Data.Corpus.Signals;

/// <summary>
/// Writes a number of few decimals to JSON. The shortest form of any double, which the writer looks for, costs more than most of what
/// is known of a short post.
/// </summary>
internal static class Decimals
{
    /// <summary>Writes a value rounded to so many decimals, without zeros at its end.</summary>
    public static void Write(Utf8JsonWriter w, double value, int decimals)
    {
        Span<byte> text = stackalloc byte[32];
        long scale = 1;
        for (int i = 0; i < decimals; i++)
            scale *= 10;
        long number = (long)Math.Round(Math.Abs(value) * scale);
        int at = text.Length;
        bool written = false;
        for (int i = 0; i < decimals; i++, number /= 10)
        {
            if (!written && number % 10 == 0)
                continue;
            text[--at] = (byte)('0' + number % 10);
            written = true;
        }
        if (written)
            text[--at] = (byte)'.';
        do
        {
            text[--at] = (byte)('0' + number % 10);
            number /= 10;
        }
        while (number > 0);
        if (value < 0)
            text[--at] = (byte)'-';
        w.WriteRawValue(text[at..], skipInputValidation: true);
    }
}
