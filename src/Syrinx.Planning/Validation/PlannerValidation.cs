using Syrinx.Planning.Costs;

namespace Syrinx.Planning.Validation;

/// <summary>Puts the planner beside every published run, with the error as it is.</summary>
public static class PlannerValidation
{
    /// <summary>The report; takes about a second, most of it for leave-one-out.</summary>
    public static ValidationReport Run()
    {
        var calibration = new Calibration(PublishedRuns.All);
        var predicted = PublishedRuns.All.ToDictionary(run => run, run => RunPrediction.Of(run, CostConstants.Default));
        var withHours = PublishedRuns.All.Where(run => run.Hours is not null).ToList();
        ValidatedRun[] runs = [.. withHours.Select(run =>
        {
            double published = run.Hours!.Value, hours = predicted[run].Hours;
            double leftOut = RunPrediction.Of(run, calibration.Choose(without: run)).Hours;
            return new ValidatedRun(run.Name, run.Accelerator, run.Count, run.CountAssumed, published, hours, hours / published,
                Math.Abs(hours / published - 1), leftOut / published, ShareOfPeak(run), Layout(predicted[run]), run.Note, run.Source);
        })];
        return new(runs, Calibration.Median(runs.Select(run => run.AbsError)),
            Calibration.Median(runs.Select(run => Math.Abs(run.LeftOutRatio - 1))), ConstantMfu(withHours),
            CostConstants.Default.MatmulEfficiency, CostConstants.Default.RunOverhead,
            [.. PublishedRuns.All.Where(run => run.StepMfu is not null).Select(run => new ValidatedStep(run.Name, run.StepMfu!.Value,
                predicted[run].StepMfu, predicted[run].StepMfu / run.StepMfu.Value, run.StepSeconds, predicted[run].Placed.Time.Total,
                Layout(predicted[run]), run.Note))],
            [.. PublishedRuns.All.Where(run => run.WattsMeasured is not null).Select(run => new ValidatedPower(
                run.Name, run.WattsMeasured!.Value, predicted[run].Watts!.Value, predicted[run].Watts!.Value / run.WattsMeasured.Value))]);
    }

    /// <summary>6·N·D over what the hours could have done at peak.</summary>
    private static double ShareOfPeak(PublishedRun run) =>
        6 * run.Shape.Parameters * run.Tokens / (run.Hours!.Value * 3600 * run.Machine.Peak);

    /// <summary>The rival: every run has the share of peak that is the others' median.</summary>
    private static double ConstantMfu(List<PublishedRun> runs) => Calibration.Median(runs.Select(run =>
        Math.Abs(ShareOfPeak(run) / Calibration.Median(runs.Where(other => other != run).Select(ShareOfPeak)) - 1)));

    private static string Layout(RunPrediction prediction)
    {
        var l = prediction.Placed.Layout;
        return $"{l.Tensor}/{l.Context}/{l.Pipeline}/{l.Data}";
    }
}
