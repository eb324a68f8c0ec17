using System.CommandLine;

namespace Syrinx.Cli.Verbs;

/// <summary><c>syrinx ads</c>: writes and checks advertisements; one verb a file.</summary>
internal static class AdsVerb
{
    /// <summary>The brief, which both verbs read.</summary>
    public static Option<string> Brief { get; } = new("--brief")
    {
        Description = "The brief: a JSON file with product, language, facts, and what else it says (docs/ads.md)",
        Required = true,
        HelpName = "FILE",
    };

    /// <summary>The format, which both verbs need.</summary>
    public static Option<string> Format { get; } = new("--format")
    {
        Description = "Whose limits hold: x-post, google-rsa or meta-feed",
        Required = true,
        HelpName = "F",
    };

    public static Command Create() => new("ads", "Writes advertisements from a brief's facts, and checks ones that people wrote.")
    {
        AdsGenerateVerb.Create(),
        AdsCheckVerb.Create(),
    };

    /// <summary>Text of a brief or an ad as a terminal may show it: no control characters, nothing that turns the direction of writing.</summary>
    public static string Shown(string text) => string.Concat(text.Select(c =>
        char.IsControl(c) && c != '\n' || c is '\u2028' or '\u2029' or >= '\u202A' and <= '\u202E' or >= '\u2066' and <= '\u2069' ? ' ' : c));
}
