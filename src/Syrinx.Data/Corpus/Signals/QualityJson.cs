using System.Text.Json;

namespace Syrinx.Data.Corpus.Signals;

/// <summary><see cref="QualitySignals"/> as the fields <c>signals{}</c> and <c>fails[]</c>; numbers that are 0 are left
/// out.</summary>
internal static class QualityJson
{
    private const int Digits = 3;

    private static readonly string[] TopNames = [.. Enumerable.Range(2, 3).Select(n => $"top_{n}gram")];
    private static readonly string[] DuplicateNames = [.. Enumerable.Range(5, 6).Select(n => $"duplicate_{n}grams")];

    /// <summary>Writes both fields.</summary>
    public static void Write(Utf8JsonWriter w, QualitySignals signals)
    {
        w.WriteStartObject("signals"u8);
        Each(signals, w, static (w, name, value) =>
        {
            w.WritePropertyName(name);
            Decimals.Write(w, value, Digits);
        });
        w.WriteEndObject();
        w.WriteStartArray("fails"u8);
        foreach (string rule in signals.Fails)
            w.WriteStringValue(rule);
        w.WriteEndArray();
    }

    /// <summary>The numbers by name.</summary>
    public static Dictionary<string, double> Numbers(QualitySignals signals)
    {
        var numbers = new Dictionary<string, double>();
        Each(signals, numbers, static (all, name, value) => all.Add(name, Math.Round(value, Digits)));
        return numbers;
    }

    private static void Each<T>(QualitySignals s, T to, Action<T, string, double> number)
    {
        Some("words", s.Words);
        Some("mean_word_length", s.MeanWordLength);
        Some("hashes", s.Hashes);
        Some("ellipses", s.Ellipses);
        Some("bullet_lines", s.BulletLines);
        Some("ellipsis_lines", s.EllipsisLines);
        Some("alphabetic_words", s.AlphabeticWords);
        Some("stop_words", Math.Max(0, s.StopWords));
        Some("duplicate_lines", s.DuplicateLines);
        Some("duplicate_line_characters", s.DuplicateLineCharacters);
        Some("duplicate_paragraphs", s.DuplicateParagraphs);
        Some("duplicate_paragraph_characters", s.DuplicateParagraphCharacters);
        for (int i = 0; i < TopNames.Length; i++)
            Some(TopNames[i], s.TopNgrams[i]);
        for (int i = 0; i < DuplicateNames.Length; i++)
            Some(DuplicateNames[i], s.DuplicateNgrams[i]);
        Some("sentences", s.Sentences);
        Some("longest_word", s.LongestWord);
        Some("punctuated_lines", s.PunctuatedLines);
        Some("short_lines", s.ShortLines);
        Some("newlines_per_word", s.NewlinesPerWord);

        void Some(string name, double value)
        {
            if (Math.Round(value, Digits) != 0)
                number(to, name, value);
        }
    }
}
