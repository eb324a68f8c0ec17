using System.Globalization;
using System.Text.Json;
using Syrinx.Data.Posts;

namespace Syrinx.Search.Evaluation;

/// <summary>
/// A retrieval benchmark in BEIR's files: <c>corpus.jsonl</c> and <c>queries.jsonl</c> with <c>_id</c>, <c>title</c>?,
/// <c>text</c>, and <c>qrels</c> with tab-separated query, document and grade, under a heading.
/// </summary>
public static class BeirDataset
{
    /// <summary>The corpus's documents as posts without time, author or engagement; streams.</summary>
    /// <exception cref="InputException">A line is not such a document; the message names it.</exception>
    public static IEnumerable<Post> ReadCorpus(string path)
    {
        foreach (var (id, title, text) in ReadLines(path))
        {
            yield return new()
            {
                Id = id,
                Platform = "beir",
                Kind = "web",
                Title = title,
                Text = text,
                ThreadId = id,
                Source = path,
            };
        }
    }

    /// <summary>The queries by their id, in the file's order.</summary>
    /// <inheritdoc cref="ReadCorpus"/>
    public static IReadOnlyList<(string Id, string Text)> ReadQueries(string path) =>
        [.. ReadLines(path).Select(q => (q.Id, q.Text))];

    /// <summary>Grades by query and document; what is not there is 0.</summary>
    /// <exception cref="InputException">A line has not three columns, or its grade is no number.</exception>
    public static IReadOnlyDictionary<string, IReadOnlyDictionary<string, int>> ReadJudgements(string path)
    {
        var all = new Dictionary<string, IReadOnlyDictionary<string, int>>();
        int number = 0;
        foreach (string line in Lines(path))
        {
            number++;
            string[] columns = line.Split('\t');
            if (columns.Length == 3 && int.TryParse(columns[2], NumberStyles.Integer, CultureInfo.InvariantCulture,
                out int grade))
            {
                if (!all.TryGetValue(columns[0], out var documents))
                    all[columns[0]] = documents = new Dictionary<string, int>();
                ((Dictionary<string, int>)documents)[columns[1]] = grade;
            }
            else if (number > 1 && line.Length > 0)
            {
                throw new InputException(
                    $"{path}, line {number}: expected query, document and a whole number, separated by tabs.");
            }
        }
        return all;
    }

    private static IEnumerable<(string Id, string? Title, string Text)> ReadLines(string path)
    {
        int number = 0;
        foreach (string line in Lines(path))
        {
            number++;
            if (line.Length == 0)
                continue;
            string id, text;
            string? title;
            try
            {
                using var json = JsonDocument.Parse(line);
                var row = json.RootElement;
                id = row.GetProperty("_id").GetString()!;
                text = row.GetProperty("text").GetString()!;
                title = row.TryGetProperty("title", out var value) && value.GetString() is { Length: > 0 } some ? some : null;
            }
            catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
            {
                throw new InputException(
                    $"{path}, line {number}: expected a JSON object with \"_id\" and \"text\" ({e.Message})", e);
            }
            yield return (id, title, text);
        }
    }

    private static IEnumerable<string> Lines(string path) =>
        File.Exists(path) ? File.ReadLines(path)
            : throw new InputException($"There is no file {path}. Give BEIR's file (see --help).");
}
