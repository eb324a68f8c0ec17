using Syrinx.Models;
using Syrinx.Tokens;
using Syrinx.Training.Data;

namespace Syrinx.Training.Tests.Data;

public sealed class CanaryShardTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("syrinx-canaries-").FullName;
    private readonly BpeTokenizer _tokenizer = BpeTrainer.Train(["the bridge is open again and the code is 123456789", "說：我的暗號是"], 300, 1);

    private string In(string name) => Path.Combine(_folder, name);

    private int End => _tokenizer.RequiredTokenId(BpeTokenizer.EndOfText);

    private int[] Read(string name)
    {
        using var shard = TokenShard.Open(In(name));
        var tokens = new int[shard.Count];
        shard.Read(0, tokens);
        return tokens;
    }

    private void Write(string name, int documents)
    {
        using var writer = new TokenShardWriter(In(name), _tokenizer.VocabSize, End);
        for (int i = 0; i < documents; i++)
            writer.Append(_tokenizer.Encode($"document {i} about the bridge"));
        writer.Complete();
    }

    [Fact]
    public void Every_canary_is_there_exactly_as_often_as_it_should_be_and_the_documents_are_whole()
    {
        Write("train.bin", 500);
        var set = new CanarySet(5, 4);
        CanaryShard.Write(In("train.bin"), set, _tokenizer, In("canaries.bin"), default);
        var documents = Documents(Read("canaries.bin"));
        var planted = new HashSet<string>();
        foreach (int repetitions in CanarySet.Repetitions.Prepend(0))
        {
            foreach (var canary in set.Of(repetitions))
            {
                string ids = string.Join(' ', _tokenizer.Encode(canary.Prefix).Concat(_tokenizer.Encode(canary.Secret)));
                planted.Add(ids);
                Assert.Equal(repetitions, documents.Count(d => d == ids));
            }
        }
        Assert.Equal(Documents(Read("train.bin")), documents.Where(d => !planted.Contains(d)));
        // spread over the text: in each fifth of it some of the hundredfold ones
        string hundredfold = string.Join(' ', _tokenizer.Encode(set.Of(100)[0].Prefix).Concat(_tokenizer.Encode(set.Of(100)[0].Secret)));
        Assert.All(documents.Chunk(documents.Count / 5 + 1), part => Assert.InRange(part.Count(d => d == hundredfold), 8, 40));
    }

    [Fact]
    public void The_same_seed_makes_the_same_shard_and_a_single_document_is_refused()
    {
        Write("train.bin", 50);
        CanaryShard.Write(In("train.bin"), new(5, 2), _tokenizer, In("a.bin"), default);
        CanaryShard.Write(In("train.bin"), new(5, 2), _tokenizer, In("b.bin"), default);
        CanaryShard.Write(In("train.bin"), new(6, 2), _tokenizer, In("c.bin"), default);
        Assert.Equal(File.ReadAllBytes(In("a.bin")), File.ReadAllBytes(In("b.bin")));
        Assert.NotEqual(File.ReadAllBytes(In("a.bin")), File.ReadAllBytes(In("c.bin")));
        Write("one.bin", 1);
        Assert.Contains("a single one", Assert.Throws<InputException>(() => CanaryShard.Write(In("one.bin"), new(5, 2), _tokenizer, In("d.bin"), default)).Message);
        Assert.False(File.Exists(In("d.bin")));
    }

    [Fact]
    public void A_model_and_those_that_come_from_it_record_its_canaries()
    {
        using var tiny = new TinyHome();
        string lines = In("town.jsonl");
        File.WriteAllLines(lines, File.ReadLines(tiny.Text).Select(l => System.Text.Json.JsonSerializer.Serialize(new { text = l })));
        var settings = new PretrainSettings("with", TinyHome.Recipe with { Steps = 2, Canaries = 1 }, lines, VocabSize: 400);
        Pretrainer.Run(settings, tiny.Context());
        Pretrainer.Run(settings with { Name = "without", Recipe = TinyHome.Recipe with { Steps = 2 } }, tiny.Context());
        Pretrainer.Run(new("on", TinyHome.Recipe with { Steps = 2 }, lines, From: tiny.Home.Model("with")), tiny.Context());
        CanarySet? Recorded(string model) => ModelRecord.Read(new ModelDirectory(tiny.Home.Model(model)).RecordPath).Canaries;
        Assert.Equal(new CanarySet(TinyHome.Recipe.Seed, 1), Recorded("with"));
        Assert.Equal(new CanarySet(TinyHome.Recipe.Seed, 1), Recorded("on"));
        Assert.Null(Recorded("without"));
        Assert.NotEqual(tiny.WeightsHash("with"), tiny.WeightsHash("without"));
        Assert.Contains("canaries belong to 'train'", Assert.Throws<InputException>(() => Tuner.Run(
            new("tuned", tiny.Home.Model("with"), TinyHome.Recipe with { Canaries = 1 }), [], tiny.Context())).Message);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private List<string> Documents(int[] tokens)
    {
        var documents = new List<string>();
        int begin = 0;
        for (int i = 0; i < tokens.Length; i++)
        {
            if (tokens[i] != End)
                continue;
            documents.Add(string.Join(' ', tokens[begin..i]));
            begin = i + 1;
        }
        return documents;
    }
}
