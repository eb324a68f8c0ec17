using System.CommandLine;
using System.Text;
using Syrinx.Cli.Terminal;
using Syrinx.Planning.Validation;
using static System.FormattableString;

namespace Syrinx.Cli.Verbs;

/// <summary><c>syrinx plan validate</c>: the planner beside published runs, with the error as it is.</summary>
internal static class PlanValidateVerb
{
    public static Command Create()
    {
        var command = new Command("validate",
            "Predicts published training runs and prints the error of each; no constant is fitted per run.\n\nExample: syrinx plan validate");
        command.Runs((_, _) =>
        {
            var report = PlannerValidation.Run();
            return new VerbResult(report, Text(report));
        });
        return command;
    }

    private static string Text(ValidationReport report)
    {
        var text = new StringBuilder();
        text.AppendLine(Invariant($"{"run",-15} {"accelerators",-14} {"tp/cp/pp/dp",-12} {"published",12} {"predicted",12} {"ratio",6} {"left out",9}"));
        foreach (var run in report.Runs)
        {
            string on = Invariant($"{run.Count}{(run.CountAssumed ? "?" : "")} {run.Accelerator}");
            text.AppendLine(Invariant($"{run.Name,-15} {on,-14} {run.Layout,-12} {run.PublishedGpuHours,12:N0} {run.PredictedGpuHours,12:N0} {run.Ratio,6:0.00} {run.LeftOutRatio,9:0.00}"));
        }
        text.AppendLine("GPU-hours; '?': the count was not published. Left out: predicted with the constants that the other runs choose.");
        text.AppendLine();
        text.AppendLine(Invariant($"median error           {report.MedianAbsError * 100:0.0}% over {report.Runs.Count} runs, none left out"));
        text.AppendLine(Invariant($"leave-one-out          {report.LeaveOneOutMedianAbsError * 100:0.0}%"));
        text.AppendLine(Invariant($"constant share of peak {report.ConstantMfuMedianAbsError * 100:0.0}%, the rival that knows nothing but the others' median"));
        text.AppendLine(Invariant($"constants chosen from the runs: matrices at {report.MatmulEfficiency:0.00} of the measured best, overhead {report.RunOverhead:0.00} of the time"));
        text.AppendLine();
        text.AppendLine(Invariant($"{"step",-28} {"tp/cp/pp/dp",-12} {"published MFU",14} {"predicted",10} {"ratio",6}"));
        foreach (var step in report.Steps)
            text.AppendLine(Invariant($"{step.Name,-28} {step.Layout,-12} {step.PublishedMfu * 100,13:0.0}% {step.PredictedMfu * 100,9:0.0}% {step.Ratio,6:0.00}"));
        text.AppendLine();
        foreach (var power in report.Power)
            text.AppendLine(Invariant($"power, {power.Name,-8} {power.MeasuredWatts:0} W measured, {power.PredictedWatts:0} W predicted, ratio {power.Ratio:0.00}"));
        return text.ToString().TrimEnd();
    }
}
