using System.Text.Json.Nodes;
using Syrinx.Training.Distributed;
using Syrinx.Training.Runs;

namespace Syrinx.Training.Tests.Runs;

public sealed class CheckpointStoreTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("syrinx-checkpoints-").FullName;

    [Fact]
    public void The_newest_are_kept_one_of_every_hour_and_those_marked()
    {
        using var store = new CheckpointStore(_folder, keep: 2, hours: 1);
        // every 20 minutes: hours 1, 2 and 3 begin with steps 3, 6 and 9
        for (int step = 1; step <= 11; step++)
            Save(store, step, seconds: step * 1200, keep: step == 4);
        Assert.Equal([3, 4, 6, 9, 10, 11], Steps());
    }

    [Fact]
    public void A_checkpoint_that_cannot_be_written_is_told_and_the_one_before_stays()
    {
        using var store = new CheckpointStore(_folder, keep: 2, hours: 0);
        Save(store, 1);
        File.WriteAllText(Path.Combine(_folder, ".step-000000002.tmp"), "in the way"); // as good as a full disk
        bool told = false;
        store.Begin(State(2), Copies(), () => told = true);
        var error = Assert.Throws<InputException>(store.Wait);
        Assert.Contains("checkpoint of step 2 could not be written", error.Message);
        Assert.Contains("step-000000001 is whole", error.Message);
        Assert.Throws<InputException>(store.ThrowIfFailed);
        Assert.False(told);
        Assert.Equal(1, store.Newest(_ => null, null)!.Value.State.Step);
    }

    [Fact]
    public void What_a_killed_process_left_half_written_is_removed()
    {
        using var store = new CheckpointStore(_folder, keep: 2, hours: 0);
        Save(store, 1);
        Directory.CreateDirectory(Path.Combine(_folder, ".step-000000002.tmp"));
        File.WriteAllText(Path.Combine(_folder, ".step-000000002.tmp", "state.safetensors.tmp"), "half");
        store.RemoveUnfinished();
        Assert.Equal(["step-000000001"], Directory.EnumerateFileSystemEntries(_folder).Select(Path.GetFileName));
    }

    [Fact]
    public void A_state_that_will_not_do_is_passed_over_and_all_refused_is_told()
    {
        using var store = new CheckpointStore(_folder, keep: 3, hours: 0);
        for (int step = 1; step <= 3; step++)
            Save(store, step);
        Assert.Equal(1, store.Newest(s => s.Step > 1 ? "too late" : null, null)!.Value.State.Step);
        Assert.Contains("too late", Assert.Throws<InputException>(() => store.Newest(_ => "too late", null)).Message);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static void Save(CheckpointStore store, int step, double seconds = 0, bool keep = false)
    {
        store.Begin(State(step) with { Seconds = seconds, Keep = keep }, Copies(), () => { });
        store.Wait();
    }

    private static CheckpointState State(int step) => new() { Step = step, Updates = step, Data = "x", Recipe = new JsonObject() };

    private static TensorCopies Copies()
    {
        Native.Torch.Ready();
        var copies = new TensorCopies();
        copies.Add("weight", [3, 2]).fill_(1);
        return copies;
    }

    private IEnumerable<int> Steps() => Directory.EnumerateDirectories(_folder, "step-*").Select(d => int.Parse(Path.GetFileName(d)[5..])).Order();
}
