using System.Text.Json.Nodes;

namespace Syrinx.Tests.Inference.Structured;

/// <summary>Random JSON Schemas out of everything that is supported; the shortest text of each is at most 200 bytes or so.</summary>
internal sealed class RandomSchemas(int seed)
{
    private static readonly string[] Names = ["id", "name", "價格", "tags", "quo\"te", "back\\slash", "a", "ab", "created at", "naïve", "x/y", "~t"];
    private static readonly string[] Formats = ["date", "time", "date-time", "uuid", "email", "ipv4", "ipv6", "duration"];
    private static readonly string[] Patterns =
        ["^[A-Z]{2}\\d{3}$", "^(foo|bar)-[a-f0-9]+$", "^\\w+@\\w+\\.tw$", "ab", "^#", "\\.json$", "^[^\"\\\\]{1,5}$", "^.{2,4}$", "^(?:a|b)*?c{2,}$", "^\\s\\S$"];

    private readonly Random _random = new(seed);
    private readonly JsonObject _definitions = [];

    public static JsonObject Next(int seed)
    {
        var maker = new RandomSchemas(seed);
        var schema = maker._random.Next(3) == 0 ? maker.Value(3) : maker.Object(3);
        if (maker._definitions.Count > 0)
            schema["$defs"] = maker._definitions;
        return schema;
    }

    private JsonObject Value(int depth) => _random.Next(depth > 0 ? 17 : 11) switch
    {
        0 => new() { ["type"] = "string" },
        1 => Lengths(),
        2 => new() { ["type"] = "string", ["pattern"] = Pick(Patterns) },
        3 => new() { ["type"] = "string", ["format"] = Pick(Formats) },
        4 => Integer(),
        5 => Number(),
        6 => new() { ["type"] = Pick(["boolean", "null"]) },
        7 => new() { ["enum"] = new JsonArray("red", "綠", 3, -1.5, null, true, new JsonObject { ["k"] = new JsonArray(1) }) },
        8 => new() { ["type"] = new JsonArray("string", "null"), ["description"] = "maybe" },
        9 => new() { ["type"] = "integer", ["nullable"] = false },
        10 => new() { ["const"] = Pick(["fixed \"value\"", "常數\n"]) },
        11 => Array(depth),
        12 => new() { ["anyOf"] = new JsonArray(Value(depth - 1), Value(depth - 1), Value(depth - 1)) },
        13 => new() { ["oneOf"] = new JsonArray(new JsonObject { ["type"] = "string", ["maxLength"] = 3 }, Object(depth - 1)) },
        14 => All(depth),
        15 => Reference(),
        _ => Object(depth - 1),
    };

    private JsonObject Lengths()
    {
        int least = _random.Next(6);
        return new() { ["type"] = "string", ["minLength"] = least, ["maxLength"] = least + _random.Next(40) };
    }

    private JsonObject Integer()
    {
        var schema = new JsonObject { ["type"] = "integer" };
        int low = _random.Next(-3000, 3000), high = low + _random.Next(1 << _random.Next(13));
        if (_random.Next(2) == 0)
            schema[Pick(["minimum", "exclusiveMinimum"])] = low - 1;
        if (_random.Next(2) == 0)
            schema[Pick(["maximum", "exclusiveMaximum"])] = high + 1;
        return schema;
    }

    private JsonObject Number()
    {
        var schema = new JsonObject { ["type"] = "number" };
        int low = _random.Next(-120, 120);
        if (_random.Next(2) == 0)
            schema[Pick(["minimum", "exclusiveMinimum"])] = low;
        if (_random.Next(2) == 0)
            schema[Pick(["maximum", "exclusiveMaximum"])] = low + 1 + _random.Next(200);
        return schema;
    }

    private JsonObject Array(int depth)
    {
        var schema = new JsonObject { ["type"] = "array" };
        int least = _random.Next(3);
        if (_random.Next(3) > 0)
            schema["minItems"] = least;
        if (_random.Next(3) > 0)
            schema["maxItems"] = least + _random.Next(5);
        if (_random.Next(4) == 0)
            schema["prefixItems"] = new JsonArray(Value(0), Value(0));
        if (_random.Next(5) > 0)
            schema["items"] = Value(depth - 1);
        return schema;
    }

    private JsonObject Object(int depth)
    {
        var properties = new JsonObject();
        var required = new JsonArray();
        foreach (string name in Names.OrderBy(_ => _random.Next()).Take(_random.Next(1, 5)).ToList())
        {
            properties[name] = Value(depth - 1);
            if (_random.Next(2) == 0)
                required.Add(name);
        }
        var schema = new JsonObject { ["type"] = "object", ["properties"] = properties, ["required"] = required };
        switch (_random.Next(4))
        {
            case 0:
                schema["additionalProperties"] = new JsonObject { ["type"] = "integer" };
                break;
            case 1:
                schema["additionalProperties"] = _random.Next(2) == 0;
                break;
        }
        return schema;
    }

    private JsonObject All(int depth) => new()
    {
        ["allOf"] = new JsonArray(
            new JsonObject { ["type"] = "object", ["properties"] = new JsonObject { ["left"] = Value(depth - 1), ["both"] = new JsonObject { ["type"] = "integer", ["minimum"] = 3 } }, ["required"] = new JsonArray("left") },
            new JsonObject { ["properties"] = new JsonObject { ["both"] = new JsonObject { ["maximum"] = 12 }, ["right"] = new JsonObject { ["type"] = "string" } }, ["required"] = new JsonArray("both") }),
    };

    /// <summary>A list or a tree that refers to itself.</summary>
    private JsonObject Reference()
    {
        string name = Pick(["list", "tree"]);
        _definitions[name] = name == "list"
            ? new JsonObject { ["type"] = "object", ["properties"] = new JsonObject { ["v"] = new JsonObject { ["type"] = "integer" }, ["next"] = new JsonObject { ["anyOf"] = new JsonArray(new JsonObject { ["$ref"] = "#/$defs/list" }, new JsonObject { ["type"] = "null" }) } }, ["required"] = new JsonArray("v", "next"), ["additionalProperties"] = false }
            : new JsonObject { ["type"] = "object", ["properties"] = new JsonObject { ["children"] = new JsonObject { ["type"] = "array", ["items"] = new JsonObject { ["$ref"] = "#/$defs/tree" } } }, ["required"] = new JsonArray("children"), ["additionalProperties"] = false };
        return new() { ["$ref"] = "#/$defs/" + name };
    }

    private string Pick(string[] all) => all[_random.Next(all.Length)];
}
