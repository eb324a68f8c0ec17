using System.Text.Json;
using Syrinx.Inference;
using Syrinx.Models;
using Syrinx.Server.Upstream;

namespace Syrinx.Server.Serving;

/// <summary>
/// One model: of the home folder, whose weights are loaded when first asked for, once; or of the server behind this one. Safe to share
/// between threads.
/// </summary>
public sealed class ServedModel
{
    /// <summary>Below this many parameters a model is called tiny wherever its words are shown.</summary>
    public const long TinyParameters = 100_000_000;

    /// <summary>Assumed where an upstream server does not tell.</summary>
    private const int UsualContext = 8192;

    private readonly Lazy<Task<LoadedModel>> _loaded;

    internal ServedModel(string name, string directory, ModelConfig config, JsonElement? card, DateTime createdAt, InferenceSettings engine)
    {
        (Name, Config, Card, CreatedAt, ContextLength) = (name, config, card, createdAt, config.MaxPositionEmbeddings);
        _loaded = new(() => Task.Run(() => LoadedModel.Load(name, directory, engine)));
    }

    internal ServedModel(UpstreamModel model, UpstreamServer server, DateTime seenAt)
    {
        (Name, CreatedAt, ContextLength) = (model.Name, seenAt, model.ContextLength ?? UsualContext);
        _loaded = new(() => Task.FromResult(LoadedModel.Of(server.ChatClient(model.Name), ContextLength)));
    }

    /// <summary>The folder's name under <c>models/</c>, the file's, or the upstream server's name for it.</summary>
    public string Name { get; }

    /// <summary>The shape; null for a model of the upstream server.</summary>
    public ModelConfig? Config { get; }

    /// <summary>All weights, each counted once; null for a model of the upstream server.</summary>
    public long? Parameters => Config?.Parameters;

    /// <summary>Tokens that prompt and answer may have together.</summary>
    public int ContextLength { get; }

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
