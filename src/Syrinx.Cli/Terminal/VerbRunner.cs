using System.CommandLine;
using System.Runtime.InteropServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Syrinx.Training.Distributed;

namespace Syrinx.Cli.Terminal;

/// <summary>
/// Runs a verb and turns how it ended into output and exit code: 0 done, 1 our failure, 2 bad usage or input,
/// 130 interrupted.
/// </summary>
internal static class VerbRunner
{
    /// <summary>SIGUSR1 on Linux; .NET takes a signal's own number where it has no name for it.</summary>
    private const PosixSignal Usr1 = (PosixSignal)10;

    /// <summary>SIGXFSZ on Linux: a file has become larger than <c>ulimit -f</c> allows, which kills those that don't ask for an error instead.</summary>
    private const PosixSignal FileTooLarge = (PosixSignal)25;

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
        command.Acts((parse, context) =>
        {
            RankedVerb.RefuseRanks(command.Name);
            return verb(parse, context);
        });

    /// <summary>Gives a command an action that the ranks of an MPI job share, where mpirun started several.</summary>
    public static void RunsInRanks(this Command command, Func<ParseResult, VerbContext, VerbResult> verb) =>
        command.Acts((parse, context) => Task.FromResult(
            RankedVerb.Run(world => verb(parse, context with { World = world }), e => Fail(e, parse, context.Cancel))));

    private static void Acts(this Command command, Func<ParseResult, VerbContext, Task<VerbResult?>> verb) =>
        command.SetAction(async (parse, cancel) =>
        {
            bool json = parse.GetValue(GlobalOptions.Json);
            using var progress = new ProgressLine(IsFirst ? Console.Error : TextWriter.Null, live: IsFirst && !Console.IsErrorRedirected);
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
        // mpirun and srun --signal hand this one on to the ranks and, other than Ctrl-C, let them end in their own time
        using var sigusr1 = IsRank && OperatingSystem.IsLinux() ? PosixSignalRegistration.Create(Usr1, Cancel) : null;
        using var sigxfsz = OperatingSystem.IsLinux() ? PosixSignalRegistration.Create(FileTooLarge, signal => signal.Cancel = true) : null;
        if (IsRank)
            Environment.SetEnvironmentVariable("TERM", "dumb"); // mpirun's standard output looks like a terminal, and .NET would greet it with escape codes

        // no response files: @ann is a handle
        var parse = root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (parse.Errors.Count > 0)
        {
            LetFirstSpeak();
            foreach (var error in parse.Errors)
                Console.Error.WriteLine(Plain(error.Message));
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
            if (IsFirst)
                Console.Out.Write(help.ToString().Replace("Syrinx.Cli", "syrinx", StringComparison.Ordinal));
            return code;
        }
        catch (OperationCanceledException) when (interrupted.IsCancellationRequested && !IsFirst)
        {
            return 130;
        }
        catch (Exception e)
        {
            LetFirstSpeak();
            return Fail(e, parse, interrupted.Token);
        }
    }

    /// <summary>The parser names .NET's types where a number is none.</summary>
    private static string Plain(string message) => message
        .Replace("as expected type 'System.Double'", "as a number", StringComparison.Ordinal)
        .Replace("as expected type 'System.UInt64'", "as a whole number, 0 or more", StringComparison.Ordinal)
        .Replace("as expected type 'System.Int32'", "as a whole number", StringComparison.Ordinal)
        .Replace("as expected type 'System.Int64'", "as a whole number", StringComparison.Ordinal);

    private static bool IsRank => RankLaunch.Current.Size > 1;

    private static bool IsFirst => RankLaunch.Current.Rank == 0;

    /// <summary>Before the ranks have met, most errors are the same in all: when rank 0 has told of one, the launcher ends the others.</summary>
    private static void LetFirstSpeak()
    {
        if (!IsFirst)
            Thread.Sleep(TimeSpan.FromSeconds(3));
    }

    /// <summary>Tells of an error and returns the exit code.</summary>
    private static int Fail(Exception e, ParseResult parse, CancellationToken cancel)
    {
        string who = IsFirst ? "" : $"rank {RankLaunch.Current.Rank}: ";
        if (e is OperationCanceledException && cancel.IsCancellationRequested)
        {
            Console.Error.WriteLine($"{who}Interrupted. Run the same command again to go on.");
            return 130;
        }
        bool verbose = parse.GetValue(GlobalOptions.Verbose);
        Console.Error.WriteLine(who + (verbose ? e.ToString() : $"error: {e.Message}"));
        if (e is not (InputException or RankTimeoutException) && !verbose)
            Console.Error.WriteLine("This is a failure of Syrinx; --verbose shows where.");
        return e is InputException ? 2 : 1;
    }
}
