using System.Text.Json;
using System.Text.RegularExpressions;
using Syrinx.Data.Posts.Import;
using Syrinx.Data.Posts.Sources;

namespace Syrinx.Data.Posts.Readers;

/// <summary>
/// Reads what crawlers of PTT write: <c>{"articles":[{article_id, article_title, author, board, content, date, messages}]}</c>, or
/// an article an object. Addresses of machines are dropped.
/// </summary>
internal static partial class PttJsonReader
{
    public static IEnumerable<Func<ReadBatch>> Plan(ImportScope scope, SourceFile file) =>
        JsonRecordReader.Plan(scope, file, Record, member: "articles");

    private static void Record(JsonElement e, string source, RecordSpan span, ReadBatch batch)
    {
        if (e.Has("articles"))
        {
            int n = 0;
            foreach (var article in e.Items("articles"))
                JsonRecordReader.Part(article, $"{source}#{n++}", span, batch, Record);
            return;
        }
        if (e.Has("error") || !e.Has("article_title") && !e.Has("content"))
        {
            batch.Skip("not_an_article"); // the crawler found nothing there
            return;
        }
        var name = (e.Text("author") ?? "").AsSpan().Trim();
        string author = PttName.Take(ref name).ToString();
        if (author.Length == 0)
        {
            batch.Quarantine(source, span.Offset, span.Length, "field author");
            return;
        }
        string? board = PostText.Line(e.Text("board"));
        var header = new PttHeader(author, PttName.Nick(name), board, PostText.Line(e.Text("article_title")), e.Text("date") ?? "", 0, "");
        var lines = new List<string>(PostText.Clean(e.Text("content")).Split('\n'));
        var pushes = new Dictionary<int, PttPush>();
        foreach (var message in e.Items("messages"))
        {
            if (Push(message) is not { } push)
            {
                batch.Quarantine(source, span.Offset, span.Length, "field messages");
                return;
            }
            pushes.Add(lines.Count, push);
            lines.Add("");
        }
        string? file = e.Text("article_id");
        string? id = board is not null && file is not null && Board().IsMatch(board) && File().IsMatch(file) ? $"{board}/{file}" : null;
        PttArticle.Read(lines, header, lines.Count, source, batch, pushes, id);
    }

    private static PttPush? Push(JsonElement message)
    {
        var user = (message.Text("push_userid") ?? "").AsSpan().Trim();
        string name = PttName.Take(ref user).ToString();
        string text = PostText.Line(message.Text("push_content")) ?? "";
        if (text.StartsWith(':'))
            text = text[1..].TrimStart();
        int score = message.Text("push_tag")?.Trim() switch { "推" => 1, "噓" => -1, _ => 0 };
        return name.Length == 0 ? null : PttPush.At(score, name, text, message.Text("push_ipdatetime") ?? "");
    }

    [GeneratedRegex(@"\A[A-Za-z0-9_\-.]{1,32}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Board();

    [GeneratedRegex(@"\A[MG]\.\d{1,20}(\.A(\.[0-9A-Fa-f]{1,8})?)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex File();
}
