using System.Reflection;
using System.Text.Json;

namespace Syrinx.Ads;

/// <summary>The files of <c>Data/</c>, embedded in the assembly, so that the command line and the server find the same.</summary>
internal static class DataFiles
{
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
        UnmappedMemberHandling = System.Text.Json.Serialization.JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    /// <summary>The words of a text file; lines that begin with # are comments.</summary>
    public static IEnumerable<string> Words(string name)
    {
        using var reader = new StreamReader(Open(name));
        return [.. reader.ReadToEnd().Split('\n').Where(l => !l.StartsWith('#'))
            .SelectMany(l => l.Split([' ', '\r'], StringSplitOptions.RemoveEmptyEntries))];
    }

    /// <summary>A JSON file; a member that is missing, or that the type does not know, is an error of ours.</summary>
    public static T Read<T>(string name)
    {
        using var stream = Open(name);
        return JsonSerializer.Deserialize<T>(stream, Json) ?? throw new InvalidOperationException($"{name} is empty.");
    }

    private static Stream Open(string name) => Assembly.GetExecutingAssembly().GetManifestResourceStream("Ads/" + name)
        ?? throw new InvalidOperationException($"The assembly has no data file called {name}.");
}
