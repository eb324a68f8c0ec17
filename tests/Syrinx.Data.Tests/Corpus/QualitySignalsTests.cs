using System.Text;
using System.Text.Json;
using CsCheck;
using Syrinx.Data.Corpus.Language;
using Syrinx.Data.Corpus.Signals;

namespace Syrinx.Data.Tests.Corpus;

/// <summary>The numbers of the web corpora, on texts where they can be counted by hand or by something slower.</summary>
public class QualitySignalsTests
{
    private const string Article =
        "The village council has decided to repair the old bridge before winter, and that will take about six weeks. Drivers have to use "
        + "the northern road until then, which is narrow and slow.\nNobody was happy with the plan at first. Some people wanted a new bridge, "
        + "others said that the river should be left alone. In the end they agreed because the school bus cannot wait.\nThe work begins on "
        + "Monday. Whoever lives near the bank should be ready for noise, and the bakery opens an hour earlier to help the builders.";

    private const string ChineseArticle =
        "鎮公所決定在冬天以前修好老橋，工期大約六個星期。開車的人在那之前要走北邊的路，又窄又慢。\n一開始沒有人滿意這個計畫。有人想要一座新的橋，也有人說應該讓河自己流。"
        + "最後大家同意了，因為校車不能等。\n工程從星期一開始。住在河岸的居民要準備好忍受噪音，麵包店會提早一個小時開門，為工人準備早餐與熱茶。";

    [Fact]
    public void A_plain_article_fails_nothing_in_either_language()
    {
        Assert.Empty(Of(Article).Fails);
        Assert.Empty(Of(ChineseArticle).Fails);
    }

    [Fact]
    public void A_good_tweet_fails_what_was_made_for_pages() => Assert.Equal(
        ["gopher_words", "c4_sentences"], Of("The ferry was late again and that was fine, the sunset over the harbour was worth it.").Fails);

    [Theory]
    [InlineData("gopher_hashes", "#sun #sea #sand #wind #salt and the beach")]
    [InlineData("gopher_ellipses", "well… maybe… perhaps… who knows… later")]
    [InlineData("gopher_bullets", "- milk\n- bread\n- eggs\n- flour")]
    [InlineData("gopher_ellipsis_lines", "read more...\nread on...\nand so it goes")]
    [InlineData("gopher_letters", "12 34 56 78 90 km")]
    [InlineData("gopher_lines", "buy now\nbuy now\nbuy now\nbuy now")]
    [InlineData("gopher_top_2gram", "buy now buy now buy now buy now and be glad")]
    [InlineData("gopher_5grams", "one two three four five six one two three four five six one two three four five six")]
    [InlineData("c4_curly_bracket", "function main() { return 0; }")]
    [InlineData("c4_lorem_ipsum", "Lorem ipsum dolor sit amet")]
    [InlineData("c4_javascript", "Please enable JavaScript to see this page.")]
    [InlineData("c4_policy", "By using this site you accept our privacy policy.")]
    [InlineData("fineweb_punctuation", "Home\nNews\nSport\nWeather and travel for the whole of the region")]
    [InlineData("fineweb_short_lines", "Home.\nNews.\nSport.\nWeather.")]
    [InlineData("fineweb_newlines", "a\nb\nc\nd")]
    [InlineData("gopher_top_2gram", "買一送一買一送一買一送一買一送一，快來")]
    public void Each_rule_is_named(string rule, string text) => Assert.Contains(rule, Of(text).Fails);

    [Fact]
    public void Chinese_words_are_counted_by_their_characters()
    {
        var signals = Of("今天天氣很好我們去河邊走走吧朋友");
        Assert.Equal(16 / 1.6, signals.Words, 3);
        Assert.Equal(1.6, signals.MeanWordLength, 3);
    }

    [Fact]
    public void Repeated_ngrams_agree_with_a_slow_count()
    {
        string[] vocabulary = ["a", "bb", "ccc", "dd", "e"];
        Gen.Int[0, 4].Select(i => vocabulary[i]).List[0, 60].Sample(words =>
        {
            var signals = QualitySignals.Of(string.Join(' ', words), "en", 1);
            for (int n = 2; n <= 4; n++)
            {
                if (Math.Abs(SlowTop(words, n) - signals.TopNgrams[n - 2]) > 1e-9)
                    return false;
            }
            for (int n = 5; n <= 10; n++)
            {
                if (Math.Abs(SlowDuplicates(words, n) - signals.DuplicateNgrams[n - 5]) > 1e-9)
                    return false;
            }
            return true;
        });
    }

    [Fact]
    public void Repetition_agrees_with_a_slow_count() => Gen.Char["ab 好"].Array[0, 200].Sample(characters =>
    {
        string text = new(characters);
        var seen = new HashSet<string>();
        int count = text.Length - 7, repeated = 0;
        for (int i = 0; i < count; i++)
            repeated += seen.Add(text.Substring(i, 8)) ? 0 : 1;
        double expected = count < 16 ? 0 : (double)repeated / count;
        return Math.Abs(TextQuality.Of(text).RepeatedShare - expected) < 1e-9;
    });

    [Fact]
    public void Decimals_are_written_as_they_are_rounded() => Gen.Select(Gen.Double[-5, 100_000], Gen.Int[0, 5]).Sample((value, decimals) =>
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
            Decimals.Write(writer, value, decimals);
        double written = JsonElement.Parse(Encoding.UTF8.GetString(stream.ToArray())).GetDouble();
        return Math.Abs(written - value) <= 0.5000001 * Math.Pow(10, -decimals);
    });

    private static QualitySignals Of(string text)
    {
        var (lang, score) = LanguageDetector.Detect(text);
        return QualitySignals.Of(text, lang, score);
    }

    private static double SlowTop(List<string> words, int n)
    {
        int all = words.Sum(w => w.Length);
        var grams = Enumerable.Range(0, Math.Max(0, words.Count - n + 1)).Select(i => string.Join(' ', words.Skip(i).Take(n)))
            .GroupBy(g => g).Where(g => g.Count() > 1).Select(g => (double)g.Count() * g.Key.Count(c => c != ' ') / all);
        return Math.Min(1, grams.DefaultIfEmpty(0).Max());
    }

    private static double SlowDuplicates(List<string> words, int n)
    {
        int all = words.Sum(w => w.Length), repeated = 0;
        var seen = new HashSet<string>();
        for (int i = 0; i + n <= words.Count;)
        {
            string gram = string.Join(' ', words.Skip(i).Take(n));
            if (seen.Add(gram))
            {
                i++;
                continue;
            }
            repeated += gram.Count(c => c != ' ');
            i += n;
        }
        return all == 0 ? 0 : (double)repeated / all;
    }
}
