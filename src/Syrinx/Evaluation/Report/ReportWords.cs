namespace Syrinx.Evaluation.Report;

/// <summary>The report card's words in English and Traditional Chinese.</summary>
internal static class ReportWords
{
    private static readonly Dictionary<string, (string En, string Zh)> Scores = new(StringComparer.Ordinal)
    {
        ["chance"] = ("by chance", "隨機"),
        ["word_overlap"] = ("shared words (BM25)", "共同字詞（BM25）"),
        ["likelihood"] = ("likelihood", "似然"),
        ["mutual_information"] = ("mutual information", "互資訊"),
    };

    /// <summary>Name of a way of scoring replies.</summary>
    public static (string En, string Zh) Score(string name) => Scores.GetValueOrDefault(name, (name, name));

    /// <summary>Name of a format of dialogues.</summary>
    public static (string En, string Zh) Format(ReplyFormat format) => format == ReplyFormat.Chat ? ("as a chat", "以聊天格式") : ("as a document", "以文件格式");

    /// <summary>What is told of a model beside its name.</summary>
    public static (string En, string Zh) Kind(ReportRun run) => (run.IsTuned, run.Evaluation.From) switch
    {
        (true, { } from) => ($"tuned from {from}", $"由 {from} 微調"),
        (true, null) => ("tuned", "微調模型"),
        (false, { } from) => ($"goes on with {from}", $"由 {from} 續訓"),
        _ => ("base model", "基礎模型"),
    };

    /// <summary>Repetitions of a canary.</summary>
    public static (string En, string Zh) Repetitions(int n) => n == 0 ? ("never read", "從未讀過") : ($"in the text {n}×", $"在文字中 {n} 次");
}
