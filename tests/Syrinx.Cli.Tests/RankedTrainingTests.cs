using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Syrinx.Cli.Tests;

/// <summary>Training over MPI, with real processes under a real mpirun.</summary>
public sealed class RankedTrainingTests : IDisposable
{
    private const int SIGINT = 2, SIGKILL = 9, SIGUSR1 = 10, SIGSTOP = 19;

    private readonly string _folder = Directory.CreateTempSubdirectory("syrinx-ranks-").FullName;

    public RankedTrainingTests()
    {
        MpiJob.OrSkip();
        var lines = new StringBuilder();
        for (int i = 0; i < 1500; i++)
            lines.Append($"On day {i} the baker sold {i * i % 37} loaves, 老王 bought {i % 5}.\n");
        File.WriteAllText(In("town.txt"), lines.ToString());
        File.WriteAllText(In("tiny.json"), """
            {"layers": 2, "hidden_size": 32, "intermediate_size": 64, "heads": 2, "key_value_heads": 1, "head_size": 16, "sequence_length": 32,
             "batch_size": 8, "learning_rate": 0.01, "optimizer": "OPTIMIZER", "validation_windows": 16, "samples": 1}
            """);
    }

    [Theory]
    [InlineData("muon")]
    [InlineData("adamw")]
    public async Task Two_ranks_and_one_process_end_at_the_same_bytes_after_200_steps(string optimizer)
    {
        File.WriteAllText(In("tiny.json"), File.ReadAllText(In("tiny.json")).Replace("OPTIMIZER", optimizer));
        const string train = "train --input town.txt --char --recipe tiny.json --steps 200 --micro-batches 2 --threads 2 --home home --json --model";
        var (one, two) = await SameBytes(train);
        Assert.Equal(Metrics("one", "loss", "grad_norm", "val_loss"), Metrics("two", "loss", "grad_norm", "val_loss"));
        // standard output is one JSON object: rank 0's
        var (single, ranked) = (JsonNode.Parse(one.Output)!, JsonNode.Parse(two.Output)!);
        foreach (string field in (string[])["steps", "tokens", "params", "train_loss", "val_loss", "val_bpb"])
            Assert.Equal(single[field]!.ToJsonString(), ranked[field]!.ToJsonString());
        Assert.Equal(2, ranked["ranks"]!.GetValue<int>());
        Assert.True(ranked["exchange_seconds"]!.GetValue<double>() > 0);
        Assert.Contains("ranks: 2 on 1 machine", two.Error);
        Assert.Empty(Directory.EnumerateFiles(In("home")));
    }

    [Fact]
    public async Task Two_ranks_pack_documents_of_all_lengths_as_one_process_does()
    {
        const int length = 32, batch = 8;
        Directory.CreateDirectory(In("home/corpus"));
        // most of a length of which a sequence takes one only, which makes padding; the long ones become pieces
        int[] words = [1, 10, 10, 10, 60, 10, 10, 10, 290, 10];
        File.WriteAllLines(In("home/corpus/documents.jsonl"), Enumerable.Range(0, 60).Select(i => new JsonObject
        {
            ["id"] = $"x:{i}",
            ["split"] = i % 12 == 11 ? "val" : "train",
            ["text"] = string.Join(' ', Enumerable.Range(i, words[i % words.Length]).Select(w => w % 7 == 0 ? "雨傘" : $"loaf{w * w % 41}")),
        }.ToJsonString()));
        File.WriteAllText(In("tiny.json"), File.ReadAllText(In("tiny.json")).Replace("OPTIMIZER", "muon"));
        const string train = "train --recipe tiny.json --steps 96 --micro-batches 4 --threads 2 --home home --json --model";
        var (one, two) = await SameBytes(train);
        Assert.Equal(Metrics("one", "loss", "grad_norm", "val_loss"), Metrics("two", "loss", "grad_norm", "val_loss"));
        Assert.Equal("documents", JsonNode.Parse(File.ReadAllText(In("home/runs/two/recipe.json")))!["packing"]!.GetValue<string>());
        // what the test is about did occur: several rounds, and sequences that are not full
        double epochs = JsonNode.Parse(two.Output)!["epochs"]!.GetValue<double>();
        Assert.True(epochs > 2, $"{epochs} rounds");
        double sequences = 96 * batch / epochs;
        long tokens = BitConverter.ToInt64(File.ReadAllBytes(In("home/tokens/train.bin")), 16);
        Assert.InRange(tokens / (sequences * length), 0.5, 0.97);
    }

