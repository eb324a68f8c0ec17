using Syrinx.Data.Corpus.Language;
using Syrinx.LabelWeights;

namespace Syrinx.Data.Tests.Corpus;

/// <summary>Languages of posts, none of which stands in the detector's own seeds.</summary>
public class LanguageDetectorTests
{
    [Theory]
    [InlineData("en", "the ferry was late again so we missed the concert")]
    [InlineData("en", "lol why is my cat like this")]
    [InlineData("zh-Hant", "今天捷運誤點二十分鐘，到公司的時候會議已經開始了")]
    [InlineData("zh-Hant", "這家麵店老闆超親切")]
    [InlineData("zh-Hant", "昨天跟 John 去 Costco 買了 iPad，結果 wifi 連不上")]
    [InlineData("zh-Hans", "今天地铁晚点二十分钟，到公司的时候会议已经开始了")]
    [InlineData("zh-Hans", "这个软件怎么安装")]
    [InlineData("ja", "昨日の夜、駅前のラーメン屋に行ったらすごく混んでいた")]
    [InlineData("ko", "어제 저녁에 친구랑 강변을 걸었는데 바람이 정말 시원했다")]
    [InlineData("es", "Mañana vamos a la playa con los niños si no llueve")]
    [InlineData("fr", "On a raté le dernier métro, il a fallu rentrer à pied sous la pluie")]
    [InlineData("de", "Der Zug hatte schon wieder Verspätung und niemand wusste warum")]
    [InlineData("pt", "Perdi as chaves do carro e só percebi quando já estava na rua")]
    [InlineData("it", "Stasera cuciniamo insieme, qualcuno porta il vino per favore?")]
    [InlineData("vi", "Hôm qua tôi đi chợ mua rau mà quên mang theo tiền")]
    [InlineData("id", "Kemarin kami pergi ke pasar tetapi lupa membawa uang")]
    [InlineData("th", "เมื่อวานไปตลาดแต่ลืมเอาเงินไป")]
    [InlineData("ru", "Вчера мы гуляли по набережной и забыли зонты")]
    [InlineData("uk", "Учора ми гуляли набережною і забули парасольки")]
    [InlineData("ar", "ذهبنا أمس إلى السوق ونسينا النقود")]
    [InlineData("nl", "Gisteren zijn we naar de markt gegaan maar we waren het geld vergeten")]
    [InlineData("tr", "Dün pazara gittik ama parayı evde unuttuk")]
    [InlineData("yue", "我哋聽日去食飯，你嚟唔嚟呀？")]
    [InlineData("yue", "佢話今晚唔得閒，冇辦法啦")]
    [InlineData("yue", "呢間嘢好好食")]
    [InlineData("yue", "今晚去邊度食飯好呢")]
    [InlineData("yue", "我今日好攰,唔想出街")]
    [InlineData("yue", "隔籬枱嗰位阿叔好嘈")]
    [InlineData("zh-Hant", "我們要去海邊度假，聽日本歌")]
    [InlineData("zh-Hant", "這題的重點解析，然而家人不懂")]
    [InlineData("yue", "我啱啱喺公司走咗，而家搭緊巴士")]
    [InlineData("zh-Hant", "香港的地鐵今天又延誤了，大家都在月台上等")]
    [InlineData("zh-Hant", "他學了一句粵語「唔該」，逢人就說")]
    [InlineData("ru", "Привет, как дела?")]
    [InlineData("ru", "Спасибо большое за помощь")]
    [InlineData("bg", "Не знам какво да правя с това")]
    [InlineData("sr", "Хвала вам на помоћи, видимо се сутра")]
    [InlineData("uk", "Дякую за допомогу, побачимось завтра")]
    [InlineData("en", "Pesky raccoons got into the recycling again")]
    public void Tells_the_language(string expected, string text) => Assert.Equal(expected, LanguageDetector.Detect(text).Lang);

    [Theory]
    [InlineData("")]
    [InlineData("😂😂😂")]
    [InlineData("12:30 +5 !!!")]
    [InlineData("[link] @user")]
    public void Text_without_words_has_no_language(string text)
    {
        var (lang, score) = LanguageDetector.Detect(text);
        Assert.True(lang == LanguageDetector.Undetermined || score < 0.3, $"{lang} {score}");
    }

    [Fact]
    public void Scores_lie_between_0_and_1_and_grow_with_the_text()
    {
        float few = LanguageDetector.Detect("good one").Score;
        float many = LanguageDetector.Detect("that was a really good one, thank you for telling us about it").Score;
        Assert.InRange(few, 0, many);
        Assert.InRange(many, 0.95f, 1);
    }

    [Fact]
    public void A_lent_name_does_not_make_a_sure_language() =>
        Assert.True(LanguageDetector.Detect("Pesto Genovese").Score < 0.65);

    [Fact]
    public void Every_seed_is_told_as_its_own_language() =>
        Assert.All(LanguageSeeds.Latin.Where(s => s.Lang is not ("no" or "da")).Concat(LanguageSeeds.Cyrillic),
            s => Assert.Equal(s.Lang, LanguageDetector.Detect(s.Text).Lang));
}
