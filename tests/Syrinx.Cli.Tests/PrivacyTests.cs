using System.Text;
using Lucene.Net.Index;
using Lucene.Net.Store;
using Lucene.Net.Util;
using Syrinx.Data.Posts;
using Syrinx.Search;
using Syrinx.Tokens;

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
        foreach (var (place, text) in Everything())
        {
            var found = planted.Where(p => Private.Contains(p.Kind) && text.Contains(p.Probe, StringComparison.Ordinal));
            Assert.Empty(found.Select(p => $"{p.Kind} {p.Probe} in {place}"));
        }
    }

    [Fact]
    public void What_may_not_be_learned_from_is_searchable_and_in_no_corpus()
    {
        var probes = town.Planted().Where(p => p.Kind == "no_training").Select(p => p.Probe).ToList();
        var everything = Everything();
        foreach (string place in (string[])["posts", "index"])
            Assert.All(probes, p => Assert.Contains(p, everything[place], StringComparison.Ordinal));
        foreach (string place in everything.Keys.Except(["posts", "index"]))
            Assert.All(probes, p => Assert.DoesNotContain(p, everything[place], StringComparison.Ordinal));
    }

    [Fact]
    public void Personal_data_is_masked_in_corpus_and_tokens()
    {
        var probes = town.Planted().Where(p => p.Kind == "pii").Select(p => p.Probe).ToList();
        var everything = Everything();
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

    /// <summary>All that can be read in the home folder: decoded where a file is not plain text.</summary>
    private Dictionary<string, string> Everything()
    {
        var home = new HomeFolder(town.Home);
        var store = PostStore.Open(home.Posts);
        var texts = new Dictionary<string, string>
        {
            ["posts"] = string.Join('\n', store.ReadPosts().Select(p => p.ToString() + string.Join(' ', [.. p.Urls, .. p.Hashtags, .. p.Mentions]))),
            ["authors"] = string.Join('\n', store.ReadAuthors().Values),
            ["tokens"] = Tokens(home.Tokens),
            ["index"] = Index(home.Index),
        };
        foreach (string file in System.IO.Directory.EnumerateFiles(home.Path, "*", SearchOption.AllDirectories))
        {
            // raw bytes too: Latin-1 keeps each byte, so that plain text inside a binary file is seen
            byte[] bytes = File.ReadAllBytes(file);
            string name = Path.GetRelativePath(home.Path, file);
            if (!name.StartsWith("posts", StringComparison.Ordinal) && !name.StartsWith("index", StringComparison.Ordinal))
                texts[name] = Encoding.Latin1.GetString(bytes) + Encoding.Unicode.GetString(bytes);
        }
        Assert.Contains("corpus/documents.jsonl", texts.Keys);
        Assert.Contains("corpus/card.html", texts.Keys);
        return texts;
    }

    private static string Tokens(string folder)
    {
        var tokenizer = BpeTokenizer.Load(Path.Combine(folder, "tokenizer.json"));
        var text = new StringBuilder();
        foreach (string name in (string[])["train.bin", "val.bin"])
        {
            using var shard = TokenShard.Open(Path.Combine(folder, name));
            int[] ids = new int[shard.Count];
            shard.Read(0, ids);
            text.Append(tokenizer.Decode(ids));
        }
        Assert.True(text.Length > 100_000);
        return text.ToString();
    }

    private static string Index(string folder)
    {
        string generation = System.IO.Directory.GetDirectories(folder).Single();
        using var directory = FSDirectory.Open(generation);
        using var reader = DirectoryReader.Open(directory);
        var text = new StringBuilder();
        var value = new BytesRef();
        foreach (var leaf in reader.Leaves)
        {
            // a post's text lies in the documents' values, a very long one in the stored fields
            var posts = leaf.AtomicReader.GetBinaryDocValues("post");
            for (int i = 0; i < leaf.AtomicReader.MaxDoc; i++)
            {
                posts.Get(i, value);
                text.AppendLine(Encoding.UTF8.GetString(value.Bytes, value.Offset, value.Length));
                foreach (var field in leaf.AtomicReader.Document(i).Fields)
                    text.AppendLine(field.GetBinaryValue() is { } bytes ? Encoding.UTF8.GetString(bytes.Bytes, bytes.Offset, bytes.Length) : field.GetStringValue());
            }
        }
        Assert.True(text.Length > 100_000);
        return text.ToString();
    }
}
