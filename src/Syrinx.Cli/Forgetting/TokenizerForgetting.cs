using Syrinx.Data.Corpus;
using Syrinx.Data.Posts;
using Syrinx.Data.Posts.Forgetting;
using Syrinx.Models;
using Syrinx.Tokens;

namespace Syrinx.Cli.Forgetting;

/// <summary>
/// Words that a tokenizer learnt from a forgotten author alone leave its vocabulary: that of <c>tokens/</c>, and of the models that have
/// the same one. Ids and what others' texts are encoded with do not change, so the models go on to work.
/// </summary>
internal static class TokenizerForgetting
{
    /// <summary>The tokens of the author's posts, and of the documents that have them.</summary>
    public static int[] TokensOf(HomeFolder home, string authorId, ForgottenTraces traces, int threads, CancellationToken cancel)
    {
        string path = PathOf(home);
        if (!File.Exists(path))
            return [];
        var posts = PostStore.Open(home.Posts).ReadPosts(cancel)
            .Where(p => string.Equals(p.AuthorId, authorId, StringComparison.OrdinalIgnoreCase)).Select(p => p.Title + "\n" + p.Text);
        var documents = Documents(home, cancel).Where(d => d.Posts.Any(traces.IsPost)).Select(d => d.Text);
        return [.. BpeTokenizer.Load(path).UsedBy(posts.Concat(documents), threads, cancel)];
    }

    /// <summary>Removes them, where the corpus as it is now has no use for them; says how many words went.</summary>
    public static int Remove(HomeFolder home, int[] tokens, int threads, CancellationToken cancel)
    {
        string path = PathOf(home);
        if (tokens.Length == 0 || !File.Exists(path))
            return 0;
        var before = BpeTokenizer.Load(path);
        var after = before.Without(tokens, before.UsedBy(Documents(home, cancel).Select(d => d.Text), threads, cancel));
        if (after == before)
            return 0;
        byte[] old = File.ReadAllBytes(path);
        // ours last: as long as it is the old one, an interrupted removal finds the models that have it
        foreach (string model in ModelDirectory.List(home).Select(m => new ModelDirectory(home.Model(m)).TokenizerPath).Append(path))
        {
            if (File.Exists(model) && File.ReadAllBytes(model).AsSpan().SequenceEqual(old))
                after.Save(model);
        }
        return Enumerable.Range(0, before.VocabSize).Count(t => before.TokenBytes(t).Length > 0 && after.TokenBytes(t).Length == 0);
    }

    private static IEnumerable<CorpusDocument> Documents(HomeFolder home, CancellationToken cancel) =>
        File.Exists(Path.Combine(home.Corpus, CorpusFiles.Documents)) ? CorpusFiles.ReadDocuments(home.Corpus, cancel) : [];

    private static string PathOf(HomeFolder home) => Path.Combine(home.Tokens, "tokenizer.json");
}
