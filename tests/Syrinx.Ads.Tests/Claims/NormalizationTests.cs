using System.Text.Json;
using Syrinx.Ads.Tests.Support;

namespace Syrinx.Ads.Tests.Claims;

/// <summary>
/// "Each claim must match a fact after normalization": every surface form of a value against every other of the same value, and other values
/// against all of them; every wording of an offer against its fact, among facts of other offers. A form that is read differently
/// in one place than in another, or a neighbour that disturbs, fails here.
/// </summary>
public sealed class NormalizationTests
{
    [Fact]
    public void All_forms_of_a_value_support_one_another_and_other_values_do_not()
    {
        var wrong = new List<string>();
        int same = 0, other = 0;
        foreach (var group in TestFiles.Read("forms.json").EnumerateArray())
        {
            string fact = Text(group, "fact"), text = Text(group, "text");
            foreach (string form in Texts(group, "forms"))
            {
                var checker = new AdChecker(TestFiles.Brief(Text(group, "language"), "Qwxyz", Filled(fact, form)));
                foreach (string asked in Texts(group, "forms"))
                {
                    same++;
                    if (!IsOk(checker, Filled(text, asked)))
                        wrong.Add($"{Filled(fact, form)} does not support: {Filled(text, asked)}");
                }
                foreach (string asked in Texts(group, "others"))
                {
                    other++;
                    if (IsOk(checker, Filled(text, asked)))
                        wrong.Add($"{Filled(fact, form)} supports: {Filled(text, asked)}");
                }
            }
        }
        Assert.True(same > 3_900 && other > 1_400, $"{same} {other}");
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    [Fact]
    public void Every_wording_of_an_offer_is_supported_among_other_offers_and_a_changed_one_is_not()
    {
        var groups = TestFiles.Read("wordings.json").EnumerateArray().ToList();
        var wrong = new List<string>();
        for (int i = 0; i < groups.Count; i++)
        {
            string language = Text(groups[i], "language"), fact = Text(groups[i], "fact");
            bool chinese = language.StartsWith("zh", StringComparison.Ordinal);
            string[] house = chinese ? ["每日11:00至20:00營業", "創立於1998年", "全台17家門市", "客服平日9點到18點"]
                : ["Open Tuesday to Saturday, 9 am to 5 pm", "Family-owned since 1998", "Workshop run by three certified mechanics", "Over 350 bikes in stock"];
            // the next ones of its language stand beside it; some of them are true of what it is not
            var besides = groups.Skip(i + 1).Concat(groups.Take(i)).Where(g => Text(g, "language")[..2] == language[..2]).Take(4).Select(g => Text(g, "fact")).ToArray();
            foreach (var facts in new[] { house, besides })
            {
                var checker = new AdChecker(TestFiles.Brief(language, "Qwxyz", [fact, .. facts]));
                wrong.AddRange(Texts(groups[i], "texts").Where(t => !IsOk(checker, t)).Select(t => $"{fact} does not support: {t}"));
            }
            var alone = new AdChecker(TestFiles.Brief(language, "Qwxyz", [fact, .. house]));
            wrong.AddRange(Texts(groups[i], "others").Where(t => IsOk(alone, t)).Select(t => $"{fact} supports: {t}"));
            wrong.AddRange(Texts(groups[i], "unread").Where(t => IsOk(alone, t)).Select(t => $"is read now, and belongs to the texts: {t}"));
            wrong.AddRange(Texts(groups[i], "overlooked").Where(t => !IsOk(alone, t)).Select(t => $"is refused now, and belongs to the others: {t}"));
        }
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    [Fact]
    public void A_text_is_read_wherever_it_is_cut()
    {
        // a rule that looks behind what it has found must look for the end of the text first
        var books = new[] { "en-GB", "zh-TW" }.ToDictionary(l => l[..2], l => new FactBook(TestFiles.Brief(l, "Qwxyz", "€9 each, 第3代, open 9 to 5")));
        var texts = TestFiles.Read("wordings.json").EnumerateArray().SelectMany(g => Texts(g, "texts").Select(t => (Book: books[Text(g, "language")[..2]], Text: t)))
            .Concat(TestFiles.Read("forms.json").EnumerateArray().SelectMany(g => Texts(g, "forms").Select(t => (Book: books[Text(g, "language")[..2]], Text: t))))
            .Append((books["zh"], "第3代 7+ 晚、1 小時 40 分、第2"));
        foreach (var (book, text) in texts)
        {
            for (int end = 1; end <= text.Length; end += 2)
                book.Read(text[..end], asFact: end % 4 == 1);
        }
    }

    private static bool IsOk(AdChecker checker, string text) => checker.Check(AdFormat.Find("x-post"), TestFiles.Post(text)).Ok;

    private static string Filled(string frame, string form) => frame.Replace("{0}", form, StringComparison.Ordinal);

    private static string Text(JsonElement group, string name) => group.GetProperty(name).GetString()!;

    private static IEnumerable<string> Texts(JsonElement group, string name) => group.GetProperty(name).EnumerateArray().Select(t => t.GetString()!);
}
