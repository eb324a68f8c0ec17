using Syrinx.Ads.Tests.Support;

namespace Syrinx.Ads.Tests.Generation;

/// <summary>The export carries its mark in every row, and runs nothing in a spreadsheet.</summary>
public sealed class AdCsvTests
{
    [Fact]
    public async Task Every_row_says_that_it_is_AI_made()
    {
        var brief = TestFiles.Briefs["tea"];
        var ads = await AdGenerator.GenerateAsync(brief, AdFormat.Find("google-rsa"), 4, 1);
        var rows = Rows(AdCsv.Write(brief, AdFormat.Find("google-rsa"), ads.Variants.Select(AdCsvRow.Of)));
        Assert.Equal(5, rows.Count);
        Assert.Equal("ai_made", rows[0][0]);
        Assert.Contains("headlines 15", rows[0]);
        Assert.Contains("final_url", rows[0]);
        Assert.All(rows.Skip(1), row => Assert.Equal("yes", row[0]));
        Assert.All(rows, row => Assert.Equal(rows[0].Count, row.Count));
        Assert.Equal(ads.Variants[0].Fields["headlines"][0], rows[1][rows[0].IndexOf("headlines 1")]);
        Assert.Contains(brief.Url, rows[1]);
    }

    [Theory]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("+886 2 1234", "'+886 2 1234")]
    [InlineData("-5", "'-5")]
    [InlineData("@home", "'@home")]
    [InlineData("a, \"b\"\nc", "a, \"b\"\nc")]
    [InlineData("茶，好喝", "茶，好喝")]
    public void Cells_are_quoted_and_formulas_disarmed(string text, string cell)
    {
        var format = AdFormat.Find("x-post");
        string csv = AdCsv.Write(TestFiles.Briefs["tea"], format, [new(TestFiles.Post(text), "price", "template", "allowed", null, Edited: true)]);
        var rows = Rows(csv);
        Assert.Equal(cell, rows[1][rows[0].IndexOf("text")]);
        Assert.Contains("edited by a person", rows[1][1]);
        Assert.Equal("yes", rows[1][0]);
    }

    // RFC 4180, as slowly as it reads
    private static List<List<string>> Rows(string csv)
    {
        var rows = new List<List<string>>();
        var row = new List<string>();
        string cell = "";
        for (int i = 0, quoted = 0; i < csv.Length; i++)
        {
            if (quoted == 1 && csv[i] == '"' && i + 1 < csv.Length && csv[i + 1] == '"')
                cell += csv[i++];
            else if (csv[i] == '"')
                quoted = 1 - quoted;
            else if (quoted == 0 && csv[i] == ',')
                (row, cell) = ([.. row, cell], "");
            else if (quoted == 0 && csv[i] == '\r' && csv[i + 1] == '\n')
                (rows, row, cell, i) = ([.. rows, [.. row, cell]], [], "", i + 1);
            else
                cell += csv[i];
        }
        return rows;
    }
}
