using Syrinx.Planning;

namespace Syrinx.Server.Text;

internal sealed partial class EnglishText
{
    public override string Plan => "Plan";
    public override string PlanTheTraining => "Plan the training of a larger model";
    public override string PlanTitle => "What would it take?";
    public override string PlanLead => "A model, its corpus, a cluster: whether it fits, how long it takes, what it draws and costs, and what fails on the way.";
    public override string PlanPresets => "Examples";
    public override IReadOnlyList<string> PlanPresetNames { get; } =
        ["All of Twitter, 10,000 A100", "All of Twitter, 10,000 H100", "Llama 3.1 405B", "A forum, 8 H100", "Too much for 64 A100"];
    public override string PlanInputs => "The question";
    public override string PlanParameters => "Parameters";
    public override string PlanTokens => "Tokens to train on";
    public override string PlanAccelerator => "Accelerator";
    public override string PlanAcceleratorFacts(double tflops, double gigabytes, double? watts) =>
        $"{Decimal(tflops, 0)} TFLOP/s, {Few(gigabytes)} GB" + (watts is { } w ? $", {Decimal(w, 0)} W" : "");
    public override string PlanCount => "How many";
    public override string PlanCountSlider => "How many, roughly";
    public override string PlanSequence => "Tokens of a sequence";
    public override string PlanPrice => "Price of a GPU-hour";
    public override string PlanPriceHint => "your own";
    public override string PlanNotANumber => "Write it like 70B, 1.5T or 7000000.";
    public override string PlanOutOfRange(double least, double most) => $"Between {Compact(least)} and {Compact(most)}.";
    public override string PlanFixFields => "The question is not complete";
    public override string PlanFixFieldsHelp => "The fields marked in red say what would be right.";

    public override string PlanAsked(double parameters, double tokens, int count, string accelerator) =>
        $"{Compact(parameters)} parameters, {Compact(tokens)} tokens, {Number(count)}\u00a0×\u00a0{accelerator}";
    public override string PlanDays(double days) => days switch
    {
        >= 1000 => $"{Few(days / 365.25)} years",
        >= 2 => $"{Few(days)} days",
        _ => Duration(TimeSpan.FromDays(days)),
    };
    public override string PlanDayTick(double days) => days switch
    {
        1 => "1 day",
        > 1 => $"{Compact(days)} days",
        >= 0.99 / 24 => $"{Few(days * 24)} h",
        >= 0.99 / 1440 => $"{Few(days * 1440)} min",
        _ => PlanSeconds(days * 86_400),
    };
    public override string PlanSeconds(double seconds) => seconds < 90 ? $"{Few(seconds)} s" : Duration(TimeSpan.FromSeconds(seconds));
    public override string PlanGpuHours => "GPU-hours";
    public override string PlanCost => "Cost";
    public override string PlanNoPrice => "give a price";
    public override string PlanEnergy => "Energy";
    public override string PlanNoEnergy => "power not published";
    public override string PlanPower(string power) => $"{power}, estimated";
    public override string PlanMfu => "MFU";
    public override string PlanMfuNote => "of the peak, in a step";
    public override string PlanGoodput => "Goodput";
    public override string PlanGoodputNote => "of the time lasts";
    public override string PlanFailures => "Failures";
    public override string PlanFailureEvery(string time) => $"one every {time}";
    public override string PlanRefused => "It does not fit";
    public override string PlanStateTooLarge(string parameters, string needed, int count, string accelerator, string held) =>
        $"{parameters} parameters need {needed} for weights, gradients and the optimizer. {Number(count)} × {accelerator} hold {held} besides what drivers take.";
    public override string PlanNoLayoutFits(string needed, string accelerator, string has) =>
        $"However it is split, one accelerator would have to hold {needed}; {accelerator} has {has}.";
    public override string PlanTryWith(int count, string accelerator) => $"Try {Number(count)} × {accelerator}";
    public override string PlanNeverFits(string accelerator) => $"Not even 100,000 × {accelerator} would do.";
    public override string PlanRemark(PlanNote note, TrainingPlan plan) => note switch
    {
        PlanNote.SomeIdle when plan.MostlyIdle =>
            $"{Number(plan.Count - plan.Used!.Value)} accelerators have no work: more of them would not end a run with {Number(plan.Batch)} sequences a step sooner. They are paid for all the same.",
        PlanNote.SomeIdle => $"{Number(plan.Count - plan.Used!.Value)} accelerators are left over by the split and stand by as spares.",
        PlanNote.BatchTooSmall =>
            $"{Percent(plan.TimeShares!.Pipeline / plan.Goodput!.Value)} of a step is pipelines standing empty: {Number(plan.Batch)} sequences are few for so many accelerators.",
        PlanNote.BeyondPublishedRuns => "No published run that the planner was checked against was as large.",
        PlanNote.SystemicRisk => $"{Scientific(plan.Flops)} FLOP: from 10²⁵ on, the EU AI Act presumes systemic risk.",
        _ => $"No power is published for {plan.Accelerator}, so no energy is planned.",
    };
    public override string PlanAssumed(string accelerator, IEnumerable<string> fields) =>
        $"Of {accelerator}'s data, our assumption and not the maker's: {string.Join(", ", fields.Select(AcceleratorField))}.";

