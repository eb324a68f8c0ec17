using System.Text.Json;
using Syrinx.Data.Sample;

namespace Syrinx.Data.Tests.Sample;

public sealed class SamplePlatformTests(SampleFolder sample) : IClassFixture<SampleFolder>
{
    [Fact]
    public void It_has_as_many_public_posts_as_were_asked_for()
    {
        Assert.Equal(SampleFolder.Posts, sample.Report.Posts);
        Assert.Equal(SampleFolder.Posts, sample.Report.Tweets + sample.Report.Articles + sample.Report.Pushes);
        int files = Directory.EnumerateFiles(sample.Path, "*", SearchOption.AllDirectories).Count();
        Assert.Equal(files, sample.Report.Files);
    }

    [Fact]
    public void The_files_hold_that_many_posts_and_the_hidden_ones()
    {
        int archived = Tweets("tweets").Count() + Tweets("deleted-tweets").Count();
        int pushes = sample.Boards.Split('\n').Where(IsPush).Aggregate(
            (Count: 0, Last: ""), (a, line) => (a.Count + (line[0] == '→' && User(line) == a.Last ? 0 : 1), User(line))).Count;
        int articles = Directory.EnumerateFiles(Path.Combine(sample.Path, "ptt"), "*.txt", SearchOption.AllDirectories).Count();
        Assert.Equal(sample.Report.Articles, articles);
        Assert.Equal(sample.Report.Posts + sample.Report.Hidden,
            sample.ApiTweets().Count() + archived + articles + sample.Report.Pushes);
        // one article's last push and the next one's first may look wrapped
        Assert.InRange(pushes, sample.Report.Pushes - 25, sample.Report.Pushes);

        static bool IsPush(string line) => line.Length > 14 && line[1] == ' ' && line[0] is '推' or '噓' or '→';
        static string User(string line) => line.Split(' ')[1];
    }

    [Fact]
    public void The_same_seed_writes_the_same_bytes()
    {
        using var again = new SampleFolder();
        string[] files = Files(sample.Path);
        Assert.Equal(files, Files(again.Path));
        foreach (string file in files)
        {
            byte[] once = File.ReadAllBytes(Path.Combine(sample.Path, file));
            Assert.True(once.SequenceEqual(File.ReadAllBytes(Path.Combine(again.Path, file))), file);
        }

        static string[] Files(string root) => [.. Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories)
            .Select(f => Path.GetRelativePath(root, f)).Order(StringComparer.Ordinal)];
    }

    [Fact]
    public void Another_seed_writes_other_posts()
    {
        string other = Directory.CreateTempSubdirectory("syrinx-sample-").FullName;
        SamplePlatform.Write(other, SamplePlatform.FewestPosts, 8, null, CancellationToken.None);
        Assert.NotEqual(
            File.ReadAllText(Path.Combine(sample.Path, "truth.jsonl")), File.ReadAllText(Path.Combine(other, "truth.jsonl")));
        Directory.Delete(other, true);
    }

    [Fact]
    public void Ids_encode_the_time_and_stand_once()
    {
        var seen = new HashSet<string>();
        foreach (var tweet in sample.ApiTweets())
        {
            string id = tweet.GetProperty("id").GetString()!;
            Assert.True(seen.Add(id), id);
            var time = DateTimeOffset.FromUnixTimeMilliseconds((long.Parse(id) >> 22) + 1288834974657);
            Assert.Equal(tweet.GetProperty("created_at").GetDateTimeOffset(), time, TimeSpan.FromSeconds(1.1));
        }
    }

    [Fact]
    public void Entities_of_tweets_stand_where_they_say()
    {
        int links = 0;
        foreach (var tweet in sample.ApiTweets().Where(t => t.TryGetProperty("entities", out _)))
        {
            var runes = tweet.GetProperty("text").GetString()!.EnumerateRunes().ToArray();
            foreach (var kind in tweet.GetProperty("entities").EnumerateObject())
            {
                foreach (var entity in kind.Value.EnumerateArray())
                {
                    int start = entity.GetProperty("start").GetInt32();
                    string text = string.Concat(runes[start..entity.GetProperty("end").GetInt32()]);
                    string expected = kind.Name switch
                    {
                        "urls" => entity.GetProperty("url").GetString()!,
                        "hashtags" => "#" + entity.GetProperty("tag").GetString(),
                        _ => "@" + entity.GetProperty("username").GetString(),
                    };
                    Assert.Equal(expected, text);
                    links += kind.Name == "urls" ? 1 : 0;
                }
            }
        }
        Assert.True(links > 100);
    }

    [Fact]
    public void Answers_come_after_what_they_answer()
    {
        var times = sample.ApiTweets()
            .ToDictionary(t => t.GetProperty("id").GetString()!, t => t.GetProperty("created_at").GetDateTime());
        int pairs = 0;
        foreach (var tweet in sample.ApiTweets().Where(t => t.TryGetProperty("referenced_tweets", out _)))
        {
            foreach (var reference in tweet.GetProperty("referenced_tweets").EnumerateArray())
            {
                if (!times.TryGetValue(reference.GetProperty("id").GetString()!, out var before))
                    continue;
                Assert.True(before <= tweet.GetProperty("created_at").GetDateTime());
                pairs++;
            }
        }
        Assert.True(pairs > 300, $"{pairs} pairs");
    }

    [Fact]
    public void A_former_sample_is_replaced_and_anything_else_is_left_alone()
    {
        string folder = Directory.CreateTempSubdirectory("syrinx-sample-").FullName;
        SamplePlatform.Write(folder, 2500, 1, null, CancellationToken.None);
        string stray = Path.Combine(folder, "x-archives", "left_over.zip");
        File.WriteAllText(stray, "");
        var report = SamplePlatform.Write(folder, SamplePlatform.FewestPosts, 1, null, CancellationToken.None);
        Assert.False(File.Exists(stray));
        Assert.Equal(report.Files, Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Count());

        File.WriteAllText(Path.Combine(folder, "README.txt"), "my diary");
        var error = Assert.Throws<InputException>(() => SamplePlatform.Write(folder, SamplePlatform.FewestPosts, 1, null,
            CancellationToken.None));
        Assert.Contains("new or empty folder", error.Message);
        Directory.Delete(folder, true);
    }

    [Fact]
    public void Too_few_posts_are_refused() =>
        Assert.Throws<InputException>(() => SamplePlatform.Write(Path.Combine(sample.Path, "sub"), 10, 1, null,
            CancellationToken.None));

    [Fact]
    public void Every_archive_file_is_a_script_that_sets_an_array()
    {
        var scripts = sample.Archives.Where(a => a.Name.EndsWith(".js", StringComparison.Ordinal) && !a.Name.Contains("manifest"))
            .ToArray();
        Assert.True(scripts.Length > 300);
        foreach (var (member, name, text) in scripts)
        {
            Assert.StartsWith("window.YTD.", text);
            var array = JsonSerializer.Deserialize<JsonElement>(text[text.IndexOf('[')..]);
            Assert.True(array.ValueKind == JsonValueKind.Array, $"{member} {name}");
        }
        Assert.Equal(40, scripts.Select(s => s.Member).Distinct().Count());
    }

    private IEnumerable<JsonElement> Tweets(string file) => sample.Archives
        .Where(a => a.Name == $"data/{file}.js" || a.Name.StartsWith($"data/{file}-part", StringComparison.Ordinal))
        .SelectMany(a => JsonSerializer.Deserialize<JsonElement>(a.Text[a.Text.IndexOf('[')..]).EnumerateArray());
}
