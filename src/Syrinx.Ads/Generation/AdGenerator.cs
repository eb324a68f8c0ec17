namespace Syrinx.Ads;

/// <summary>
/// Writes ads from a brief's facts. The same brief, format, count and seed give the same ads, unless a model drafts. Safe to
/// share between threads.
/// </summary>
public static class AdGenerator
{
    /// <summary>The most variants that one call writes.</summary>
    public const int MaxCount = 50;

    /// <summary>The angles, in the order in which variants take turns.</summary>
    public static IReadOnlyList<string> Angles { get; } = ["price", "benefit", "urgency", "proof", "question"];

    /// <summary>Writes variants.</summary>
    /// <param name="brief">A checked brief.</param>
    /// <param name="format">Whose limits hold.</param>
    /// <param name="count">How many are wanted, 1 to <see cref="MaxCount"/>.</param>
    /// <param name="seed">Another seed gives other ads.</param>
    /// <param name="model">May propose drafts; it is used only if enough of them pass every check.</param>
    /// <param name="cancel">Stops the work.</param>
    /// <exception cref="InputException"><paramref name="count"/> is out of range.</exception>
    public static Task<AdGeneration> GenerateAsync(
        AdBrief brief, AdFormat format, int count, ulong seed, AdModel? model = null, CancellationToken cancel = default) =>
        throw new NotImplementedException();
}
