using System.Text.Json;
using Syrinx.Models;

namespace Syrinx.Server.Serving;

/// <summary>
/// One model of the home folder. Its weights are loaded when first asked for, once. Safe to share between threads.
/// </summary>
public sealed class ServedModel
{
    /// <summary>Below this many parameters a model is called tiny wherever its words are shown.</summary>
    public const long TinyParameters = 100_000_000;

    private readonly Lazy<Task<LoadedModel>> _loaded;

    internal ServedModel(string name, string directory, ModelConfig config, JsonElement? card, DateTime createdAt, int threads)
    {
        (Name, Directory, Config, Card, CreatedAt) = (name, directory, config, card, createdAt);
        _loaded = new(() => Task.Run(() => LoadedModel.Load(name, directory, threads)));
    }

    /// <summary>The folder's name under <c>models/</c>, or the file's.</summary>
    public string Name { get; }

    /// <summary>The folder or GGUF file.</summary>
    public string Directory { get; }

    /// <summary>The shape.</summary>
    public ModelConfig Config { get; }

    /// <summary>All weights, each counted once.</summary>
    public long Parameters => Config.Parameters;

    /// <summary>Tokens that prompt and answer may have together.</summary>
    public int ContextLength => Config.MaxPositionEmbeddings;

    /// <summary>Whether the pages must call it tiny.</summary>
    public bool IsTiny => Parameters < TinyParameters;

    /// <summary><c>syrinx.json</c>: recipe, data, tokens seen, evaluation; null where there is none.</summary>
    public JsonElement? Card { get; }

    /// <summary>When its weights were written, UTC.</summary>
    public DateTime CreatedAt { get; }

    /// <summary>Whether the weights are in memory.</summary>
    public bool IsLoaded => _loaded.IsValueCreated && _loaded.Value.IsCompletedSuccessfully;

    /// <summary>What went wrong when loading, or null.</summary>
    public string? Failure => _loaded.IsValueCreated ? _loaded.Value.Exception?.InnerException?.Message : null;

    /// <summary>The model in memory; the first call loads it.</summary>
    /// <exception cref="InputException">The folder does not hold a whole model.</exception>
    internal Task<LoadedModel> Load(CancellationToken cancel = default) => _loaded.Value.WaitAsync(cancel);

    /// <summary>Unloads.</summary>
    internal async Task Unload()
    {
        if (IsLoaded)
            (await _loaded.Value).Dispose();
    }
}
