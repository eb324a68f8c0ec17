using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Syrinx.Inference.Structured;

/// <summary>
/// A JSON Schema as a grammar of the texts that it describes. What is not supported is refused with its JSON pointer, never passed
/// over. Where the schema leaves open whether more may come (<c>additionalProperties</c> or <c>items</c> unsaid beside declared
/// ones), nothing more comes; <c>oneOf</c> is read as <c>anyOf</c>.
/// </summary>
internal sealed partial class SchemaCompiler
{
    /// <summary>Levels of nesting where anything may stand.</summary>
    private const int AnyDepth = 16;

    private const int MostRules = 20_000, MostAlternatives = 256, DeepestMerge = 32, MostRepetitions = 4096;

    private static readonly string[] Notes =
    [
        "$schema", "$id", "$comment", "title", "description", "default", "example", "examples", "deprecated", "readOnly", "writeOnly",
        "$defs", "definitions",
    ];

    private static readonly string[] Combining = ["$ref", "allOf", "anyOf", "oneOf"];

    private static readonly string[] Known =
    [
        "type", "enum", "const", "nullable", "properties", "required", "additionalProperties", "items", "prefixItems", "minItems",
        "maxItems", "uniqueItems", "minLength", "maxLength", "pattern", "format", "minimum", "maximum", "exclusiveMinimum",
        "exclusiveMaximum", "multipleOf", "strict",
    ];

    private readonly JsonNode? _schema;
    private readonly GrammarRules _rules;
    private readonly Dictionary<string, Call> _references = [];
    private readonly Call?[] _any = new Call?[AnyDepth + 1];
    private Call? _string;

    private SchemaCompiler(JsonNode? schema, GrammarRules rules) => (_schema, _rules) = (schema, rules);

    /// <summary>The grammar of a schema.</summary>
    /// <exception cref="InputException">Something in it is not supported, or nothing fits; the message names the place.</exception>
    public static GrammarRules Compile(JsonElement schema)
    {
        var rules = new GrammarRules();
        Add(rules, schema);
        return rules;
    }

    /// <summary>Adds a schema to a grammar, and gives what it describes.</summary>
    /// <inheritdoc cref="Compile(JsonElement)"/>
    public static Expr Add(GrammarRules rules, JsonElement schema)
    {
        var compiler = new SchemaCompiler(JsonNode.Parse(schema.GetRawText()), rules);
        var root = rules.Add("#");
        compiler._references["#"] = root;
        rules.Define(root, compiler.Value(compiler._schema, "#"));
        return root;
    }

    /// <summary>The grammar of any JSON object.</summary>
    public static GrammarRules AnyObject()
    {
        var compiler = new SchemaCompiler(null, new());
        var root = compiler._rules.Add("#");
        compiler._rules.Define(root, compiler.AnyObject(AnyDepth));
        return compiler._rules;
    }

    private static InputException Refused(string at, string why) => new($"Schema {at}: {why}");

    private Call Rule(string at, Expr body)
    {
        if (_rules.Count >= MostRules)
            throw Refused(at, $"the schema has more than {MostRules} parts.");
        return _rules.Add(at, body);
    }

    private Expr Value(JsonNode? node, string at)
    {
        if (node?.GetValueKind() is JsonValueKind.True)
            return Any(AnyDepth);
        if (node?.GetValueKind() is JsonValueKind.False)
            throw Refused(at, "false: no value fits.");
        if (node is not JsonObject schema)
            throw Refused(at, "a schema is an object, true or false.");
        foreach (var (keyword, _) in schema)
        {
            if (!Known.Contains(keyword) && !Combining.Contains(keyword) && !Notes.Contains(keyword))
                throw Refused($"{at}/{Escape(keyword)}", "this keyword is not supported.");
        }
        var said = schema.Select(p => p.Key).Where(k => !Notes.Contains(k) && k != "strict").ToList();
        if (said.Count == 0)
            return Any(AnyDepth);
        if (said is ["$ref"])
            return Reference(schema, at);
        if (said is ["anyOf"] or ["oneOf"])
        {
            var choices = Several(schema, said[0], at);
            return Expr.Or([.. choices.Select((s, i) => Value(s, $"{at}/{said[0]}/{i}"))]);
        }
        if (!said.Any(Combining.Contains))
            return Plain(schema, at);
        var alternatives = Expand(schema, at, 0);
        if (alternatives.Count == 0)
            throw Refused(at, "its parts contradict each other: no value fits.");
        return Expr.Or([.. alternatives.Select(s => Plain(s, at))]);
    }

