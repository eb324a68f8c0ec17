using System.Text;
using CsCheck;
using Syrinx.Tokens;

namespace Syrinx.Tests.Tokens;

public class BpeTrainerTests
{
    [Fact]
    public void The_merges_are_those_of_counting_all_pairs_anew_each_time()
    {
        var texts = Enumerable.Range(0, 40).Select(TestText.Paragraph).Append("aaaa aaa aa aaaaaaa aaaaa").ToList();
        var trained = BpeTrainer.Train(texts, 480, threads: 2);
        var slow = Slow(texts, 480);
        Assert.Equal(480, trained.VocabSize);
        Assert.Equal(slow, trained.Vocabulary.Merges.Select(m => (m.Left, m.Right, m.Merged)));
    }

    [Fact]
    public void So_they_are_in_texts_of_two_letters_where_pairs_overlap_and_tokens_arise_twice() =>
        Gen.Int[0, 6].Select(i => i == 0 ? ' ' : i < 5 ? 'a' : 'b').Array[5, 120].Select(chars => new string(chars)).Sample(text =>
        {
            int size = BpeTrainer.SmallestVocabulary + 25;
            Assert.Equal(Slow([text], size), BpeTrainer.Train([text], size, threads: 1).Vocabulary.Merges.Select(m => (m.Left, m.Right, m.Merged)));
        }, iter: 2_000);

    [Fact]
    public void The_same_texts_give_the_same_tokenizer_whatever_their_order_and_the_threads()
    {
        using var folder = new TemporaryFolder();
        var texts = Enumerable.Range(0, 200).Select(TestText.Paragraph).ToList();
        BpeTrainer.Train(texts, 600, threads: 1).Save(folder["1.json"]);
        BpeTrainer.Train(texts.AsEnumerable().Reverse(), 600, threads: 4).Save(folder["4.json"]);
        Assert.Equal(File.ReadAllText(folder["1.json"]), File.ReadAllText(folder["4.json"]));
    }

    [Fact]
    public void A_vocabulary_larger_than_the_texts_can_fill_ends_where_no_pair_occurs_twice()
    {
        var tokenizer = BpeTrainer.Train(["one two one two"], 5_000, threads: 1);
        Assert.InRange(tokenizer.VocabSize, BpeTrainer.SmallestVocabulary + 4, BpeTrainer.SmallestVocabulary + 10);
        Assert.Equal(" two", tokenizer.Decode(tokenizer.Encode("one two")[^1..]));
    }

    [Fact]
    public void Special_tokens_are_the_last_ones()
    {
        var tokenizer = BpeTrainer.Train(["abc abc"], BpeTrainer.SmallestVocabulary, threads: 1);
        Assert.Equal([256, 257, 258, 259, 260, 261], BpeTrainer.SpecialTokens.Select(name => tokenizer.RequiredTokenId(name)));
        Assert.Equal(BpeTokenizer.EndOfText, tokenizer.Decode([256], withSpecial: true));
    }

    [Fact]
    public void A_token_that_two_merges_make_is_listed_once()
    {
        // "aaa" comes of a+aa in one word and of aa+a in another
        var texts = Enumerable.Repeat("aaa baa aab aaab baaa caaad aaaaaa aaaaaaaaa", 5);
        var tokenizer = BpeTrainer.Train(texts, 290, threads: 1);
        var texted = tokenizer.Vocabulary.Tokens.Select(t => Convert.ToHexString(t)).ToList();
        Assert.Equal(texted.Count, texted.Distinct().Count());
    }

    [Theory]
    [InlineData(2)]
    [InlineData(50)]
    [InlineData(1_000_000)]
    public void Pairs_left_aside_as_too_rare_are_found_again_when_they_are_wanted(long floor)
    {
        var texts = Enumerable.Range(0, 60).Select(TestText.Paragraph).Append("aaaa aaa aa aaaaaaa aaaaa ababab bababa").ToList();
        var counter = Count(texts, threads: 1, room: 1 << 20);
        var (_, merges) = new MergeLearner(counter.Tables, 700 - BpeTrainer.SpecialTokens.Count, floor).Learn(null, default);
        Assert.Equal(BpeTrainer.Train(texts, 700, threads: 1).Vocabulary.Merges, merges);
    }

