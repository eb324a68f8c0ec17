using Syrinx.Data.Corpus.Language;

namespace Syrinx.LabelWeights;

/// <summary>Counts the letter n-grams of <see cref="NgramModel"/>.</summary>
internal static class NgramTraining
{
    // Words of a list are worth this many occurrences in a sentence; a sentence of another text half of one of everyday speech.
    private const float WordWeight = 4;
    private const float OtherWeight = 0.5f;
    private const float Smoothing = 0.3f;
    private const float CountPerLanguage = 20_000;

    /// <summary>Makes a model.</summary>
    /// <param name="seeds">Per language its commonest words and everyday sentences; either may be empty.</param>
    /// <param name="other">Per language more text, or none: legal, or of few kinds, and so worth less.</param>
    public static NgramModel Train(IReadOnlyList<(string Lang, string Words, string Text)> seeds, Func<string, string> other)
    {
        var table = new byte[NgramModel.Buckets * NgramModel.MostLanguages];
        for (int language = 0; language < seeds.Count; language++)
        {
            var counts = new float[NgramModel.Buckets];
            Count(seeds[language].Text, 1, counts);
            Count(seeds[language].Words, WordWeight, counts);
            Count(other(seeds[language].Lang), OtherWeight, counts);
            // every language's counts are brought to the same total, so that an unseen n-gram says nothing
            float total = counts.Sum();
            for (int b = 0; b < counts.Length; b++)
            {
                double above = Math.Log((counts[b] * CountPerLanguage / total + Smoothing) / Smoothing);
                table[b * NgramModel.MostLanguages + language] = (byte)Math.Min(byte.MaxValue, Math.Round(above / NgramModel.Step));
            }
        }
        return new([.. seeds.Select(s => s.Lang)], table);
    }

    private static void Count(string text, float weight, float[] counts)
    {
        Span<int> buckets = stackalloc int[128];
        int at = 0, letters = 0;
        while (NgramModel.NextWord(text, ref at, ref letters, buckets, out int count))
        {
            foreach (int bucket in buckets[..count])
                counts[bucket] += weight;
        }
    }
}
