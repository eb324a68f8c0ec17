namespace Syrinx.Data.Sample.Town;

/// <summary>
/// What a conversation is about: the rows of <see cref="TownFacts"/> that its texts share, chosen when first spoken of, and
/// its time, from which weather and time of day follow.
/// </summary>
internal sealed class Telling(DateTime taipei, SampleRandom random)
{
    private static readonly string[] EnglishDays = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];
    private static readonly string[] ChineseDays = ["週日", "週一", "週二", "週三", "週四", "週五", "週六"];
    private readonly Dictionary<string, int> _rows = [];

    public DateTime Taipei { get; } = taipei;

    /// <summary>Fixes the row of a table that the conversation speaks of.</summary>
    public void Bind(string table, int row) => _rows[table] = row;

    public string Say(TownFacts facts, string language, string table, string column, Dictionary<string, int>? fresh)
    {
        if (table is "day" or "tomorrow")
            return Day(facts, language, TownWeather.On(DateOnly.FromDateTime(Taipei).AddDays(table == "day" ? 0 : 1)), column);
        var rows = fresh ?? _rows;
        if (!rows.TryGetValue(table, out int row))
        {
            for (int i = 0; i < 200; i++) // some tables have nothing for some months
            {
                row = random.Below(facts.Rows(table));
                if (facts.InSeason(table, row, Taipei.Month))
                    break;
            }
            rows[table] = row;
        }
        return facts.Cell(table, row, column);
    }

    private string Day(TownFacts facts, string language, TownDay day, string column) => column switch
    {
        "high" => $"{day.High}",
        "low" => $"{day.Low}",
        "rain" => $"{day.Rain}",
        "date" => language == "zh" ? $"{day.Date.Month}月{day.Date.Day}日"
            : day.Date.ToString("d MMMM", System.Globalization.CultureInfo.InvariantCulture),
        "weekday" => (language == "zh" ? ChineseDays : EnglishDays)[(int)day.Date.DayOfWeek],
        "part" => Part(language),
        _ => Sky(facts, day.Sky, column),
    };

    private static string Sky(TownFacts facts, string sky, string column)
    {
        for (int row = 0; row < facts.Rows("sky"); row++)
        {
            if (facts.Cell("sky", row, "key") == sky)
                return facts.Cell("sky", row, column);
        }
        throw new InvalidOperationException($"The table sky has no row {sky}.");
    }

    private string Part(string language)
    {
        bool zh = language == "zh";
        return Taipei.Hour switch
        {
            < 5 => zh ? "半夜" : "last night",
            < 11 => zh ? "早上" : "this morning",
            < 14 => zh ? "中午" : "at lunchtime",
            < 18 => zh ? "下午" : "this afternoon",
            _ => zh ? "晚上" : "this evening",
        };
    }
}
