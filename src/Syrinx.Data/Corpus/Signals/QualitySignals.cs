namespace Syrinx.Data.Corpus.Signals;

/// <summary>
/// The numbers by which web corpora judge a page, measured on a unit of ours (a post, better a conversation): Gopher's quality and
/// repetition rules (Rae et al. 2021), C4's (Raffel et al. 2020), FineWeb's and FineWeb-2's for Chinese (Penedo et al. 2024, 2025).
/// They are signals, not drops: of real tweets those rules would leave two in a hundred. Shares are 0…1.
/// </summary>
/// <remarks>
/// Words stand between blanks. A run of Chinese, kana or hangul without blanks has a word per 1.6 characters (the mean of segmented
/// Chinese), and in a text that is mostly such, n-grams of words become n-grams of 1.6 n characters. Ours is no copy of any
/// pipeline's tokenizer, so numbers near a threshold may fall on the other side there.
/// </remarks>
public sealed record QualitySignals
{
    /// <summary>Words that are not only symbols.</summary>
    public double Words { get; init; }

    /// <summary>Characters a word.</summary>
    public double MeanWordLength { get; init; }

    /// <summary><c>#</c> a word.</summary>
    public double Hashes { get; init; }

    /// <summary>Ellipses a word.</summary>
    public double Ellipses { get; init; }

    /// <summary>Share of lines that begin with a bullet.</summary>
    public double BulletLines { get; init; }

    /// <summary>Share of lines that end in an ellipsis.</summary>
    public double EllipsisLines { get; init; }

    /// <summary>Share of words with a letter.</summary>
    public double AlphabeticWords { get; init; }

    /// <summary>Different words among the language's eight commonest; −1 for a language without such a list here.</summary>
    public int StopWords { get; init; }

    /// <summary>Share of lines that repeat an earlier one.</summary>
    public double DuplicateLines { get; init; }

    /// <summary>Share of characters in such lines.</summary>
    public double DuplicateLineCharacters { get; init; }

    /// <summary>Share of paragraphs that repeat an earlier one.</summary>
    public double DuplicateParagraphs { get; init; }

    /// <summary>Share of characters in such paragraphs.</summary>
    public double DuplicateParagraphCharacters { get; init; }

    /// <summary>Share of characters in the most frequent n-gram of 2, 3 and 4 words; 0 where none stands twice.</summary>
    public required IReadOnlyList<double> TopNgrams { get; init; }

    /// <summary>Share of characters in n-grams of 5 to 10 words that stand earlier too.</summary>
    public required IReadOnlyList<double> DuplicateNgrams { get; init; }

    /// <summary>Sentences in lines of at least three words.</summary>
    public int Sentences { get; init; }

    /// <summary>Characters of the longest word.</summary>
    public int LongestWord { get; init; }

    /// <summary>What C4 drops a page for: <c>lorem_ipsum</c>, <c>curly_bracket</c>; lines about <c>javascript</c> or a
    /// <c>policy</c> it drops alone.</summary>
    public required IReadOnlyList<string> Boilerplate { get; init; }

    /// <summary>Share of lines that end in punctuation.</summary>
    public double PunctuatedLines { get; init; }

    /// <summary>Share of lines of at most 30 characters.</summary>
    public double ShortLines { get; init; }

    /// <summary>Line breaks a word.</summary>
    public double NewlinesPerWord { get; init; }

    /// <summary>The language: which rules apply.</summary>
    public required string Lang { get; init; }

    /// <summary>How sure it is, 0…1.</summary>
    public double LangScore { get; init; }

    /// <summary>Measures a text.</summary>
    /// <param name="text">The unit, before masking or after.</param>
    /// <param name="lang">Its language, as <see cref="Language.LanguageDetector"/> tells it.</param>
    /// <param name="langScore">How sure that is.</param>
    public static QualitySignals Of(string text, string lang, double langScore) => QualityMeter.OfThread.Measure(text, lang, langScore);

    /// <summary>The rules that the text fails, as <c>gopher_words</c>, <c>c4_sentences</c>, <c>fineweb_short_lines</c>, in a fixed
    /// order.</summary>
    public IReadOnlyList<string> Fails => QualityRules.FailedBy(this);
}
