using System.Diagnostics;
using System.IO.Compression;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using Syrinx.Inference;
using Syrinx.Tests.Inference;
using Syrinx.Tests.Tokens;

namespace Syrinx.Tests;

/// <summary>The engine as a NuGet package: its README's example, in this file's own words, and, where SYRINX_PACK is set, the package.</summary>
public sealed class PackageTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public PackageTests()
    {
        var tokenizer = TestTokenizer.Create("h+e", "l+l", "he+ll");
        RandomModel.Write(_folder["m"], RandomModel.Config("Qwen3ForCausalLM") with { VocabSize = tokenizer.VocabSize, MaxPositionEmbeddings = 256 }, 3, tokenizer);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_readmes_example_answers()
    {
        var standard = Console.Out;
        var said = new StringWriter();
        Console.SetOut(said);
        try
        {
            await Example([_folder["m"]]);
        }
        finally
        {
            Console.SetOut(standard);
        }
        using var model = LanguageModel.Load(_folder["m"]);
        var expected = await new LocalChatClient(model, "town").GetResponseAsync("When does the ferry leave?", new() { MaxOutputTokens = 100, Temperature = 0 });
        Assert.NotEmpty(expected.Text);
        Assert.Equal(expected.Text, said.ToString());
    }

    [Fact]
    public void The_readmes_example_is_the_one_that_is_tested_and_has_ten_lines_at_most()
    {
        string[] code = Code();
        string[] usings = [.. code.Where(l => l.StartsWith("using ", StringComparison.Ordinal) && !l.Contains('='))];
        string[] body = [.. code.Except(usings).Where(l => l.Length > 0)];
        Assert.InRange(usings.Length + body.Length, 1, 10);
        string[] here = File.ReadAllLines(ThisFile());
        Assert.All(usings, line => Assert.Contains(line, here));
        int begin = Array.FindIndex(here, l => l.EndsWith("Task Example(string[] args)", StringComparison.Ordinal)) + 2, end = Array.FindIndex(here, begin, l => l == "    }");
        Assert.Equal(body, here[begin..end].Where(l => l.Length > 0).Select(l => l[8..]));
    }

    /// <summary>Packs, and runs the example in a project of its own that knows nothing but the package: about a minute.</summary>
    [Fact]
    public async Task The_package_runs_its_own_example()
    {
        if (Environment.GetEnvironmentVariable("SYRINX_PACK") is not { Length: > 0 })
            Assert.Skip("set SYRINX_PACK=1 to pack and to build a project on the package");
        string source = Path.GetDirectoryName(Readme())!, feed = _folder["feed"], app = _folder["app"];
        await Run(source, "pack", "-c", "Release", "-o", feed, "-v", "q", "-p:Version=0.1.0-test");
        string package = Assert.Single(Directory.GetFiles(feed, "*.nupkg"));
        using (var zip = ZipFile.OpenRead(package))
        {
            Assert.NotNull(zip.GetEntry("README.md"));
            Assert.NotNull(zip.GetEntry("lib/net10.0/Syrinx.dll"));
            Assert.NotNull(zip.GetEntry("lib/net10.0/Syrinx.xml"));
            using var reader = new StreamReader(zip.GetEntry("Syrinx.nuspec")!.Open());
            string nuspec = await reader.ReadToEndAsync();
            Assert.Contains("<license type=\"expression\">MIT</license>", nuspec);
            Assert.Contains("<readme>README.md</readme>", nuspec);
            Assert.Contains("<description>Tokenizer, model formats", nuspec);
            // the base class library and this, nothing else
            Assert.Equal(2, nuspec.Split("<dependency id=\"Microsoft.Extensions.AI.Abstractions\"").Length);
            Assert.Equal(2, nuspec.Split("<dependency ").Length);
        }
        Directory.CreateDirectory(app);
        File.WriteAllText(Path.Combine(app, "Directory.Build.props"), "<Project />");
        File.WriteAllText(Path.Combine(app, "nuget.config"),
            $"<configuration><config><add key=\"globalPackagesFolder\" value=\"{_folder["packages"]}\" /></config><packageSources><add key=\"feed\" value=\"{feed}\" /></packageSources></configuration>");
        File.WriteAllText(Path.Combine(app, "app.csproj"), """
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup><OutputType>Exe</OutputType><TargetFramework>net10.0</TargetFramework><Nullable>enable</Nullable><ImplicitUsings>enable</ImplicitUsings></PropertyGroup>
              <ItemGroup><PackageReference Include="Syrinx" Version="0.1.0-test" /></ItemGroup>
            </Project>
            """);
        File.WriteAllLines(Path.Combine(app, "Program.cs"), Code());
        using var model = LanguageModel.Load(_folder["m"]);
        var expected = await new LocalChatClient(model, "town").GetResponseAsync("When does the ferry leave?", new() { MaxOutputTokens = 100, Temperature = 0 });
        Assert.Equal(expected.Text, await Run(app, "run", "-v", "q", "--", _folder["m"]));
    }

    private static async Task Example(string[] args)
    {
        using var model = LanguageModel.Load(args[0]);
        IChatClient chat = new LocalChatClient(model, "town");
        var options = new ChatOptions { MaxOutputTokens = 100, Temperature = 0 };
        await foreach (var update in chat.GetStreamingResponseAsync("When does the ferry leave?", options))
            Console.Write(update.Text);
    }

    private static string[] Code() =>
        [.. File.ReadLines(Readme()).SkipWhile(l => l != "```csharp").Skip(1).TakeWhile(l => l != "```")];

    private static async Task<string> Run(string folder, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet", arguments) { WorkingDirectory = folder, RedirectStandardOutput = true })!;
        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, output);
        return output;
    }

    private static string Readme() => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(ThisFile())!, "..", "..", "src", "Syrinx", "README.md"));

    private static string ThisFile([CallerFilePath] string path = "") => path;
}
