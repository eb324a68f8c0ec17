using System.CommandLine;

namespace Syrinx.Cli.Verbs;

/// <summary><c>syrinx bench</c>: one measured run, and the machine's own limit beside it; one measurement a file.</summary>
internal static class BenchVerb
{
    public static Command Create() => new("bench", "Measures a part of Syrinx beside the machine's own limit.")
    {
        BenchTokenizerVerb.Create(),
        BenchTrainVerb.Create(),
        BenchInferenceVerb.Create(),
        BenchCurateVerb.Create(),
        BenchCurateVerb.CreateDedup(),
        BenchSearchVerb.Create(),
    };
}
