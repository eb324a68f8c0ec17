using System.CommandLine;

namespace Syrinx.Cli.Verbs;

/// <summary><c>syrinx bench</c>: one measured run each, beside what the machine can do at most.</summary>
internal static class BenchVerb
{
    public static Command Create() => new("bench", "Measures one stage beside the machine's limit.") { BenchTrainVerb.Create() };
}
