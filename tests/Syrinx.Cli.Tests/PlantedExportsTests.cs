using System.Text;
using System.Text.Json.Nodes;
using Syrinx.Data.Posts;
using Syrinx.Data.Posts.Import;
using Syrinx.Search;
using Syrinx.Server.Chat;

namespace Syrinx.Cli.Tests;

/// <summary>
/// What must not be there, planted by each mark of each format, goes the whole way: import, corpus, tokens, model, index, a visitor's
/// conversations, and forgetting. Every file of the home folder is decoded and searched.
/// </summary>
public sealed class PlantedExportsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("syrinx-planted-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task What_must_not_be_there_is_nowhere_whatever_the_format()
    {
        string exports = Path.Combine(_folder, "exports"), home = Path.Combine(_folder, "home");
        var plants = PlantedExports.Write(exports);
        Assert.Equal(ImportSettings.Formats.Skip(1).Order(), plants.Planted.Select(p => p.Format).Distinct().Order());
        File.WriteAllText(Path.Combine(exports, "padding.jsonl"), Padding());
        var optOut = OptOutList.Open(new HomeFolder(home));
        plants.OptedOut.ForEach(optOut.Add);
        optOut.Save();

        await Run("quickstart", exports, "--home", home, "--minutes", "0.01", "--no-serve");
        await Converse(home, plants);
        Check(forgotten: []);
        string[] forgotten = ["x-api", "ptt-text"];
        foreach (string author in plants.Forgotten.Where(f => forgotten.Contains(f.Format)).Select(f => f.Author))
        {
            var report = JsonNode.Parse((await Run("forget", author, "--home", home, "--json")).Output)!;
            Assert.True((int)report["posts"]! >= 1, report.ToJsonString());
        }
        Check(forgotten);
        await Run("import", "auto", exports, "--home", home);
        Check(forgotten);

        void Check(string[] forgotten)
        {
            bool Belongs(PlantedExports.Plant p) => p.Kind == "open" || p.Kind == "forgotten" && !forgotten.Contains(p.Format);
            var contents = HomeContents.Read(home);
            foreach (var (place, text) in contents)
                Assert.Empty(plants.Planted.Where(p => !Belongs(p) && text.Contains(p.Probe, StringComparison.OrdinalIgnoreCase)).Select(p => $"{p} in {place}"));
            contents["app.db"] += contents.GetValueOrDefault("app.db-wal");
            foreach (string place in (string[])["posts", "tokens", "index", "corpus/documents.jsonl", "app.db"])
            {
                // what belongs there is found in the same way
                Assert.Empty(plants.Planted.Where(p => Belongs(p) && !contents[place].Contains(p.Probe, StringComparison.Ordinal)).Select(p => $"{p} not in {place}"));
            }
        }
    }

    /// <summary>A visitor asks about every plant, and quotes what was found; what must not be there is not found, either.</summary>
    private static async Task Converse(string home, PlantedExports plants)
    {
        var database = new AppDb(new HomeFolder(home));
        database.Migrate();
        var conversations = new Conversations(database, TimeProvider.System);
        using var index = SearchIndex.Open(Path.Combine(home, "index"));
        var answerer = new PostAnswerer(index);
        foreach (var plant in plants.Planted)
        {
            var answer = answerer.Ask($"Where did they see {plant.Probe}?");
            var cited = answer.Citations.FirstOrDefault(c => c.Text.Contains(plant.Probe, StringComparison.Ordinal));
            Assert.True(cited is not null == plant.Kind is "open" or "forgotten", $"{plant}: {answer}");
            if (cited is null)
                continue;
            string line = cited.Text.Split('\n').First(l => l.Contains(plant.Probe, StringComparison.Ordinal)), question = $"Is it so that \"{line}\"?";
            string id = (await conversations.Create("amy", question)).Id;
            ConversationMessage[] said = [new() { Role = "user", Text = question }, new() { Role = "assistant", Text = Assistant.Marked(answer), Answer = answer, ModelText = line }];
            foreach (var message in said)
                Assert.True(await conversations.Append("amy", id, message));
        }
    }

    private async Task<SyrinxProcess.Result> Run(params string[] arguments)
    {
        var result = await SyrinxProcess.Run(_folder, arguments);
        Assert.True(result.ExitCode == 0, string.Join(' ', arguments) + "\n" + result.Error);
        return result;
    }

    /// <summary>Enough of other people's words for a tokenizer and a model.</summary>
    private static string Padding()
    {
        string[] nouns = ["ferry", "market", "kitchen", "umbrella", "garden", "library", "violin", "bakery", "tram", "lighthouse"];
        string[] doings = ["opened late", "was painted green", "smelled of rain", "stood empty", "made us laugh", "cost too much", "needs a new roof", "is loved by cats"];
        var random = new Random(3);
        var text = new StringBuilder();
        for (int i = 0; i < 1500; i++)
        {
            string words = string.Join(". ", Enumerable.Range(0, 3).Select(_ => $"The {nouns[random.Next(10)]} near the {nouns[random.Next(10)]} {doings[random.Next(8)]} on day {random.Next(400)}"));
            text.Append($$"""{"id":"x:{{900000 + i}}","platform":"x","author_id":"x:{{9000 + i % 300}}","author":"u{{9000 + i % 300}}","text":"{{words}}."}""").Append('\n');
        }
        return text.ToString();
    }
}
