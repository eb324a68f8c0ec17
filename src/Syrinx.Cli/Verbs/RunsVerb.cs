using System.CommandLine;
using Syrinx.Cli.Terminal;
using Syrinx.Training;

namespace Syrinx.Cli.Verbs;

/// <summary><c>syrinx runs</c>: the training runs of the home folder side by side.</summary>
internal static class RunsVerb
{
    public static Command Create()
    {
        var command = new Command("runs", "Shows training runs side by side.\n\nExample: syrinx runs");
        command.Runs((_, context) =>
        {
            var runs = RunSummary.ReadAll(context.Home);
            return new VerbResult(new Report(runs), Table(runs, context.Home));
        });
        return command;
    }

    private static string Table(IReadOnlyList<RunSummary> runs, HomeFolder home)
    {
        if (runs.Count == 0)
            return $"No training runs in {home.Runs} yet; 'syrinx train --model NAME' makes one.";
        string[][] rows = [
            ["run", "state", "steps", "tokens", "params", "train loss", "val loss", "bits/byte", "tokens/s", "MFU", "seconds"],
            .. runs.Select(r => new[]
            {
                r.Name, r.State, $"{r.Steps}", $"{r.Tokens}", Number(r.Params, "0"), Number(r.TrainLoss, "0.000"), Number(r.ValLoss, "0.000"),
                Number(r.ValBpb, "0.000"), Number(r.TokensPerSecond, "0"), Number(r.Mfu, "P0"), Number(r.Seconds, "0"),
            })];
        int[] widths = [.. Enumerable.Range(0, rows[0].Length).Select(c => rows.Max(r => r[c].Length))];
        return string.Join('\n', rows.Select(r => string.Join("  ", r.Select((cell, c) => c < 2 ? cell.PadRight(widths[c]) : cell.PadLeft(widths[c]))).TrimEnd()));
    }

    private static string Number(double? value, string format) =>
        value?.ToString(format, System.Globalization.CultureInfo.InvariantCulture) ?? "–";

    private sealed record Report(IReadOnlyList<RunSummary> Runs);
}
