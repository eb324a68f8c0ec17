using Syrinx.Data.Corpus.Privacy;

namespace Syrinx.Data.Corpus.Signals;

/// <summary>
/// What a text alone says: spam, toxicity, adult content, each 0…1. Rules of our own with weights set by judgement, not trained.
/// </summary>
/// <param name="Spam">Links, tags, mentions, shouting, come-ons.</param>
/// <param name="Toxicity">Abuse.</param>
/// <param name="Nsfw">Adult content.</param>
/// <param name="Links">Links in the text and beside it.</param>
/// <param name="Host">Host of the first link, or null.</param>
/// <param name="ComeOn">Share of <see cref="Spam"/> that the words account for, 0…1.</param>
internal readonly record struct PostSignals(float Spam, float Toxicity, float Nsfw, int Links, string? Host, float ComeOn)
{
    // Platforms mark any picture of skin, and some clients mark every post: by itself it is a hint.
    private const float SensitiveMark = 0.45f;

    // Weighted letters up to which a single hit counts in full: a long tweet.
    private const double Dense = 400;

    private static readonly WordScorer SpamWords = new(WordLists.Spam);
    private static readonly WordScorer ToxicWords = new(WordLists.Toxic);
    private static readonly WordScorer AdultWords = new(WordLists.Adult);

    private static readonly HashSet<string> Shorteners =
        ["bit.ly", "tinyurl.com", "goo.gl", "reurl.cc", "ppt.cc", "lihi.cc", "lihi1.cc", "is.gd", "ow.ly", "cutt.ly", "rb.gy",
            "shorturl.at", "t.me", "wa.me", "lin.ee"];

    /// <summary>Reads a text as it was posted.</summary>
    /// <param name="text">Title and text, before masking.</param>
    /// <param name="urls">Links that the platform lists beside it.</param>
    /// <param name="sensitive">The platform's own mark.</param>
    public static PostSignals Of(string text, IReadOnlyList<string> urls, bool sensitive)
    {
        string lower = PersonalData.FoldWidth(text).ToLowerInvariant().Replace('’', '\'');
        var spans = Privacy.Links.Spans(text);
        int links = Math.Max(spans.Count, urls.Count);
        string? host = urls.Count > 0 ? Privacy.Links.Host(urls[0])
            : spans.Count > 0 ? Privacy.Links.Host(text.AsSpan(spans[0].Start, spans[0].End - spans[0].Start))
            : null;

        int tags = 0, mentions = 0, money = 0, marks = 0;
        foreach (char c in text)
        {
            tags += c is '#' or '＃' ? 1 : 0;
            mentions += c == '@' ? 1 : 0;
            money += c is '$' or '£' or '€' ? 1 : 0;
            marks += c is '!' or '！' ? 1 : 0;
        }
        var quality = TextQuality.Of(text);
        // A long article that says "free" and "idiot" once each is neither spam nor abuse: hits count by their density.
        float density = (float)Math.Min(1, Dense / Math.Max(1, quality.Weight));
        float comeOn = SpamWords.Score(lower, density, out int hits);
        // a single everyday word ("free") is no come-on; what asks for an action on money, with a link or contact, is
        double odds = -3.6
            + 4.6 * comeOn + (hits >= 3 ? 0.6 * density : 0)
            + 0.5 * density * Math.Min(links, 3) + (host is not null && Shorteners.Contains(host) ? 1.0 : 0)
            + (comeOn > 0.4 && links > 0 ? 0.9 : 0)
            + (comeOn > 0.3 && HasPhone(lower) ? 1.2 : 0)
            + 0.25 * density * Math.Max(0, Math.Min(tags, 12) - 3) + 0.3 * Math.Max(0, Math.Min(mentions, 10) - 3)
            + (quality.Shouting > 0.6 ? 0.8 : 0) + 0.3 * density * Math.Min(money, 3)
                + 0.2 * density * Math.Max(0, Math.Min(marks, 6) - 2);
        float toxicity = ToxicWords.Score(lower, density, out _);
        float nsfw = AdultWords.Score(lower, density, out _);
        return new((float)(1 / (1 + Math.Exp(-odds))), toxicity, sensitive ? 1 - (1 - nsfw) * (1 - SensitiveMark) : nsfw, links,
            host, comeOn);
    }

    // A number to call or text beside a come-on: five digits in a row, short codes included.
    private static bool HasPhone(string text)
    {
        int run = 0;
        foreach (char c in text)
        {
            run = char.IsAsciiDigit(c) ? run + 1 : 0;
            if (run == 5)
                return true;
        }
        return false;
    }
}
