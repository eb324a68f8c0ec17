using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;

namespace Syrinx.Cli.Tests;

/// <summary><c>syrinx serve</c> as a process of its own, started from a folder that is not the program's.</summary>
public sealed class ServeVerbTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("syrinx-serve-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task It_says_where_it_is_serves_whole_pages_and_ends_well_when_asked_to()
    {
        using var process = SyrinxProcess.Start(_folder, "serve", "--home", "home", "--port", "0", "--json");
        var error = process.StandardError.ReadToEndAsync();
        using var report = JsonDocument.Parse(await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) ?? await error);
        Assert.Empty(report.RootElement.GetProperty("models").EnumerateArray());

        using var http = new HttpClient { BaseAddress = new(report.RootElement.GetProperty("url").GetString()!) };
        Assert.True((await http.GetByteArrayAsync("/_framework/blazor.web.js")).Length > 100_000);
        Assert.Contains("Syrinx", await http.GetStringAsync("/"));

        using var kill = Process.Start("kill", ["-TERM", process.Id.ToString()]);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, process.ExitCode);
        Assert.Empty(await error);
        Assert.Empty(await process.StandardOutput.ReadToEndAsync());
        Assert.True(Directory.Exists(Path.Combine(_folder, "home", "keys")));
    }

    [Fact]
    public async Task A_port_in_use_is_named()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        int port = ((IPEndPoint)other.LocalEndpoint).Port;
        var result = await SyrinxProcess.Run(_folder, "serve", "--home", "home", "--port", port.ToString());
        Assert.Equal(2, result.ExitCode);
        Assert.Contains($"Port {port}", result.Error);
        Assert.Contains("--port", result.Error);
    }

    [Theory]
    [InlineData("--host", "example.com")]
    [InlineData("--port", "70000")]
    [InlineData("--model", "nowhere")]
    [InlineData("--quant", "q9")]
    [InlineData("--cache-gib", "0")]
    public async Task What_cannot_be_served_is_named(string option, string value)
    {
        var result = await SyrinxProcess.Run(_folder, "serve", "--home", "home", option, value);
        Assert.Equal(2, result.ExitCode);
        Assert.Contains(value, result.Error);
        Assert.DoesNotContain("   at ", result.Error);
    }

    [Fact]
    public async Task A_home_that_cannot_be_written_to_is_named()
    {
        File.WriteAllText(Path.Combine(_folder, "file"), "");
        var result = await SyrinxProcess.Run(_folder, "serve", "--home", "file/home");
        Assert.Equal(2, result.ExitCode);
        Assert.Contains("file/home", result.Error);
    }
}
