using System.Text;
using System.Text.Json;
using Syrinx.Data.Corpus.Classifiers;
using Syrinx.Data.Corpus.Language;
using Syrinx.Data.Corpus.Privacy;
using Syrinx.Data.Corpus.Signals;

namespace Syrinx.Data.Corpus;

/// <summary>The labels of one row, and how they are written. Immutable.</summary>
internal sealed record RowLabels
{
    private const int Digits = 4;

    public required string Lang { get; init; }
    public required float LangScore { get; init; }
    public required PostSignals Post { get; init; }
    public required float Bot { get; init; }
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
            Bot = BotScore.Of(row.Author, null, row.Time("created_at"), models),
            Quality = quality.Score,
            Signals = QualitySignals.Of(whole, lang, langScore),
            Own = OwnScores(models, features),
            PersonalData = InCodePoints(row.Text, found),
        };
    }

    /// <summary>Writes the labels as an object, under a name or as a value.</summary>
    public void Write(Utf8JsonWriter w, string? name)
    {
        if (name is null)
            w.WriteStartObject();
        else
            w.WriteStartObject(name);
        w.WriteString("lang"u8, Lang);
        Score(w, "lang_score"u8, LangScore);
        Score(w, "spam"u8, Post.Spam);
        Score(w, "bot"u8, Bot);
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
        w.WriteEndObject();
    }

    private static void Score(Utf8JsonWriter w, ReadOnlySpan<byte> name, double score)
    {
        w.WritePropertyName(name);
        Decimals.Write(w, Math.Clamp(score, 0, 1), Digits);
    }

    private static (string, float)[] OwnScores(LabelModels models, ReadOnlySpan<int> features)
    {
        if (models.Own.Count == 0)
            return [];
        var scores = new (string, float)[models.Own.Count];
        for (int i = 0; i < scores.Length; i++)
            scores[i] = (models.Own[i].Card.Label, models.Own[i].Text!.Probability(features));
        return scores;
    }

    private static IReadOnlyList<PersonalDataSpan> InCodePoints(string text, IReadOnlyList<PersonalDataSpan> spans)
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
