using System.Text;
using Syrinx.Data.Corpus.Classifiers;
using Syrinx.Data.Corpus.Signals;
using Syrinx.Data.Posts;

namespace Syrinx.Data.Tests.Corpus.Classifiers;

/// <summary>The weights that are shipped, and the files that hold weights. The examples are ours, and stand in no training
/// set.</summary>
public class LabelFileTests
{
    [Theory]
    [InlineData("Congratulations! You have been selected to receive a free voucher, text CLAIM to 80082 now. T&Cs apply")]
    [InlineData("URGENT: your mobile number has won a prize of £1000 cash. Call 09061234567 to claim before Friday")]
    [InlineData("Hot singles in your area want to chat, reply YES, 50p per msg, txt STOP to end")]
    public void Spam_of_a_kind_that_the_rules_do_not_know_is_told(string text) =>
        Assert.InRange(PostSignals.Of(text, [], false).Spam, 0.5f, 1);

    [Theory]
    [InlineData("u free tonight? mum wants to know if ur coming for dinner lol")]
    [InlineData("The council votes on Thursday at 19:30, room 204; the agenda has 14 points and 3 of them are about parking.")]
    [InlineData("做了10年，薪水從25,000到35,000，房租漲了三次。")]
    [InlineData("12路首班6:00、末班21:40，20分鐘一班，假日40分鐘。提早3分鐘到，司機很準。")]
    [InlineData("My card number is on the form already, I filled it in twice: 4000 0084 3818 7705.")]
    public void Numbers_and_small_talk_are_no_spam(string text) => Assert.InRange(PostSignals.Of(text, [], false).Spam, 0, 0.4f);

    [Theory]
    [InlineData("all these hoes think they can talk to me like that, dumb bitches")]
    [InlineData("這些垃圾種族就該滾回去，一群廢物")]
    [InlineData("这些垃圾种族就该滚回去，一群废物")]
    public void Abuse_is_told_in_both_languages_and_both_scripts(string text) =>
        Assert.InRange(PostSignals.Of(text, [], false).Toxicity, 0.6f, 1);

    [Theory]
    [InlineData("The nurses were kind and the soup was warm, that is all I wanted to say.")]
    [InlineData("今天的夕陽很漂亮，河邊有人在拉二胡，我坐了一個小時。")]
    public void Kind_words_are_not(string text) => Assert.InRange(PostSignals.Of(text, [], false).Toxicity, 0, 0.2f);

    [Fact]
    public void A_long_article_is_no_surer_than_a_short_one()
    {
        const string Sentence = "The committee discussed the budget for schools and decided to wait until spring. ";
        float one = Toxicity(Sentence), many = Toxicity(string.Concat(Enumerable.Repeat(Sentence, 60)));
        Assert.InRange(Math.Abs(one - many), 0, 0.05f);
    }

    [Fact]
    public void A_look_alone_makes_no_bot_but_saying_so_does()
    {
        var odd = new Author
        {
            AuthorId = "x:1",
            Handle = "xk83920184",
            Name = "x",
            Followers = 0,
            Following = 2000,
            Posts = 3,
            Likes = 0,
            Listed = 0,
            DefaultProfile = true,
        };
        var person = new Author
        {
            AuthorId = "x:2",
            Handle = "mei_lin",
            Name = "Mei Lin",
            Description = "Teacher, two cats, one garden",
            Followers = 420,
            Following = 380,
            Posts = 3100,
            Likes = 9000,
            Listed = 6,
            DefaultProfile = false,
            Location = "Tainan",
        };
        var says = new Author
        {
            AuthorId = "x:3",
            Handle = "tide_bot",
            Name = "Tides",
            Description = "Automated tide times, every hour",
            Followers = 90,
            Following = 0,
            Posts = 40000,
            Likes = 0,
        };
        float a = Score(odd), b = Score(person), c = Score(says);
        Assert.True(b < a && a < 0.5f && c > 0.8f, $"odd {a}, person {b}, says {c}");
    }

    [Fact]
    public void A_file_gives_back_what_was_written()
    {
        foreach (var weights in (LabelFile[])[LabelModels.BuiltIn.Spam, LabelModels.BuiltIn.Bot])
        {
            using var file = new MemoryStream();
            weights.Write(file);
            file.Position = 0;
            var read = LabelFile.Read(file, "test");
            var author = new Author { AuthorId = "x:1", Handle = "mei" };
            Assert.Equal(weights.Card, read.Card);
            Assert.Equal(weights.Text?.Score([1, 2, 3, 4]), read.Text?.Score([1, 2, 3, 4]));
            Assert.Equal(weights.Account?.Score(AccountFeatures.Of(author, null)), read.Account?.Score(AccountFeatures.Of(author, null)));
        }
    }

    [Fact]
    public void A_file_that_was_cut_or_is_something_else_is_bad_input()
    {
        using var file = new MemoryStream();
        LabelModels.BuiltIn.Bot.Write(file);
        byte[] whole = file.ToArray();
        byte[][] broken = [[], "hello\n"u8.ToArray(), "{\"format\":1}\n"u8.ToArray(), whole[..(whole.Length / 2)], Encoding.UTF8.GetBytes("{}")];
        foreach (byte[] bytes in broken)
        {
            var error = Assert.Throws<InputException>(() => LabelFile.Read(new MemoryStream(bytes), "x.label"));
            Assert.Contains("label train", error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Shipped_weights_are_small_and_say_what_they_learnt_from()
    {
        foreach (var weights in (LabelFile[])[LabelModels.BuiltIn.Spam, LabelModels.BuiltIn.Toxicity, LabelModels.BuiltIn.Bot])
        {
            using var file = new MemoryStream();
            weights.Write(file);
            Assert.InRange(file.Length, 1000, 200_000);
            Assert.NotEmpty(weights.Card.Data);
            Assert.True(weights.Card.HeldOutRows > 0);
        }
    }

    private static float Toxicity(string text) => LabelModels.BuiltIn.Toxicity.Text!.Probability(TextFeatures.OfThread.Of(text));

    private static float Score(Author author) => BotScore.Of(author, null, null, LabelModels.BuiltIn);
}
