using CsCheck;
using Syrinx.Data.Corpus;
using Syrinx.Data.Corpus.Duplicates;
using Syrinx.Data.Corpus.Text;
using Syrinx.Data.Tests.Posts;

namespace Syrinx.Data.Tests.Corpus;

public sealed class DuplicateTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_vector_code_finds_the_minima_of_the_plain_formula()
    {
        var random = new Random(7);
        foreach (int size in (int[])[1, 2, 9, 200])
        {
            uint[] set = [.. Enumerable.Range(0, size).Select(_ => (uint)random.NextInt64(uint.MaxValue))];
            var fast = new uint[MinHash.Bands * MinHash.Rows];
            var slow = new uint[fast.Length];
            MinHash.Minima(set, fast);
            MinHash.Rest(set, slow, 0);
            Assert.Equal(slow, fast);
        }
    }

    [Theory]
    [InlineData(0.8, 0.90, 0.95)]
    [InlineData(0.5, 0.02, 0.09)]
    public void Pairs_become_candidates_as_often_as_the_theory_says(double jaccard, double least, double most)
    {
        // 1 − (1 − s⁸)¹⁴: 0.924 at 0.8, 0.053 at 0.5
        var random = new Random(11);
        int found = 0;
        const int Pairs = 1500, Union = 200;
        for (int p = 0; p < Pairs; p++)
        {
            uint[] union = [.. Enumerable.Range(0, Union).Select(_ => (uint)random.NextInt64(uint.MaxValue))];
            int common = (int)(jaccard * Union), own = (Union - common) / 2;
            var a = Bands([.. union[..common], .. union[common..(common + own)]]);
            var b = Bands([.. union[..common], .. union[(common + own)..]]);
            found += a.Zip(b).Any(x => x.First == x.Second) ? 1 : 0;
        }
        Assert.InRange((double)found / Pairs, least, most);
    }

    [Fact]
    public void Jaccard_is_what_sets_say()
    {
        var random = new Random(3);
        for (int i = 0; i < 200; i++)
        {
            uint[] a = [.. Enumerable.Range(0, random.Next(30)).Select(_ => (uint)random.Next(40)).Distinct().Order()];
            uint[] b = [.. Enumerable.Range(0, random.Next(30)).Select(_ => (uint)random.Next(40)).Distinct().Order()];
            double expected = a.Length + b.Length == 0 ? 0 : (double)a.Intersect(b).Count() / a.Union(b).Count();
            Assert.Equal(expected, Shingles.Jaccard(a, b));
        }
    }

    [Theory]
    [InlineData("Hello,  WORLD! https://example.com/x", "hello world")]
    [InlineData("@mei @jo: ＨＥＬＬＯ world", "hello world")]
    [InlineData("天氣 真好！！", "天氣 真好")]
    [InlineData("don't", "dont")]
    [InlineData("room 12, 3rd floor", "room 12 3rd floor")]
    [InlineData("😂", "😂")]
    [InlineData("https://example.com/only", "")]
    public void Normalisation_keeps_what_tells_posts_apart(string text, string normalized) =>
        Assert.Equal(normalized, TextNormalizer.Normalize(text));

    [Fact]
    public void The_fast_normalisation_agrees_with_the_frameworks()
    {
        int fast = 0;
        Gen.Char.Array[0, 40].Where(cs => !cs.Any(char.IsSurrogate)).Select(cs => new string(cs)).Sample(text =>
        {
            if (TextNormalizer.Fold(text) is not { } folded)
                return;
            Interlocked.Increment(ref fast);
            Assert.Equal(TextNormalizer.FoldSlowly(text), folded);
        });
        // half of the code points are Hangul, Han and private use, one in twenty is not in the table
        Assert.True(fast > 10, $"only {fast} texts took the fast way");
        for (int i = 0; i < char.MaxValue; i++)
        {
            string text = $"a{(char)i}b";
            if (!char.IsSurrogate((char)i) && TextNormalizer.Fold(text) is { } folded)
                Assert.Equal(TextNormalizer.FoldSlowly(text), folded);
        }
    }

    [Fact]
    public void Edits_are_found_numbers_and_other_texts_are_not()
    {
        string[] texts =
        [
            "The night market behind the temple opens again on Friday, bring an umbrella and cash because nobody takes cards",
            "the night market behind the temple opens again on friday bring an umbrella and cash, because nobody takes cards!!",
            "The night market behind the temple opens again on Saturday, bring an umbrella and cash because nobody takes cards",
            "Bus 12 leaves the harbour at 07:40 and reaches the hospital at 08:05 on weekdays",
            "Bus 14 leaves the harbour at 09:10 and reaches the hospital at 09:35 on weekdays",
            "My neighbour plants tomatoes on the roof and gives half of them away every summer",
            "推", "推", "好", "",
        ];
        var clusters = Find(texts);
        Assert.Equal(clusters.ClusterOf(0), clusters.ClusterOf(1));
        Assert.Equal(clusters.ClusterOf(0), clusters.ClusterOf(2));
        Assert.NotEqual(clusters.ClusterOf(3), clusters.ClusterOf(4));
        Assert.Equal(clusters.TemplateOf(3), clusters.TemplateOf(4));
        Assert.Equal(5, clusters.ClusterOf(5));
        Assert.Equal(clusters.ClusterOf(6), clusters.ClusterOf(7));
        Assert.Equal(8, clusters.ClusterOf(8));
        Assert.Equal(9, clusters.ClusterOf(9));
    }

    [Fact]
    public void Every_exactly_verified_pair_agrees_with_comparing_all_pairs()
    {
        var random = new Random(5);
        string[] words = [.. "harbour bridge rain tomato ferry council budget noodle guitar hospital library summer festival bicycle market teacher".Split(' ')];
        List<string> texts = [];
        for (int i = 0; i < 60; i++)
        {
            string[] sentence = [.. Enumerable.Range(0, 25).Select(_ => words[random.Next(words.Length)])];
            texts.Add(string.Join(' ', sentence));
            sentence[random.Next(sentence.Length)] = "changed";
            texts.Add(string.Join(' ', sentence));
        }
        var clusters = Find([.. texts]);
        var sets = texts.Select(t => Shingles.Of(TextNormalizer.Normalize(t))).ToList();
        int found = 0, all = 0;
        for (int i = 0; i < texts.Count; i++)
        {
            for (int j = 0; j < i; j++)
            {
                bool near = Shingles.Jaccard(sets[i], sets[j]) >= 0.7;
                bool joined = clusters.ClusterOf(i) == clusters.ClusterOf(j);
                Assert.False(joined && !near, "only verified pairs are joined");
                all += near ? 1 : 0;
                found += near && joined ? 1 : 0;
            }
        }
        Assert.True(all >= 50 && found >= 0.85 * all, $"{found} of {all}");
    }

    [Fact]
    public void Planted_near_duplicates_are_found_and_nothing_else_is()
    {
        var report = DedupBenchmark.Run(_folder.Path, 20_000, 500, 2, null, default);
        Assert.Equal(1, report.Found["1"]);
        Assert.True(report.Found["0.9"] >= 0.99, $"{report.Found["0.9"]:P2} at 0.9");
        Assert.True(report.Found["0.8"] >= 0.88, $"{report.Found["0.8"]:P2} at 0.8, where MinHash finds 92.4 %");
        Assert.Equal(0, report.Found["0.5"]);
        Assert.Equal(1, report.Precision);
        Assert.Empty(Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public void Any_number_of_threads_and_any_room_in_memory_find_the_same_clusters()
    {
        var rows = new PlantedRows(3_000, 200);
        string[] texts = [.. Enumerable.Range(0, rows.Count).Select(rows.Text)];
        var one = Find(texts, threads: 1);
        foreach (var other in (DuplicateClusters[])[Find(texts, threads: 3), Find(texts, threads: 2, rowsPerRound: 100)])
        {
            for (int i = 0; i < texts.Length; i++)
            {
                Assert.Equal(one.ClusterOf(i), other.ClusterOf(i));
                Assert.Equal(one.TemplateOf(i), other.TemplateOf(i));
            }
        }
    }

    [Fact]
    public void A_bucket_of_thousands_is_done_in_a_moment()
    {
        string[] texts = [.. Enumerable.Range(0, 5000)
            .Select(i => $"Station Hillside reports a temperature of {i % 40} degrees and wind from the west, reading number {i}")];
        var clusters = Find(texts);
        Assert.Equal(5000, Enumerable.Range(0, 5000).Select(clusters.ClusterOf).Distinct().Count());
        Assert.Single(Enumerable.Range(0, 5000).Select(clusters.TemplateOf).Distinct());
    }

    private static ulong[] Bands(uint[] set)
    {
        var bands = new ulong[MinHash.Bands];
        MinHash.Write(set, bands);
        return bands;
    }

    private DuplicateClusters Find(string[] texts, int threads = 2, int rowsPerRound = 1 << 23)
    {
        using var signatures = new SignatureFile(_folder.Path);
        var signature = new ulong[TextSignature.Length];
        foreach (string text in texts)
        {
            TextSignature.Write(TextNormalizer.Normalize(text), signature);
            signatures.Append(signature);
        }
        signatures.Flush();
        return new DuplicateFinder(signatures, 0.7, threads, rowsPerRound).Find(i => TextNormalizer.Normalize(texts[i]), null, default);
    }
}
