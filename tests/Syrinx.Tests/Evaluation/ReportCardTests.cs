using System.Text.Json.Nodes;
using System.Xml.Linq;
using Syrinx.Evaluation;
using Syrinx.Evaluation.Report;
using Syrinx.Inference;
using Syrinx.Models;
using Syrinx.Tests.Inference;

namespace Syrinx.Tests.Evaluation;

public sealed class ReportCardTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private HomeFolder Home => new(_folder["home"]);

    /// <summary>A base model and one tuned from it, evaluated, with what their runs leave.</summary>
    private void Make(string name, string? from, int seed, IReadOnlyList<HeldOutDocument>? documents = null)
    {
        string path = Home.Model(name);
        RandomModel.Write(path, RandomModel.Config("LlamaForCausalLM"), seed);
        var directory = new ModelDirectory(path);
        new ModelRecord { Name = name, From = from, Recipe = new JsonObject { ["learning_rate"] = 0.001 * seed, ["layers"] = 3 }, TokensSeen = 4096 }.Write(directory.RecordPath);
        using (var model = LanguageModel.Load(path, new() { Threads = 1 }))
            ModelEvaluation.Write(directory, ModelEvaluation.Run(model, new(documents ?? ToyCorpus.Documents, ToyCorpus.Dialogues, null), ToyCorpus.Few, 2));
        Directory.CreateDirectory(Home.Run(name));
        File.WriteAllLines(Path.Combine(Home.Run(name), "metrics.jsonl"), Enumerable.Range(1, 900).Select(i =>
            $$"""{"step":{{i}},"loss":{{(i == 7 ? "null" : (5.0 / i + 1).ToString(System.Globalization.CultureInfo.InvariantCulture))}},"tokens":{{64 * i}}{{(i % 300 == 0 ? ",\"val_loss\":1.5" : "")}}}""").Append("{\"step\":901,\"lo"));
    }

    [Fact]
    public void Models_stand_side_by_side_with_what_tells_them_apart()
    {
        Make("a-tuned", "base", 2);
        Make("base", null, 1);
        var card = ReportCard.Read(Home, []);
        Assert.Equal(["base", "a-tuned"], card.Models); // a model comes before those that came from it
        var difference = Assert.Single(card.Differences());
        Assert.Equal(("learning_rate", "0.001", "0.002"), (difference.Field, difference.Values[0], difference.Values[1]));
        var gain = card.Gains()[0];
        var (old, now) = (card.Runs[0].Evaluation.Replies!.Find("likelihood")!, card.Runs[1].Evaluation.Replies!.Find("likelihood")!);
        Assert.Equal(("a-tuned", "base"), (gain.Model, gain.Than));
        Assert.Equal(now.Mrr.Value - old.Mrr.Value, gain.Difference.Value, 1e-6);
        Assert.InRange(card.Runs[0].Training.Count, 100, 300);
        Assert.Equal(3, card.Runs[0].Validation.Count);

        string html = card.ToHtml();
        Assert.DoesNotContain("<script", html, StringComparison.Ordinal);
        Assert.DoesNotContain("://", html, StringComparison.Ordinal); // loads nothing
        foreach (string svg in html.Split("<svg").Skip(1).Select(s => "<svg" + s[..(s.IndexOf("</svg>", StringComparison.Ordinal) + 6)]))
            Assert.Equal(2, XElement.Parse(svg).Elements("polyline").Count());
        Assert.Equal(html.Split("class=\"en\"").Length, html.Split("class=\"zh\"").Length);
        string markdown = card.ToMarkdown();
        Assert.Contains("| learning_rate | 0.001 | 0.002 |", markdown, StringComparison.Ordinal);
        Assert.DoesNotContain("do not compare", markdown, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_from_posts_cannot_become_markup_and_other_documents_are_told()
    {
        Make("one", null, 1, [.. ToyCorpus.Documents.Select(d => d with { Source = "x/<img src=x onerror=1>" })]);
        Make("two", null, 1, [.. ToyCorpus.Documents.Take(20)]);
        var card = ReportCard.Read(Home, ["one", "two"]);
        Assert.Contains("x/&lt;img src=x onerror=1&gt;", card.ToHtml(), StringComparison.Ordinal);
        Assert.DoesNotContain("<img", card.ToHtml(), StringComparison.Ordinal);
        Assert.Contains("numbers do not compare", card.ToHtml(), StringComparison.Ordinal);
        Assert.Contains("numbers do not compare", card.ToMarkdown(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_model_that_was_not_evaluated_is_an_error_that_says_what_to_do()
    {
        Assert.Contains("syrinx eval model", Assert.Throws<InputException>(() => ReportCard.Read(Home, [])).Message);
        RandomModel.Write(Home.Model("new"), RandomModel.Config("LlamaForCausalLM"));
        Assert.Contains("--model new", Assert.Throws<InputException>(() => ReportCard.Read(Home, ["new"])).Message);
    }

    [Theory]
    [InlineData(0, 1, 5, new[] { 0, 0.2, 0.4, 0.6, 0.8, 1 })]
    [InlineData(2.71, 8.9, 5, new double[] { 3, 4, 5, 6, 7, 8 })]
    [InlineData(0, 614400, 3, new double[] { 0, 200000, 400000, 600000 })]
    public void Ticks_are_round_numbers(double low, double high, int wanted, double[] expected) =>
        Assert.Equal(expected, LossChart.Ticks(low, high, wanted).Select(t => Math.Round(t, 9)));

    public void Dispose() => _folder.Dispose();
}
