using Syrinx.Ads;

namespace Syrinx.Server.Serving;

/// <summary>
/// Writes ads for pages and API: from the brief's facts by rule, and with the drafts of a served model where one is given.
/// Drafts pass through the gate like every other reply. Safe to share between threads.
/// </summary>
public sealed class AdWriter(ServedModels models, GenerationGate gate)
{
    /// <summary>The model that may propose drafts; null where there is none, or it cannot be loaded.</summary>
    public ServedModel? Model => models.Default is { Failure: null } model ? model : null;

    /// <summary>Writes by rule only, within milliseconds.</summary>
    public static Task<AdGeneration> WriteByRule(
        AdBrief brief, AdFormat format, int count, ulong seed, CancellationToken cancel = default) =>
        Task.Run(() => AdGenerator.GenerateAsync(brief, format, count, seed, null, cancel), cancel);

    /// <summary>As <see cref="WriteByRule"/>, with a model's drafts; waits for a place before the engine.</summary>
    /// <returns>Null where the queue is full.</returns>
    /// <exception cref="InputException">The model cannot be loaded.</exception>
    public async Task<AdGeneration?> WriteWith(
        ServedModel model, AdBrief brief, AdFormat format, int count, ulong seed, CancellationToken cancel = default)
    {
        var loaded = await model.Load(cancel);
        using var place = await gate.TryEnter(cancel);
        // away from the caller's thread: decoding is work
        return place is null ? null : await Task.Run(
            () => AdGenerator.GenerateAsync(brief, format, count, seed, new(model.Name, loaded.Chat), cancel), cancel);
    }
}
