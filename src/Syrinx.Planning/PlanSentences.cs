using Syrinx.Planning.Hardware;
using static System.FormattableString;

namespace Syrinx.Planning;

/// <summary>Refusals and remarks in English, for the command line's report. The web app has its own words in both languages.</summary>
internal static class PlanSentences
{
    internal static string Of(Refusal refusal, TrainingPlan plan, Accelerator accelerator, double usable)
    {
        string instead = plan.SmallestCount is { } enough
            ? Invariant($"At least {enough:N0} {accelerator.Name} are needed.")
            : Invariant($"Not even {PlanRequest.MostAccelerators:N0} {accelerator.Name} are enough.");
        return refusal == Refusal.StateTooLarge
            ? Invariant($"{Quantity.Short(plan.Params)} parameters need {plan.StateBytes / 1e12:0.##} TB for weights, gradients and optimizer ")
                + Invariant($"(16 bytes each), but {plan.Count:N0} {accelerator.Name} hold {usable / 1e12:0.##} TB besides what drivers take. {instead}")
            : Invariant($"The smallest layout needs {plan.MemoryBytesPerGpu / 1e9:0.#} GB on an accelerator, ")
                + Invariant($"but {accelerator.Name} has {accelerator.MemoryGb:0.##} GB. {instead}");
    }

    internal static string Of(PlanNote note, TrainingPlan plan) => note switch
    {
        PlanNote.SomeIdle when plan.MostlyIdle =>
            Invariant($"{plan.Count - plan.Used:N0} of {plan.Count:N0} accelerators have no work and are paid for: more of them would not end ")
            + Invariant($"a run with {plan.Batch:N0} sequences a step sooner. A larger --batch gives them work."),
        PlanNote.SomeIdle =>
            Invariant($"{plan.Count - plan.Used:N0} of {plan.Count:N0} accelerators are left over by the split; they are paid for and stand by as spares."),
        PlanNote.BatchTooSmall =>
            Invariant($"{plan.TimeShares!.Pipeline / plan.Goodput * 100:0}% of a step is pipelines standing empty, because {plan.Batch:N0} sequences are few ")
            + Invariant($"for {plan.Used:N0} accelerators. A larger --batch is faster; whether the model learns as well with it, the plan cannot say."),
        PlanNote.BeyondPublishedRuns =>
            Invariant($"No published run that the planner was checked against used more than {Planner.LargestPublished:N0} accelerators."),
        PlanNote.SystemicRisk => Invariant($"{plan.Flops:0.0E+0} FLOP: from 1E+25 on the EU AI Act presumes systemic risk."),
        _ => $"No power is published for {plan.Accelerator}, so no energy is planned.",
    };
}
