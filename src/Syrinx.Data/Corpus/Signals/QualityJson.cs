using System.Text.Json;

namespace Syrinx.Data.Corpus.Signals;

/// <summary>Writes <see cref="QualitySignals"/> as the fields <c>signals{}</c> and <c>fails[]</c>; numbers that are 0 are left
/// out.</summary>
internal static class QualityJson
{
    private static readonly JsonEncodedText[] TopNames = [.. Enumerable.Range(2, 3).Select(n => JsonEncodedText.Encode($"top_{n}gram"))];
    private static readonly JsonEncodedText[] DuplicateNames =
        [.. Enumerable.Range(5, 6).Select(n => JsonEncodedText.Encode($"duplicate_{n}grams"))];

    public static void Write(Utf8JsonWriter w, QualitySignals s)
    {
        w.WriteStartObject("signals"u8);
        Number(w, "words"u8, s.Words);
        Number(w, "mean_word_length"u8, s.MeanWordLength);
        Number(w, "hashes"u8, s.Hashes);
        Number(w, "ellipses"u8, s.Ellipses);
        Number(w, "bullet_lines"u8, s.BulletLines);
        Number(w, "ellipsis_lines"u8, s.EllipsisLines);
        Number(w, "alphabetic_words"u8, s.AlphabeticWords);
        if (s.StopWords >= 0)
            Number(w, "stop_words"u8, s.StopWords);
        Number(w, "duplicate_lines"u8, s.DuplicateLines);
        Number(w, "duplicate_line_characters"u8, s.DuplicateLineCharacters);
        Number(w, "duplicate_paragraphs"u8, s.DuplicateParagraphs);
        Number(w, "duplicate_paragraph_characters"u8, s.DuplicateParagraphCharacters);
        for (int i = 0; i < TopNames.Length; i++)
            Number(w, TopNames[i].EncodedUtf8Bytes, s.TopNgrams[i]);
        for (int i = 0; i < DuplicateNames.Length; i++)
            Number(w, DuplicateNames[i].EncodedUtf8Bytes, s.DuplicateNgrams[i]);
        Number(w, "sentences"u8, s.Sentences);
        Number(w, "longest_word"u8, s.LongestWord);
        Number(w, "punctuated_lines"u8, s.PunctuatedLines);
        Number(w, "short_lines"u8, s.ShortLines);
        Number(w, "newlines_per_word"u8, s.NewlinesPerWord);
        w.WriteEndObject();
        w.WriteStartArray("fails"u8);
        foreach (string rule in s.Fails)
            w.WriteStringValue(rule);
        w.WriteEndArray();
    }

    private static void Number(Utf8JsonWriter w, ReadOnlySpan<byte> name, double value)
    {
        if (Math.Round(value, 3) == 0)
            return;
        w.WritePropertyName(name);
        Decimals.Write(w, value, 3);
    }
}
