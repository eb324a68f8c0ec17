using System.CommandLine;

namespace Syrinx.Cli.Verbs;

/// <summary><c>syrinx eval</c>: measures what was built; one kind of measurement a file.</summary>
internal static class EvalVerb
{
    public static Command Create() => new("eval", "Measures what was built: how well a model predicts, answers and keeps secrets, how well the search ranks.")
    {
        EvalModelVerb.Create(),
        EvalReportVerb.Create(),
        EvalLmVerb.Create(),
        EvalRetrievalVerb.Create(),
    };
}
