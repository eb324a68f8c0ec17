using Syrinx.Data.Corpus.Classifiers;
using Syrinx.Data.Corpus.Duplicates;
using Syrinx.Data.Corpus.Language;
using Syrinx.Data.Corpus.Privacy;
using Syrinx.Data.Corpus.Signals;
using Syrinx.Data.Corpus.Text;
using Syrinx.Data.Posts;

namespace Syrinx.Data.Corpus;

/// <summary>
/// Everything that one post says by itself, worked out in one go and in any thread: its cleaned and masked text, language,
/// signature and signals. Posts that consent keeps out are not read at all.
/// </summary>
/// <param name="Post">The post.</param>
/// <param name="Reason">Why it goes no further, or null.</param>
/// <param name="Title">Cleaned and masked, or null.</param>
/// <param name="Text">Cleaned and masked.</param>
internal sealed record PostReading(Post Post, string? Reason, string? Title, string Text)
{
    public (string Lang, float Score) Language { get; private init; } = (LanguageDetector.Undetermined, 0);
    public PostSignals Signals { get; private init; }
    public float Weight { get; private init; }
    public bool Masked { get; private init; }
    public bool IsQuestion { get; private init; }

    /// <summary>Scores of a user's own labels, in the order of <see cref="LabelModels.OwnLabels"/>; 0 where nothing was read.</summary>
    public float[] Own { get; private init; } = [];

    /// <summary>The personal data that was masked.</summary>
    public IReadOnlyList<PersonalDataSpan> PersonalData { get; private init; } = [];

    /// <summary>Where it stands in the post's text as it was, in Unicode code points.</summary>
    public IReadOnlyList<PersonalDataSpan> Places { get; private init; } = [];

    /// <summary>How much can be learnt from the post alone, repetition aside, 0…1.</summary>
    public double Quality { get; private init; }

    /// <summary>Reads a post.</summary>
    /// <param name="post">The post.</param>
    /// <param name="reason">Why consent or visibility keeps it out, or null.</param>
    /// <param name="signature">Is written: the <see cref="TextSignature"/>, or zeros.</param>
    /// <param name="models">The trained classifiers.</param>
    public static PostReading Of(Post post, string? reason, Span<ulong> signature, LabelModels models)
    {
        signature.Clear();
        if (reason is null && post.RepostOf is not null)
            reason = DropReason.Repost;
        if (reason is not null)
            return new(post, reason, null, "") { Own = models.NoOwnScores };

        string cleaned = TextCleaner.Clean(post.Text, post.Platform);
        string text = Tidy(PersonalDataMask.Apply(cleaned, out var found));
        string? title = post.Title is null ? null
            : Tidy(PersonalDataMask.Apply(TextCleaner.Clean(post.Title, ""), out _).Replace('\n', ' '));
        if (title is "")
            title = null;
        string whole = title is null ? text : title + "\n" + text;
        var quality = TextQuality.WithoutRepetition(whole);
        string posted = title is null ? post.Text : post.Title + "\n" + post.Text;
        var features = TextFeatures.OfThread.Of(posted);
        var signals = PostSignals.Of(posted, post.Urls, post.Sensitive, quality, models, features);
        var own = models.OwnScores(features);
        if (quality.Weight == 0 && !HasEmoji(text))
            return new(post, DropReason.Empty, null, "") { Signals = signals, Own = own };
        TextSignature.Write(TextNormalizer.Normalize(whole), signature);
        return new(post, null, title, text)
        {
            Language = LanguageDetector.Detect(whole),
            Signals = signals,
            Own = own,
            PersonalData = found,
            // cleaning moved it
            Places = found.Count == 0 ? [] : RowLabels.InCodePoints(post.Text, Privacy.PersonalData.Find(post.Text)),
            Quality = quality.Score,
            Weight = (float)quality.Weight,
            Masked = text.Contains("@user", StringComparison.Ordinal) || PersonalDataMask.IsMasked(text),
            IsQuestion = EndsInQuestion(title ?? text) || EndsInQuestion(text),
        };
    }

    /// <summary>A link at the very end or on a line of its own leads away from the text and is not missed in it.</summary>
    private static string Tidy(string text)
    {
        text = text.Trim();
        if (text.Contains("[link]\n", StringComparison.Ordinal))
            text = string.Join('\n', text.Split('\n').Where(line => !IsBareLink(line))).Trim();
        while (text.EndsWith("[link]", StringComparison.Ordinal))
            text = text[..^6].TrimEnd();
        return text.Contains("  ", StringComparison.Ordinal)
            ? string.Join(' ', text.Split(' ', StringSplitOptions.RemoveEmptyEntries)) : text;
    }

    private static bool IsBareLink(string line) =>
        line.Contains("[link]", StringComparison.Ordinal) && !line.Replace("[link]", "", StringComparison.Ordinal)
            .Any(char.IsLetterOrDigit);

    private static bool HasEmoji(string text) => text.Any(char.IsSurrogate);

    private static bool EndsInQuestion(string text)
    {
        var end = text.AsSpan().TrimEnd(" \n!！.。~～)）」");
        return end.Length > 0 && end[^1] is '?' or '？' or '嗎' or '呢' or '吗';
    }
}
