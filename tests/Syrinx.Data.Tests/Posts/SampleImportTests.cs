using System.Text.Json;
using Syrinx.Data.Sample;

namespace Syrinx.Data.Tests.Posts;

/// <summary>The sample platform through the real importers, against the truth that it tells of itself.</summary>
public class SampleImportTests
{
    private static readonly HashSet<string> Hidden = ["deleted", "protected", "direct", "suspended", "opted_out"];

    [Fact]
    public void What_is_public_comes_in_and_what_is_planted_as_hidden_does_not()
    {
        using var x = new Importing();
        var sample = SamplePlatform.Write(x.Exports, SamplePlatform.FewestPosts, seed: 7);
        var report = x.Import("auto", optOut: Path.Combine(x.Exports, "opt-out.txt"));

        var posts = x.Posts.ToDictionary(p => p.Id);
        string everything = string.Join('\n', posts.Values.Select(p => $"{p.Title}\n{p.Text}\n{p.Author}"))
            + string.Join('\n', x.Store.ReadAuthors().Values);
        int visible = 0;
        foreach (string line in File.ReadLines(Path.Combine(x.Exports, "truth.jsonl")))
        {
            using var truth = JsonDocument.Parse(line);
            string Field(string name) => truth.RootElement.GetProperty(name).GetString()!;
            if (Hidden.Contains(Field("kind")))
            {
                Assert.False(posts.ContainsKey(Field("id")), line);
                Assert.DoesNotContain(Field("probe"), everything, StringComparison.Ordinal);
            }
            else
            {
                Assert.True(posts.ContainsKey(Field("id")), line);
                if (Field("kind") == "no_training")
                    Assert.False(posts[Field("id")].TrainingAllowed);
                visible++;
            }
        }
        Assert.True(visible > 100);
        Assert.Equal(0, report.Quarantined);
        Assert.Equal(sample.Posts, posts.Values.Count(p => p.Kind != "post" || p.Platform == "x") + report.Skipped.GetValueOrDefault("retweet") + report.Skipped["opted_out"]);
    }
}
