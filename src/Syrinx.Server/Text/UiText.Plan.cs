// The words of the page that plans a cluster; their meaning is what EnglishText.Plan says.
using System.Globalization;
using Syrinx.Planning;

namespace Syrinx.Server.Text;

public abstract partial class UiText
{
    public abstract string Plan { get; }
    public abstract string PlanTheTraining { get; }
    public abstract string PlanTitle { get; }
    public abstract string PlanLead { get; }
    public abstract string PlanPresets { get; }
    public abstract IReadOnlyList<string> PlanPresetNames { get; }
    public abstract string PlanInputs { get; }
    public abstract string PlanParameters { get; }
    public abstract string PlanTokens { get; }
    public abstract string PlanAccelerator { get; }
    public abstract string PlanAcceleratorFacts(double tflops, double gigabytes, double? watts);
    public abstract string PlanCount { get; }
    public abstract string PlanCountSlider { get; }
    public abstract string PlanSequence { get; }
    public abstract string PlanPrice { get; }
    public abstract string PlanPriceHint { get; }
    public abstract string PlanNotANumber { get; }
    public abstract string PlanOutOfRange(double least, double most);
    public abstract string PlanFixFields { get; }
    public abstract string PlanFixFieldsHelp { get; }

    // The answer
    public abstract string PlanAsked(double parameters, double tokens, int count, string accelerator);
    public abstract string PlanDays(double days);
    public abstract string PlanDayTick(double days);
    public abstract string PlanSeconds(double seconds);
    public abstract string PlanGpuHours { get; }
    public abstract string PlanCost { get; }
    public abstract string PlanNoPrice { get; }
    public abstract string PlanEnergy { get; }
    public abstract string PlanNoEnergy { get; }
    public abstract string PlanPower(string power);
    public abstract string PlanMfu { get; }
    public abstract string PlanMfuNote { get; }
    public abstract string PlanGoodput { get; }
    public abstract string PlanGoodputNote { get; }
    public abstract string PlanFailures { get; }
    public abstract string PlanFailureEvery(string time);
    public abstract string PlanRefused { get; }
    public abstract string PlanStateTooLarge(string parameters, string needed, int count, string accelerator, string held);
    public abstract string PlanNoLayoutFits(string needed, string accelerator, string has);
    public abstract string PlanTryWith(int count, string accelerator);
    public abstract string PlanNeverFits(string accelerator);
    public abstract string PlanRemark(PlanNote note, TrainingPlan plan);
    public abstract string PlanAssumed(string accelerator, IEnumerable<string> fields);

    // The split
    public abstract string PlanSplit { get; }
    public abstract string PlanSplitNote { get; }
    // these four follow their number
    public abstract string PlanCopies(int copies);
    public abstract string PlanStages(int stages, string layers);
    public abstract string PlanTensor(int tensor);
    public abstract string PlanContext { get; }
    public abstract string PlanOneCopy(int accelerators);
    public abstract string PlanRecomputation(string kind);
    public abstract string PlanSharding(string kind);
    public abstract string PlanMicroBatches(int microBatches, int sequences, int chunks);

    // Memory and time
    public abstract string PlanMemory { get; }
    public abstract string PlanMemoryNote(string used, string capacity);
    public abstract string PlanMemoryLacks(string needed, string capacity);
    public abstract string PlanWeights { get; }
    public abstract string PlanGradients { get; }
    public abstract string PlanOptimizer { get; }
    public abstract string PlanActivations { get; }
    public abstract string PlanReserve { get; }
    public abstract string PlanTime { get; }
    public abstract string PlanTimeNote { get; }
    public abstract string PlanCompute { get; }
    public abstract string PlanOtherWork { get; }
    public abstract string PlanTensorWait { get; }
    public abstract string PlanPipelineWait { get; }
    public abstract string PlanDataWait { get; }
    public abstract string PlanLost { get; }
    public abstract string PlanOverhead { get; }

    // The curve
    public abstract string PlanCurve { get; }
    public abstract string PlanCurveNote { get; }
    public abstract string PlanCurveSummary(string fewest, string fewestDays, string most, string mostDays);
    public abstract string PlanCurveAxis(string accelerator);
    public abstract string PlanCurvePoint(string count, string days, string mfu);
    public abstract string PlanDoesNotFit { get; }

    // Details
    public abstract string PlanDetails { get; }
    public abstract string PlanModel { get; }
    public abstract string PlanModelOf(int layers, int width);
    public abstract string PlanFlops { get; }
    public abstract string PlanBatch { get; }
    public abstract string PlanBatchOf(int sequences, string tokens);
    public abstract string PlanStep { get; }
    public abstract string PlanStepsOf(double steps);
    public abstract string PlanSpeed { get; }
    public abstract string PlanTokensPerSecond(double n);
    public abstract string PlanCheckpoint { get; }
    public abstract string PlanCheckpointIn(string time);
    public abstract string PlanCheckpointEvery { get; }
    public abstract string PlanChinchilla { get; }
    public abstract string PlanChinchillaOf(string parameters, string tokens);

    // The check
    public abstract string PlanChecked { get; }
    public abstract string PlanCheckedNote(double median, double leftOut, double rival, int runs);
    public abstract string PlanCheckedRow(string name, string published, string predicted, double ratio);
    public abstract string PlanCheckedScale { get; }
    public abstract string PlanPublished { get; }
    public abstract string PlanPredicted { get; }
    public abstract string PlanCountUnknown { get; }

    /// <summary>Energy in kWh, MWh or GWh.</summary>
    public string MegawattHours(double mwh) => mwh switch
    {
        >= 1000 => Few(mwh / 1000) + " GWh",
        >= 1 => Few(mwh) + " MWh",
        _ => Few(mwh * 1000) + " kWh",
    };

    /// <summary>Power in W, kW or MW.</summary>
    public string Watts(double watts) => watts switch
    {
        >= 1e6 => Few(watts / 1e6) + " MW",
        >= 1e3 => Few(watts / 1e3) + " kW",
        _ => Few(watts) + " W",
    };

    /// <summary>Bytes in GB or TB, of 1,000.</summary>
    public string LargeBytes(double bytes) => bytes >= 1e12 ? Few(bytes / 1e12) + " TB" : Few(bytes / 1e9) + " GB";

    /// <summary>3.2 × 10¹⁴.</summary>
    public string Scientific(double n)
    {
        if (n < 1e6)
            return n.ToString("N0", Culture);
        int exponent = (int)Math.Floor(Math.Log10(n));
        string raised = string.Concat(exponent.ToString(CultureInfo.InvariantCulture).Select(digit => "⁰¹²³⁴⁵⁶⁷⁸⁹"[digit - '0']));
        return (n / Math.Pow(10, exponent)).ToString("0.0", Culture) + " × 10" + raised;
    }

    /// <summary>Three digits that count, or all before the point.</summary>
    public string Few(double n) => n >= 100 ? Decimal(n, 0) : n >= 10 ? n.ToString("0.#", Culture) : n >= 0.1 ? n.ToString("0.##", Culture)
        : n is > 0 and < 0.001 ? "< 0.001" : n.ToString("G2", Culture);
}
