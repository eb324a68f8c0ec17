using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace Syrinx.Server.Tests.Web;

/// <summary>The palette of app.css by the formula of WCAG 2.2 (success criterion 1.4.3: 4.5 : 1 for text).</summary>
public sealed partial class ContrastTests
{
    [Theory]
    [InlineData(":root {")]
    [InlineData(":root[data-theme=\"dark\"] {")]
    public void Text_stands_out_from_its_ground(string scheme)
    {
        var colours = Colours(scheme);
        (string Text, string[] Grounds)[] pairs =
        [
            ("ink", ["paper", "surface", "sunken", "violet-soft", "mark", "primary-soft", "accent-soft", "error-soft"]),
            ("ink-soft", ["paper", "surface", "sunken", "violet-soft"]),
            ("primary", ["paper", "surface", "primary-soft"]),
            ("on-primary", ["primary"]),
            ("accent", ["surface", "accent-soft"]),
            ("violet", ["surface", "violet-soft"]),
            ("error", ["paper", "surface", "violet-soft", "error-soft"]),
            ("blue", ["surface"]),
        ];
        foreach (var (text, grounds) in pairs)
        {
            foreach (string ground in grounds)
            {
                double contrast = Contrast(colours[text], colours[ground]);
                Assert.True(contrast >= 4.5, $"{scheme} --{text} on --{ground}: {contrast:F2}");
            }
        }
    }

    [Theory]
    [InlineData(":root {")]
    [InlineData(":root[data-theme=\"dark\"] {")]
    public void Chart_colours_stand_out_from_the_card(string scheme)
    {
        var colours = Colours(scheme);
        foreach (string series in new[] { "s1", "s2", "s3", "s4", "s5", "s6" })
            Assert.True(Contrast(colours[series], colours["surface"]) >= 3, series);
    }

    private static Dictionary<string, double> Colours(string scheme, [CallerFilePath] string here = "")
    {
        string css = File.ReadAllText(Path.Combine(Path.GetDirectoryName(here)!, "../../../src/Syrinx.Server/wwwroot/css/app.css"));
        string block = css[css.IndexOf(scheme, StringComparison.Ordinal)..];
        block = block[..block.IndexOf('}', StringComparison.Ordinal)];
        return Colour().Matches(block).ToDictionary(m => m.Groups[1].Value, m => Luminance(m.Groups[2].Value));
    }

    private static double Contrast(double a, double b) => (Math.Max(a, b) + 0.05) / (Math.Min(a, b) + 0.05);

    private static double Luminance(string hex)
    {
        double Channel(int i)
        {
            double c = int.Parse(hex.AsSpan(i, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture) / 255.0;
            return c <= 0.04045 ? c / 12.92 : Math.Pow((c + 0.055) / 1.055, 2.4);
        }
        return 0.2126 * Channel(0) + 0.7152 * Channel(2) + 0.0722 * Channel(4);
    }

    [GeneratedRegex("--([a-z0-9-]+): #([0-9a-f]{6});")]
    private static partial Regex Colour();
}
