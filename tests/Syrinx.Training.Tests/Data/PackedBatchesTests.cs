using Syrinx.Tokens;
using Syrinx.Training.Data;

namespace Syrinx.Training.Tests.Data;

public sealed class PackedBatchesTests : IDisposable
{
    private const int End = 0;
    private readonly string _folder = Directory.CreateTempSubdirectory("syrinx-packed-").FullName;

    [Fact]
    public void Every_token_of_a_round_is_learnt_once_from_the_token_before_it()
    {
        using var shard = Shard([5, 40, 1, 16, 15, 3, 3, 8, 33, 7, 2, 12]);
        var data = Data(shard);
        int[] all = new int[shard.Count];
        shard.Read(0, all);
        int sequences = (int)Math.Round(2 / data.Epochs(1));
        for (int round = 0; round < 2; round++)
        {
            var learnt = new List<int>();
            for (int i = 0; i < sequences; i++)
            {
                long sequence = (round * sequences) + i;
                var row = data.Training(sequence / 2, (int)(sequence % 2), 1);
                learnt.AddRange(row.Targets.Where(t => t >= 0));
                for (int t = 0; t < row.Length; t++)
                {
                    if (row.Targets[t] > 0 && row.Targets[t] % 100 != 1)
                        Assert.Equal(row.Targets[t] - 1, row.Inputs[t]);
                    else if (row.Targets[t] > 0)
                        Assert.Equal(End, row.Inputs[t]); // a document's first token is learnt from the end of another
                }
            }
            Assert.Equal(all.Order(), learnt.Order());
        }
    }

    [Fact]
    public void Attention_of_each_row_stays_inside_its_documents()
    {
        using var shard = Shard([5, 40, 1, 16, 15, 3, 3, 8, 33, 7, 2, 12]);
        var data = Data(shard);
        for (int step = 0; step < 12; step++)
        {
            var batch = data.Training(step);
            Assert.Equal(batch.TargetCount, data.Targets(step));
            for (int i = 0; i < batch.Inputs.Length; i++)
            {
                int row = i / batch.Length * batch.Length;
                if (batch.Targets[i] > 0)
                    Assert.All(Enumerable.Range(row + batch.Starts![i], i - row - batch.Starts[i] + 1), j => Assert.Equal(batch.Targets[i] / 100, batch.Targets[j] / 100));
            }
        }
    }

    [Fact]
    public void A_step_depends_on_seed_and_step_alone_and_a_ranks_part_is_that_part()
    {
        using var shard = Shard([5, 40, 1, 16, 15, 3, 3, 8, 33, 7, 2, 12]);
        var (a, b) = (Data(shard), Data(shard));
        var late = b.Training(31);
        for (int step = 0; step < 5; step++)
            a.Training(step);
        Assert.Equal(late.Inputs, a.Training(31).Inputs);
        Assert.Equal([.. a.Training(31, 0, 1).Targets, .. a.Training(31, 1).Targets], late.Targets);
        Assert.Equal(late.Starts, a.Training(31).Starts);
    }

    [Fact]
    public void Best_fit_leaves_no_row_that_could_have_taken_an_items_place()
    {
        for (ulong seed = 0; seed < 20; seed++)
        {
            var random = new CounterRandom(seed, 1);
            int[] sizes = [.. Enumerable.Range(0, 200).Select(i => 1 + (int)random.Below((ulong)i, 50))];
            var rows = BestFit.Pack(sizes, 50);
            Assert.Equal(Enumerable.Range(0, 200), rows.SelectMany(r => r).Order());
            Assert.Equal(Slow(sizes).Select(r => string.Join(' ', r)).Order(), rows.Select(r => string.Join(' ', r)).Order());
        }

        // the definition: largest first, into the open row with the least room that is enough, the one that has had it longest
        static List<List<int>> Slow(int[] sizes)
        {
            var rows = new List<(List<int> Items, int Left, int Since)>();
            int time = 0;
            foreach (int item in Enumerable.Range(0, sizes.Length).OrderByDescending(i => sizes[i]))
            {
                int best = Enumerable.Range(0, rows.Count).Where(r => rows[r].Left >= sizes[item]).OrderBy(r => rows[r].Left).ThenBy(r => rows[r].Since).FirstOrDefault(-1);
                if (best < 0)
                {
                    rows.Add(([], 50, 0));
                    best = rows.Count - 1;
                }
                rows[best].Items.Add(item);
                rows[best] = (rows[best].Items, rows[best].Left - sizes[item], time++);
            }
            return [.. rows.Select(r => r.Items)];
        }
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static PackedBatches Data(TokenShard shard) =>
        new(shard, shard, End, "x", TinyHome.Recipe with { SequenceLength = 16, BatchSize = 2, Packing = "documents" });

    /// <summary>Document d of n tokens: 100·d + 1, 100·d + 2 …, then the end.</summary>
    private TokenShard Shard(int[] lengths)
    {
        string path = Path.Combine(_folder, "tokens.bin");
        using (var writer = new TokenShardWriter(path, 2000, End))
        {
            for (int d = 0; d < lengths.Length; d++)
                writer.Append([.. Enumerable.Range(1, lengths[d]).Select(i => (100 * (d + 1)) + i)]);
            writer.Complete();
        }
        return TokenShard.Open(path);
    }
}
