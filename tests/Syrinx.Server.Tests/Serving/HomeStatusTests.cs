using Syrinx.Server.Serving;
using Syrinx.Server.Tests.Support;

namespace Syrinx.Server.Tests.Serving;

public sealed class HomeStatusTests
{
    [Fact]
    public async Task An_empty_home_has_nothing_to_show()
    {
        await using var server = await TestServer.Start();
        var status = Read(server);
        Assert.Null(status.Corpus);
        Assert.Null(status.IndexedPosts);
        Assert.Empty(status.Models);
        Assert.Empty(status.Runs);
    }

    [Fact]
    public async Task What_the_steps_left_is_read()
    {
        await using var server = await TestServer.Start(home =>
        {
            TownServer.Fill(home);
            Write(Path.Combine(home.Corpus, "card.json"),
                """{"posts":20,"documents":5,"dialogues":3,"characters":900,"dropped":{"spam":2},"languages":{"en":4},"communities":{},"lengths":[1,2]}""");
            Write(Path.Combine(home.Run("town"), "metrics.jsonl"),
                """
                {"step":1,"loss":9.1,"tokens":64,"lr":0.001,"tokens_per_second":100,"mfu":0.1}
                {"step":2,"loss":8.5,"tokens":128,"val_loss":8.7}
                {"step":3,"lo
                """);
        });
        var status = Read(server);
        Assert.Equal(20, status.Corpus!.Posts);
        Assert.Equal(2, status.Corpus.Dropped["spam"]);
        Assert.Equal(TownPosts.All.Count, status.IndexedPosts);
        var model = Assert.Single(status.Models);
        Assert.Equal(("town", true, TinyModel.ContextLength), (model.Name, model.IsTiny, model.ContextLength));
        Assert.Equal("town", model.Card!.Value.GetProperty("name").GetString());
        var run = Assert.Single(status.Runs);
        Assert.Equal([1, 2], run.Points.Select(p => p.Step));
        Assert.Equal(8.7, run.Last!.Value.ValLoss);
    }

    [Fact]
    public void A_long_run_is_thinned_out_and_keeps_both_ends()
    {
        string folder = Directory.CreateTempSubdirectory("syrinx-run-").FullName;
        string path = Path.Combine(folder, "metrics.jsonl");
        File.WriteAllLines(path, Enumerable.Range(1, 5000).Select(i => $$"""{"step":{{i}},"loss":{{10 - i * 0.001}},"tokens":{{i * 64}}}"""));
        var run = RunMetrics.Read(path);
        Assert.InRange(run.Points.Count, 300, RunMetrics.MostPoints);
        Assert.Equal((1, 5000), (run.Points[0].Step, run.Points[^1].Step));
        Directory.Delete(folder, true);
    }

    [Fact]
    public void After_a_resume_the_later_line_of_a_step_counts()
    {
        string folder = Directory.CreateTempSubdirectory("syrinx-run-").FullName;
        string path = Path.Combine(folder, "metrics.jsonl");
        File.WriteAllLines(path, ["""{"step":1,"loss":9}""", """{"step":2,"loss":8}""", """{"step":3,"loss":7}""", """{"step":2,"loss":8.5}"""]);
        Assert.Equal([9, 8.5], RunMetrics.Read(path).Points.Select(p => p.Loss!.Value));
        Directory.Delete(folder, true);
    }

    [Fact]
    public async Task A_model_that_is_trained_while_the_server_runs_appears()
    {
        await using var server = await TestServer.Start();
        Assert.Empty((await server.Get("/v1/models")).GetProperty("data").EnumerateArray());
        TinyModel.Write(server.Home.Model("late"));
        Assert.Equal("late", (await server.Get("/v1/models")).GetProperty("data")[0].GetProperty("id").GetString());
    }

    [Fact]
    public async Task The_model_asked_for_at_start_must_be_there()
    {
        var error = await Assert.ThrowsAsync<InputException>(() => TestServer.Start(TownServer.Fill, s => s with { Model = "city" }));
        Assert.Contains("city", error.Message);
        Assert.Contains("town", error.Message);
    }

    private static HomeStatus Read(TestServer server) => server.App.Services.GetRequiredService<HomeStatusReader>().Read();

    private static void Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }
}
