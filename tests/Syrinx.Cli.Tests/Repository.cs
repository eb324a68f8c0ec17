using System.Runtime.CompilerServices;

namespace Syrinx.Cli.Tests;

/// <summary>Where the checkout is, found from this file.</summary>
internal static class Repository
{
    public static string Root { get; } = Find();

    public static string In(params string[] parts) => Path.Combine([Root, .. parts]);

    private static string Find([CallerFilePath] string here = "")
    {
        // A deterministic build may map source paths; the test program itself lies under artifacts/.
        for (string? folder = File.Exists(here) ? Path.GetDirectoryName(here) : AppContext.BaseDirectory;
            folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (File.Exists(Path.Combine(folder, "Syrinx.slnx")))
                return folder;
        }
        throw new InvalidOperationException("Syrinx.slnx was not found above the tests.");
    }
}
