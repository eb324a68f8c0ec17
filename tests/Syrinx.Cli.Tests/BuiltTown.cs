using System.Text.Json.Nodes;

namespace Syrinx.Cli.Tests;

/// <summary>The sample platform taken all the way by the real program, once for the tests that look at the result.</summary>
public sealed class BuiltTown : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("syrinx-town-").FullName;

    internal string Home => Path.Combine(_folder, "home");

    internal string Sample => Path.Combine(_folder, "home-sample");

    internal JsonObject Report { get; private set; } = [];

    internal Task<SyrinxProcess.Result> Quickstart(params string[] more) =>
        SyrinxProcess.Run(_folder, ["quickstart", "--home", Home, "--minutes", "0.05", "--no-serve", "--json", .. more]);

    public async ValueTask InitializeAsync()
    {
        var result = await Quickstart();
        Assert.True(result.ExitCode == 0, result.Error);
        Report = JsonNode.Parse(result.Output)!.AsObject();
    }

    public ValueTask DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    /// <summary>What was planted: kind and a string that stands in that post's text and nowhere else.</summary>
    internal IReadOnlyList<(string Kind, string Probe)> Planted() =>
        [.. File.ReadLines(Path.Combine(Sample, "truth.jsonl")).Select(line => JsonNode.Parse(line)!)
            .Select(t => ((string)t["kind"]!, (string)t["probe"]!)).Where(t => t.Item2.Length > 0)];
}

/// <summary>Tests that share one built town.</summary>
[CollectionDefinition(nameof(BuiltTown))]
public sealed class BuiltTownCollection : ICollectionFixture<BuiltTown>;
