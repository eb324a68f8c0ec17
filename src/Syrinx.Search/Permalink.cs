using System.Text.RegularExpressions;

namespace Syrinx.Search;

/// <summary>
/// The web address of a post, where its id and author tell it. Never guessed: no address is better than a wrong one.
/// </summary>
internal static partial class Permalink
{
    /// <summary>The address, or null.</summary>
    /// <param name="id">Platform-qualified: <c>x:20</c>, <c>ptt:Stock/M.1681372057.A.F0A#3</c>.</param>
    /// <param name="handle">The author's handle.</param>
    public static string? Of(string id, string? handle)
    {
        if (id.StartsWith("x:", StringComparison.Ordinal))
        {
            return handle is not null && XHandle().IsMatch(handle) && XId().IsMatch(id.AsSpan(2))
                ? $"https://x.com/{handle}/status/{id[2..]}" : null;
        }
        // a push stands on its article's page
        return PttId().Match(id) is { Success: true } ptt
            ? $"https://www.ptt.cc/bbs/{ptt.Groups[1].ValueSpan}/{ptt.Groups[2].ValueSpan}.html" : null;
    }

    [GeneratedRegex(@"^[A-Za-z0-9_]{1,20}\z")]
    private static partial Regex XHandle();

    [GeneratedRegex(@"^[0-9]{1,20}\z")]
    private static partial Regex XId();

    [GeneratedRegex(@"^ptt:([A-Za-z0-9_\-]{1,32})/(M\.[0-9]{6,12}\.A\.[0-9A-F]{3})(?:#[0-9]+)?\z")]
    private static partial Regex PttId();
}
