namespace Syrinx.Data.Corpus.Signals;

/// <summary>The thresholds of the published pipelines, by name.</summary>
internal static class QualityRules
{
    // Gopher, table A1: characters in the most frequent 2-, 3- and 4-gram, and in repeated 5- to 10-grams.
    private static readonly double[] TopNgrams = [0.20, 0.18, 0.16];
    private static readonly double[] DuplicateNgrams = [0.15, 0.14, 0.13, 0.12, 0.11, 0.10];
    // FineWeb-2, cmn_Hani.
    private static readonly double[] ChineseTopNgrams = [0.256, 0.201, 0.171];

    // FineWeb; FineWeb-2, cmn_Hani.
    private const double Language = 0.65, ChineseLanguage = 0.692;

    private static readonly string[] TopNames = ["gopher_top_2gram", "gopher_top_3gram", "gopher_top_4gram"];
    private static readonly string[] DuplicateNames =
        ["gopher_5grams", "gopher_6grams", "gopher_7grams", "gopher_8grams", "gopher_9grams", "gopher_10grams"];

    public static IReadOnlyList<string> FailedBy(QualitySignals s)
    {
        List<string> fails = [];
        void Rule(bool failed, string name)
        {
            if (failed)
                fails.Add(name);
        }

        bool chinese = IsChinese(s.Lang);
        Rule(s.Words is < 50 or > 100_000, "gopher_words");
        Rule(chinese ? s.MeanWordLength is < 1 or > 5 : s.MeanWordLength is < 3 or > 10, "gopher_word_length");
        Rule(s.Hashes > 0.1, "gopher_hashes");
        Rule(s.Ellipses > 0.1, "gopher_ellipses");
        Rule(s.BulletLines > 0.9, "gopher_bullets");
        Rule(s.EllipsisLines > 0.3, "gopher_ellipsis_lines");
        Rule(s.AlphabeticWords < (chinese ? 0.735 : 0.8), "gopher_letters");
        Rule(s.StopWords is 0 or 1, "gopher_stop_words");
        Rule(s.DuplicateLines > (chinese ? 0.287 : 0.3), "gopher_lines");
        Rule(s.DuplicateLineCharacters > 0.2, "gopher_line_characters");
        Rule(s.DuplicateParagraphs > 0.3, "gopher_paragraphs");
        Rule(s.DuplicateParagraphCharacters > 0.2, "gopher_paragraph_characters");
        var top = chinese ? ChineseTopNgrams : TopNgrams;
        for (int i = 0; i < top.Length; i++)
            Rule(s.TopNgrams[i] > top[i], TopNames[i]);
        for (int i = 0; i < DuplicateNgrams.Length; i++)
            Rule(s.DuplicateNgrams[i] > DuplicateNgrams[i], DuplicateNames[i]);
        Rule(s.Sentences < 5, "c4_sentences");
        Rule(s.LongestWord > 1000, "c4_long_word");
        foreach (string boilerplate in s.Boilerplate)
            fails.Add("c4_" + boilerplate);
        Rule(s.PunctuatedLines < (chinese ? 0.106 : 0.12), "fineweb_punctuation");
        Rule(s.ShortLines > 0.67, "fineweb_short_lines");
        Rule(s.DuplicateLineCharacters > 0.01, "fineweb_line_characters");
        Rule(s.NewlinesPerWord > (chinese ? 0.178 : 0.3), "fineweb_newlines");
        Rule(s.LangScore < (chinese ? ChineseLanguage : Language), "fineweb_language");
        return fails;
    }

    /// <summary>Whether a score that was rounded may be on the wrong side.</summary>
    public static bool IsCloseToLanguageRule(double score) => Math.Abs(score - Language) < 0.001 || Math.Abs(score - ChineseLanguage) < 0.001;

    public static bool IsChinese(string lang) => lang.StartsWith("zh", StringComparison.Ordinal) || lang == "yue";
}
