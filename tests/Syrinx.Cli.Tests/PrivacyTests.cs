using Syrinx.Search;

namespace Syrinx.Cli.Tests;

/// <summary>
/// The sample platform plants text that must not get in. Every file of the home folder is decoded – Parquet, token shards, the
/// index' stored fields – and searched for it; text that belongs there is searched for in the same way, so that a search that
/// finds nothing at all fails.
/// </summary>
[Collection(nameof(BuiltTown))]
public sealed class PrivacyTests(BuiltTown town)
{
    private static readonly string[] Private = ["deleted", "protected", "direct", "suspended", "opted_out"];

    [Fact]
    public void Nothing_private_deleted_suspended_or_opted_out_is_in_any_file_of_the_home_folder()
    {
        var planted = town.Planted();
        Assert.All(Private, kind => Assert.True(planted.Count(p => p.Kind == kind) >= 10, kind));
        foreach (var (place, text) in HomeContents.Read(town.Home))
        {
            var found = planted.Where(p => Private.Contains(p.Kind) && text.Contains(p.Probe, StringComparison.Ordinal));
            Assert.Empty(found.Select(p => $"{p.Kind} {p.Probe} in {place}"));
        }
    }

    [Fact]
    public void What_may_not_be_learned_from_is_searchable_and_in_no_corpus()
    {
        var probes = town.Planted().Where(p => p.Kind == "no_training").Select(p => p.Probe).ToList();
        var everything = HomeContents.Read(town.Home);
        foreach (string place in (string[])["posts", "index"])
            Assert.All(probes, p => Assert.Contains(p, everything[place], StringComparison.Ordinal));
        foreach (string place in everything.Keys.Except(["posts", "index"]))
            Assert.All(probes, p => Assert.DoesNotContain(p, everything[place], StringComparison.Ordinal));
    }

    [Fact]
    public void Personal_data_is_masked_in_corpus_and_tokens()
    {
        var probes = town.Planted().Where(p => p.Kind == "pii").Select(p => p.Probe).ToList();
        var everything = HomeContents.Read(town.Home);
        Assert.True(probes.Count(p => everything["posts"].Contains(p, StringComparison.Ordinal)) > probes.Count / 2, "they were public posts");
        foreach (string place in everything.Keys.Except(["posts", "index"]))
            Assert.All(probes, p => Assert.DoesNotContain(p, everything[place], StringComparison.Ordinal));
    }

    [Fact]
    public void The_search_finds_none_of_it()
    {
        using var index = SearchIndex.Open(Path.Combine(town.Home, "index"));
        foreach (var (kind, probe) in town.Planted().Where(p => Private.Contains(p.Kind)))
        {
            var hits = index.Search(new SearchQuery { Text = $"\"{probe}\"" }).Hits;
            Assert.DoesNotContain(hits, h => h.Text.Contains(probe, StringComparison.Ordinal));
        }
        string bot = town.Planted().First(p => p.Kind == "bot").Probe;
        Assert.Contains(index.Search(new SearchQuery { Text = $"\"{bot}\"" }).Hits, h => h.Text.Contains(bot, StringComparison.Ordinal));
    }
}
