using System.Globalization;
using System.Text;

namespace Syrinx.Ads;

/// <summary>
/// Ads as a CSV file (RFC 4180): one row a variant, a column for every value that the format may have (<c>headlines 1</c> …
/// <c>headlines 15</c>), the address, and the columns <c>ai_made</c>, which says <c>yes</c> in every row, and <c>made_by</c>.
/// Cells that a spreadsheet would run as a formula begin with an apostrophe.
/// </summary>
public static class AdCsv
{
    /// <summary>The name of the column that marks AI-made text.</summary>
    public const string AiMadeColumn = "ai_made";

    /// <summary>The file's text; save it as UTF-8.</summary>
    /// <param name="brief">Its product, address and language stand in every row.</param>
    /// <param name="format">Its fields become columns.</param>
    /// <param name="ads">The rows: a variant, or what a person made of it.</param>
    public static string Write(AdBrief brief, AdFormat format, IEnumerable<AdCsvRow> ads)
    {
        ArgumentNullException.ThrowIfNull(brief);
        ArgumentNullException.ThrowIfNull(format);
        ArgumentNullException.ThrowIfNull(ads);
        var csv = new StringBuilder();
        Append(csv, [
            AiMadeColumn, "made_by", "format", "product", "language", "angle",
            .. format.Fields.SelectMany(f => f.IsList ? Enumerable.Range(1, f.Max).Select(i => $"{f.Name} {i}") : [f.Name]),
            "final_url", "policy", "score"]);
        foreach (var ad in ads)
        {
            Append(csv, [
                "yes", ad.Source + (ad.Edited ? ", edited by a person" : ""), format.Name, brief.Product, brief.Language, ad.Angle,
                .. format.Fields.SelectMany(f => Enumerable.Range(0, f.Max).Select(i => ad.Fields[f.Name].ElementAtOrDefault(i) ?? "")),
                brief.Url, ad.Policy, ad.Score?.ToString("0.00", CultureInfo.InvariantCulture) ?? ""]);
        }
        return csv.ToString();
    }

    private static void Append(StringBuilder csv, IEnumerable<string> cells) => csv.AppendJoin(',', cells.Select(Cell)).Append("\r\n");

    private static string Cell(string text)
    {
        if (text.Length > 0 && text[0] is '=' or '+' or '-' or '@' or '＝' or '＋' or '－' or '＠' or '\t' or '\r')
            text = "'" + text;
        return text.AsSpan().ContainsAny(",\"\r\n") ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
    }
}

/// <summary>One row of the CSV.</summary>
/// <param name="Fields">The copy as it is now.</param>
/// <param name="Angle">The variant's angle.</param>
/// <param name="Source">The variant's source: <c>template</c> or <c>model</c>.</param>
/// <param name="Policy">The policy's verdict.</param>
/// <param name="Score">The variant's score; null for copy that a person edited.</param>
/// <param name="Edited">Whether a person changed it; it is AI-made still.</param>
public sealed record AdCsvRow(FieldValues<string> Fields, string Angle, string Source, string Policy, double? Score, bool Edited)
{
    /// <summary>A variant as it was generated.</summary>
    public static AdCsvRow Of(AdVariant variant)
    {
        ArgumentNullException.ThrowIfNull(variant);
        return new(variant.Fields, variant.Angle, variant.Source, variant.Policy.Verdict, variant.Score, Edited: false);
    }
}
