using System.Globalization;

namespace Syrinx.Data.Sample.World;

/// <summary>What a BBS gives an article: its file name, and the address that it came from.</summary>
internal static class BoardNames
{
    /// <summary>Seconds since 1970 and three hexadecimal digits: <c>M.1762001234.A.5F3</c>.</summary>
    public static string Article(DateTime utc, SampleRandom random) => string.Create(
        CultureInfo.InvariantCulture, $"M.{new DateTimeOffset(utc).ToUnixTimeSeconds()}.A.{random.Below(4096):X3}");

    /// <summary>An address from the blocks that are kept free for documentation (RFC 5737).</summary>
    public static string Ip(SampleRandom random) =>
        $"{random.Pick((string[])["192.0.2", "198.51.100", "203.0.113"])}.{random.Between(1, 254)}";
}