    private Call Reference(JsonObject schema, string at)
    {
        var (target, pointer) = Resolve(schema, at);
        if (_references.TryGetValue(pointer, out var known))
            return known;
        var call = _references[pointer] = Rule(pointer, Expr.Empty);
        _rules.Define(call, Value(target, pointer));
        return call;
    }

    private (JsonNode? Target, string Pointer) Resolve(JsonObject schema, string at)
    {
        if (schema["$ref"] is not JsonValue value || !value.TryGetValue(out string? reference))
            throw Refused(at + "/$ref", "must be a string.");
        if (reference != "#" && !reference.StartsWith("#/", StringComparison.Ordinal))
            throw Refused(at + "/$ref", $"'{reference}' is not within this schema; only '#/…' is supported.");
        var target = _schema;
        foreach (string part in reference.Split('/').Skip(1))
        {
            string name = Uri.UnescapeDataString(part).Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
            target = target switch
            {
                JsonObject o when o.TryGetPropertyValue(name, out var next) => next,
                JsonArray a when int.TryParse(name, CultureInfo.InvariantCulture, out int i) && i >= 0 && i < a.Count => a[i],
                _ => throw Refused(at + "/$ref", $"'{reference}' leads nowhere."),
            };
        }
        return (target, reference);
    }

    /// <summary>The schema as alternatives without references and combinations at their top; none where nothing fits.</summary>
    private List<JsonObject> Expand(JsonNode? node, string at, int depth)
    {
        if (depth > DeepestMerge)
            throw Refused(at, "a schema that is merged with others refers to itself.");
        if (node?.GetValueKind() is JsonValueKind.True)
            return [[]];
        if (node?.GetValueKind() is JsonValueKind.False)
            return [];
        if (node is not JsonObject schema)
            throw Refused(at, "a schema is an object, true or false.");
        var own = (JsonObject)schema.DeepClone();
        foreach (string keyword in Combining)
            own.Remove(keyword);
        List<JsonObject> found = [own];
        void With(List<JsonObject> others)
        {
            found = [.. found.SelectMany(_ => others, (a, b) => SchemaMerger.Merge(a, b, at)).OfType<JsonObject>()];
            if (found.Count > MostAlternatives)
                throw Refused(at, $"its combinations give more than {MostAlternatives} alternatives.");
        }
        if (schema.ContainsKey("$ref"))
        {
            var (target, pointer) = Resolve(schema, at);
            With(Expand(target, pointer, depth + 1));
        }
        if (schema.ContainsKey("allOf"))
        {
            foreach (var (part, i) in Several(schema, "allOf", at).Select((s, i) => (s, i)))
                With(Expand(part, $"{at}/allOf/{i}", depth + 1));
        }
        foreach (string keyword in (ReadOnlySpan<string>)["anyOf", "oneOf"])
        {
            if (schema.ContainsKey(keyword))
                With([.. Several(schema, keyword, at).SelectMany((s, i) => Expand(s, $"{at}/{keyword}/{i}", depth + 1))]);
        }
        return found;
    }

    private static JsonArray Several(JsonObject schema, string keyword, string at) => schema[keyword] is JsonArray { Count: > 0 } several
        ? several : throw Refused($"{at}/{keyword}", "must be an array of at least one schema.");

    /// <summary>A schema without references and combinations.</summary>
    private Expr Plain(JsonObject schema, string at)
    {
        foreach (var (keyword, _) in schema)
        {
            if (!Known.Contains(keyword) && !Notes.Contains(keyword))
                throw Refused($"{at}/{Escape(keyword)}", "this keyword is not supported.");
        }
        var types = TypesOf(schema, at);
        if (schema.ContainsKey("enum") || schema.ContainsKey("const"))
            return Values(schema, types, at);
        types ??= Implied(schema);
        if (types is null)
            return Any(AnyDepth);
        if (Flag(schema, "nullable", at) && !types.Contains("null"))
            types.Add("null");
        if (types.Contains("number"))
            types.Remove("integer");
        return Expr.Or([.. types.Select(type => type switch
        {
            "null" => Expr.Text("null"),
            "boolean" => JsonText.Boolean,
            "integer" => Integer(schema, at),
            "number" => Number(schema, at),
            "string" => String(schema, at),
            "array" => Array(schema, at),
            "object" => Object(schema, at),
            _ => throw Refused(at + "/type", $"'{type}' is no type; there are null, boolean, integer, number, string, array, object."),
        })]);
    }

