using System.Text.Json;
using Microsoft.Extensions.Logging;
using Syrinx.Models;
using Syrinx.Server.Upstream;

namespace Syrinx.Server.Serving;

/// <summary>
/// The models of the home folder, or of the server behind this one, looked at anew at every call, so that one trained meanwhile appears. Safe to share between
/// threads.
/// </summary>
public sealed class ServedModels(ServerSettings settings, ILogger<ServedModels> log, UpstreamServer? upstream = null)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, ServedModel> _known = [];

    /// <summary>By name.</summary>
    public IReadOnlyList<ServedModel> All
    {
        get
        {
            lock (_lock)
            {
                if (upstream is not null)
                    return [.. upstream.Models.Select(Known)];
                var found = Directory.Exists(settings.Home.Models)
                    ? Directory.EnumerateDirectories(settings.Home.Models).Select(Known).OfType<ServedModel>().ToList() : [];
                return [.. found.OrderBy(m => m.Name, StringComparer.Ordinal)];
            }
        }
    }

    /// <summary>The model that was asked for at start, else the one written last; null where there is none.</summary>
    public ServedModel? Default => settings.Model is { } name ? Find(name) : upstream is null ? All.MaxBy(m => m.CreatedAt) : All.FirstOrDefault();

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
        if (settings.Model is { } name && Find(name) is null)
        {
            string there = All.Count == 0 ? "there is none yet" : "there is " + string.Join(", ", All.Select(m => m.Name));
            throw new InputException($"No model called '{name}' in {settings.Home.Models}; {there}.");
        }
    }

    private ServedModel Known(UpstreamModel model) => _known.TryGetValue(model.Name, out var known) && known.ContextLength == (model.ContextLength ?? known.ContextLength)
        ? known : _known[model.Name] = new(model, upstream!, DateTime.UtcNow);

    private ServedModel? Known(string directory)
    {
        string name = Path.GetFileName(directory), weights = Path.Combine(directory, "model.safetensors");
        // config.json is written last: without it a model is still being written
        if (name[0] == '.' || !File.Exists(weights) || !File.Exists(Path.Combine(directory, "config.json")))
            return null;
        var createdAt = File.GetLastWriteTimeUtc(weights);
        if (_known.TryGetValue(name, out var known) && known.CreatedAt == createdAt)
            return known;
        try
        {
            var config = ModelConfig.Read(Path.Combine(directory, "config.json"));
            // trained anew under the same name: the old weights go when their last reply has ended
            _ = known?.Unload();
            return _known[name] = new(name, directory, config, ReadCard(directory), createdAt, settings.Threads);
        }
        catch (InputException e)
        {
            log.LogWarning("{Message}", e.Message);
            return null;
        }
    }

    private static JsonElement? ReadCard(string directory)
    {
        string path = Path.Combine(directory, "syrinx.json");
        if (!File.Exists(path))
            return null;
        try
        {
            return JsonElement.Parse(File.ReadAllBytes(path));
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
