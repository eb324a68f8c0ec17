using System.Diagnostics;
using System.Text;

namespace Syrinx.Cli.Tests;

/// <summary>Runs the built program as a person does: a process of its own, with its exit code, standard output and error.</summary>
internal static class SyrinxProcess
{
    public static string Program { get; } = Repository.In("artifacts", "bin", "Syrinx.Cli", "release", "Syrinx.Cli");

    public sealed record Result(int ExitCode, string Output, string Error);

    public static Process Start(string workingDirectory, params string[] arguments) => StartProgram(workingDirectory, Program, arguments);

    /// <summary>Runs another program.</summary>
    public static Task<Result> RunOther(string workingDirectory, string program, params string[] arguments) =>
        End(StartProgram(workingDirectory, program, arguments), arguments);

    private static Process StartProgram(string workingDirectory, string program, string[] arguments)
    {
        // a shell that runs the tests in the background has them ignore SIGINT, and what they start inherits that: env undoes it
        var (file, all) = OperatingSystem.IsLinux() ? ("env", ["--default-signal=INT", program, .. arguments]) : (program, arguments);
        var start = new ProcessStartInfo(file, all)
        {
            WorkingDirectory = workingDirectory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        start.Environment["OMP_WAIT_POLICY"] = "PASSIVE";
        start.Environment.Remove("SYRINX_HOME");
        return Process.Start(start)!;
    }

    public static Task<Result> Run(string workingDirectory, params string[] arguments) => End(Start(workingDirectory, arguments), arguments);

    private static async Task<Result> End(Process started, string[] arguments)
    {
        using var process = started;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(5));
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"syrinx {string.Join(' ', arguments)} did not end: {await error}");
        }
        return new(process.ExitCode, await output, await error);
    }
}
