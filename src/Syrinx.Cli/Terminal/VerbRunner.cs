using System.CommandLine;
using System.Runtime.InteropServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Syrinx.Cli.Terminal;

/// <summary>
/// Runs a verb and turns how it ended into output and exit code: 0 done, 1 our failure, 2 bad usage or input,
/// 130 interrupted.
/// </summary>
internal static class VerbRunner
{
    /// <summary>How reports are spelt. Absent values are null, not left out.</summary>
    public static JsonSerializerOptions ReportJson { get; } = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DictionaryKeyPolicy = null,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    /// <summary>Gives a command its action.</summary>
    public static void Runs(this Command command, Func<ParseResult, VerbContext, VerbResult> verb) =>
        command.Runs((parse, context) => Task.FromResult<VerbResult?>(verb(parse, context)));

    /// <summary>Gives a command an action that waits; one that has printed its own result returns null.</summary>
    public static void Runs(this Command command, Func<ParseResult, VerbContext, Task<VerbResult?>> verb) =>
        command.SetAction(async (parse, cancel) =>
        {
            bool json = parse.GetValue(GlobalOptions.Json);
            using var progress = new ProgressLine(Console.Error, live: !Console.IsErrorRedirected);
            var home = new HomeFolder(Path.GetFullPath(parse.GetValue(GlobalOptions.Home)!));
            var context = new VerbContext(
                home, json, parse.GetValue(GlobalOptions.Seed), parse.GetValue(GlobalOptions.Threads), progress, cancel);
            var result = await verb(parse, context);
            progress.Dispose();
            if (result is not null)
                Console.Out.WriteLine(json ? JsonSerializer.Serialize(result.Report, result.Report.GetType(), ReportJson) : result.Summary);
            return 0;
        });

    /// <summary>Parses the arguments, runs the verb, and returns the exit code. Ctrl-C cancels; a second one ends the process.</summary>
    public static async Task<int> Run(RootCommand root, string[] args)
    {
        using var interrupted = new CancellationTokenSource();
        void Cancel(PosixSignalContext signal)
        {
            signal.Cancel = !interrupted.IsCancellationRequested;
            interrupted.Cancel();
        }
        using var sigint = PosixSignalRegistration.Create(PosixSignal.SIGINT, Cancel);
        using var sigterm = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Cancel);

        // no response files: @ann is a handle
        var parse = root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (parse.Errors.Count > 0)
        {
            foreach (var error in parse.Errors)
                Console.Error.WriteLine(error.Message);
            Console.Error.WriteLine("Try 'syrinx --help', or the verb with --help.");
            return 2;
        }
        try
        {
            // Only --help and --version write here; the program's file is not what a person types.
            using var help = new StringWriter();
            var configuration = new InvocationConfiguration
            {
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = null,
                Output = help,
            };
            int code = await parse.InvokeAsync(configuration, interrupted.Token);
            Console.Out.Write(help.ToString().Replace("Syrinx.Cli", "syrinx", StringComparison.Ordinal));
            return code;
        }
        catch (OperationCanceledException) when (interrupted.IsCancellationRequested)
        {
            Console.Error.WriteLine("Interrupted. Run the same command again to go on.");
            return 130;
        }
        catch (Exception e)
        {
            bool verbose = parse.GetValue(GlobalOptions.Verbose);
            Console.Error.WriteLine(verbose ? e.ToString() : $"error: {e.Message}");
            if (e is not InputException && !verbose)
                Console.Error.WriteLine("This is a failure of Syrinx; --verbose shows where.");
            return e is InputException ? 2 : 1;
        }
    }
}
