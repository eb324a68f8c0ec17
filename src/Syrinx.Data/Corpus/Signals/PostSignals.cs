using Syrinx.Data.Corpus.Classifiers;

namespace Syrinx.Data.Corpus.Signals;

/// <summary>
/// What a text alone says: spam, toxicity, adult content, each 0…1. Spam and toxicity are the noisy-or of rules of our own, with
/// weights set by judgement, and a trained classifier, calibrated for a platform where one post in twenty deserves the label; adult
/// content is judged by rules alone. A user's own weights take the place of both.
/// </summary>
/// <param name="Spam">Links, tags, mentions, shouting, come-ons, and what trained spam looks like.</param>
/// <param name="Toxicity">Abuse.</param>
/// <param name="Nsfw">Adult content.</param>
/// <param name="Links">Links in the text and beside it.</param>
/// <param name="Host">Host of the first link, or null.</param>
/// <param name="ComeOn">How much the words alone call for something, 0…1.</param>
internal readonly record struct PostSignals(float Spam, float Toxicity, float Nsfw, int Links, string? Host, float ComeOn)
{
    // Platforms mark any picture of skin, and some clients mark every post: by itself it is a hint.
    private const float SensitiveMark = 0.45f;

    // Weighted letters up to which a single hit counts in full: a long tweet.
    private const double Dense = 400;

    private static readonly WordScorer Words = new(WordLists.Spam, WordLists.Toxic, WordLists.Adult);

    private static readonly HashSet<string> Shorteners =
        ["bit.ly", "tinyurl.com", "goo.gl", "reurl.cc", "ppt.cc", "lihi.cc", "lihi1.cc", "is.gd", "ow.ly", "cutt.ly", "rb.gy",
            "shorturl.at", "t.me", "wa.me", "lin.ee"];

    private static readonly char[] Lower = BuildLower();

    [ThreadStatic]
    private static char[]? _lowered;

    /// <summary>Reads a text as it was posted, with the shipped classifiers.</summary>
    /// <param name="text">Title and text, before masking.</param>
    /// <param name="urls">Links that the platform lists beside it.</param>
    /// <param name="sensitive">The platform's own mark.</param>
    public static PostSignals Of(string text, IReadOnlyList<string> urls, bool sensitive) =>
        Of(text, urls, sensitive, TextQuality.WithoutRepetition(text), LabelModels.BuiltIn, TextFeatures.OfThread.Of(text));

    /// <summary>Reads a text as it was posted.</summary>
    /// <param name="text">Title and text, before masking.</param>
    /// <param name="urls">Links that the platform lists beside it.</param>
    /// <param name="sensitive">The platform's own mark.</param>
    /// <param name="quality">The text's measurements, masked or not.</param>
    /// <param name="models">The classifiers.</param>
    /// <param name="features">The text's <see cref="TextFeatures"/>.</param>
    public static PostSignals Of(string text, IReadOnlyList<string> urls, bool sensitive, TextQuality quality, LabelModels models,
        ReadOnlySpan<int> features)
    {
        var spans = Privacy.Links.Spans(text);
        int links = Math.Max(spans.Count, urls.Count);
        string? host = urls.Count > 0 ? Privacy.Links.Host(urls[0])
            : spans.Count > 0 ? Privacy.Links.Host(text.AsSpan(spans[0].Start, spans[0].End - spans[0].Start))
            : null;

        if (_lowered is null || _lowered.Length < text.Length)
            _lowered = new char[Math.Max(1024, text.Length)];
        var lower = _lowered.AsSpan(0, text.Length);
        int tags = 0, mentions = 0, money = 0, marks = 0, run = 0, longestRun = 0;
        for (int i = 0; i < lower.Length; i++)
        {
            char c = lower[i] = Lower[text[i]];
            if (c is >= 'a' and <= 'z' or ' ' or >= '\u3400')
            {
                run = 0;
                continue;
            }
            run = char.IsAsciiDigit(c) ? run + 1 : 0;
            longestRun = Math.Max(longestRun, run);
            tags += c == '#' ? 1 : 0;
            mentions += c == '@' ? 1 : 0;
            money += c is '$' or '£' or '€' ? 1 : 0;
            marks += c == '!' ? 1 : 0;
        }
        // A long article that says "free" and "idiot" once each is neither spam nor abuse: hits count by their density.
        float density = (float)Math.Min(1, Dense / Math.Max(1, quality.Weight));
        Span<float> scores = stackalloc float[3];
        Span<int> hits = stackalloc int[3];
        Words.Score(lower, density, scores, hits);
        float comeOn = scores[0];
        // a single everyday word ("free") is no come-on; what asks for an action on money, with a link or contact, is
        double odds = -3.6
            + 4.6 * comeOn + (hits[0] >= 3 ? 0.6 * density : 0)
            + 0.5 * density * Math.Min(links, 3) + (host is not null && Shorteners.Contains(host) ? 1.0 : 0)
            + (comeOn > 0.4 && links > 0 ? 0.9 : 0)
            // a number to call or text beside a come-on: five digits in a row, short codes included
            + (comeOn > 0.3 && longestRun >= 5 ? 1.2 : 0)
            + 0.25 * density * Math.Max(0, Math.Min(tags, 12) - 3) + 0.3 * Math.Max(0, Math.Min(mentions, 10) - 3)
            + (quality.Shouting > 0.6 ? 0.8 : 0) + 0.3 * density * Math.Min(money, 3)
                + 0.2 * density * Math.Max(0, Math.Min(marks, 6) - 2);
        // the shipped classifier of spam learnt from English; Chinese spam is for the rules
        float spam = Either((float)(1 / (1 + Math.Exp(-odds))), models.Spam, (float)quality.LatinShare, models, features);
        float toxicity = Either(scores[1], models.Toxicity, 1, models, features);
        float nsfw = models.Nsfw?.Text!.Probability(features)
            ?? (sensitive ? 1 - (1 - scores[2]) * (1 - SensitiveMark) : scores[2]);
        return new(spam, toxicity, nsfw, links, host, comeOn);
    }

    private static float Either(float rules, LabelFile weights, float competence, LabelModels models, ReadOnlySpan<int> features)
    {
        float trained = weights.Text!.Probability(features);
        return models.IsOwn(weights) ? trained : 1 - (1 - rules) * (1 - competence * trained);
    }

    private static char[] BuildLower()
    {
        var lower = new char[char.MaxValue + 1];
        for (int i = 0; i < lower.Length; i++)
        {
            char c = (char)i;
            if (c is >= '\uFF01' and <= '\uFF5E' and not '，')
                c = (char)(c - 0xFEE0);
            lower[i] = c == '’' ? '\'' : char.ToLowerInvariant(c);
        }
        return lower;
    }
}
