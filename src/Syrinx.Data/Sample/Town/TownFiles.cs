using System.Reflection;
using System.Text;

namespace Syrinx.Data.Sample.Town;

/// <summary>
/// The text files beside this one, embedded in the assembly. All of them are lines of UTF-8; a line that begins with
/// <c># </c> is a comment.
/// </summary>
internal static class TownFiles
{
    private const string Prefix = "Town/";

    /// <summary>Names under a folder, in a fixed order: <c>core/food.en.txt</c>.</summary>
    public static IReadOnlyList<string> In(string folder) =>
        [.. Assembly.GetExecutingAssembly().GetManifestResourceNames()
            .Select(n => n.Replace('\\', '/'))
            .Where(n => n.StartsWith(Prefix + folder + "/", StringComparison.Ordinal))
            .Select(n => n[Prefix.Length..])
            .Order(StringComparer.Ordinal)];

    /// <summary>A file's lines without comments; a commented line leaves an empty string, so that line numbers stay.</summary>
    public static string[] Lines(string name)
    {
        var assembly = Assembly.GetExecutingAssembly();
        using var stream = assembly.GetManifestResourceStream(Prefix + name)
            ?? assembly.GetManifestResourceStream(Prefix + name.Replace('/', '\\'))
            ?? throw new InvalidOperationException($"The assembly has no text called {name}.");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return [.. reader.ReadToEnd().TrimEnd('\n').Split('\n')
            .Select(l => l.StartsWith("# ", StringComparison.Ordinal) ? "" : l.TrimEnd('\r'))];
    }
}
