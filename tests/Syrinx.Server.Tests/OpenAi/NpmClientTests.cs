using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Syrinx.Server.Tests.Support;

namespace Syrinx.Server.Tests.OpenAi;

/// <summary>OpenAI's own npm client against a real server: <c>test/openai-npm/chat.mjs</c>, where node and npm are at hand.</summary>
public sealed class NpmClientTests(TownServer town) : IClassFixture<TownServer>
{
    [Fact]
    public async Task It_lists_models_streams_a_chat_reads_citations_and_understands_our_errors()
    {
        string script = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(ThisFile())!, "..", "..", "openai-npm"));
        await Install(script);
        var (code, output, error) = await Run(script, "node", "chat.mjs", town.Server.Url + "/v1", "town");
        Assert.True(code == 0, error);

        var json = JsonElement.Parse(output);
        Assert.Equal(["town", "town+search"], json.GetProperty("models").EnumerateArray().Select(m => m.GetString()));
        Assert.Matches("^[a-z]{12}$", json.GetProperty("text").GetString());
        Assert.True(json.GetProperty("pieces").GetInt32() > 3);
        Assert.Equal("length", json.GetProperty("finish").GetString());
        Assert.Equal(12, json.GetProperty("usage").GetProperty("completion_tokens").GetInt32());
        Assert.Contains("[1]", json.GetProperty("answer").GetString());
        Assert.Equal("x:101", json.GetProperty("citations")[0].GetProperty("id").GetString());
        Assert.Equal(32, json.GetProperty("dimensions").GetInt32());
        var missing = json.GetProperty("missing");
        Assert.Equal(404, missing.GetProperty("status").GetInt32());
        Assert.Equal("model_not_found", missing.GetProperty("code").GetString());
        Assert.Equal("invalid_request_error", missing.GetProperty("type").GetString());
    }

    /// <summary>Fetches the pinned package once; without node, npm or a registry the test is skipped.</summary>
    private static async Task Install(string folder)
    {
        if (Directory.Exists(Path.Combine(folder, "node_modules", "openai")))
            return;
        try
        {
            var (code, _, error) = await Run(folder, "npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund");
            if (code != 0)
                Assert.Skip("npm cannot fetch the openai package here: " + error.Trim().Split('\n')[^1]);
        }
        catch (Win32Exception)
        {
            Assert.Skip("node and npm are not installed");
        }
    }

    private static async Task<(int Code, string Output, string Error)> Run(string folder, string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments)
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
