using System.Text.RegularExpressions;

namespace Syrinx.Server.Chat;

/// <summary>Cuts others' lines out of a visitor's message: whole lines, also behind <c>&gt;</c>, and what stands in quotation marks.</summary>
internal static partial class QuotedWords
{
    /// <summary>What stands where something was cut.</summary>
    public const string Gap = "[…]";

    /// <summary>The message without the lines and quotations that are somebody's.</summary>
    /// <param name="text">What the visitor wrote.</param>
    /// <param name="isTheirs">Whether a line is theirs, to the letter.</param>
    public static string Cut(string text, Func<string, bool> isTheirs) => string.Join('\n', text.Split('\n').Select(line =>
        isTheirs(line.TrimStart('>', ':', ' ', '\t', '\u3000').Trim()) ? Gap
            : Quotation().Replace(line, m => isTheirs(m.Groups["words"].Value.Trim()) ? Gap : m.Value)));

    [GeneratedRegex("""["“](?<words>[^"“”]+)["”]|「(?<words>[^「」]+)」|『(?<words>[^『』]+)』|‘(?<words>[^‘’]+)’""", RegexOptions.CultureInvariant)]
    private static partial Regex Quotation();
}
