namespace Syrinx.Inference.Structured;

/// <summary>
/// The formats of strings, as patterns. Each gives texts that are valid, not all of them: dates from the year 1000 without a 29th of
/// February, times without leap seconds, addresses in ASCII.
/// </summary>
internal static class SchemaFormats
{
    private const string Date =
        @"[1-9]\d{3}-((0[13578]|1[02])-(0[1-9]|[12]\d|3[01])|(0[469]|11)-(0[1-9]|[12]\d|30)|02-(0[1-9]|1\d|2[0-8]))";

    private const string Time = @"([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,6})?(Z|[+-](0\d|1[0-3]):[0-5]\d)";

    private const string Label = "[a-z0-9]([a-z0-9-]{0,30}[a-z0-9])?";

    private const string Octet = @"(25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)";

    private static readonly Dictionary<string, string> Patterns = new()
    {
        ["date"] = $"^{Date}$",
        ["time"] = $"^{Time}$",
        ["date-time"] = $"^{Date}T{Time}$",
        ["duration"] = @"^P(\d{1,3}D(T\d{1,2}H)?|T\d{1,3}[HMS]|\d{1,3}[WMY])$",
        ["uuid"] = "^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$",
        ["email"] = $@"^[A-Za-z0-9_+-]{{1,20}}(\.[A-Za-z0-9_+-]{{1,20}}){{0,2}}@({Label}\.){{1,3}}[a-z]{{2,6}}$",
        ["hostname"] = $@"^{Label}(\.{Label}){{0,3}}$",
        ["ipv4"] = $@"^{Octet}\.{Octet}\.{Octet}\.{Octet}$",
        ["ipv6"] = "^([0-9a-f]{1,4}:){7}[0-9a-f]{1,4}$",
    };

    /// <summary>Their names.</summary>
    public static string Names => string.Join(", ", Patterns.Keys);

    /// <summary>The pattern of a format, or null for one that is not known.</summary>
    public static string? Pattern(string format) => Patterns.GetValueOrDefault(format);
}
