using System.Text.Json;

namespace Syrinx.Cli.Tests;

/// <summary>What every verb promises: exit codes, one JSON object, errors without a stack trace.</summary>
public sealed class CommandLineTests
{
    [Fact]
    public async Task An_unknown_verb_is_bad_usage()
    {
        var result = await SyrinxProcess.Run(Path.GetTempPath(), "sing");
        Assert.Equal(2, result.ExitCode);
        Assert.Contains("sing", result.Error);
        Assert.Empty(result.Output);
    }

    [Fact]
    public async Task Json_is_one_object_on_standard_output_and_nothing_else()
    {
        var result = await SyrinxProcess.Run(Path.GetTempPath(), "doctor", "--json");
        Assert.Equal(0, result.ExitCode);
        using var json = JsonDocument.Parse(result.Output);
        Assert.Equal(["cpu", "libtorch", "mpi", "cuda", "port", "disk"],
            json.RootElement.GetProperty("checks").EnumerateArray().Select(c => c.GetProperty("name").GetString()));
    }

    [Fact]
    public async Task A_number_that_is_none_is_told_without_the_names_of_our_types()
    {
        var result = await SyrinxProcess.Run(Path.GetTempPath(), "doctor", "--seed", "x", "--threads", "y");
        Assert.Equal(2, result.ExitCode);
        Assert.Contains("'x' for option '--seed' as a whole number, 0 or more.", result.Error);
        Assert.DoesNotContain("System.", result.Error);
    }

    [Fact]
    public async Task Help_shows_the_name_that_a_person_types_and_an_example()
    {
        var result = await SyrinxProcess.Run(Path.GetTempPath(), "doctor", "--help");
        Assert.Equal(0, result.ExitCode);
        Assert.Contains("syrinx doctor [options]", result.Output);
        Assert.Contains("Example: syrinx doctor", result.Output);
    }
}
