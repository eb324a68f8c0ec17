using System.Text.Json;
using System.Text.Json.Nodes;

namespace Syrinx.Inference.Structured;

/// <summary>Arrays, objects and anything.</summary>
internal sealed partial class SchemaCompiler
{
    private Call Array(JsonObject schema, string at)
    {
        if (Flag(schema, "uniqueItems", at))
            throw Refused(at + "/uniqueItems", "is not supported.");
        int least = Count(schema, "minItems", at) ?? 0;
        int? most = Count(schema, "maxItems", at);
        if (most < least)
            throw Refused(at, $"maxItems {most} is below minItems {least}.");
        var first = schema["prefixItems"] switch
        {
            null => [],
            JsonArray several => several.Select((s, i) => Value(s, $"{at}/prefixItems/{i}")).ToList(),
            _ => throw Refused(at + "/prefixItems", "must be an array of schemas."),
        };
        var items = schema["items"];
        if (items is JsonArray)
            throw Refused(at + "/items", "must be a schema; write a list of schemas as prefixItems.");
        bool none = items?.GetValueKind() == JsonValueKind.False
            || (!schema.ContainsKey("items") && first.Count > 0 && least <= first.Count);
        Expr? more = none || most <= first.Count ? null
            : Rule(at + "/items", schema.ContainsKey("items") ? Value(items, at + "/items") : Any(AnyDepth));
        if (more is null && least > first.Count)
            throw Refused(at + "/minItems", $"at most {first.Count} items can be there.");

        Expr From(int i)
        {
            if (i == most)
                return Expr.Empty;
            if (i < first.Count)
            {
                var rest = Expr.Seq(i > 0 ? JsonText.Comma : Expr.Empty, first[i], From(i + 1));
                return i >= least ? Expr.Maybe(rest) : rest;
            }
            if (more is null)
                return Expr.Empty;
            var next = Expr.Seq(JsonText.Comma, more);
            if (i > 0)
                return new Repeat(next, Math.Max(0, least - i), most - i);
            var some = Expr.Seq(more, new Repeat(next, Math.Max(0, least - 1), most - 1));
            return least > 0 ? some : Expr.Maybe(some);
        }
        return Rule(at, Expr.Seq(Expr.Text("["), From(0), Expr.Text("]")));
    }

    private Call Object(JsonObject schema, string at)
    {
        var properties = schema["properties"] switch
        {
            null => [],
            JsonObject o => o.ToList(),
            _ => throw Refused(at + "/properties", "must be an object."),
        };
        var required = schema["required"] switch
        {
            null => [],
            JsonArray names when names.All(n => n is JsonValue v && v.TryGetValue(out string? _)) =>
                names.Select(n => n!.GetValue<string>()).ToHashSet(),
            _ => throw Refused(at + "/required", "must be an array of strings."),
        };
        var extra = schema["additionalProperties"];
        bool closed = extra?.GetValueKind() == JsonValueKind.False;
        bool open = !closed && (extra is not null || (properties.Count == 0 && required.Count == 0));
        var members = new List<(Expr Member, bool Required)>();
        foreach (var (name, value) in properties)
        {
            bool must = required.Remove(name);
            if (value?.GetValueKind() == JsonValueKind.False && !must)
                continue;
            members.Add((Member(name, Value(value, $"{at}/properties/{Escape(name)}")), must));
        }
        foreach (string name in required)
        {
            if (closed)
                throw Refused(at + "/required", $"'{name}' is no property, and additionalProperties is false.");
            members.Add((Member(name, extra is null ? Any(AnyDepth) : Value(extra, at + "/additionalProperties")), true));
        }
        Expr? more = !open ? null : Expr.Seq(
            JsonText.Quoted(JsonText.Except(properties.Select(p => p.Key).Concat(required))), JsonText.Colon,
            extra is null ? Any(AnyDepth) : Value(extra, at + "/additionalProperties"));
        return Rule(at, Expr.Seq(Expr.Text("{"), Members(members, more, at), Expr.Text("}")));
    }

    private static Expr Member(string name, Expr value) => Expr.Seq(Expr.Text(JsonText.Quote(name)), JsonText.Colon, value);

    /// <summary>Members in their order, with commas between those that are there.</summary>
    private Expr Members(List<(Expr Member, bool Required)> members, Expr? more, string at)
    {
        // what follows a member that is there, from each member on; as rules, because every member may be the first
        var rest = new Expr[members.Count + 1];
        rest[^1] = more is null ? Expr.Empty : Expr.Many(Expr.Seq(JsonText.Comma, more));
        for (int i = members.Count - 1; i > 0; i--)
        {
            var next = Expr.Seq(JsonText.Comma, members[i].Member);
            rest[i] = Expr.Seq(members[i].Required ? next : Expr.Maybe(next), rest[i + 1]);
            if (i <= members.FindIndex(m => m.Required) || members.All(m => !m.Required))
                rest[i] = Rule(at, rest[i]);
        }
        var first = new List<Expr>();
        for (int i = 0; i < members.Count; i++)
        {
            first.Add(Expr.Seq(members[i].Member, rest[i + 1]));
            if (members[i].Required)
                return Expr.Or(first);
        }
        if (more is not null)
            first.Add(Expr.Seq(more, rest[^1]));
        first.Add(Expr.Empty);
        return Expr.Or(first);
    }

    private Call Any(int depth)
    {
        if (_any[depth] is { } known)
            return known;
        var call = _any[depth] = Rule("any", Expr.Empty);
        Expr[] scalars = [AnyString(), JsonText.Number, JsonText.Boolean, Expr.Text("null")];
        _rules.Define(call, depth == 0 ? Expr.Or(scalars) : Expr.Or([.. scalars, AnyObject(depth), AnyArray(depth)]));
        return call;
    }

    private Expr AnyObject(int depth)
    {
        var member = Expr.Seq(AnyString(), JsonText.Colon, Any(depth - 1));
        return Expr.Seq(Expr.Text("{"), Expr.Maybe(Expr.Seq(member, Expr.Many(Expr.Seq(JsonText.Comma, member)))), Expr.Text("}"));
    }

    private Expr AnyArray(int depth) => Expr.Seq(
        Expr.Text("["), Expr.Maybe(Expr.Seq(Any(depth - 1), Expr.Many(Expr.Seq(JsonText.Comma, Any(depth - 1))))), Expr.Text("]"));
}
