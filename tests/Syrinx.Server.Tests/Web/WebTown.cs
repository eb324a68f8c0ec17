using System.Globalization;
using Syrinx.Data.Posts;
using Syrinx.Search;
using Syrinx.Server.Tests.Support;

namespace Syrinx.Server.Tests.Web;

/// <summary>A home folder in which everything has been built, small and written here: posts, a card, a run, a model.</summary>
internal static class WebTown
{
    public static void Fill(HomeFolder home)
    {
        TinyModel.Write(home.Model("town"));
        SearchIndex.Build(Posts(), new Dictionary<string, Author>(), null, "web town", home.Index);
        Directory.CreateDirectory(home.Corpus);
        File.WriteAllText(Path.Combine(home.Corpus, "card.json"), """
            {"posts":2000,"kept":1800,"documents":310,"dialogues":120,"characters":52000,"dropped":{"near_duplicate":150,"spam":50},
             "languages":{"en":1200,"zh-Hant":700,"ja":100},"communities":{"ptt/Food":900,"x":500},
             "lengths":[{"from":0,"to":50,"count":20},{"from":50,"to":200,"count":250},{"from":200,"to":null,"count":40}]}
            """);
        File.WriteAllText(
            Path.Combine(home.Corpus, "card.html"),
            "<!doctype html><title>Card</title><h1>The corpus</h1><script>document.title='acted'</script>");
        Directory.CreateDirectory(home.Run("town"));
        File.WriteAllLines(Path.Combine(home.Run("town"), "metrics.jsonl"), Enumerable.Range(1, 60).Select(step => string.Create(
            CultureInfo.InvariantCulture,
            $$"""{"step":{{step}},"loss":{{9.0 / (1 + step * 0.02):F3}},"tokens":{{step * 512}}{{(step % 20 == 0 ? ",\"val_loss\":5.1" : "")}}}""")));
    }

    private static IEnumerable<Post> Posts()
    {
        foreach (var post in TownPosts.All)
            yield return post;
        for (int i = 0; i < 30; i++)
        {
            yield return TownPosts.All[1] with
            {
                Id = "x:" + (200 + i),
                ThreadId = "x:" + (200 + i),
                Author = i % 2 == 0 ? "erin" : "finn",
                Community = i % 3 == 0 ? "Food" : "Transport",
                Text = $"Day {i} of the market: noodles, pears and the brass band played until rain came.",
                CreatedAt = new DateTime(2024, 4, 1, 9, 0, 0, DateTimeKind.Utc).AddDays(i * 2),
                Likes = i,
            };
        }
    }
}
