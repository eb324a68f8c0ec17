namespace Syrinx.Ads;

/// <summary>
/// Checks copy against a brief: limits, duplicates, claims, banned words, policy. Immutable and safe to share between
/// threads; make one a brief, for reading the facts is the larger part of the work.
/// </summary>
/// <param name="brief">A checked brief.</param>
public sealed class AdChecker(AdBrief brief)
{
    /// <summary>Checks one ad.</summary>
    /// <param name="format">Whose limits hold.</param>
    /// <param name="fields">The copy.</param>
    /// <param name="cancel">Stops the work.</param>
    public AdVerdict Check(AdFormat format, FieldValues<string> fields, CancellationToken cancel = default) =>
        throw new NotImplementedException(brief.Product);

    /// <summary>Checks one ad; for several with the same brief keep a checker.</summary>
    public static AdVerdict Check(AdBrief brief, AdFormat format, FieldValues<string> fields, CancellationToken cancel = default) =>
        new AdChecker(brief).Check(format, fields, cancel);
}
