using Syrinx.Tokens;
using Syrinx.Training.Data;

namespace Syrinx.Training.Tests.Data;

public sealed class WindowBatchesTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("syrinx-windows-").FullName;

    [Fact]
    public void Every_window_of_a_round_comes_once_and_targets_are_the_next_tokens()
    {
        using var shard = Shard(1000);
        var recipe = TinyHome.Recipe with { SequenceLength = 10, BatchSize = 7 };
        var data = new WindowBatches(shard, shard, "x", recipe);
        var begins = new List<int>();
        for (int step = 0; step < 14; step++) // 98 sequences: (1000 - 1) / 10 - 1 windows
        {
            var batch = data.Training(step);
            Assert.Equal(70, batch.TargetCount);
            Assert.All(batch.Inputs.Zip(batch.Targets), p => Assert.Equal(p.First + 1, p.Second)); // token i is i
            begins.AddRange(Enumerable.Range(0, 7).Select(r => batch.Inputs[r * 10]));
        }
        int phase = begins[0] % 10;
        Assert.Equal(Enumerable.Range(0, 98).Select(w => phase + (w * 10)), begins.Order());
        Assert.NotEqual(begins.Order(), begins);
        Assert.Equal(0.98, data.Epochs(14), 1e-9);
    }

    [Fact]
    public void A_step_depends_on_the_seed_and_the_step_alone()
    {
        using var shard = Shard(500);
        var recipe = TinyHome.Recipe with { SequenceLength = 16 };
        var a = new WindowBatches(shard, shard, "x", recipe);
        var b = new WindowBatches(shard, shard, "x", recipe);
        var late = b.Training(1234);
        for (int step = 0; step < 5; step++)
            a.Training(step);
        Assert.Equal(a.Training(1234).Inputs, late.Inputs);
        Assert.NotEqual(new WindowBatches(shard, shard, "x", recipe with { Seed = 1 }).Training(1234).Inputs, late.Inputs);
    }

    [Fact]
    public void A_ranks_part_is_that_part_of_the_whole_batch()
    {
        using var shard = Shard(500);
        var data = new WindowBatches(shard, shard, "x", TinyHome.Recipe with { SequenceLength = 16 });
        var whole = data.Training(9);
        Assert.Equal([.. data.Training(9, 0, 3).Inputs, .. data.Training(9, 3).Inputs], whole.Inputs);
        Assert.Equal([.. data.Training(9, 0, 3).Targets, .. data.Training(9, 3, 5).Targets], whole.Targets);
        Assert.Equal(whole.TargetCount, data.Targets(9));
    }

    [Theory]
    [InlineData(0, 99)]
    [InlineData(5, 5)]
    [InlineData(1000, 99)]
    public void Validation_windows_do_not_overlap(int wanted, int rows)
    {
        using var shard = Shard(1000);
        var data = new WindowBatches(shard, shard, "x", TinyHome.Recipe with { SequenceLength = 10, ValidationWindows = wanted });
        int[] begins = [.. data.Validation.SelectMany(b => Enumerable.Range(0, b.Rows).Select(r => b.Inputs[r * 10]))];
        Assert.Equal(rows, begins.Length);
        Assert.All(begins.Zip(begins.Skip(1)), p => Assert.True(p.Second - p.First >= 10));
    }

    [Fact]
    public void Shortest_possible_text_makes_one_window()
    {
        using var shard = Shard(33);
        var batch = new WindowBatches(shard, shard, "x", TinyHome.Recipe).Training(3);
        Assert.All(Enumerable.Range(0, 8), r => Assert.Equal(0, batch.Inputs[r * 32]));
    }

    [Fact]
    public void A_shuffle_is_a_permutation()
    {
        foreach (long count in (long[])[1, 2, 3, 16, 17, 1000])
        {
            var order = Enumerable.Range(0, (int)count).Select(i => Shuffle.At(new CounterRandom(5, 9), i, count)).ToArray();
            Assert.Equal(Enumerable.Range(0, (int)count).Select(i => (long)i), order.Order());
        }
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private TokenShard Shard(int count)
    {
        string path = Path.Combine(_folder, $"{count}.bin");
        using (var writer = new TokenShardWriter(path, 2000, count - 1))
        {
            writer.Append([.. Enumerable.Range(0, count - 1)]);
            writer.Complete();
        }
        return TokenShard.Open(path);
    }
}
