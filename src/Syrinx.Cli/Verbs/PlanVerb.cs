using System.CommandLine;
using Syrinx.Cli.Terminal;
using Syrinx.Planning;
using Syrinx.Planning.Hardware;
using Syrinx.Planning.Reliability;

namespace Syrinx.Cli.Verbs;

/// <summary><c>syrinx plan</c>: what it would take to train a model on a number of accelerators. A plan that does not fit is an answer, exit code 0.</summary>
internal static class PlanVerb
{
    /// <summary>From here on <c>--batch</c> means tokens: nobody trains with so many sequences a step, and nobody with so few tokens.</summary>
    private const int BatchInTokens = 100_000;

    private static readonly Option<string> Params = Required("--params", "Parameters of a dense decoder: 7B, 405e9", "N");
    private static readonly Option<string> Tokens = Required("--tokens", "Tokens to train on: 140B, 15.6T", "N");
    private static readonly Option<string> Name = Required(
        "--accelerator", $"One of {string.Join(", ", Accelerators.All.Select(a => a.Name))}", "NAME");

    private static readonly Option<string> Count = Required("--count", "How many, 1 to 100,000", "N");
    private static readonly Option<string?> Seq = Optional("--seq", "Tokens of a sequence (default: 8192; 2048 below 1B parameters)", "N");
    private static readonly Option<string?> Batch = Optional(
        "--batch", "Sequences of a step; from 100,000 on, tokens of a step (default: a published fit, at most 16M tokens)", "N");

    private static readonly Option<double?> Price = Number("--price-per-gpu-hour", "Price of an accelerator for an hour, in your currency", "P");
    private static readonly Option<double?> Years = Number("--gpu-years-per-failure", "Accelerator-years between failures (default: 5.8, Llama 3)", "Y");
    private static readonly Option<double?> Restart = Number("--restart-minutes", "From a failure until work goes on (default: 10)", "M");
    private static readonly Option<double?> Storage = Number(
        "--storage-gbs", "GB/s that checkpoints are written with (default: 0.15 an accelerator, at most 2,000)", "G");

    private static readonly Option<double?> Pue = Number("--pue", "Power usage effectiveness of the building (default: 1.1)", "X");

    public static Command Create()
    {
        var command = new Command("plan",
            "What it would take to train a model: whether it fits, split, memory, days, energy, cost, failures.\n\n"
            + "Example: syrinx plan --params 70B --tokens 1.4T --accelerator H100 --count 1024 --price-per-gpu-hour 2")
        {
            Params, Tokens, Name, Count, Seq, Batch, Price, Years, Restart, Storage, Pue, PlanValidateVerb.Create(),
        };
        command.Runs((parse, _) =>
        {
            var plan = Planner.Plan(Request(parse));
            return new VerbResult(plan, PlanText.Of(plan));
        });
        return command;
    }

    private static PlanRequest Request(ParseResult parse)
    {
        var known = new ReliabilitySettings();
        var request = new PlanRequest
        {
            Parameters = Quantity.Parse("--params", parse.GetValue(Params)!),
            Tokens = Quantity.Parse("--tokens", parse.GetValue(Tokens)!),
            Accelerator = Accelerators.Find(parse.GetValue(Name)!),
            Count = Whole("--count", parse.GetValue(Count))!.Value,
            Sequence = Whole("--seq", parse.GetValue(Seq)),
            PricePerGpuHour = parse.GetValue(Price),
            Reliability = known with
            {
                YearsPerFailure = parse.GetValue(Years) ?? known.YearsPerFailure,
                RestartSeconds = parse.GetValue(Restart) * 60 ?? known.RestartSeconds,
                StorageBytesPerSecond = parse.GetValue(Storage) * 1e9,
            },
        };
        request = request with { Pue = parse.GetValue(Pue) ?? request.Pue };
        request.Validated();
        int? batch = Whole("--batch", parse.GetValue(Batch));
        return request with { Batch = batch >= BatchInTokens ? batch / request.SequenceInForce : batch };
    }

    private static int? Whole(string option, string? text)
    {
        if (text is null)
            return null;
        double value = Quantity.Parse(option, text);
        return value == Math.Floor(value) && Math.Abs(value) <= int.MaxValue ? (int)value
            : throw new InputException($"{option} {text} must be a whole number.");
    }

    private static Option<string> Required(string name, string description, string help) =>
        new(name) { Description = description, HelpName = help, Required = true };

    private static Option<string?> Optional(string name, string description, string help) => new(name) { Description = description, HelpName = help };

    private static Option<double?> Number(string name, string description, string help) => new(name) { Description = description, HelpName = help };
}
