using Syrinx.Ads.Tests.Support;

namespace Syrinx.Ads.Tests.Claims;

/// <summary>
/// Texts that must be refused and texts that must pass, each set written before the rules had seen it (TestData/README.md has what the first run
/// gave). Now all traps are refused with the right rule, and of the clean texts at most one in forty is.
/// </summary>
public sealed class TrapTests
{
    public static TheoryData<string> Sets => [.. Enumerable.Range(1, 29).Select(i => $"claims-{i}.json")];

    [Theory]
    [MemberData(nameof(Sets))]
    public void Every_trap_is_refused_with_the_right_rule(string set)
    {
        var passed = Cases(set, "traps").Where(c => !c.Verdict.Problems.Any(p => p.Rule == c.Rule)).Select(c => $"{c.Brief}: {c.Text}").ToList();
        Assert.True(passed.Count == 0, string.Join('\n', passed));
    }

    [Fact]
    public void Of_forty_clean_texts_at_most_one_is_refused()
    {
        var all = Sets.SelectMany(s => Cases(s.Data, "clean")).ToList();
        var refused = all.Where(c => !c.Verdict.Ok).Select(c => $"{c.Brief}: {c.Text}: {c.Verdict.Problems[0].Reason}").ToList();
        TestContext.Current.SendDiagnosticMessage($"{all.Count} clean texts, {refused.Count} refused");
        Assert.True(refused.Count <= all.Count / 40, string.Join('\n', refused));
    }

    [Fact]
    public void Each_refusal_says_why_in_both_languages()
    {
        foreach (var problem in Sets.SelectMany(s => Cases(s.Data, "traps")).SelectMany(c => c.Verdict.Problems))
        {
            Assert.NotEmpty(problem.Field);
            Assert.True(problem.Reason.Length > 10, problem.Rule);
            Assert.Contains(problem.In(AdLanguage.TraditionalChinese), c => c is >= '\u4e00' and <= '\u9fff');
            Assert.Equal(problem.Reason, problem.In(AdLanguage.English));
        }
    }

    private static IEnumerable<(string Brief, string Text, string Rule, AdVerdict Verdict)> Cases(string set, string kind)
    {
        var data = TestFiles.Read(set);
        var briefs = data.GetProperty("briefs").EnumerateObject().ToDictionary(b => b.Name, b => AdBrief.Parse(b.Value.GetRawText(), b.Name));
        var checkers = new Dictionary<string, AdChecker>();
        foreach (var entry in data.GetProperty(kind).EnumerateArray())
        {
            string name = entry.GetProperty("brief").GetString()!;
            if (!checkers.TryGetValue(name, out var checker))
                checkers[name] = checker = new(briefs.TryGetValue(name, out var brief) ? brief : TestFiles.Briefs[name]);
            var format = AdFormat.Find(entry.TryGetProperty("format", out var f) ? f.GetString()! : "x-post");
            string fields = entry.TryGetProperty("fields", out var given) ? given.GetRawText() : $"{{\"text\":{entry.GetProperty("text").GetRawText()}}}";
            yield return (name, fields, entry.TryGetProperty("rule", out var rule) ? rule.GetString()! : "",
                checker.Check(format, AdFields.Parse($"{{\"fields\":{fields}}}", format)[0]));
        }
    }
}
