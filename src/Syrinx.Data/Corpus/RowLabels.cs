using System.Text;
using System.Text.Json;
using Syrinx.Data.Corpus.Classifiers;
using Syrinx.Data.Corpus.Language;
using Syrinx.Data.Corpus.Privacy;
using Syrinx.Data.Corpus.Signals;

namespace Syrinx.Data.Corpus;

/// <summary>What one row says by itself, and how it is written. Immutable.</summary>
internal sealed record RowLabels
{
    private const int Digits = 4;

    public required string Lang { get; init; }
    public required float LangScore { get; init; }
    public required PostSignals Post { get; init; }

    /// <summary>Weighted letters of the masked text.</summary>
    public required double Weight { get; init; }
    public required double Quality { get; init; }
    public required QualitySignals Signals { get; init; }

    /// <summary>Labels of a user's own, in the order of their names.</summary>
    public required IReadOnlyList<(string Label, float Score)> Own { get; init; }

    /// <summary>In the row's text, in Unicode code points, as Python and most tools that read JSONL count.</summary>
    public required IReadOnlyList<PersonalDataSpan> PersonalData { get; init; }

    /// <summary>Labels a row; in any thread.</summary>
    public static RowLabels Of(JsonRow row, LabelModels models)
    {
        string whole = row.Whole;
        var found = Privacy.PersonalData.Find(row.Text);
        string masked = PersonalDataMask.Apply(row.Text, found);
        if (whole.Length > row.Text.Length)
            masked = PersonalDataMask.Apply(whole[..^row.Text.Length], out _) + masked;
        var (lang, langScore) = LanguageDetector.Detect(masked);
        var quality = TextQuality.Of(masked);
        var features = TextFeatures.OfThread.Of(whole);
        return new RowLabels
        {
            Lang = lang,
            LangScore = langScore,
            Post = PostSignals.Of(whole, row.Urls, row.Sensitive, quality, models, features),
            Weight = quality.Weight,
            Quality = quality.Score,
            Signals = QualitySignals.Of(whole, lang, langScore),
            Own = [.. models.Own.Select(o => o.Card.Label).Zip(models.OwnScores(features))],
            PersonalData = InCodePoints(row.Text, found),
        };
    }

    /// <summary>Writes the labels as an object that stays open, for what needs all rows.</summary>
    public void Write(Utf8JsonWriter w)
    {
        w.WriteStartObject();
        w.WriteString("lang"u8, Lang);
        Score(w, "lang_score"u8, LangScore);
        Score(w, "spam"u8, Post.Spam);
        Score(w, "toxicity"u8, Post.Toxicity);
        Score(w, "nsfw"u8, Post.Nsfw);
        Score(w, "quality"u8, Quality);
        foreach (var (label, score) in Own)
            Score(w, Encoding.UTF8.GetBytes(label), score);
        w.WriteStartArray("pii"u8);
        foreach (var span in PersonalData)
        {
            w.WriteStartObject();
            w.WriteString("type"u8, span.Type);
            w.WriteNumber("start"u8, span.Start);
            w.WriteNumber("end"u8, span.End);
            w.WriteEndObject();
        }
        w.WriteEndArray();
        QualityJson.Write(w, Signals);
    }

    private static void Score(Utf8JsonWriter w, ReadOnlySpan<byte> name, double score)
    {
        w.WritePropertyName(name);
        Decimals.Write(w, Math.Clamp(score, 0, 1), Digits);
    }

    /// <summary>Positions in UTF-16 as positions in Unicode code points.</summary>
    internal static IReadOnlyList<PersonalDataSpan> InCodePoints(string text, IReadOnlyList<PersonalDataSpan> spans)
    {
        if (spans.Count == 0 || !text.AsSpan().ContainsAnyInRange('\uD800', '\uDBFF'))
            return spans;
        int CodePoints(int utf16)
        {
            int count = utf16;
            for (int i = 1; i < utf16; i++)
                count -= char.IsSurrogatePair(text[i - 1], text[i]) ? 1 : 0;
            return count;
        }
        return [.. spans.Select(s => s with { Start = CodePoints(s.Start), End = CodePoints(s.End) })];
    }
}
