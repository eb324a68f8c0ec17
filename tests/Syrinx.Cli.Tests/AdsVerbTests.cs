using System.Text.Json;

namespace Syrinx.Cli.Tests;

/// <summary><c>syrinx ads generate</c> and <c>syrinx ads check</c>, as scripts use them.</summary>
public sealed class AdsVerbTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("syrinx-ads").FullName;

    public AdsVerbTests() => File.WriteAllText(In("brief.json"), """
        {"product":"山嵐烏龍","url":"https://example.com/tea","language":"zh-TW","facts":["150公克一包，售價480元","滿1500元免運費","2024年南投縣茶葉比賽銀獎"],
         "keywords":["高山茶"],"banned":["便宜"],"call_to_action":"立即選購"}
        """);

    [Theory]
    [InlineData("x-post", "text")]
    [InlineData("google-rsa", "headlines")]
    [InlineData("meta-feed", "primary_text")]
    public async Task Generate_reports_variants_as_the_contract_says(string format, string field)
    {
        var result = await SyrinxProcess.Run(_folder, "ads", "generate", "--brief", "brief.json", "--format", format, "--count", "8", "--json");
        Assert.True(result.ExitCode == 0, result.Error);
        using var json = JsonDocument.Parse(result.Output);
        var variants = json.RootElement.GetProperty("variants");
        Assert.Equal(8, variants.GetArrayLength());
        foreach (var variant in variants.EnumerateArray())
        {
            Assert.True(variant.GetProperty("fields").TryGetProperty(field, out _));
            Assert.True(variant.GetProperty("lengths").TryGetProperty(field, out _));
            Assert.All(variant.GetProperty("claims").EnumerateArray(), c => Assert.NotEmpty(c.GetProperty("fact").GetString()!));
            Assert.Equal("allowed", variant.GetProperty("policy").GetProperty("verdict").GetString());
            Assert.True(variant.GetProperty("ai_made").GetBoolean());
        }
        Assert.Equal(JsonValueKind.Object, json.RootElement.GetProperty("rejected").ValueKind);
    }

    [Fact]
    public async Task What_was_generated_can_be_checked_and_exported()
    {
        var ads = await SyrinxProcess.Run(_folder, "ads", "generate", "--brief", "brief.json", "--format", "meta-feed", "--count", "3", "--json", "--out", "ads.csv");
        using (var json = JsonDocument.Parse(ads.Output))
            File.WriteAllText(In("ads.json"), json.RootElement.GetProperty("variants").GetRawText());
        var verdicts = await SyrinxProcess.Run(_folder, "ads", "check", "--brief", "brief.json", "--format", "meta-feed", "ads.json", "--json");
        Assert.Equal(0, verdicts.ExitCode);
        using var checkedAds = JsonDocument.Parse(verdicts.Output);
        Assert.All(checkedAds.RootElement.GetProperty("verdicts").EnumerateArray(), v => Assert.True(v.GetProperty("ok").GetBoolean()));
        string[] csv = File.ReadAllLines(In("ads.csv"));
        Assert.StartsWith("ai_made,", csv[0]);
        Assert.All(csv.Where(l => l.Contains("meta-feed")), line => Assert.StartsWith("yes,", line));
    }

    [Fact]
    public async Task Refused_ads_are_a_result_with_field_rule_and_reason()
    {
        File.WriteAllText(In("ads.json"), """[{"fields":{"text":"山嵐烏龍，全台第一，只要380元"}},{"fields":{"text":"山嵐烏龍，150公克480元"}}]""");
        var result = await SyrinxProcess.Run(_folder, "ads", "check", "--brief", "brief.json", "--format", "x-post", "ads.json", "--json");
        Assert.Equal(0, result.ExitCode);
        using var json = JsonDocument.Parse(result.Output);
        var verdicts = json.RootElement.GetProperty("verdicts");
        Assert.Equal([false, true], verdicts.EnumerateArray().Select(v => v.GetProperty("ok").GetBoolean()));
        var problems = verdicts[0].GetProperty("problems").EnumerateArray().ToList();
        Assert.Equal(2, problems.Count);
        Assert.All(problems, p => Assert.Equal(("text", "unsupported_claim"), (p.GetProperty("field").GetString(), p.GetProperty("rule").GetString())));
        Assert.All(problems, p => Assert.NotEmpty(p.GetProperty("reason").GetString()!));

        var text = await SyrinxProcess.Run(_folder, "ads", "check", "--brief", "brief.json", "--format", "x-post", "ads.json");
        Assert.Contains("1 of 2 ads passed", text.Output);
    }

    [Theory]
    [InlineData("{\"product\":\"A\",\"language\":\"en\",\"facts\":[],\"x\":1}", "x-post", "'x'")]
    [InlineData("{\"product\":\"A\",\"language\":\"fr\",\"facts\":[\"a\"]}", "x-post", "language")]
    [InlineData("{\"product\":\"A\",\"language\":\"en\",\"facts\":[\"a\"]}", "tiktok", "google-rsa")]
    public async Task Bad_input_is_named_with_file_and_field(string brief, string format, string message)
    {
        File.WriteAllText(In("bad.json"), brief);
        var result = await SyrinxProcess.Run(_folder, "ads", "generate", "--brief", "bad.json", "--format", format);
        Assert.Equal(2, result.ExitCode);
        Assert.Contains(message, result.Error);
        Assert.Empty(result.Output);
    }

    [Fact]
    public async Task Help_has_an_example()
    {
        Assert.Contains("Example: syrinx ads generate", (await SyrinxProcess.Run(_folder, "ads", "generate", "--help")).Output);
        Assert.Contains("Example: syrinx ads check", (await SyrinxProcess.Run(_folder, "ads", "check", "--help")).Output);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string In(string name) => Path.Combine(_folder, name);
}
