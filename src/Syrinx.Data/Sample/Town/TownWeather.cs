namespace Syrinx.Data.Sample.Town;

/// <summary>A day's weather in the town: degrees Celsius and millimetres.</summary>
internal sealed record TownDay(DateOnly Date, int High, int Low, int Rain, string Sky);

/// <summary>
/// The weather of every day of the sample's year, the same for every seed, so that posts about a day agree with each
/// other and with the hand-written ones. Temperatures follow the seasons of a river town in central Taiwan.
/// </summary>
internal static class TownWeather
{
    // Hand-written posts speak of these.
    private static readonly (DateOnly First, DateOnly Last, string Sky)[] Events =
    [
        (new(2026, 1, 21), new(2026, 1, 24), "cold"),
        (new(2026, 5, 18), new(2026, 6, 8), "plum"),
        (new(2026, 7, 11), new(2026, 7, 12), "typhoon"),
        (new(2026, 9, 18), new(2026, 9, 19), "typhoon"),
    ];

    public static TownDay On(DateOnly date)
    {
        var random = SampleRandom.For((ulong)date.DayNumber, "weather");
        double season = -Math.Cos((date.DayOfYear - 25) / 365.0 * 2 * Math.PI); // −1 at the end of January, 1 in July
        double high = 26.5 + 6.5 * season + random.Normal() * 1.6;
        double low = high - 6.5 - random.Unit() * 2.5;
        string sky = Events.FirstOrDefault(e => date >= e.First && date <= e.Last).Sky
            ?? Ordinary(random.Unit(), season);
        (high, low) = sky switch
        {
            "cold" => (13.0 + random.Below(3), 7.0 + random.Below(3)),
            "rain" or "plum" => (high - 3, low),
            "typhoon" => (high - 4, low - 1),
            _ => (high, low),
        };
        int rain = sky switch
        {
            "typhoon" => random.Between(160, 310),
            "plum" => random.Between(15, 90),
            "storm" => random.Between(18, 65),
            "rain" => random.Between(4, 30),
            "drizzle" => random.Between(1, 4),
            _ => 0,
        };
        return new(date, (int)Math.Round(high), (int)Math.Round(low), rain, sky);
    }

    private static string Ordinary(double draw, double season) => season > 0.3
        ? draw < 0.42 ? "hot" : draw < 0.70 ? "storm" : draw < 0.85 ? "cloud" : "rain"
        : season < -0.3
            ? draw < 0.30 ? "clear" : draw < 0.55 ? "cloud" : draw < 0.80 ? "drizzle" : "wind"
            : draw < 0.40 ? "clear" : draw < 0.65 ? "cloud" : draw < 0.82 ? "rain" : "fog";
}
