using System.ComponentModel;
using System.Diagnostics;

namespace Syrinx.Tests;

/// <summary>Packages of npm that tests compare with, in a folder with their lock file.</summary>
internal static class Npm
{
    /// <summary>Fetches the pinned packages once; without node, npm or a registry the test is skipped.</summary>
    /// <param name="folder">Where the lock file is.</param>
    /// <param name="package">One of the packages, by which is seen whether they are there.</param>
    public static void Install(string folder, string package)
    {
        if (Directory.Exists(Path.Combine(folder, "node_modules", package)))
            return;
        try
        {
            var (code, _, error) = Run(folder, "npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund"]);
            if (code != 0)
                Assert.Skip($"npm cannot fetch {package} here: " + error.Trim().Split('\n')[^1]);
        }
        catch (Win32Exception)
        {
            Assert.Skip("node and npm are not installed");
        }
    }

    /// <summary>Runs a program to its end.</summary>
    public static (int Code, string Output, string Error) Run(string folder, string program, string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, error.Result);
    }
}
