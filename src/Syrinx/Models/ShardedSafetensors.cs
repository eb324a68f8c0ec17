// model.safetensors.index.json, where a model's tensors lie in several safetensors files:
//
//   {"metadata": {"total_size": BYTES}, "weight_map": {TENSOR: FILE, …}}
using System.Text.Json;

namespace Syrinx.Models;

/// <summary>A model whose tensors lie in several safetensors files. Safe to share between threads until disposed.</summary>
public sealed class ShardedSafetensors : TensorFile
{
    private readonly Dictionary<string, Safetensors> _files = [];
    private readonly Dictionary<string, Safetensors> _holders = [];
    private readonly Dictionary<string, TensorInfo> _tensors = [];

    private ShardedSafetensors(string path) => Path = path;

    /// <summary>Opens the index and all files that it names.</summary>
    /// <exception cref="InputException">
    /// The index is malformed, or a file of it is missing, malformed, or lacks a tensor that is said to be there; the message names
    /// file and tensor.
    /// </exception>
    public static ShardedSafetensors Open(string path)
    {
        var shards = new ShardedSafetensors(path);
        try
        {
            shards.OpenAll(ReadMap(path));
            return shards;
        }
        catch
        {
            shards.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public override string Path { get; }

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, TensorInfo> Tensors => _tensors;

    internal override unsafe byte* Pointer(TensorInfo tensor) => _holders[tensor.Name].Pointer(tensor);

    private protected override void Close()
    {
        foreach (var file in _files.Values)
            file.Dispose();
    }

    private void OpenAll(Dictionary<string, string> map)
    {
        string folder = System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(Path))!;
        foreach (var (tensor, name) in map)
        {
            // a name that leads out of the folder must not make us read what the person did not offer
            if (name.Length == 0 || name != System.IO.Path.GetFileName(name) || name is "." or "..")
                throw new InputException($"{Path}: tensor {tensor} is said to be in '{name}', which is no name of a file beside it.");
            if (!_files.TryGetValue(name, out var file))
            {
                string path = System.IO.Path.Combine(folder, name);
                if (!File.Exists(path))
                    throw new InputException($"{path} is missing: {Path} says that it holds tensor {tensor} and others.");
                _files[name] = file = Safetensors.Open(path);
            }
            if (!file.Tensors.TryGetValue(tensor, out var info))
                throw new InputException($"{file.Path} lacks tensor {tensor}, which {Path} says is there.");
            _holders[tensor] = file;
            _tensors[tensor] = info;
        }
        foreach (var file in _files.Values)
        {
            if (file.Tensors.Keys.FirstOrDefault(t => !_holders.TryGetValue(t, out var holder) || holder != file) is { } stray)
                throw new InputException($"{file.Path}: tensor {stray} is not where {Path} says: its 'weight_map' must list it for this file.");
        }
    }

    private static Dictionary<string, string> ReadMap(string path)
    {
        try
        {
            using var stream = File.OpenRead(path);
            using var json = JsonDocument.Parse(stream);
            var map = new Dictionary<string, string>();
            foreach (var entry in json.RootElement.GetProperty("weight_map").EnumerateObject())
                map[entry.Name] = entry.Value.GetString() ?? throw new JsonException($"{entry.Name} is null");
            return map;
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or IOException or UnauthorizedAccessException)
        {
            throw new InputException($"{path} must be a JSON object with a 'weight_map' of tensors' names to files' names: {e.Message}", e);
        }
    }
}