    [Fact]
    public async Task Two_ranks_skip_the_spikes_that_one_process_skips_and_tell_of_each_once()
    {
        // half a deviation, so that many steps count as spikes once there are enough to tell
        File.WriteAllText(In("tiny.json"), File.ReadAllText(In("tiny.json")).Replace("OPTIMIZER", "muon").Replace("{\"layers\"", "{\"spike_deviations\": 0.5, \"layers\""));
        const string train = "train --input town.txt --char --recipe tiny.json --steps 90 --micro-batches 2 --threads 2 --home home --json --model";
        var (one, two) = await SameBytes(train);
        long skipped = JsonNode.Parse(one.Output)!["skipped_steps"]!.GetValue<long>();
        Assert.InRange(skipped, 1, 26);
        Assert.Equal(skipped, JsonNode.Parse(two.Output)!["skipped_steps"]!.GetValue<long>());
        string[] fields = ["step", "loss", "grad_norm", "skipped", "skip_reason"];
        Assert.Equal(Metrics("one", fields), Metrics("two", fields));
        string[] told = [.. two.Error.Split('\n').Where(l => l.Contains("is skipped"))];
        Assert.Equal(skipped, told.Length);
        Assert.Equal(told.Distinct(), told);
    }

    [Fact]
    public async Task Three_ranks_tune_on_a_corpus_as_one_process_does()
    {
        Directory.CreateDirectory(In("home/corpus"));
        var (documents, dialogues) = (new StringBuilder(), new StringBuilder());
        string[] things = ["noodles", "umbrellas", "雨傘", "bicycles"];
        for (int i = 0; i < 400; i++)
        {
            string split = i % 10 == 0 ? "val" : "train";
            var (question, answer) = ($"Who sells {things[i % 4]} on day {i}?", $"The baker sells {things[i % 4]} {i * i % 37} times.");
            documents.AppendLine(new JsonObject { ["id"] = $"x:{i}", ["split"] = split, ["text"] = $"{question} {answer}" }.ToJsonString());
            dialogues.AppendLine(new JsonObject
            {
                ["id"] = $"x:{i}",
                ["lang"] = "en",
                ["split"] = split,
                ["posts"] = new JsonArray($"x:{i}"),
                ["turns"] = new JsonArray(
                    new JsonObject { ["role"] = "user", ["text"] = question }, new JsonObject { ["role"] = "assistant", ["text"] = answer }),
            }.ToJsonString());
        }
        File.WriteAllText(In("home/corpus/documents.jsonl"), documents.ToString());
        File.WriteAllText(In("home/corpus/dialogues.jsonl"), dialogues.ToString());
        File.WriteAllText(In("tiny.json"), File.ReadAllText(In("tiny.json")).Replace("OPTIMIZER", "muon").Replace("\"sequence_length\": 32", "\"sequence_length\": 128"));
        // rank 0 makes tokenizer and tokens, the others open them; the tuning's micro-batches have unequal numbers of targets
        var pretrained = await MpiJob.Run(_folder, "-n 2 @ train --model base --recipe tiny.json --steps 4 --micro-batches 2 --threads 1 --home home");
        Assert.True(pretrained.ExitCode == 0, pretrained.Error);
        var one = await SyrinxProcess.Run(_folder, "tune --model one --from base --steps 12 --threads 1 --home home --json".Split(' '));
        Assert.True(one.ExitCode == 0, one.Error);
        var three = await MpiJob.Run(_folder, "-n 3 @ tune --model three --from base --steps 12 --threads 1 --home home --json");
        Assert.True(three.ExitCode == 0, three.Error);
        Assert.Equal(Hash("one"), Hash("three"));
        Assert.Equal(JsonNode.Parse(one.Output)!["val_loss_before"]!.ToJsonString(), JsonNode.Parse(three.Output)!["val_loss_before"]!.ToJsonString());
        Assert.Contains("do not share evenly among 3 ranks", three.Error);
    }

