namespace Syrinx.Ads;

/// <summary>
/// The phrases of one language, from <c>copy.en.json</c> or <c>copy.zh.json</c>: hooks and headlines for each angle, calls to
/// action, and layouts, which say in what order the pieces of a text stand. Loaded once; immutable and safe to share between
/// threads.
/// </summary>
/// <param name="Hooks">Sentences that open a text, by angle.</param>
/// <param name="Headlines">Short lines without a full stop, by angle.</param>
/// <param name="Calls">Calls to action, where the ad leads somewhere and the brief names none.</param>
/// <param name="CallsOffline">The same where there is no address.</param>
/// <param name="Layouts">By field: pieces in braces; <c>{facts}</c> is as many sentences as fit, <c>{bullets}</c> as many lines.</param>
/// <param name="Bullet">What a line of a list begins with.</param>
/// <param name="Stop">What ends a sentence.</param>
/// <param name="Join">What stands between sentences.</param>
/// <param name="Name">What stands between the product's name and a sentence that it opens.</param>
internal sealed record CopyBook(
    IReadOnlyDictionary<string, IReadOnlyList<string>> Hooks, IReadOnlyDictionary<string, IReadOnlyList<string>> Headlines,
    IReadOnlyList<string> Calls, IReadOnlyList<string> CallsOffline, IReadOnlyDictionary<string, IReadOnlyList<string>> Layouts,
    string Bullet, string Stop, string Join, string Name)
{
    private static readonly Lazy<CopyBook> English = new(() => DataFiles.Read<CopyBook>("copy.en.json"));
    private static readonly Lazy<CopyBook> Chinese = new(() => DataFiles.Read<CopyBook>("copy.zh.json"));

    public static CopyBook For(AdLanguage language) => language == AdLanguage.TraditionalChinese ? Chinese.Value : English.Value;
}
