using System.CommandLine;

namespace Syrinx.Cli.Terminal;

/// <summary>The options that every verb has.</summary>
internal static class GlobalOptions
{
    public static Option<string> Home { get; } = new("--home")
    {
        Description = "The home folder, where every step leaves its files (or SYRINX_HOME)",
        DefaultValueFactory = _ => Environment.GetEnvironmentVariable("SYRINX_HOME") is { Length: > 0 } home ? home : "home",
        HelpName = "DIR",
        Recursive = true,
    };

    public static Option<bool> Json { get; } = new("--json")
    {
        Description = "One JSON object on standard output when done, nothing else there",
        Recursive = true,
    };

    public static Option<ulong> Seed { get; } = new("--seed")
    {
        Description = "Same input, same seed, same output",
        DefaultValueFactory = _ => 42,
        HelpName = "N",
        Recursive = true,
    };

    public static Option<int> Threads { get; } = new("--threads")
    {
        Description = "Threads to use (default: all cores)",
        DefaultValueFactory = _ => Environment.ProcessorCount,
        HelpName = "N",
        Recursive = true,
    };

    public static Option<bool> Verbose { get; } = new("--verbose")
    {
        Description = "Show the stack trace of an error",
        Recursive = true,
    };

    public static void AddTo(RootCommand root)
    {
        Threads.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && int.TryParse(result.Tokens[0].Value, out int n) && n < 1)
                result.AddError($"--threads {n} must be at least 1.");
        });
        foreach (Option option in (Option[])[Home, Json, Seed, Threads, Verbose])
            root.Options.Add(option);
    }
}
