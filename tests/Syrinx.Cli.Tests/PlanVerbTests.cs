using System.Text.Json;

namespace Syrinx.Cli.Tests;

/// <summary><c>syrinx plan</c> and <c>syrinx plan validate</c> as scripts use them.</summary>
public sealed class PlanVerbTests
{
    [Fact]
    public async Task A_plan_has_every_field_of_the_contract()
    {
        var plan = await Plan("--params", "405B", "--tokens", "15.6T", "--accelerator", "h100", "--count", "16384", "--seq", "8192", "--price-per-gpu-hour", "2");
        Assert.True(plan.GetProperty("feasible").GetBoolean());
        Assert.Equal((8, 16, 128), (Int(plan.GetProperty("parallel"), "tp"), Int(plan.GetProperty("parallel"), "pp"), Int(plan.GetProperty("parallel"), "dp")));
        foreach (string field in new[]
        {
            "memory_bytes_per_gpu", "step_seconds", "mfu", "goodput", "days", "gpu_hours", "energy_mwh", "cost", "failures_expected",
            "checkpoint_interval_seconds",
        })
        {
            Assert.True(plan.GetProperty(field).GetDouble() > 0, field);
        }
    }

    [Fact]
    public async Task A_plan_that_does_not_fit_is_an_answer_and_no_error()
    {
        string[] asked = ["plan", "--params", "1T", "--tokens", "20T", "--accelerator", "A100", "--count", "64"];
        var json = JsonDocument.Parse((await Done([.. asked, "--json"])).Output).RootElement;
        Assert.False(json.GetProperty("feasible").GetBoolean());
        Assert.Contains("16 TB", json.GetProperty("reason").GetString());
        Assert.Equal(JsonValueKind.Null, json.GetProperty("days").ValueKind);
        var text = (await Done(asked)).Output;
        Assert.Contains("does not fit", text);
        Assert.Contains(json.GetProperty("reason").GetString()!, text);
    }

    [Fact]
    public async Task A_batch_is_in_sequences_when_small_and_in_tokens_when_large()
    {
        string[] asked = ["--params", "7B", "--tokens", "140B", "--accelerator", "H100", "--count", "64", "--seq", "4096"];
        Assert.Equal(512, Int(await Plan([.. asked, "--batch", "512"]), "batch"));
        Assert.Equal(512, Int(await Plan([.. asked, "--batch", "2097152"]), "batch"));
    }

    [Fact]
    public async Task Validation_needs_no_option_and_prints_every_run_with_its_ratio()
    {
        var report = JsonDocument.Parse((await Done("plan", "validate", "--json")).Output).RootElement;
        Assert.InRange(report.GetProperty("median_abs_error").GetDouble(), 0, 0.20);
        foreach (var run in report.GetProperty("runs").EnumerateArray())
        {
            double ratio = run.GetProperty("predicted_gpu_hours").GetDouble() / run.GetProperty("published_gpu_hours").GetDouble();
            Assert.Equal(ratio, run.GetProperty("ratio").GetDouble(), 1e-9);
        }
        Assert.Contains("Llama 3.1 405B", (await Done("plan", "validate")).Output);
    }

    [Theory]
    [InlineData("Z100", "--accelerator", "Z100")]
    [InlineData("MI300X, TPUv3, TPUv4", "--accelerator", "Z100")]
    [InlineData("100000", "--count", "200000")]
    [InlineData("whole", "--count", "1.5")]
    [InlineData("15.6T", "--params", "many")]
    [InlineData("--tokens", "--tokens", "5")]
    [InlineData("more than", "--batch", "90000000")]
    public async Task What_cannot_be_planned_is_said_with_exit_code_2(string says, string option, string value)
    {
        Dictionary<string, string> options = new() { ["--params"] = "7B", ["--tokens"] = "20M", ["--accelerator"] = "H100", ["--count"] = "8", [option] = value };
        var result = await SyrinxProcess.Run(Path.GetTempPath(), ["plan", .. options.SelectMany(o => new[] { o.Key, o.Value })]);
        Assert.Equal(2, result.ExitCode);
        Assert.Contains(says, result.Error);
        Assert.Empty(result.Output);
    }

    private static async Task<JsonElement> Plan(params string[] options) => JsonDocument.Parse((await Done(["plan", .. options, "--json"])).Output).RootElement;

    private static async Task<SyrinxProcess.Result> Done(params string[] arguments)
    {
        var result = await SyrinxProcess.Run(Path.GetTempPath(), arguments);
        Assert.True(result.ExitCode == 0, result.Error);
        return result;
    }

    private static int Int(JsonElement json, string name) => json.GetProperty(name).GetInt32();
}
