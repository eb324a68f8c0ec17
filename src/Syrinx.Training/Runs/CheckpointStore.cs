using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Syrinx.Models;
using Syrinx.Training.Distributed;

namespace Syrinx.Training.Runs;

/// <summary>
/// Checkpoints of a run: folders <c>step-N</c> with <c>state.safetensors</c> (master weights and the optimizer's moments, fp32) and
/// <c>state.json</c> with its SHA-256. A folder is written under another name and renamed when it is whole and on the disk, by a thread of its own while
/// training goes on; so a process killed at any time leaves the ones before. Kept are the newest, one of every so many hours, and those that say so.
/// For one thread.
/// </summary>
/// <param name="folder">Where they lie.</param>
/// <param name="keep">Newest ones that are kept.</param>
/// <param name="hours">Hours of training of which one each is kept; 0: none.</param>
internal sealed class CheckpointStore(string folder, int keep, double hours) : IDisposable
{
    private Task _writing = Task.CompletedTask;

    /// <summary>Begins to write a checkpoint, after the one before it is written.</summary>
    /// <param name="state">Ours.</param>
    /// <param name="tensors">Master weights, then the optimizer's state; disposed when they are written.</param>
    /// <param name="written">Told, on the writing thread, when the checkpoint is whole.</param>
    /// <exception cref="InputException">The one before could not be written.</exception>
    public void Begin(CheckpointState state, TensorCopies tensors, Action written)
    {
        try
        {
            Wait();
        }
        catch
        {
            tensors.Dispose();
            throw;
        }
        _writing = Task.Run(() =>
        {
            using (tensors)
                Write(state, tensors.Sources);
            written();
        });
    }

    /// <summary>Waits until what was begun is written.</summary>
    /// <exception cref="InputException">It could not be: the disk is full, or not to be written to.</exception>
    public void Wait() => _writing.GetAwaiter().GetResult();

    /// <summary>Throws what has hindered the writing, if anything has by now.</summary>
    /// <exception cref="InputException">As <see cref="Wait"/>.</exception>
    public void ThrowIfFailed()
    {
        if (_writing.IsFaulted)
            Wait();
    }

    /// <summary>Removes what a killed process left half written.</summary>
    public void RemoveUnfinished()
    {
        if (!Directory.Exists(folder))
            return;
        try
        {
            foreach (string unfinished in Directory.EnumerateDirectories(folder, ".step-*.tmp"))
                Remove(unfinished);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"Cannot write {folder}: {e.Message}", e);
        }
    }

    /// <summary>The newest checkpoint that is whole and will do, or null where there is none at all. Damaged ones are told of and passed over.</summary>
    /// <param name="refuse">Why a state will not do, or null; the checkpoint before it is then looked at.</param>
    /// <param name="note">Told of damaged ones.</param>
    /// <exception cref="InputException">There are checkpoints, but all are damaged or refused; or what <paramref name="refuse"/> throws.</exception>
    public (CheckpointState State, string File)? Newest(Func<CheckpointState, string?> refuse, Action<string>? note)
    {
        var all = List().ToList();
        string? refused = null;
        foreach (string checkpoint in all)
        {
            string file = Path.Combine(checkpoint, "state.safetensors");
            try
            {
                var state = ReadState(checkpoint);
                if (state.Version != CheckpointState.Current)
                {
                    throw new InputException(
                        $"{checkpoint} was written by another version of Syrinx (layout {state.Version}, not {CheckpointState.Current}): resume it with that one, or start anew without --resume.");
                }
                if (refuse(state) is { } reason)
                {
                    refused ??= reason;
                    continue;
                }
                if (Hash(file) == state.Sha256)
                    return (state, file);
                note?.Invoke($"{checkpoint} is damaged: its bytes do not have the hash that was saved; the one before it is taken.");
            }
            catch (Exception e) when (e is IOException or JsonException or UnauthorizedAccessException)
            {
                note?.Invoke($"{checkpoint} cannot be read ({e.Message}); the one before it is taken.");
            }
        }
        return all.Count == 0 ? null : throw new InputException(refused ?? $"All checkpoints in {folder} are damaged; start anew without --resume.");
    }

    public void Dispose()
    {
        try
        {
            Wait();
        }
        catch (InputException)
        {
            // told by Begin, Wait or ThrowIfFailed, or hidden behind another error that ends the run
        }
    }

    private void Write(CheckpointState state, IReadOnlyList<TensorSource> tensors)
    {
        string name = "step-" + state.Step.ToString("D9", CultureInfo.InvariantCulture);
        string temporary = Path.Combine(folder, $".{name}.tmp");
        try
        {
            Remove(temporary);
            string file = Path.Combine(temporary, "state.safetensors");
            SafetensorsWriter.Write(file, tensors);
            state = state with { Sha256 = Hash(file) };
            AtomicFile.WriteText(Path.Combine(temporary, "state.json"), JsonSerializer.Serialize(state, TrainRecipe.Json) + "\n");
            string target = Path.Combine(folder, name);
            Remove(target);
            Directory.Move(temporary, target);
            foreach (string old in Superfluous())
                Remove(old);
        }
        catch (Exception e)
        {
            GiveRoomBack(temporary);
            if (WriteError.Reason(e is InputException { InnerException: { } cause } ? cause : e) is not { } reason)
                throw;
            string last = List().FirstOrDefault() is { } newest ? $"{Path.GetFileName(newest)} is whole, and --resume goes on from it" : "There is none before it";
            throw new InputException($"The checkpoint of step {state.Step} could not be written into {folder}: {reason} {last}; make room for it first.", e);
        }
    }

    /// <summary>What is neither among the newest, nor the first of its hours, nor to be kept.</summary>
    private IEnumerable<string> Superfluous()
    {
        var all = List().ToList();
        var spans = new HashSet<long>();
        var remove = new List<string>();
        for (int i = all.Count - 1; i >= 0; i--) // oldest first
        {
            bool marked;
            try
            {
                var state = ReadState(all[i]);
                // a run's own hours: those of its parts before a resume count, those between do not
                marked = state.Keep || (hours > 0 && (long)(state.Seconds / 3600 / hours) is > 0 and var span && spans.Add(span));
            }
            catch (Exception e) when (e is IOException or JsonException)
            {
                marked = false;
            }
            if (i >= keep && !marked)
                remove.Add(all[i]);
        }
        return remove;
    }

    private static CheckpointState ReadState(string checkpoint)
    {
        using var stream = File.OpenRead(Path.Combine(checkpoint, "state.json"));
        return JsonSerializer.Deserialize<CheckpointState>(stream, TrainRecipe.Json) ?? throw new JsonException("it is null");
    }

    private static void GiveRoomBack(string temporary)
    {
        try
        {
            Remove(temporary);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // the error that is told is the one that came first
        }
    }

    /// <summary>Newest first.</summary>
    private IEnumerable<string> List() => Directory.Exists(folder)
        ? Directory.EnumerateDirectories(folder, "step-*").OrderDescending(StringComparer.Ordinal) : [];

    private static string Hash(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 20);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }

    private static void Remove(string directory)
    {
        if (Directory.Exists(directory))
            Directory.Delete(directory, recursive: true);
    }
}
