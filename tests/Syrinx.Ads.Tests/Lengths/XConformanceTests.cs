using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace Syrinx.Ads.Tests.Lengths;

/// <summary>
/// X's own conformance suite (twitter-text's validate.yml), which is not part of this project: the folder that holds
/// <c>twitter-text/</c> is named by SYRINX_SHARED_DATA. Without it these tests are skipped.
/// </summary>
public sealed class XConformanceTests
{
    [Theory]
    [InlineData("WeightedTweetsCounterTest", false)] // configuration version 2, in which an emoji sequence is not one
    [InlineData("WeightedTweetsWithDiscountedEmojiCounterTest", true)]
    [InlineData("UnicodeDirectionalMarkerCounterTest", true)]
    public void Every_case_of_the_suite_is_counted_as_it_says(string suite, bool emojiAsOne)
    {
        string? folder = Environment.GetEnvironmentVariable("SYRINX_SHARED_DATA");
        Assert.SkipWhen(string.IsNullOrEmpty(folder), "SYRINX_SHARED_DATA is not set: X's conformance suite is not at hand.");
        var yaml = new DeserializerBuilder().WithNamingConvention(CamelCaseNamingConvention.Instance).IgnoreUnmatchedProperties().Build();
        var tests = yaml.Deserialize<Dictionary<string, Dictionary<string, List<Dictionary<string, object>>>>>(
            File.ReadAllText(Path.Combine(folder, "twitter-text", "validate.yml")))["tests"][suite];
        Assert.NotEmpty(tests);
        foreach (var test in tests)
        {
            var expected = ((Dictionary<object, object>)test["expected"]).ToDictionary(e => (string)e.Key, e => (string)e.Value);
            var found = XText.Parse((string)test["text"], emojiAsOne);
            var actual = new Dictionary<string, string>
            {
                ["weightedLength"] = $"{found.WeightedLength}",
                ["valid"] = found.Valid ? "true" : "false",
                ["permillage"] = $"{found.Permillage}",
                ["displayRangeStart"] = "0",
                ["displayRangeEnd"] = $"{found.DisplayRangeEnd}",
                ["validRangeStart"] = "0",
                ["validRangeEnd"] = $"{found.ValidRangeEnd}",
            };
            Assert.True(
                expected.All(e => actual[e.Key] == e.Value),
                $"{test["description"]}: {string.Join(", ", expected.Where(e => actual[e.Key] != e.Value).Select(e => $"{e.Key} {actual[e.Key]}, not {e.Value}"))}");
        }
        TestContext.Current.SendDiagnosticMessage($"{suite}: {tests.Count} cases");
    }

    [Fact]
    public void The_links_are_those_of_the_suite_for_extraction()
    {
        string? folder = Environment.GetEnvironmentVariable("SYRINX_SHARED_DATA");
        Assert.SkipWhen(string.IsNullOrEmpty(folder), "SYRINX_SHARED_DATA is not set: X's conformance suite is not at hand.");
        var yaml = new DeserializerBuilder().IgnoreUnmatchedProperties().Build();
        var tests = yaml.Deserialize<Dictionary<string, Dictionary<string, List<Dictionary<string, object>>>>>(
            File.ReadAllText(Path.Combine(folder, "twitter-text", "extract.yml")))["tests"]["urls"];
        var wrong = tests
            .Select(t => (Name: (string)t["description"], Text: (string)t["text"], Expected: ((List<object>)t["expected"]).Cast<string>()))
            .Select(t => (t.Name, t.Expected, Found: XLinks.Find(t.Text.Normalize()).Select(l => t.Text.Normalize().Substring(l.Start, l.Length))))
            .Where(t => !t.Expected.SequenceEqual(t.Found)).ToList();
        Assert.True(
            wrong.Count == 0, string.Join('\n', wrong.Select(w => $"{w.Name}: {string.Join(' ', w.Found)}, not {string.Join(' ', w.Expected)}")));
    }
}
