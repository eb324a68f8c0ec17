namespace Syrinx.Search.Tests.Answers;

/// <summary>
/// A small evaluation: questions whose answers stand in the town's posts, and questions about things that do not. It guards
/// the threshold: what is tuned for one kind must not break the other.
/// </summary>
public class AnswerQualityTests
{
    /// <summary>Question, and the post that must be cited; context before a bar in front.</summary>
    public static TheoryData<string, string> Answerable => new()
    {
        { "Where can I get good beef noodles?", "x:102" },
        { "any recommendations for beef noodles near the harbour?", "x:103" },
        { "How late does the night bus run?", "x:105" },
        { "When does the library open on Saturdays?", "x:106" },
        { "When do the swimming pool repairs start?", "x:110" },
        { "Did the council vote for the parking garage?", "x:109" },
        { "Can someone recommend a vet for my rabbit?", "x:112" },
        { "Is the footbridge flooded?", "x:108" },
        { "When is the flea market?", "x:115" },
        { "What does a stall at the flea market cost?", "x:115" },
        { "how much is the road bike", "x:107" },
        { "請問火車站附近哪裡有好吃的牛肉麵？", "ptt:Food/M.1709280000.A.1B2#1" },
        { "有人知道牛肉麵推薦嗎", "ptt:Food/M.1709280000.A.1B2#1" },
        { "廟口豆花一碗多少錢？", "ptt:Food/M.1709290000.A.2C3" },
        { "豆花幾點開", "ptt:Food/M.1709290000.A.2C3" },
        { "游泳池什麼時候整修？", "ptt:Town/M.1709300000.A.3D4" },
        { "夜間公車末班車是幾點", "ptt:Town/M.1709310000.A.4E5" },
        { "圖書館星期六幾點開門？", "ptt:Town/M.1709340000.A.7B8" },
        { "哪裡可以修手機螢幕", "ptt:Town/M.1709360000.A.9D0#1" },
        { "鳶山步道怎麼走比較好？", "ptt:Town/M.1709350000.A.8C9" },
        { "Where can I get beef noodles?|and which ones are cheaper?", "x:103" },
        { "廟口豆花好吃嗎|那多少錢？", "ptt:Food/M.1709290000.A.2C3" },
    };

    public static TheoryData<string> Unanswerable =>
    [
        "Where can I buy a used piano?",
        "Who won the chess tournament?",
        "What is the capital of Portugal?",
        "Is there a good sushi restaurant near the harbour?",
        "When does the airport shuttle leave?",
        "How much is the museum ticket on Saturdays?",
        "Who is the president?",
        "What is the meaning of life?",
        "請問哪裡可以學鋼琴？",
        "有推薦的壽司店嗎",
        "電影院星期六幾點開門？",
        "機場接駁車多少錢",
        "誰是總統",
        "哪裡有牙醫？",
    ];

    [Theory]
    [MemberData(nameof(Answerable))]
    public void A_question_that_posts_answer_cites_the_post_that_does(string question, string post)
    {
        var answer = Ask(question);
        Assert.True(answer.Found, $"confidence {answer.Confidence:0.00} for {answer.RewrittenQuery}");
        Assert.Contains(post, answer.Citations.Select(c => c.Id));
    }

    [Theory]
    [MemberData(nameof(Unanswerable))]
    public void A_question_about_what_is_in_no_post_is_not_answered(string question)
    {
        var answer = Ask(question);
        Assert.False(answer.Found,
            $"confidence {answer.Confidence:0.00} for {answer.RewrittenQuery}: "
            + string.Join(" / ", answer.Sentences.Select(s => s.Text)));
        Assert.Empty(answer.Sentences);
        Assert.Empty(answer.Citations);
    }

    [Fact]
    public void The_first_sentence_is_the_answer_for_four_questions_in_five()
    {
        int first = Answerable.Count(row => Ask(row.Data.Item1) is { Found: true } answer
            && answer.Citations[answer.Sentences[0].CitationIndex].Id == row.Data.Item2);
        Assert.True(first >= 0.8 * Answerable.Count, $"{first} of {Answerable.Count}");
    }

    private static Answer Ask(string question)
    {
        string[] turns = question.Split('|');
        return new PostAnswerer(TownIndex.Shared).Ask(turns[^1], turns.Length > 1 ? turns[0] : null);
    }
}