    public override string PlanSplit => "How the work is split";
    public override string PlanSplitNote => "One copy of the model; each square is an accelerator.";
    public override string PlanCopies(int copies) => copies == 1 ? "copy of the model" : "copies share the batch";
    public override string PlanOneCopy(int accelerators) => accelerators == 1 ? "one accelerator a copy" : $"{Number(accelerators)} accelerators a copy";
    public override string PlanStages(int stages, string layers) => stages == 1 ? $"stage with all {layers} layers" : $"pipeline stages of {layers} layers";
    public override string PlanTensor(int tensor) => tensor == 1 ? "accelerator holds each matrix" : "accelerators share each matrix";
    public override string PlanContext => "groups share each sequence";
    public override string PlanRecomputation(string kind) => kind switch
    {
        "none" => "nothing is computed twice",
        "selective" => "norms and activation functions are computed twice",
        _ => "the forward pass is computed twice",
    };
    public override string PlanSharding(string kind) => kind switch
    {
        "optimizer" => "copies share the optimizer's state",
        "everything" => "copies share weights, gradients and optimizer",
        _ => "every copy holds its own optimizer state",
    };
    public override string PlanMicroBatches(int microBatches, int sequences, int chunks) =>
        (microBatches == 1 ? $"one micro-batch of {Number(sequences)} in each copy" : $"{Number(microBatches)} micro-batches of {Number(sequences)} in each copy") + (chunks > 1 ? $", {chunks} chunks a stage" : "");

    public override string PlanMemory => "Memory of an accelerator";
    public override string PlanMemoryNote(string used, string capacity) => $"{used} of {capacity} on the fullest one.";
    public override string PlanMemoryLacks(string needed, string capacity) => $"The most sparing split needs {needed}; there are {capacity}.";
    public override string PlanWeights => "Weights";
    public override string PlanGradients => "Gradients";
    public override string PlanOptimizer => "Optimizer";
    public override string PlanActivations => "Activations";
    public override string PlanReserve => "Drivers, buffers";
    public override string PlanTime => "Where the time goes";
    public override string PlanTimeNote => "Shares of the whole run.";
    public override string PlanCompute => "Matrices";
    public override string PlanOtherWork => "Other work";
    public override string PlanTensorWait => "Tensor exchange";
    public override string PlanPipelineWait => "Pipelines empty";
    public override string PlanDataWait => "Gradient exchange";
    public override string PlanLost => "Failures, checkpoints";
    public override string PlanOverhead => "Evaluation, tuning";

    public override string PlanCurve => "Days against accelerators";
    public override string PlanCurveNote => "Dashed: twice as many, half as long. Click a place on the curve to plan with it.";
    public override string PlanCurveSummary(string fewest, string fewestDays, string most, string mostDays) =>
        $"From {fewestDays} on {fewest} accelerators to {mostDays} on {most}.";
    public override string PlanCurveAxis(string accelerator) => $"number of {accelerator}";
    public override string PlanCurvePoint(string count, string days, string mfu) => $"{count}: {days}, MFU {mfu}";
    public override string PlanDoesNotFit => "does not fit";

    public override string PlanDetails => "In numbers";
    public override string PlanModel => "Model";
    public override string PlanModelOf(int layers, int width) => $"{layers} layers of {Number(width)}";
    public override string PlanFlops => "Computation";
    public override string PlanBatch => "Batch";
    public override string PlanBatchOf(int sequences, string tokens) => $"{Number(sequences)} sequences, {tokens} tokens";
    public override string PlanStep => "A step";
    public override string PlanStepsOf(double steps) => $"{Decimal(steps, 0)} steps";
    public override string PlanSpeed => "Speed";
    public override string PlanTokensPerSecond(double n) => $"{Compact(n)} tokens/s";
    public override string PlanCheckpoint => "A checkpoint";
    public override string PlanCheckpointIn(string time) => $"written in {time}";
    public override string PlanCheckpointEvery => "Written every";
    public override string PlanChinchilla => "Best by Chinchilla";
    public override string PlanChinchillaOf(string parameters, string tokens) => $"{parameters}, {tokens} tokens";

    public override string PlanChecked => "Checked against published runs";
    public override string PlanCheckedNote(double median, double leftOut, double rival, int runs) =>
        $"Predicted over published GPU-hours of all {runs} runs that publish them. Median error {Percent(median)}; {Percent(leftOut)} when the two calibrated constants are chosen without the run in question; {Percent(rival)} for a planner that knows only the others' share of peak.";
    public override string PlanCheckedRow(string name, string published, string predicted, double ratio) =>
        $"{name}: {published} published, {predicted} predicted, ratio {Decimal(ratio, 2)}";
    public override string PlanCheckedScale => "predicted / published";
    public override string PlanPublished => "Published";
    public override string PlanPredicted => "Predicted";
    public override string PlanCountUnknown => "the count was not published";

    private static string AcceleratorField(string field) => field switch
    {
        "matmul_tflops" => "the speed of matrices",
        "memory_tbs" => "the memory's bandwidth",
        "node_size" => "the size of a node",
        "node_link_gbs" => "the link in a node",
        _ => "the network",
    };
}
