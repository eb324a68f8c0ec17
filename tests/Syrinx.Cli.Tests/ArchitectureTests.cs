using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Syrinx.Cli.Tests;

/// <summary>The arrows of docs/architecture.md point one way.</summary>
public sealed partial class ArchitectureTests
{
    public static TheoryData<string, string[]> Projects => new()
    {
        { "Syrinx", [] },
        { "Syrinx.Data", ["Syrinx"] },
        { "Syrinx.Search", ["Syrinx.Data"] },
        { "Syrinx.Training", ["Syrinx"] },
        { "Syrinx.Ads", ["Syrinx"] },
        { "Syrinx.Planning", ["Syrinx"] },
        { "Syrinx.Server", ["Syrinx", "Syrinx.Search", "Syrinx.Ads", "Syrinx.Planning"] },
        { "Syrinx.Cli", ["Syrinx", "Syrinx.Data", "Syrinx.Search", "Syrinx.Ads", "Syrinx.Planning", "Syrinx.Training", "Syrinx.Server"] },
    };

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_project_references_only_what_its_room_may_use(string project, string[] allowed)
    {
        var xml = XDocument.Load(Repository.In("src", project, project + ".csproj"));
        var referenced = xml.Descendants("ProjectReference").Select(r => Path.GetFileNameWithoutExtension((string)r.Attribute("Include")!));
        Assert.Empty(referenced.Except(allowed));
    }

    [Fact]
    public void Every_project_has_its_row_in_the_table_above() =>
        Assert.Equal(
            Directory.GetDirectories(Repository.In("src")).Select(Path.GetFileName).Order(),
            Projects.Select(row => row.Data.Item1).Order());

    [Fact]
    public void The_model_library_depends_on_the_base_class_library_and_the_AI_abstractions_only()
    {
        var xml = XDocument.Load(Repository.In("src", "Syrinx", "Syrinx.csproj"));
        Assert.Equal(
            ["Microsoft.Extensions.AI.Abstractions"], xml.Descendants("PackageReference").Select(p => (string)p.Attribute("Include")!));
    }

    [Theory]
    [InlineData("Syrinx/Tokens", "Syrinx.Models", "Syrinx.Inference")]
    [InlineData("Syrinx/Models", "Syrinx.Inference")]
    [InlineData("Syrinx.Data/Posts", "Syrinx.Data.Corpus", "Syrinx.Data.Sample")]
    [InlineData("Syrinx.Data/Corpus", "Syrinx.Data.Sample")]
    [InlineData("Syrinx.Data/Sample", "Syrinx.Data.Corpus", "Syrinx.Data.Posts")]
    public void A_stage_does_not_know_the_stages_after_it(string folder, params string[] later)
    {
        var files = Directory.GetFiles(Repository.In(["src", .. folder.Split('/')]), "*.cs", SearchOption.AllDirectories);
        Assert.NotEmpty(files);
        foreach (string file in files)
        {
            var used = UsingLine().Matches(File.ReadAllText(file)).Select(m => m.Groups[1].Value);
            Assert.Empty(used.Where(u => later.Any(l => u == l || u.StartsWith(l + ".", StringComparison.Ordinal))).Select(u => $"{file}: {u}"));
        }
    }

    [GeneratedRegex(@"^\s*(?:global )?using (?:static )?(?:\w+ = )?([\w.]+);", RegexOptions.Multiline)]
    private static partial Regex UsingLine();
}
