using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Syrinx.Models;

namespace Syrinx.Training.Runs;

/// <summary>
/// Checkpoints of a run: folders <c>step-N</c> with <c>state.safetensors</c> (master weights and the optimizer's moments, fp32) and
/// <c>state.json</c> with its SHA-256. A folder is written under another name and renamed when it is whole and on the
/// disk; the last two are kept.
/// </summary>
internal sealed class CheckpointStore(string folder)
{
    private const int Keep = 2;

    /// <summary>Saves weights, the optimizer's state and ours.</summary>
    /// <param name="state">Ours.</param>
    /// <param name="tensors">Master weights, then the optimizer's state.</param>
    /// <exception cref="InputException">The disk is full or cannot be written.</exception>
    public void Save(CheckpointState state, IReadOnlyList<TensorSource> tensors)
    {
        string name = "step-" + state.Step.ToString("D9", CultureInfo.InvariantCulture);
        string temporary = Path.Combine(folder, $".{name}.tmp");
        Remove(temporary);
        string file = Path.Combine(temporary, "state.safetensors");
        SafetensorsWriter.Write(file, tensors);
        state = state with { Sha256 = Hash(file) };
        AtomicFile.WriteText(Path.Combine(temporary, "state.json"), JsonSerializer.Serialize(state, TrainRecipe.Json) + "\n");
        try
        {
            string target = Path.Combine(folder, name);
            Remove(target);
            Directory.Move(temporary, target);
            foreach (string old in List().Skip(Keep))
                Remove(old);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"Cannot write {folder}: {e.Message}", e);
        }
    }

    /// <summary>The newest checkpoint that is whole, or null where there is none. Damaged ones are told of and passed over.</summary>
    /// <param name="note">Told of what was passed over.</param>
    /// <exception cref="InputException">There are checkpoints, but all are damaged.</exception>
    public (CheckpointState State, string File)? Newest(Action<string>? note)
    {
        var all = List().ToList();
        foreach (string checkpoint in all)
        {
            string file = Path.Combine(checkpoint, "state.safetensors");
            try
            {
                using var stream = File.OpenRead(Path.Combine(checkpoint, "state.json"));
                var state = JsonSerializer.Deserialize<CheckpointState>(stream, TrainRecipe.Json) ?? throw new JsonException("it is null");
                if (state.Version != 1)
                    throw new InputException($"{checkpoint} was written by another version of Syrinx (layout {state.Version}, not 1).");
                if (Hash(file) == state.Sha256)
                    return (state, file);
                note?.Invoke($"{checkpoint} is damaged: its bytes do not have the hash that was saved; the one before it is taken.");
            }
            catch (Exception e) when (e is IOException or JsonException or UnauthorizedAccessException)
            {
                note?.Invoke($"{checkpoint} cannot be read ({e.Message}); the one before it is taken.");
            }
        }
        return all.Count == 0 ? null : throw new InputException($"All checkpoints in {folder} are damaged; start anew without --resume.");
    }

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
