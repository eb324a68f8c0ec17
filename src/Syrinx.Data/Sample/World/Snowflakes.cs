namespace Syrinx.Data.Sample.World;

/// <summary>
/// Ids that encode their time, as the platform's do: milliseconds since 4 November 2010, shifted by 22 bits for machine and
/// sequence (Twitter's Snowflake, 2010). Never the same twice.
/// </summary>
internal sealed class Snowflakes(SampleRandom random)
{
    private const long Epoch = 1288834974657;
    private readonly HashSet<long> _given = [];

    public long At(DateTime utc)
    {
        long time = ((new DateTimeOffset(utc).ToUnixTimeMilliseconds() + random.Below(1000)) - Epoch) << 22;
        long id;
        do
            id = time | (long)(random.Next() & 0x3FFFFF);
        while (!_given.Add(id));
        return id;
    }
}
