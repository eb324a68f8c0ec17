namespace Syrinx.Data.Posts.Import;

/// <summary>What an import did. <c>Read = Imported + sum of Skipped + Quarantined</c>, exactly.</summary>
/// <param name="Read">Records found: posts, pushes, compliance lines, and whatever else lies in the files as records.</param>
/// <param name="Imported">Records that are new in the lake, or newer than what was there.</param>
/// <param name="Skipped">The others that were understood, by reason.</param>
/// <param name="Quarantined">Records that were not understood; see <see cref="QuarantineFile"/>.</param>
/// <param name="Seconds">Wall-clock time.</param>
/// <param name="Bytes">Bytes read, unpacked.</param>
/// <param name="Removed">Posts that left the lake because of what was read, or because of the opt-out list.</param>
/// <param name="Posts">Posts in the lake now.</param>
/// <param name="Authors">Authors in the lake now.</param>
/// <param name="Files">Files read.</param>
/// <param name="QuarantineFile">Where the quarantined records are listed, or null where there are none.</param>
/// <param name="Notes">What a person should know: guesses that were made, files that were left unread.</param>
public sealed record ImportReport(
    long Read, long Imported, IReadOnlyDictionary<string, long> Skipped, long Quarantined, double Seconds, long Bytes,
    long Removed, long Posts, long Authors, long Files, string? QuarantineFile, IReadOnlyList<string> Notes);
