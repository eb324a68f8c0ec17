using System.Text;
using Lucene.Net.Index;
using Lucene.Net.Store;
using Lucene.Net.Util;
using Syrinx.Data.Posts;
using Syrinx.Tokens;

namespace Syrinx.Cli.Tests;

/// <summary>A home folder decoded: Parquet, token shards, the index' stored values, and the bytes of every other file.</summary>
internal static class HomeContents
{
    /// <summary>All that can be read in the home folder: decoded where a file is not plain text.</summary>
    public static Dictionary<string, string> Read(string folder)
    {
        var home = new HomeFolder(folder);
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
