using System.Globalization;

namespace Syrinx.Data.Sample.Town;

/// <summary>
/// What is true in the town, so that a generated answer agrees with a generated question and with what people wrote by
/// hand: tables of <c>facts.LANG.txt</c>. Both languages have the same rows in the same order, so a thread can change
/// its language. A table is <c>[name]</c>, a line of column names, and rows, with <c> | </c> between the cells.
/// </summary>
internal sealed class TownFacts
{
    private readonly Dictionary<string, Table> _tables = [];

    private TownFacts(string language)
    {
        string[] lines = TownFiles.Lines($"facts.{language}.txt");
        for (int i = 0; i < lines.Length; i++)
        {
            if (!lines[i].StartsWith('['))
                continue;
            string name = lines[i].Trim('[', ']');
            string[] columns = Cells(lines[++i]);
            var rows = new List<string[]>();
            while (i + 1 < lines.Length && lines[i + 1].Length > 0)
            {
                string[] row = Cells(lines[++i]);
                if (row.Length != columns.Length)
                    throw new InvalidOperationException($"facts.{language}.txt, line {i + 1}: not {columns.Length} cells.");
                rows.Add(row);
            }
            _tables[name] = new(columns, rows);
        }
    }

    public static TownFacts English { get; } = new("en");

    public static TownFacts Chinese { get; } = new("zh");

    public static TownFacts In(string language) => language == "zh" ? Chinese : English;

    public IEnumerable<string> Tables => _tables.Keys;

    public int Rows(string table) => Find(table).Rows.Count;

    public string Cell(string table, int row, string column)
    {
        var found = Find(table);
        int at = Array.IndexOf(found.Columns, column);
        return at < 0 ? throw new InvalidOperationException($"The table {table} has no column {column}.") : found.Rows[row][at];
    }

    /// <summary>The months in which a row is true (<c>4-9</c>, <c>11-2</c>), where the table has such a column.</summary>
    public bool InSeason(string table, int row, int month)
    {
        var found = Find(table);
        int at = Array.IndexOf(found.Columns, "months");
        return at < 0 || Months.Contain(found.Rows[row][at], month);
    }

    private Table Find(string table) =>
        _tables.TryGetValue(table, out var found) ? found : throw new InvalidOperationException($"No table called {table}.");

    private static string[] Cells(string line) => [.. line.Split(" | ").Select(c => c.Trim())];

    private sealed record Table(string[] Columns, List<string[]> Rows);
}

/// <summary>
/// Spans of months as the texts write them: <c>4-9</c>, <c>11-2</c> over the New Year, <c>7</c>, empty for all.
/// </summary>
internal static class Months
{
    public static bool Contain(string span, int month)
    {
        if (span.Length == 0 || span == "-")
            return true;
        string[] ends = span.Split('-');
        int first = int.Parse(ends[0], CultureInfo.InvariantCulture);
        int last = int.Parse(ends[^1], CultureInfo.InvariantCulture);
        return first <= last ? month >= first && month <= last : month >= first || month <= last;
    }
}
