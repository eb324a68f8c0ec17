using Syrinx.Models;

namespace Syrinx.Tests.Models;

public sealed class DataLineageTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private HomeFolder Home => new(_folder.Path);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_model_has_seen_its_corpus_and_those_of_the_model_it_came_from()
    {
        Card("c1", "adult");
        string first = Model("first", DataLineage.OfCorpus(Home, null));
        Card("c2", "strict");
        var second = DataLineage.OfCorpus(Home, first);
        Assert.Equal(["c1", "c2"], second.Corpora);
        Assert.Equal("adult", second.Policy); // what let in most
        string again = Model("second", second);
        Assert.Equal(["c1", "c2"], DataLineage.OfCorpus(Home, again).Corpora);
        Assert.Equal("strict", DataLineage.OfCorpus(Home, null).Policy);
    }

    [Fact]
    public void Without_a_card_or_a_record_nothing_is_known_and_nothing_fails()
    {
        Assert.Empty(DataLineage.OfCorpus(Home, null).Corpora);
        Assert.Null(DataLineage.OfCorpus(Home, null).Policy);
        Assert.Empty(DataLineage.OfModel(_folder["nowhere"]).Corpora);
        Assert.Null(DataLineage.TryRead(_folder["data.json"]));
    }

    [Fact]
    public void A_run_writes_it_down_and_reads_it_back()
    {
        var lineage = new DataLineage { Corpora = ["c1"], Policy = "standard" };
        lineage.Write(_folder["data.json"]);
        var read = DataLineage.TryRead(_folder["data.json"])!;
        Assert.Equal(lineage.Corpora, read.Corpora);
        Assert.Equal(lineage.Policy, read.Policy);
    }

    [Fact]
    public void A_damaged_card_says_what_to_do()
    {
        Directory.CreateDirectory(Home.Corpus);
        File.WriteAllText(Path.Combine(Home.Corpus, "card.json"), "{");
        Assert.Contains("syrinx curate", Assert.Throws<InputException>(() => DataLineage.OfCorpus(Home, null)).Message, StringComparison.Ordinal);
    }

    private void Card(string corpus, string policy)
    {
        Directory.CreateDirectory(Home.Corpus);
        File.WriteAllText(Path.Combine(Home.Corpus, "card.json"), $$"""{ "corpus": "{{corpus}}", "settings": { "policy": "{{policy}}" } }""");
    }

    private string Model(string name, DataLineage lineage)
    {
        string folder = Home.Model(name);
        new ModelRecord { Name = name, Data = lineage }.Write(new ModelDirectory(folder).RecordPath);
        return folder;
    }
}
