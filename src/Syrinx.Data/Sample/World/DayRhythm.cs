namespace Syrinx.Data.Sample.World;

/// <summary>
/// When people write, in Taipei time: quiet nights, peaks at breakfast, lunch and after supper, later mornings at the
/// weekend, and a year with festivals and typhoons in it.
/// </summary>
internal sealed class DayRhythm
{
    public static readonly DateOnly First = new(2025, 11, 1);
    public static readonly DateOnly Last = new(2026, 10, 31);

    /// <summary>The last second that anything of the sample happens in, UTC.</summary>
    public static readonly DateTime End = new DateTime(2026, 10, 31, 23, 59, 0, DateTimeKind.Utc).AddHours(-8);

    private static readonly double[] Workday =
        [12, 6, 3, 2, 2, 5, 18, 44, 50, 38, 36, 42, 72, 52, 36, 35, 38, 50, 66, 78, 90, 100, 82, 42];

    private static readonly double[] Weekend =
        [20, 11, 6, 3, 2, 3, 8, 20, 38, 54, 64, 66, 70, 62, 56, 56, 58, 62, 70, 84, 96, 100, 84, 50];

    // Days on which the town talks more than usual.
    private static readonly Dictionary<DateOnly, double> Busy = new()
    {
        [new(2025, 11, 16)] = 1.7,
        [new(2025, 12, 31)] = 1.4,
        [new(2026, 2, 16)] = 1.8,
        [new(2026, 2, 17)] = 1.6,
        [new(2026, 3, 3)] = 1.8,
        [new(2026, 6, 19)] = 1.5,
        [new(2026, 7, 11)] = 2.4,
        [new(2026, 7, 12)] = 2.0,
        [new(2026, 9, 18)] = 2.1,
        [new(2026, 9, 25)] = 1.6,
        [new(2026, 1, 22)] = 1.4,
    };

    private readonly WeightedChoice<DateOnly> _days;
    private readonly WeightedChoice<int> _workHours = new(Enumerable.Range(0, 24), h => Workday[h]);
    private readonly WeightedChoice<int> _weekendHours = new(Enumerable.Range(0, 24), h => Weekend[h]);

    public DayRhythm()
    {
        int days = Last.DayNumber - First.DayNumber; // the last day is left for answers
        _days = new(Enumerable.Range(0, days).Select(First.AddDays), Weight);

        double Weight(DateOnly day)
        {
            double growth = 0.8 + 0.4 * (day.DayNumber - First.DayNumber) / days;
            double week = day.DayOfWeek switch
            {
                DayOfWeek.Friday => 1.05,
                DayOfWeek.Saturday => 1.12,
                DayOfWeek.Sunday => 1.2,
                _ => 0.95,
            };
            return growth * week * Busy.GetValueOrDefault(day, 1);
        }
    }

    /// <summary>A moment at which somebody begins a conversation, Taipei time.</summary>
    public DateTime Moment(SampleRandom random, DateOnly? on = null, int lateHours = 0)
    {
        var day = on ?? _days.Draw(random);
        bool weekend = day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday;
        var time = new TimeSpan((weekend ? _weekendHours : _workHours).Draw(random), random.Below(60), random.Below(60));
        // Late people shift, but never out of their day.
        if (time.Hours < 23 - lateHours)
            time += TimeSpan.FromHours(lateHours);
        return day.ToDateTime(TimeOnly.FromTimeSpan(time));
    }

    /// <summary>A day of the given months (as the grammars write them), Taipei time.</summary>
    public DateOnly Day(SampleRandom random, string months)
    {
        for (int i = 0; i < 500; i++)
        {
            var day = _days.Draw(random);
            if (Town.Months.Contain(months, day.Month))
                return day;
        }
        throw new InvalidOperationException($"No day of the year lies in the months {months}.");
    }

    /// <summary>When somebody answers: within the hour mostly, rarely next day; who would answer at night sleeps first.</summary>
    public static DateTime Answer(DateTime post, SampleRandom random)
    {
        var at = post + TimeSpan.FromSeconds(Math.Clamp(Math.Exp(7.3 + 1.35 * random.Normal()), 20, 160_000));
        var taipei = at.AddHours(8);
        if (taipei.Hour is >= 1 and < 6 && random.Chance(0.85))
            at = at.Date.AddHours(-8).AddDays(taipei.Date > at.Date ? 1 : 0).AddHours(6.5 + 2.5 * random.Unit());
        if (at < post)
            at = post.AddMinutes(1);
        return at < End ? at : post + (End - post) * random.Unit();
    }
}
