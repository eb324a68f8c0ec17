namespace Syrinx.Search.Tests;

public class SearchIndexTests
{
    [Fact]
    public void Smoke()
    {
        string dir = Directory.CreateTempSubdirectory().FullName;
        Syrinx.Data.Posts.Post P(string id, string text, string? lang = null) => new() { Id = id, Platform = "x", Kind = "post", Author = "amy", Text = text, ThreadId = id, Source = "t", Lang = lang, CreatedAt = new DateTime(2024, 5, 1), Likes = 3, Community = "Food" };
        SearchIndex.Build([P("x:1", "The best beef noodles in town are at #noodles Lee's, https://www.lee.example.com/menu"), P("x:2", "臺北的牛肉麵推薦", "zh-Hant"), P("x:3", "雞蛋")], new Dictionary<string, Syrinx.Data.Posts.Author>(), null, "f", dir);
        using var index = SearchIndex.Open(dir);
        foreach (string q in (string[])["noodle", "台北牛肉麵", "蛋", "lee.example.com", "url:example.com", "#noodles", "from:amy -noodles", "lang:zh", "min_faves:3", "since:2024-05-01 until:2024-05-02", "min_faves:x", "beef cabbage"])
        {
            var r = index.Search(new() { Text = q });
            Console.WriteLine($"{q} => {r.Understood} | {r.Total} {string.Join(' ', r.Hits.Select(h => $"{h.Id}:{h.Score:0.00}[{string.Join(',', h.Highlights.Select(x => h.Text.Substring(x.Start, x.Length)))}]"))} {r.TookMs:0.0}ms {r.Relaxed} {string.Join(' ', r.Months)} {string.Join(' ', r.Languages)} {string.Join(' ', r.Communities)}");
        }
    }
}
