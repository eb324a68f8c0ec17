using System.Text.Json;
using Microsoft.Extensions.Logging;
using Syrinx.Models;
using Syrinx.Server.Upstream;

namespace Syrinx.Server.Serving;

/// <summary>
/// The models of the home folder and the one that was asked for at start, wherever it lies, or those of the server behind this one; looked at anew at every
/// call, so that one trained meanwhile appears. Safe to share between
/// threads.
/// </summary>
public sealed class ServedModels(ServerSettings settings, ILogger<ServedModels> log, UpstreamServer? upstream = null)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, ServedModel> _known = [];

    private string? _problem; // the last that kept a model from being listed

    // the model asked for at start, where it lies outside the home folder: a folder or a GGUF file
    private readonly string? _elsewhere = settings.Model is { } path && !ModelDirectory.IsName(path, settings.Home)
        && (ModelFiles.IsGguf(path) || File.Exists(Path.Combine(path, "config.json")))
        ? ModelFiles.Find(path, settings.Home) : null;

    /// <summary>By name.</summary>
    public IReadOnlyList<ServedModel> All
    {
        get
        {
            lock (_lock)
            {
                if (upstream is not null)
                    return [.. upstream.Models.Select(Known)];
                var found = Directory.Exists(settings.Home.Models) ? Directory.EnumerateDirectories(settings.Home.Models) : [];
                return [.. found.Append(_elsewhere).OfType<string>().Select(Known).OfType<ServedModel>()
                    .DistinctBy(m => m.Name).OrderBy(m => m.Name, StringComparer.Ordinal)];
            }
        }
    }

    /// <summary>The model that was asked for at start, else the one written last; null where there is none.</summary>
    public ServedModel? Default => _elsewhere is { } path ? Find(NameOf(path))
        : settings.Model is { } name ? Find(name)
        : upstream is null ? All.MaxBy(m => m.CreatedAt) : All.FirstOrDefault();

    /// <summary>Whether the default model is loaded, is known to be absent, or cannot be loaded.</summary>
    public bool IsReady => State is not "loading";

    /// <summary><c>loaded</c>, <c>loading</c>, <c>failed</c> or <c>absent</c>.</summary>
    public string State => upstream is not null ? upstream.Failure is null ? "loaded" : "failed"
        : Default is not { } model ? "absent"
        : model.IsLoaded ? "loaded" : model.Failure is null ? "loading" : "failed";

    /// <summary>The model of that name, or null.</summary>
    public ServedModel? Find(string name) => All.FirstOrDefault(m => m.Name == name);

    /// <summary>Checks that the model asked for at start is there.</summary>
    /// <exception cref="InputException">It is not; the message names those that are.</exception>
    internal void RequireDefault()
    {
        if (_elsewhere is { } path && Find(NameOf(path)) is null)
            throw new InputException($"The model cannot be served: {_problem}");
        if (_elsewhere is null && settings.Model is { } name && Find(name) is null)
        {
            string there = All.Count == 0 ? "there is none yet" : "there is " + string.Join(", ", All.Select(m => m.Name));
            throw new InputException($"No model called '{name}' in {settings.Home.Models}; {there}.");
        }
    }

    private static string NameOf(string path) =>
        ModelFiles.IsGguf(path) ? Path.GetFileNameWithoutExtension(path) : Path.GetFileName(Path.TrimEndingDirectorySeparator(path));

    private ServedModel Known(UpstreamModel model) => _known.TryGetValue(model.Name, out var known) && known.ContextLength == (model.ContextLength ?? known.ContextLength)
        ? known : _known[model.Name] = new(model, upstream!, DateTime.UtcNow);

    private ServedModel? Known(string path)
    {
        string name = NameOf(path);
        string? weights = ModelFiles.IsGguf(path) ? path : new ModelDirectory(path).FoundWeightsPath;
        // config.json is written last: without it a model is still being written
        if (name.Length == 0 || name[0] == '.' || weights is null || (weights != path && !File.Exists(Path.Combine(path, "config.json"))))
            return null;
        var createdAt = File.GetLastWriteTimeUtc(weights);
        if (_known.TryGetValue(name, out var known) && known.CreatedAt == createdAt)
            return known;
        try
        {
            var config = ModelFiles.ReadConfig(path);
            // trained anew under the same name: the old weights go when their last reply has ended
            _ = known?.Unload();
            return _known[name] = new(name, path, config, ReadCard(path), createdAt, settings.Engine);
        }
        catch (InputException e)
        {
            log.LogWarning("{Message}", e.Message);
            _problem = e.Message;
            return null;
        }
    }

    private static JsonElement? ReadCard(string path)
    {
        try
        {
            return ModelFiles.ReadRecord(path) is { } record ? JsonSerializer.SerializeToElement(record, ModelConfig.Json) : null;
        }
        catch (InputException)
        {
            return null;
        }
    }
}