    [Fact]
    public void Pieces_without_room_are_a_sample_that_depends_neither_on_order_nor_on_threads()
    {
        var texts = Enumerable.Range(0, 3000).Select(i => $"{TestText.Paragraph(i % 100)} {Sentence(i)}").ToList();
        var some = Count(texts, threads: 1, room: 60_000);
        Assert.All(some.Tables, table => Assert.InRange(table.Level, 2, 8));
        Assert.Equal(Contents(some), Contents(Count(texts.AsEnumerable().Reverse(), threads: 4, room: 60_000)));

        // what is in the sample is counted exactly, and stands for what is not
        var all = Contents(Count(texts, threads: 1, room: 1 << 24));
        var kept = Contents(some);
        Assert.True(kept.Count < all.Count / 2);
        Assert.All(kept, piece => Assert.Equal(0, piece.Value % all[piece.Key]));
        Assert.All(all.Where(p => p.Key.Length <= 8), piece => Assert.Equal(piece.Value, kept[piece.Key])); // up to four bytes
        double truth = all.Sum(p => p.Key.Length / 2 * (double)p.Value), estimate = kept.Sum(p => p.Key.Length / 2 * (double)p.Value);
        Assert.InRange(estimate / truth, 0.9, 1.1);
    }

    private static string Sentence(int i) => string.Concat(Enumerable.Range(0, 12).Select(k => (char)(0x4E00 + (i * 7919 + k * k * 104_729 + i / 7 * k) % 3000)));

    private static PieceCounter Count(IEnumerable<string> texts, int threads, long room)
    {
        var counter = new PieceCounter(PreTokenizer.ForQwen2, threads, room, default);
        counter.Add(texts, _ => { });
        return counter;
    }

    private static Dictionary<string, long> Contents(PieceCounter counter)
    {
        var contents = new SortedDictionary<string, long>(StringComparer.Ordinal);
        foreach (var table in counter.Tables)
        {
            for (int i = 0; i < table.Count; i++)
                contents.Add(Convert.ToHexString(table.Piece(i, out long weight)), weight);
        }
        return contents.ToDictionary();
    }

    [Fact]
    public void Too_small_a_vocabulary_and_no_text_are_refused()
    {
        Assert.Contains("262", Assert.Throws<InputException>(() => BpeTrainer.Train(["x"], 261, 1)).Message);
        Assert.Throws<InputException>(() => BpeTrainer.Train([], 300, 1));
        Assert.Throws<InputException>(() => BpeTrainer.Train([""], 300, 1));
    }

    [Fact]
    public void Training_can_be_cancelled()
    {
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        Assert.Throws<OperationCanceledException>(() => BpeTrainer.Train([TestText.Paragraph(1)], 400, 1, null, cancelled.Token));
    }

    /// <summary>The slow twin: counts every pair anew before each merge.</summary>
    private static List<(int, int, int)> Slow(IEnumerable<string> texts, int vocabulary)
    {
        var pieces = texts.SelectMany(t => PreTokenizerTests.Cut(t.Normalize()))
            .Select(piece => Encoding.UTF8.GetBytes(piece).Select(b => (int)b).ToList()).ToList();
        var names = Enumerable.Range(0, 256).Select(b => $"{b:X2}").ToList();
        var merges = new List<(int, int, int)>();
        while (names.Count < vocabulary - BpeTrainer.SpecialTokens.Count)
        {
            var counts = new Dictionary<(int, int), int>();
            foreach (var piece in pieces)
            {
                for (int i = 0; i + 1 < piece.Count; i++)
                    counts[(piece[i], piece[i + 1])] = counts.GetValueOrDefault((piece[i], piece[i + 1])) + 1;
            }
            if (!counts.Values.Any(c => c > 1))
                return merges;
            var best = counts.OrderByDescending(c => c.Value).ThenBy(c => c.Key).First().Key;
            string name = names[best.Item1] + names[best.Item2];
            int id = names.IndexOf(name);
            if (id < 0)
            {
                id = names.Count;
                names.Add(name);
            }
            merges.Add((best.Item1, best.Item2, id));
            foreach (var piece in pieces)
            {
                for (int i = 0; i + 1 < piece.Count; i++)
                {
                    if ((piece[i], piece[i + 1]) == best)
                    {
                        piece[i] = id;
                        piece.RemoveAt(i + 1);
                    }
                }
            }
        }
        return merges;
    }
}