    private static List<string>? TypesOf(JsonObject schema, string at) => !schema.TryGetPropertyValue("type", out var node) ? null : node switch
    {
        JsonArray { Count: > 0 } several when several.All(t => t is JsonValue v && v.TryGetValue(out string? _)) =>
            [.. several.Select(t => t!.GetValue<string>()).Distinct()],
        JsonValue value when value.TryGetValue(out string? type) => [type],
        _ => throw Refused(at + "/type", "must be a string or an array of strings."),
    };

    /// <summary>The types that the keywords speak of, where none is named.</summary>
    private static List<string>? Implied(JsonObject schema)
    {
        var types = new List<string>();
        if (schema.ContainsKey("properties") || schema.ContainsKey("required") || schema.ContainsKey("additionalProperties"))
            types.Add("object");
        if (schema.ContainsKey("items") || schema.ContainsKey("prefixItems") || schema.ContainsKey("minItems") || schema.ContainsKey("maxItems"))
            types.Add("array");
        if (schema.ContainsKey("minLength") || schema.ContainsKey("maxLength") || schema.ContainsKey("pattern") || schema.ContainsKey("format"))
            types.Add("string");
        if (schema.ContainsKey("minimum") || schema.ContainsKey("maximum") || schema.ContainsKey("exclusiveMinimum")
            || schema.ContainsKey("exclusiveMaximum") || schema.ContainsKey("multipleOf"))
        {
            types.Add("number");
        }
        return types.Count == 0 ? null : types;
    }

    private static Expr Values(JsonObject schema, List<string>? types, string at)
    {
        if (schema.FirstOrDefault(p => !Notes.Contains(p.Key) && p.Key is not ("enum" or "const" or "type" or "nullable" or "strict")) is { Key: { } other })
            throw Refused($"{at}/{Escape(other)}", "beside 'enum' or 'const' only 'type' is supported.");
        List<JsonNode?> values = !schema.ContainsKey("enum") ? [schema["const"]]
            : schema["enum"] is JsonArray { Count: > 0 } several ? [.. several]
            : throw Refused(at + "/enum", "must be an array of at least one value.");
        if (schema.ContainsKey("const"))
            values = [.. values.Where(v => JsonNode.DeepEquals(v, schema["const"]))];
        if (types is not null)
            values = [.. values.Where(v => types.Any(t => IsOf(v, t)) || (v is null && Flag(schema, "nullable", at)))];
        if (values.Count == 0)
            throw Refused(at, "none of its values is of its type.");
        return Expr.Or([.. values.Select(v => Spell(v)).Distinct().Select(Expr.Text)]);
    }

    private static bool IsOf(JsonNode? value, string type) => (value?.GetValueKind() ?? JsonValueKind.Null) switch
    {
        JsonValueKind.Null => type == "null",
        JsonValueKind.True or JsonValueKind.False => type == "boolean",
        JsonValueKind.Number => type == "number" || (type == "integer" && Math.Floor(value!.GetValue<double>()) == value.GetValue<double>()),
        JsonValueKind.String => type == "string",
        JsonValueKind.Array => type == "array",
        _ => type == "object",
    };

    private static string Spell(JsonNode? value) => value switch
    {
        null => "null",
        JsonArray array => $"[{string.Join(',', array.Select(Spell))}]",
        JsonObject members => $"{{{string.Join(',', members.Select(m => $"{JsonText.Quote(m.Key)}:{Spell(m.Value)}"))}}}",
        _ when value.GetValueKind() == JsonValueKind.String => JsonText.Quote(value.GetValue<string>()),
        _ => value.ToJsonString(),
    };

    private static bool Flag(JsonObject schema, string keyword, string at) => schema[keyword]?.GetValueKind() switch
    {
        null or JsonValueKind.False => false,
        JsonValueKind.True => true,
        _ => throw Refused($"{at}/{keyword}", "must be true or false."),
    };

    private static int? Count(JsonObject schema, string keyword, string at)
    {
        if (!schema.TryGetPropertyValue(keyword, out var node))
            return null;
        if (node is not JsonValue value || !value.TryGetValue(out double n) || n < 0 || n != Math.Floor(n))
            throw Refused($"{at}/{keyword}", "must be a whole number of at least 0.");
        return n <= MostRepetitions ? (int)n : throw Refused($"{at}/{keyword}", $"is larger than {MostRepetitions}, the most that is supported.");
    }

    private static string Escape(string name) => name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);
}
