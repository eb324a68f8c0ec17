using System.Reflection;
using System.Text.Json;

namespace Syrinx.Ads.Tests.Support;

/// <summary>The files of <c>TestData/</c>, embedded, so that the tests need no path.</summary>
internal static class TestFiles
{
    /// <summary>The 52 briefs, by name.</summary>
    public static IReadOnlyDictionary<string, AdBrief> Briefs { get; } = Read("briefs.json").EnumerateArray()
        .ToDictionary(b => b.GetProperty("id").GetString()!, b => AdBrief.Parse(b.GetProperty("brief").GetRawText(), b.GetProperty("id").GetString()!));

    public static JsonElement Read(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("TestData/" + name)!;
        using var reader = new StreamReader(stream);
        return JsonElement.Parse(reader.ReadToEnd());
    }

    /// <summary>A brief in a line.</summary>
    public static AdBrief Brief(string language, string product, params string[] facts) =>
        new AdBrief { Product = product, Language = language, Facts = facts }.Validated();

    /// <summary>An X post to check.</summary>
    public static FieldValues<string> Post(string text) => AdFields.Of(AdFormat.Find("x-post"), [KeyValuePair.Create<string, IReadOnlyList<string>>("text", [text])]);

    /// <summary>Checks a text as an X post.</summary>
    public static AdVerdict Check(AdBrief brief, string text) => AdChecker.Check(brief, AdFormat.Find("x-post"), Post(text));
}
