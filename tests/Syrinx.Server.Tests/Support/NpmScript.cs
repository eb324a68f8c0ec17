using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Syrinx.Server.Tests.Support;

/// <summary>Runs a client from npm; where node, npm or their registry are not at hand the test is skipped.</summary>
internal static class NpmScript
{
    /// <summary>What a script of <c>tests/FOLDER</c> prints.</summary>
    public static async Task<JsonElement> Run(string folder, string script, params string[] arguments)
    {
        string path = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(ThisFile())!, "..", "..", folder));
        await Install(path);
        var (code, output, error) = await Process(path, "node", [script, .. arguments]);
        Assert.True(code == 0, error);
        return JsonElement.Parse(output);
    }

    /// <summary>Fetches the pinned packages once; without node, npm or a registry the test is skipped.</summary>
    private static async Task Install(string folder)
    {
        // npm writes this file last
        if (File.Exists(Path.Combine(folder, "node_modules", ".package-lock.json")))
            return;
        try
        {
            var (code, _, error) = await Process(folder, "npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund");
            if (code != 0)
                Assert.Skip("npm cannot fetch the packages here: " + error.Trim().Split('\n')[^1]);
        }
        catch (Win32Exception)
        {
            Assert.Skip("node and npm are not installed");
        }
    }

    private static async Task<(int Code, string Output, string Error)> Process(string folder, string program, params string[] arguments)
    {
        using var process = System.Diagnostics.Process.Start(new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(120));
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            return (-1, "", $"{program} did not end within two minutes");
        }
        return (process.ExitCode, await output, await error);
    }

    private static string ThisFile([CallerFilePath] string path = "") => path;
}
