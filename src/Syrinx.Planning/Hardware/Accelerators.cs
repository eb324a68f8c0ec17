namespace Syrinx.Planning.Hardware;

/// <summary>The accelerators that can be planned with, from the embedded <c>accelerators.json</c>.</summary>
public static class Accelerators
{
    /// <summary>In the order of the file.</summary>
    public static IReadOnlyList<Accelerator> All { get; } = EmbeddedJson.Read<Catalogue>("accelerators.json").Accelerators;

    /// <summary>The accelerator of a name or alias; case, blanks, hyphens and underscores do not matter.</summary>
    /// <exception cref="InputException">Nothing is called so; the message lists what there is.</exception>
    public static Accelerator Find(string name)
    {
        string wanted = Plain(name);
        return All.FirstOrDefault(a => a.Aliases.Append(a.Name).Any(n => Plain(n) == wanted)) ?? throw new InputException(
            $"--accelerator {name}: not known. Known are {string.Join(", ", All.Select(a => a.Name))}.");
    }

    private static string Plain(string name) => new([.. name.Where(char.IsLetterOrDigit).Select(char.ToUpperInvariant)]);

    private sealed record Catalogue(string About, IReadOnlyList<Accelerator> Accelerators);
}
