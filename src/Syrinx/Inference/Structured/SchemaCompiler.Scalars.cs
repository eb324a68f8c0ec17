using System.Numerics;
using System.Text.Json.Nodes;

namespace Syrinx.Inference.Structured;

/// <summary>Numbers and strings.</summary>
internal sealed partial class SchemaCompiler
{
    private static Expr Integer(JsonObject schema, string at)
    {
        Multiple(schema, at);
        var low = Bound(schema, "minimum", at, false, up: true);
        if (Bound(schema, "exclusiveMinimum", at, false, up: false) is { } above)
            low = BigInteger.Max(low ?? above + 1, above + 1);
        var high = Bound(schema, "maximum", at, false, up: false);
        if (Bound(schema, "exclusiveMaximum", at, false, up: true) is { } below)
            high = BigInteger.Min(high ?? below - 1, below - 1);
        if (low is null && high is null)
            return JsonText.Integer;
        return NumberRanges.Integers(low, high) ?? throw Refused(at, "no integer lies between its bounds.");
    }

    private static Expr Number(JsonObject schema, string at)
    {
        Multiple(schema, at);
        var low = Bound(schema, "minimum", at, true, up: true);
        var high = Bound(schema, "maximum", at, true, up: false);
        bool lowExcluded = false, highExcluded = false;
        if (Bound(schema, "exclusiveMinimum", at, true, up: true) is { } above && !(low > above))
            (low, lowExcluded) = (above, true);
        if (Bound(schema, "exclusiveMaximum", at, true, up: false) is { } below && !(high < below))
            (high, highExcluded) = (below, true);
        if (low is null && high is null)
            return JsonText.Number;
        return NumberRanges.Numbers(low, lowExcluded, high, highExcluded) ?? throw Refused(at, "no number lies between its bounds.");
    }

    private static void Multiple(JsonObject schema, string at)
    {
        if (schema.ContainsKey("multipleOf"))
            throw Refused(at + "/multipleOf", "this keyword is not supported.");
    }

    private static BigInteger? Bound(JsonObject schema, string keyword, string at, bool whole, bool up)
    {
        if (!schema.TryGetPropertyValue(keyword, out var node))
            return null;
        if (node is not JsonValue value || !value.TryGetValue(out double number))
            throw Refused($"{at}/{keyword}", "must be a number.");
        if (Math.Abs(number) > 1e15)
            throw Refused($"{at}/{keyword}", "bounds beyond 10^15 are not supported.");
        if (whole && number != Math.Floor(number))
            throw Refused($"{at}/{keyword}", "bounds of numbers that are no integers are not supported.");
        return new(up ? Math.Ceiling(number) : Math.Floor(number));
    }

    private Expr String(JsonObject schema, string at)
    {
        int? least = Count(schema, "minLength", at), most = Count(schema, "maxLength", at);
        string? pattern = Text(schema, "pattern", at), format = Text(schema, "format", at);
        if (pattern is null && format is null)
        {
            if (least is null or 0 && most is null)
                return AnyString();
            if (most < least)
                throw Refused(at, $"maxLength {most} is below minLength {least}.");
            return Rule(at, JsonText.Quoted(new Repeat(JsonText.Character, least ?? 0, most)));
        }
        if (least is not null || most is not null)
            throw Refused($"{at}/{(least is null ? "maxLength" : "minLength")}", $"is not supported beside '{(pattern is null ? "format" : "pattern")}'.");
        if (pattern is not null && format is not null)
            throw Refused(at + "/format", "is not supported beside 'pattern'.");
        pattern ??= SchemaFormats.Pattern(format!)
            ?? throw Refused(at + "/format", $"'{format}' is not supported; there are {SchemaFormats.Names}.");
        try
        {
            return Rule(at, JsonText.Quoted(PatternParser.Parse(pattern)));
        }
        catch (FormatException e)
        {
            throw Refused(at + "/pattern", e.Message + ".");
        }
    }

    private Call AnyString() => _string ??= Rule("string", JsonText.Quoted(Expr.Many(JsonText.Character)));

    private static string? Text(JsonObject schema, string keyword, string at) => !schema.TryGetPropertyValue(keyword, out var node) ? null
        : node is JsonValue value && value.TryGetValue(out string? text) ? text : throw Refused($"{at}/{keyword}", "must be a string.");
}
