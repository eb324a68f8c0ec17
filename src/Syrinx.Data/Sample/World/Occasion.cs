using System.Globalization;
using Syrinx.Data.Sample.Town;

namespace Syrinx.Data.Sample.World;

/// <summary>
/// When a conversation begins and what it is bound to: a rule may be for some months only, or for the days before or after a
/// festival, which then is the one that it speaks of.
/// </summary>
internal static class Occasion
{
    public static Telling Of(GrammarRule rule, DayRhythm rhythm, SampleAuthor author, SampleRandom random)
    {
        string festival = rule.Text("festival", "");
        if (festival.Length > 0)
        {
            int row = random.Below(TownFacts.English.Rows("festival"));
            var date = DateOnly.ParseExact(TownFacts.English.Cell("festival", row, "date"), "yyyy-MM-dd",
                CultureInfo.InvariantCulture);
            date = date.AddDays(festival == "before" ? -random.Between(1, 12) : random.Chance(0.6) ? 0 : random.Between(1, 4));
            var moment = rhythm.Moment(random, date);
            // Of a festival that is on this very day, people speak in its evening.
            if (festival == "after" && moment.Hour < 17)
                moment = moment.Date.AddHours(17.5 + 6 * random.Unit());
            var telling = new Telling(moment, random);
            telling.Bind("festival", row);
            return telling;
        }
        string months = rule.Text("months", "");
        return new(rhythm.Moment(random, months.Length > 0 ? rhythm.Day(random, months) : null, author.LateHours), random);
    }
}
