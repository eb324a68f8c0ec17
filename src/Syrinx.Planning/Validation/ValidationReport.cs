namespace Syrinx.Planning.Validation;

/// <summary>A published run's chip-hours beside the prediction.</summary>
/// <param name="Name">The model.</param>
/// <param name="Accelerator">On what.</param>
/// <param name="Count">On how many.</param>
/// <param name="CountAssumed">The count was not published.</param>
/// <param name="PublishedGpuHours">As published.</param>
/// <param name="PredictedGpuHours">With the constants of all runs.</param>
/// <param name="Ratio">Predicted over published.</param>
/// <param name="AbsError">|ratio − 1|.</param>
/// <param name="LeftOutRatio">The same, with the constants that the other runs choose.</param>
/// <param name="PublishedShareOfPeak">6·N·D over the hours at peak.</param>
/// <param name="Layout">The layout predicted with: tp/cp/pp/dp.</param>
/// <param name="Note">What to know.</param>
/// <param name="Source">Where the figures are from.</param>
public sealed record ValidatedRun(
    string Name, string Accelerator, int Count, bool CountAssumed, double PublishedGpuHours, double PredictedGpuHours, double Ratio,
    double AbsError, double LeftOutRatio, double PublishedShareOfPeak, string Layout, string? Note, string Source);

/// <summary>A published step's MFU beside the prediction.</summary>
/// <param name="Name">The run.</param>
/// <param name="PublishedMfu">As published.</param>
/// <param name="PredictedMfu">With half of attention counted, the causal half.</param>
/// <param name="Ratio">Predicted over published MFU.</param>
/// <param name="PublishedSeconds">Of the step, where published.</param>
/// <param name="PredictedSeconds">Of the step.</param>
/// <param name="Layout">tp/cp/pp/dp.</param>
/// <param name="Note">What to know.</param>
public sealed record ValidatedStep(
    string Name, double PublishedMfu, double PredictedMfu, double Ratio, double? PublishedSeconds, double PredictedSeconds, string Layout, string? Note);

/// <summary>A measured power beside the estimate.</summary>
/// <param name="Name">The run.</param>
/// <param name="MeasuredWatts">An accelerator, with its share of the host.</param>
/// <param name="PredictedWatts">The same, estimated.</param>
/// <param name="Ratio">Predicted over measured.</param>
public sealed record ValidatedPower(string Name, double MeasuredWatts, double PredictedWatts, double Ratio);

/// <summary>The planner beside published runs.</summary>
/// <param name="Runs">Those with hours, none left out.</param>
/// <param name="MedianAbsError">Of all of them.</param>
/// <param name="LeaveOneOutMedianAbsError">When each is predicted with the constants that the others choose.</param>
/// <param name="ConstantMfuMedianAbsError">What a planner gets that knows only the median share of peak of the other runs.</param>
/// <param name="MatmulEfficiency">The calibrated constant.</param>
/// <param name="RunOverhead">The other calibrated constant.</param>
/// <param name="Steps">Those with a step's MFU.</param>
/// <param name="Power">Those with measured power.</param>
public sealed record ValidationReport(
    IReadOnlyList<ValidatedRun> Runs, double MedianAbsError, double LeaveOneOutMedianAbsError, double ConstantMfuMedianAbsError,
    double MatmulEfficiency, double RunOverhead, IReadOnlyList<ValidatedStep> Steps, IReadOnlyList<ValidatedPower> Power);
