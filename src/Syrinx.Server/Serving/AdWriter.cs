using Syrinx.Ads;

namespace Syrinx.Server.Serving;

/// <summary>
/// Writes and checks ads for pages and API, away from the caller's thread: by rule, and with the drafts of a served model where
/// one is given. Drafts pass through the gate like every other reply. Safe to share between threads.
/// </summary>
/// <remarks>
/// A hostile brief can make a check last seconds, and a check in progress heeds no cancellation; so only a few run at a time, and
/// those that nobody waits for any more leave the queue.
/// </remarks>
public sealed class AdWriter(ServedModels models, GenerationGate gate) : IDisposable
{
    /// <summary>
    /// Tokens below which a model's context has no room for drafts: what frames a brief, a short one and the longest draft take
    /// some 800.
    /// </summary>
    public const int MinContext = 800;

    private readonly SemaphoreSlim _places = new(Math.Max(1, Environment.ProcessorCount / 2));

    /// <summary>The model that may propose drafts; null where there is none, or it cannot be loaded.</summary>
    public ServedModel? Model => models.Default is { Failure: null } model ? model : null;

    /// <summary>Reads a brief's facts.</summary>
    public Task<AdChecker> Read(AdBrief brief, CancellationToken cancel = default) =>
        Run(() => Task.FromResult(new AdChecker(brief)), cancel);

    /// <summary>Checks copy.</summary>
    public Task<AdVerdict> Check(
        AdChecker checker, AdFormat format, FieldValues<string> fields, CancellationToken cancel = default) =>
        Run(() => Task.FromResult(checker.Check(format, fields, cancel)), cancel);

    /// <summary>Writes by rule only.</summary>
    public Task<AdGeneration> WriteByRule(
        AdBrief brief, AdFormat format, int count, ulong seed, CancellationToken cancel = default) =>
        Run(() => AdGenerator.GenerateAsync(brief, format, count, seed, null, cancel), cancel);

    /// <summary>As <see cref="WriteByRule"/>, with a model's drafts; waits for a place before the engine.</summary>
    /// <returns>Null where the queue is full.</returns>
    /// <exception cref="InputException">The model cannot be loaded.</exception>
    public async Task<AdGeneration?> WriteWith(
        ServedModel model, AdBrief brief, AdFormat format, int count, ulong seed, CancellationToken cancel = default)
    {
        var loaded = await model.Load(cancel);
        using var place = await gate.TryEnter(cancel);
        return place is null ? null : await Task.Run(
            () => AdGenerator.GenerateAsync(brief, format, count, seed, new(model.Name, loaded.Chat), cancel), cancel);
    }

    /// <inheritdoc/>
    public void Dispose() => _places.Dispose();

    private async Task<T> Run<T>(Func<Task<T>> work, CancellationToken cancel)
    {
        await _places.WaitAsync(cancel);
        try
        {
            return await Task.Run(work, cancel);
        }
        finally
        {
            _places.Release();
        }
    }
}
