using System.Globalization;
using System.Text.Json;
using Syrinx.Data.Corpus;
using Syrinx.Data.Corpus.Classifiers;
using Syrinx.Data.Posts;
using Syrinx.Data.Tests.Posts;

namespace Syrinx.Data.Tests.Corpus;

/// <summary><c>label train</c>: a user's own labels, from the rows to the scores.</summary>
public sealed class LabelTrainerTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("syrinx-train-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_label_of_ones_own_is_learnt_measured_and_written_beside_the_others()
    {
        var report = Train("gardening", Posts(400));
        Assert.Equal(("gardening", "text"), (report.Label, report.Kind));
        Assert.Equal(400, report.Rows + report.HeldOutRows);
        Assert.InRange(report.HeldOutRows, 40, 130);
        Assert.InRange(report.HeldOutAuc!.Value, 0.9, 1);

        var rows = Label(
            """{"id":"1","text":"Can I still plant tomatoes in this soil, or is it too late?"}""",
            """{"id":"2","text":"We watched the match and talked about the film"}""");
        double first = Score(rows[0], "gardening"), second = Score(rows[1], "gardening");
        Assert.True(first > 0.5 && second < 0.5, $"{first} {second}");
        Assert.InRange(Score(rows[0], "spam"), 0, 0.2);
    }

    [Fact]
    public void A_label_of_ones_own_stands_in_the_corpus_and_in_the_export()
    {
        using var x = new Importing();
        LabelTrainer.Run(WriteRows(Posts(300)), "gardening", x.Home.Labels, null, default);
        x.Import("jsonl", x.Write("a.jsonl", string.Join('\n', Enumerable.Range(0, 40).Select(i => JsonSerializer.Serialize(new
        {
            id = $"x:{i}",
            author_id = $"x:{i % 7}",
            text = i % 2 == 0 ? $"Shall I water the tomatoes and prune the roses {Word(i)}?" : $"We watched the match and talked about the film {Word(i)}.",
        })))));
        HomeCuration.Run(x.Home, null, new(), 2, null, default);
        var corpus = CorpusFiles.ReadLabels(x.Home.Corpus).ToDictionary(l => l.Id, l => ((JsonElement)l.Own!["gardening"]).GetDouble());
        Assert.True(corpus["x:0"] > 0.5 && corpus["x:1"] < 0.5);

        PostExport.Run(x.Home, Path.Combine(_folder, "out.jsonl"), withLabels: true);
        foreach (var row in File.ReadLines(Path.Combine(_folder, "out.jsonl")).Select(l => JsonElement.Parse(l)))
        {
            var labels = row.GetProperty("labels");
            Assert.Equal(corpus[row.GetProperty("id").GetString()!], labels.GetProperty("gardening").GetDouble());
            foreach (string name in (string[])["lang", "spam", "bot", "toxicity", "nsfw", "campaign", "cluster", "dropped"])
                Assert.True(labels.TryGetProperty(name, out _), name);
        }
    }

    [Fact]
    public void Ones_own_spam_takes_the_place_of_ours()
    {
        Train("spam", Posts(300));
        var rows = Label(
            """{"id":"1","text":"Earn from home, guaranteed profit! DM me for details https://bit.ly/abc"}""",
            """{"id":"2","text":"I want to prune the roses and water the seedlings"}""");
        Assert.True(Score(rows[1], "spam") > Score(rows[0], "spam"));
    }

    [Fact]
    public void Bots_are_learnt_from_the_authors_fields()
    {
        var random = new Random(5);
        var report = Train("bot", Enumerable.Range(0, 200).Select(i =>
        {
            bool bot = i % 2 == 0;
            int followers = bot ? random.Next(5) : 100 + random.Next(900), likes = bot ? 0 : random.Next(5000);
            return JsonSerializer.Serialize(new
            {
                id = i,
                text = "hello",
                label = bot ? 1 : 0,
                author = new { handle = $"user_{i}", followers, following = 300, likes },
            });
        }));
        Assert.Equal("account", report.Kind);
        Assert.InRange(report.HeldOutAuc!.Value, 0.95, 1);
        var rows = Label(
            """{"id":"1","text":"a","author":{"handle":"q","followers":1,"following":300,"likes":0}}""",
            """{"id":"2","text":"a","author":{"handle":"q","followers":800,"following":300,"likes":4000}}""");
        Assert.True(Score(rows[0], "bot") > 0.8 && Score(rows[1], "bot") < 0.2);
    }

    [Fact]
    public void The_same_rows_give_the_same_file()
    {
        byte[] first = File.ReadAllBytes(Train("gardening", Posts(200)).Path);
        Assert.Equal(first, File.ReadAllBytes(Train("gardening", Posts(200)).Path));
    }

    [Theory]
    [InlineData("quality")]
    [InlineData("Spam")]
    [InlineData("../x")]
    [InlineData("")]
    public void A_name_that_cannot_be_is_refused(string label) => Assert.Throws<InputException>(() => Train(label, Posts(100)));

    [Theory]
    [InlineData("""{"id":"1","text":"a"}""", "'label' should be 0 or 1")]
    [InlineData("""{"id":"1","text":"a","label":0.5}""", "'label' should be 0 or 1")]
    [InlineData("""{"id":"1","text":"a","label":"yes"}""", "'label' should be 0 or 1")]
    [InlineData("""{"id":"1","label":1}""", "'text'")]
    public void A_row_that_cannot_be_learnt_from_is_named(string row, string part)
    {
        string message = Assert.Throws<InputException>(() => Train("x", [.. Posts(3), row])).Message;
        Assert.Contains("line 4", message, StringComparison.Ordinal);
        Assert.Contains(part, message, StringComparison.Ordinal);
    }

    [Fact]
    public void Too_few_of_a_class_are_counted()
    {
        Assert.Contains("at least 10 of each", Assert.Throws<InputException>(() => Train("x", Posts(12))).Message, StringComparison.Ordinal);
        Assert.Contains("no author object", Assert.Throws<InputException>(() => Train("bot", Posts(50))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_files_for_one_label_are_refused_and_no_folder_means_the_shipped_ones()
    {
        Train("gardening", Posts(100));
        File.Copy(Path.Combine(_folder, "gardening.label"), Path.Combine(_folder, "again.label"));
        Assert.Contains("'gardening'", Assert.Throws<InputException>(() => LabelModels.Load(_folder)).Message, StringComparison.Ordinal);
        Assert.Same(LabelModels.BuiltIn, LabelModels.Load(Path.Combine(_folder, "none")));
    }

    private LabelTrainReport Train(string label, IEnumerable<string> rows) => LabelTrainer.Run(WriteRows(rows), label, _folder, null, default);

    private string WriteRows(IEnumerable<string> rows)
    {
        string input = Path.Combine(_folder, "rows.jsonl");
        File.WriteAllLines(input, rows);
        return input;
    }

    private List<JsonElement> Label(params string[] rows)
    {
        string input = Path.Combine(_folder, "in.jsonl"), output = Path.Combine(_folder, "out.jsonl");
        File.WriteAllLines(input, rows);
        Labeler.Run(input, output, LabelModels.Load(_folder), 2, null, default);
        return [.. File.ReadLines(output).Select(l => JsonElement.Parse(l).GetProperty("labels"))];
    }

    private static double Score(JsonElement labels, string label) => labels.GetProperty(label).GetDouble();

    /// <summary>Rows about gardens and about other things, all different.</summary>
    private static IEnumerable<string> Posts(int count)
    {
        string[] garden = ["tomatoes", "roses", "the compost", "seedlings", "the hedge", "basil", "soil for the beds", "the apple tree"];
        string[] gardening = ["plant", "water", "prune", "sow", "weed around", "fertilise", "harvest", "repot"];
        string[] other = ["the match", "a concert", "the election", "my new phone", "the last train", "an exam", "the film", "a recipe"];
        string[] others = ["watched", "missed", "discussed", "forgot", "enjoyed", "talked about", "waited for", "wrote about"];
        string[] when = ["today", "on Sunday", "this morning", "again", "with my aunt", "in the rain", "too late", "at last"];
        var random = new Random(7);
        for (int i = 0; i < count; i++)
        {
            bool positive = i % 2 == 0;
            string text = positive
                ? $"I want to {gardening[random.Next(8)]} {garden[random.Next(8)]} {when[random.Next(8)]}, number {Word(i)}"
                : $"We {others[random.Next(8)]} {other[random.Next(8)]} {when[random.Next(8)]}, number {Word(i)}";
            yield return JsonSerializer.Serialize(new { id = $"{i}", text, label = positive ? 1 : 0 });
        }
    }

    private static string Word(int i) => string.Concat(i.ToString(CultureInfo.InvariantCulture).Select(c => (char)(c - '0' + 'a')));
}