    [Fact]
    public async Task A_run_that_loses_a_rank_and_goes_on_with_other_numbers_of_ranks_ends_at_the_same_bytes()
    {
        // 12 micro-batches of one sequence; the optimizer is split among 3, 1, 4 and 2 ranks in turn
        File.WriteAllText(In("muon.json"), """{"optimizer": "muon", "learning_rate": 0.004, "validation_windows": 16, "samples": 0}""");
        const string train = "train --input town.txt --char --recipe muon.json --steps 60 --micro-batches 12 --threads 1 --checkpoint-every 0.1 --home home --model";
        var whole = await SyrinxProcess.Run(_folder, $"{train} whole".Split(' '));
        Assert.True(whole.ExitCode == 0, whole.Error);

        using (var three = new MpiJob(_folder, $"-n 3 @ {train} parts"))
        {
            await Step("parts", 10, () => three.HasExited);
            var clock = Stopwatch.StartNew();
            three.Signal(rank: 1, SIGKILL);
            var lost = await three.End(TimeSpan.FromSeconds(60));
            Assert.True(clock.Elapsed < TimeSpan.FromSeconds(10), $"{clock.Elapsed}: {lost.Error}");
            Assert.NotEqual(0, lost.ExitCode);
            Assert.Matches(@"error: rank 1 \(process \d+ on \S+\) is lost.*--resume goes on from step \d+", lost.Error);
            Assert.Empty(lost.Output);
        }
        using (var one = SyrinxProcess.Start(_folder, $"{train} parts --resume".Split(' ')))
        {
            _ = one.StandardOutput.ReadToEndAsync();
            var error = one.StandardError.ReadToEndAsync();
            await Step("parts", 22, () => one.HasExited);
            MpiJob.Kill(one.Id, SIGINT);
            await one.WaitForExitAsync();
            Assert.True(one.ExitCode == 130, await error);
        }
        // Ctrl-C: mpirun sends SIGTERM, and kills what is still there some time later
        using (var four = new MpiJob(_folder, $"--mca odls_base_sigkill_timeout 4 -n 4 @ {train} parts --resume"))
        {
            int at = await Step("parts", 34, () => four.HasExited);
            four.Signal(SIGINT);
            Assert.NotEqual(0, (await four.End(TimeSpan.FromMinutes(1))).ExitCode);
            Assert.True(NewestCheckpoint("parts") >= at);
            Assert.Equal(LastStep("parts"), NewestCheckpoint("parts"));
        }
        var two = await MpiJob.Run(_folder, $"-n 2 @ {train} parts --resume");
        Assert.True(two.ExitCode == 0, two.Error);
        Assert.Equal(Hash("whole"), Hash("parts"));
        Assert.Equal(Metrics("whole", "step", "loss"), Metrics("parts", "step", "loss"));
    }

    [Fact]
    public async Task A_signal_stops_all_ranks_after_the_same_step_and_a_frozen_rank_is_noticed()
    {
        File.WriteAllText(In("muon.json"), """{"optimizer": "muon", "learning_rate": 0.004, "validation_windows": 16, "samples": 0}""");
        const string train = "-n 2 @ train --input town.txt --char --recipe muon.json --steps 5000 --micro-batches 2 --threads 1 --home home --model m";
        using (var stopped = new MpiJob(_folder, train))
        {
            await Step("m", 3, () => stopped.HasExited);
            stopped.Signal(SIGUSR1); // mpirun hands it on and lets the ranks end in their own time
            var result = await stopped.End(TimeSpan.FromMinutes(1));
            Assert.Equal(130, result.ExitCode);
            Assert.Equal(1, result.Error.Split("Interrupted").Length - 1);
            Assert.Equal(LastStep("m"), NewestCheckpoint("m"));
        }
        int from = NewestCheckpoint("m");
        using var frozen = new MpiJob(_folder, $"{train} --resume", ("SYRINX_RANK_TIMEOUT", "4"));
        await Step("m", from + 3, () => frozen.HasExited);
        frozen.Signal(rank: 1, SIGSTOP);
        var ended = await frozen.End(TimeSpan.FromSeconds(40));
        Assert.NotEqual(0, ended.ExitCode);
        Assert.Matches(@"error: rank 1 \(process \d+ on \S+\) is lost: no sign of life for 4 s", ended.Error);
    }

