using Syrinx.Data.Corpus.Classifiers;
using Syrinx.Data.Corpus.Signals;

namespace Syrinx.Data.Corpus;

/// <summary>What the labels say of one text that is no post: how abusive and how adult it is. Immutable.</summary>
/// <param name="Toxicity">Abuse, 0…1.</param>
/// <param name="Nsfw">Adult content, 0…1.</param>
public readonly record struct TextScores(float Toxicity, float Nsfw)
{
    /// <summary>Scores a text as <c>syrinx label</c> scores a row of it. Thread-safe.</summary>
    public static TextScores Of(string text, LabelModels models)
    {
        var signals = PostSignals.Of(text, [], false, TextQuality.WithoutRepetition(text), models, TextFeatures.OfThread.Of(text));
        return new(Math.Clamp(signals.Toxicity, 0, 1), Math.Clamp(signals.Nsfw, 0, 1));
    }
}
