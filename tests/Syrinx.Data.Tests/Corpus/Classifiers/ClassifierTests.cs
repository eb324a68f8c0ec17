using CsCheck;
using Syrinx.Data.Corpus.Classifiers;

namespace Syrinx.Data.Tests.Corpus.Classifiers;

/// <summary>The learners and what they see, each against something slower or known.</summary>
public class ClassifierTests
{
    [Fact]
    public void Auc_is_the_share_of_pairs_in_the_right_order() => Gen.Select(Gen.Int[0, 5], Gen.Bool).List[2, 30].Sample(rows =>
    {
        var positives = rows.Where(r => r.Item2).ToList();
        var negatives = rows.Where(r => !r.Item2).ToList();
        double right = positives.Sum(p => negatives.Sum(n => p.Item1 > n.Item1 ? 1 : p.Item1 == n.Item1 ? 0.5 : 0));
        double auc = RocAuc.Of(rows.Select(r => ((double)r.Item1, r.Item2)));
        return positives.Count == 0 || negatives.Count == 0
            ? double.IsNaN(auc) : Math.Abs(auc - right / positives.Count / negatives.Count) < 1e-9;
    });

    [Fact]
    public void Logistic_regression_finds_the_least_loss()
    {
        // three rows of four with bucket 0 are positive, one of four with bucket 1
        int[][] rows = [[0], [0], [0], [0], [1], [1], [1], [1]];
        bool[] labels = [true, true, true, false, true, false, false, false];
        float[] ones = [.. rows.Select(_ => 1f)];
        var (weights, bias) = LogisticRegression.Fit(rows, ones, labels, ones, 2, l2: 1e-9);
        Assert.Equal(Math.Log(3), weights[0] + bias, 0.01);
        Assert.Equal(-Math.Log(3), weights[1] + bias, 0.01);
    }

    [Fact]
    public void Trees_learn_what_no_line_can_and_send_the_unknown_its_own_way()
    {
        var random = new Random(1);
        List<float[]> rows = [];
        List<bool> labels = [];
        for (int i = 0; i < 600; i++)
        {
            float x = (float)random.NextDouble(), y = (float)random.NextDouble();
            bool unknown = i % 5 == 0;
            rows.Add([unknown ? float.NaN : x, y]);
            labels.Add(unknown || x > 0.5 != y > 0.5);
        }
        var trees = new TreeBoosting().Fit(rows, labels, [.. rows.Select(_ => 1f)]);
        Assert.True(trees.Score([0.2f, 0.9f]) > 1 && trees.Score([0.9f, 0.2f]) > 1);
        Assert.True(trees.Score([0.2f, 0.2f]) < -1 && trees.Score([0.9f, 0.9f]) < -1);
        Assert.True(trees.Score([float.NaN, 0.2f]) > 1 && trees.Score([float.NaN, 0.9f]) > 1);
    }

    [Theory]
    [InlineData("幹你娘的壞東西", "幹你娘的坏东西")]
    [InlineData("FREE Money", "free money")]
    [InlineData("ｆｒｅｅ money", "free money")]
    [InlineData("call 0912345678 or 12", "call 99 or 4711")]
    [InlineData("see https://a.example/x now", "see http://other.example/longer/path?q=1 now")]
    [InlineData("thanks @mei", "thanks @somebody_else")]
    [InlineData("don’t", "don't")]
    [InlineData("1 2 3 4 5", "1")]
    [InlineData("fish &amp; chips", "fish  chips")]
    public void What_means_the_same_looks_the_same(string one, string other) => Assert.Equal(Features(one), Features(other));

    [Theory]
    [InlineData("good", "goods")]
    [InlineData("bad dog", "dog bad")]
    [InlineData("不好", "好不")]
    [InlineData("ok", "ok!")]
    [InlineData("ok!", "ok!!")]
    [InlineData("😀", "😡")]
    [InlineData("2nite", "nite")]
    public void What_means_something_else_does_not(string one, string other) => Assert.NotEqual(Features(one), Features(other));

    [Fact]
    public void Any_text_has_features_within_the_table() => Gen.String.Sample(text =>
        Features(text).All(b => b is >= 0 and < TextFeatures.Buckets));

    [Fact]
    public void Eight_bits_keep_a_weight_to_a_hundredth_of_the_largest()
    {
        var random = new Random(3);
        var weights = new float[TextFeatures.Buckets];
        for (int i = 0; i < 5000; i++)
            weights[random.Next(weights.Length)] = (float)Math.Pow(random.NextDouble() * 2 - 1, 3) * 4;
        float largest = weights.Max(Math.Abs);
        var rounded = TextClassifier.Of(weights, 0.5f);
        for (int b = 0; b < weights.Length; b += 7)
            Assert.InRange(Math.Abs(weights[b] + 0.5f - rounded.Score([b])), 0, largest * 0.01f);
    }

    [Fact]
    public void A_fifth_is_held_out_and_copies_are_on_one_side()
    {
        var parts = Enumerable.Range(0, 5000).Select(i => HeldOut.Part($"text number {i}")).ToList();
        Assert.InRange(parts.Count(p => p == 0), 900, 1100);
        Assert.Equal(HeldOut.Part("The ferry is late!"), HeldOut.Part("  the FERRY is late "));
    }

    private static int[] Features(string text) => TextFeatures.OfThread.Of(text).ToArray();
}