    [Fact]
    public async Task A_rank_with_other_arguments_is_told_what_differs()
    {
        const string train = "@ train --input town.txt --char --steps 5 --micro-batches 2 --home home --model m";
        var result = await MpiJob.Run(_folder, $"-n 1 {train} : -n 1 {train} --seed 43");
        Assert.Equal(2, result.ExitCode);
        Assert.Contains("rank 1: error: Rank 1 on", result.Error);
        Assert.Contains("seed = 43, rank 0 has 42", result.Error);
        Assert.False(Directory.Exists(In("home/models/m")));
    }

    [Fact]
    public async Task A_rank_with_a_home_folder_of_its_own_is_told_so()
    {
        const string train = "@ train --input town.txt --char --steps 5 --micro-batches 2 --model m --home";
        var result = await MpiJob.Run(_folder, $"-n 1 {train} home : -n 1 {train} other");
        Assert.Equal(2, result.ExitCode);
        Assert.Matches("rank 1: error: .*/other on .* is not the home folder of rank 0", result.Error);
    }

    [Theory]
    [InlineData("search noodles", "only train and tune")]
    [InlineData("train --model m --input nowhere.txt --micro-batches 2", "Cannot read")]
    [InlineData("train --model m --input town.txt --char --micro-batches 1", "micro_batches 1 cannot be shared among 2 ranks")]
    public async Task What_every_rank_finds_wrong_is_told_once(string arguments, string told)
    {
        var result = await MpiJob.Run(_folder, $"-n 2 @ {arguments} --home home");
        Assert.Equal(2, result.ExitCode);
        Assert.Equal(1, result.Error.Split(told).Length - 1);
        Assert.Empty(result.Output);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>Runs a training, which ends in <c>--model</c>, as one process and as two ranks: both end well, at the same bytes.</summary>
    private async Task<(SyrinxProcess.Result One, SyrinxProcess.Result Two)> SameBytes(string train)
    {
        var one = await SyrinxProcess.Run(_folder, $"{train} one".Split(' '));
        Assert.True(one.ExitCode == 0, one.Error);
        var two = await MpiJob.Run(_folder, $"-n 2 @ {train} two");
        Assert.True(two.ExitCode == 0, two.Error);
        Assert.Equal(Hash("one"), Hash("two"));
        return (one, two);
    }

    private string In(string name) => Path.Combine(_folder, name);

    /// <summary>Waits until a run has done a step; returns the step it is at.</summary>
    private async Task<int> Step(string run, int step, Func<bool> ended)
    {
        for (var limit = DateTime.UtcNow.AddMinutes(3); LastStep(run) < step; await Task.Delay(10))
            Assert.False(ended() || DateTime.UtcNow > limit, $"the run ended, or did not come to step {step}: it is at {LastStep(run)}");
        return LastStep(run);
    }

    private int LastStep(string run)
    {
        string path = In($"home/runs/{run}/metrics.jsonl");
        if (!File.Exists(path))
            return 0;
        using var reader = new StreamReader(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete));
        return reader.ReadToEnd().Count(c => c == '\n');
    }

    private int NewestCheckpoint(string run) =>
        Directory.EnumerateDirectories(In($"home/runs/{run}/checkpoints"), "step-*").Max(d => int.Parse(Path.GetFileName(d)["step-".Length..]));

    private List<string> Metrics(string run, params string[] fields) =>
        [.. File.ReadLines(In($"home/runs/{run}/metrics.jsonl")).Select(l => JsonNode.Parse(l)!).Select(l => string.Join(' ', fields.Select(f => l[f]?.ToJsonString())))];

    private string Hash(string model) =>
        Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(In($"home/models/{model}/model.safetensors"))));
}
