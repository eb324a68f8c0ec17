using System.Text;

namespace Syrinx.Cli.Tests;

/// <summary>Verbs whose disk is full: a small file system in memory, mounted for the test's processes alone and filled up.</summary>
public sealed class FullDiskTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("syrinx-full-").FullName;

    [Fact]
    public async Task Training_ends_with_the_reason_and_goes_on_when_there_is_room()
    {
        var mount = await SyrinxProcess.RunOther(_folder, "unshare", "-rm", "mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", _folder);
        if (mount.ExitCode != 0)
            Assert.Skip("unshare cannot mount here: " + mount.Error);
        var lines = new StringBuilder();
        for (int i = 0; i < 1500; i++)
            lines.Append($"On day {i} the baker sold {i * i % 37} loaves, 老王 bought {i % 5}.\n");
        File.WriteAllText(Path.Combine(_folder, "town.txt"), lines.ToString());
        File.WriteAllText(Path.Combine(_folder, "wsd.json"), """{"decay": "wsd", "warmup_steps": 2, "samples": 0, "evaluate_every": 1000}""");
        Directory.CreateDirectory(Path.Combine(_folder, "disk"));
        const string script = """
            mount -t tmpfs -o size=80m tmpfs disk || exit 99
            train() { name=$1; shift; "$program" train --model "$name" --input town.txt --char --recipe wsd.json --home disk/home "$@"; echo "exit $?"; }
            train whole --steps 16
            train parts --steps 10
            head -c $(($(df --output=avail -B1 disk | tail -1) - 2000000)) /dev/zero > disk/filler
            echo FULL >&2
            train parts --steps 16 --resume --checkpoint-every 0
            echo ROOM >&2
            ls -A disk/home/runs/parts/checkpoints
            rm disk/filler
            train parts --steps 16 --resume
            cmp disk/home/models/whole/model.safetensors disk/home/models/parts/model.safetensors && echo same
            """;
        var result = await SyrinxProcess.RunOther(_folder, "unshare", "-rm", "bash", "-c", $"program='{SyrinxProcess.Program}'\n{script}");
        string full = result.Error.Split("FULL")[^1].Split("ROOM")[0], room = result.Error.Split("ROOM")[^1];
        string[] output = result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.True(output.Where(l => l.StartsWith("exit", StringComparison.Ordinal)).SequenceEqual(["exit 0", "exit 0", "exit 2", "exit 0"]), result.Output + result.Error);
        Assert.Contains("could not be written", full);
        Assert.Contains("No space left", full);
        Assert.Contains("step-000000010 is whole, and --resume goes on from it; make room for it first", full);
        Assert.DoesNotContain(output, l => l.Contains(".tmp"));
        Assert.Contains("Going on from step 8 of 16", room); // the end of the stable phase: the last two steps had smaller learning rates
        Assert.Equal("same", output[^1]);
    }

    [Fact]
    public async Task Import_index_curate_serve_and_forget_tell_of_a_full_disk_keep_what_there_was_and_do_it_when_there_is_room()
    {
        var mount = await SyrinxProcess.RunOther(_folder, "unshare", "-rm", "mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", _folder);
        if (mount.ExitCode != 0)
            Assert.Skip("unshare cannot mount here: " + mount.Error);
        Directory.CreateDirectory(Path.Combine(_folder, "disk"));
        const string script = """
            mount -t tmpfs -o size=16m tmpfs disk || exit 99
            syrinx() { "$program" "$@" --home disk/home > said; echo "$1 $?"; }
            room() { rm -f disk/filler; head -c $(($(df --output=avail -B1 disk | tail -1) - $1)) /dev/zero > disk/filler; }
            "$program" sample --out exports --posts 2000 > said
            room 60000; syrinx import auto exports; ls -A disk/home/posts
            rm disk/filler; syrinx import auto exports
            room 60000; syrinx index; ls -A disk/home/index
            syrinx curate; ls -A disk/home/corpus
            room 20000; syrinx serve --port 0
            rm disk/filler; syrinx curate; ls -A disk/home/corpus > before
            "$program" posts export --out posts.jsonl --home disk/home > said
            author=$(grep -o '"author_id":"[^"]*"' posts.jsonl | sort | uniq -c | sort -rn | head -1 | cut -d'"' -f4)
            room 300000; syrinx forget $author; ls -A disk/home/corpus | diff before - && echo kept
            rm disk/filler; syrinx forget $author; ls -A disk/home/corpus | diff before - && ! grep -rl $author disk/home && echo forgotten
            """;
        var result = await SyrinxProcess.RunOther(_folder, "unshare", "-rm", "bash", "-c", $"program='{SyrinxProcess.Program}'\n{script}");
        Assert.Equal(
            ["import 2", ".lock", "import 0", "index 2", "build.lock", "curate 2", ".lock", "serve 2", "curate 0", "forget 2", "kept", "forget 0", "forgotten"],
            result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        string[] errors = [.. result.Error.Split('\n').Where(l => l.StartsWith("error:", StringComparison.Ordinal))];
        Assert.Equal(5, errors.Length);
        Assert.All(errors, e => Assert.True(e.Length < 400, e));
        Assert.All(errors, e => Assert.Matches("(: No space left on device\\. |: the disk is full\\. )", e));
        Assert.Contains(Path.Combine("disk", "home", "posts") + ": No space left on device. The posts that were there are untouched;", errors[0]);
        Assert.DoesNotContain("failure of Syrinx", result.Error);
    }

    [Fact]
    public async Task A_checkpoint_larger_than_files_may_be_is_told_in_one_sentence_and_leaves_nothing_behind()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the limit's signal is Linux'");
        File.WriteAllText(Path.Combine(_folder, "town.txt"), string.Concat(Enumerable.Range(0, 1500).Select(i => $"On day {i} the baker sold {i * i % 37} loaves.\n")));
        // 4,000 KiB; without the variable .NET's compiler wants a larger file itself. The shell must not hand on that the signal is ignored
        var result = await SyrinxProcess.RunOther(_folder, "env", "DOTNET_EnableWriteXorExecute=0", "bash", "-c",
            $"ulimit -f 4000; exec '{SyrinxProcess.Program}' train --model m --input town.txt --char --steps 3 --home home --checkpoint-every 0");
        Assert.True(result.ExitCode == 2, $"{result.ExitCode}: {result.Error}");
        string error = Assert.Single(result.Error.Split('\n'), l => l.StartsWith("error:", StringComparison.Ordinal));
        Assert.Contains("The checkpoint of step 1 could not be written", error);
        Assert.Contains("the file becomes larger than the file system or the limit on files (ulimit -f) allows. There is none before it", error);
        Assert.DoesNotContain("failure of Syrinx", result.Error);
        Assert.Empty(Directory.EnumerateFileSystemEntries(Path.Combine(_folder, "home"), "*.tmp", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 }));
    }

    [Fact]
    public async Task Texts_that_grow_larger_than_files_may_be_end_a_curation_with_the_reason()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the limit's signal is Linux'");
        var imported = await SyrinxProcess.RunOther(_folder, "bash", "-c", $"'{SyrinxProcess.Program}' sample --out exports && '{SyrinxProcess.Program}' import auto exports --home home");
        Assert.True(imported.ExitCode == 0, imported.Error);
        // one thread: the loop that writes is then compiled anew while it runs, and the runtime loses frames of the exception
        var result = await SyrinxProcess.RunOther(_folder, "env", "DOTNET_EnableWriteXorExecute=0", "bash", "-c", $"ulimit -f 300; exec '{SyrinxProcess.Program}' curate --home home --threads 1");
        Assert.True(result.ExitCode == 2, $"{result.ExitCode}: {result.Error}");
        Assert.Contains("error: Texts cannot be set aside beside what is to be written: the file becomes larger than the file system or the limit on files (ulimit -f) allows.", result.Error);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
