namespace Syrinx.Ads;

/// <summary>
/// Ads as a CSV file (RFC 4180, UTF-8): one row a variant, a column for every value that the format may have (<c>headline 1</c>
/// … <c>headline 15</c>), and the column <c>ai_made</c> that says <c>yes</c> in every row. Cells that a spreadsheet would run
/// as a formula begin with an apostrophe.
/// </summary>
public static class AdCsv
{
    /// <summary>The name of the column that marks AI-made text.</summary>
    public const string AiMadeColumn = "ai_made";

    /// <summary>The file's text.</summary>
    /// <param name="format">Its fields become columns.</param>
    /// <param name="ads">The rows: a variant, and copy that a person edited, in its place.</param>
    public static string Write(AdFormat format, IEnumerable<AdCsvRow> ads) => throw new NotImplementedException();
}

/// <summary>One row of the CSV.</summary>
/// <param name="Fields">The copy as it is now.</param>
/// <param name="Angle">The variant's angle.</param>
/// <param name="Language">The brief's language tag.</param>
/// <param name="Score">The variant's score; null for copy that a person edited.</param>
/// <param name="Policy">The policy's verdict.</param>
/// <param name="Edited">Whether a person changed it; it is AI-made still.</param>
public sealed record AdCsvRow(FieldValues<string> Fields, string Angle, string Language, double? Score, string Policy, bool Edited);
