using System.Text.Json;
using System.Text.Json.Nodes;
using Json.Schema;
using Syrinx.Inference.Structured;
using Syrinx.Tests.Tokens;
using Syrinx.Tokens;

namespace Syrinx.Tests.Inference.Structured;

/// <summary>A model without any sense writes JSON that fits its schema, as JsonSchema.Net judges it.</summary>
public class JsonSchemaTests
{
    private static readonly BpeTokenizer Tokenizer = BpeTrainer.Train(
        Enumerable.Range(0, 300).Select(TestText.Paragraph).Concat(Languages.Sentences)
            .Concat(Enumerable.Repeat("""{"id": 1, "name": "x", "tags": ["a", "b"], "ok": true, "n": null, "at": "2026-11-25"}""", 50)), 4000, threads: 1);

    private static readonly StructuredRun Run = new(Tokenizer);

    private static readonly EvaluationOptions Strictly = new() { RequireFormatValidation = true, OutputFormat = OutputFormat.List };

    /// <summary>SYRINX_STRUCTURED_SCHEMAS=1000 for the whole proof.</summary>
    [Fact]
    public void Random_schemas_are_kept_within_256_tokens()
    {
        int count = int.TryParse(Environment.GetEnvironmentVariable("SYRINX_STRUCTURED_SCHEMAS"), out int n) ? n : 50;
        int made = 0;
        for (int seed = 1; made < count; seed++)
        {
            var schema = RandomSchemas.Next(seed);
            TokenConstraint constraint;
            try
            {
                constraint = Run.Factory.JsonSchema(JsonElement.Parse(schema.ToJsonString()));
            }
            catch (InputException e) when (e.Message.Contains("at most 2 items can be there"))
            {
                continue; // a random schema may ask for what cannot be
            }
            made++;
            var (text, complete, tokens) = Run.Generate(constraint, 256, seed, seed % 3 == 0 ? 0 : 1);
            Assert.True(complete, $"{schema.ToJsonString()} did not end: {text}");
            Assert.InRange(tokens, 1, 256);
            AssertValid(schema, text);
        }
    }

    [Theory]
    [InlineData("""{"type":"array","items":{"type":"string"},"minItems":3,"maxItems":3}""")]
    [InlineData("""{"type":"object","properties":{"first":{"type":"string","minLength":3},"second":{"type":"boolean"}},"required":["first","second"]}""")]
    [InlineData("""{"$defs":{"n":{"type":"object","properties":{"v":{"type":"integer"},"l":{"anyOf":[{"$ref":"#/$defs/n"},{"type":"null"}]}},"required":["v","l"]}},"$ref":"#/$defs/n"}""")]
    [InlineData("{}")]
    public void A_text_ends_in_time_however_few_tokens_there_are(string json)
    {
        var constraint = Run.Factory.JsonSchema(JsonElement.Parse(json));
        for (int most = constraint.ShortestTokens; most < constraint.ShortestTokens + 25; most++)
        {
            for (int seed = 0; seed < 6; seed++)
            {
                var (text, complete, _) = Run.Generate(constraint, most, seed);
                Assert.True(complete, text);
                AssertValid(JsonNode.Parse(json)!.AsObject(), text);
            }
        }
        Assert.Contains($"takes {constraint.ShortestTokens} tokens, but there is room for {constraint.ShortestTokens - 1}",
            Assert.Throws<InputException>(() => Run.Generate(constraint, constraint.ShortestTokens - 1, 1)).Message);
    }

    [Fact]
    public void Any_object_is_an_object_and_is_not_too_deep()
    {
        for (int seed = 0; seed < 20; seed++)
        {
            var (text, complete, _) = Run.Generate(Run.Factory.JsonObject(), 200, seed);
            Assert.True(complete, text);
            using var json = JsonDocument.Parse(text, new() { MaxDepth = 20 });
            Assert.Equal(JsonValueKind.Object, json.RootElement.ValueKind);
        }
    }

    [Fact]
    public void Masks_are_what_trying_every_token_says()
    {
        for (int seed = 1; seed < 25; seed++)
        {
            TokenConstraint constraint;
            try
            {
                constraint = Run.Factory.JsonSchema(JsonElement.Parse(RandomSchemas.Next(seed).ToJsonString()));
            }
            catch (InputException)
            {
                continue;
            }
            var at = constraint.Start;
            var random = new Random(seed);
            ulong[]? buffer = null;
            for (int step = 0; step < 40; step++)
            {
                // what the shortest end takes after each token; -1 where it does not fit
                int[] rests = [.. Enumerable.Range(0, Tokenizer.VocabSize).Select(
                    token => !Tokenizer.IsSpecial(token) && constraint.After(at, token) is { } after ? constraint.Cost(after) : -1)];
                int shortest = constraint.Cost(at);
                // the tight ones twice: from the cache, too
                foreach (int remaining in (int[])[1_000_000, Math.Max(1, shortest), shortest + 1, shortest + 2, shortest + 7, shortest + 1])
                {
                    var mask = constraint.Mask(at, remaining, ref buffer);
                    for (int token = 0; token < Tokenizer.VocabSize; token++)
                    {
                        bool fits = rests[token] >= 0 && rests[token] < remaining;
                        bool end = token == Tokenizer.RequiredTokenId(BpeTokenizer.EndOfText) && at.Accepts;
                        Assert.Equal(fits || end, (mask[token >> 6] >> token & 1) == 1);
                    }
                }
                var allowed = Enumerable.Range(0, Tokenizer.VocabSize).Where(token => rests[token] >= 0).ToList();
                if (allowed.Count == 0)
                    break;
                at = constraint.After(at, allowed[random.Next(allowed.Count)])!;
            }
        }
    }

    [Theory]
    [InlineData("""{"type":"object","properties":{"a":{"type":"string","uniqueItems":true,"not":{}}}}""", "#/properties/a/not")]
    [InlineData("""{"type":"array","items":{"type":"integer","multipleOf":3}}""", "#/items/multipleOf")]
    [InlineData("""{"type":"string","pattern":"^(?=a)b$"}""", "#/pattern: of the groups with ? only (?: )")]
    [InlineData("""{"type":"string","format":"iri"}""", "#/format: 'iri' is not supported")]
    [InlineData("""{"$ref":"https://example.com/x"}""", "#/$ref")]
    [InlineData("""{"$ref":"#/$defs/x"}""", "'#/$defs/x' leads nowhere")]
    [InlineData("""{"type":"integer","minimum":3,"maximum":2}""", "# : no integer")]
    [InlineData("""{"type":"number","minimum":0.5}""", "#/minimum")]
    [InlineData("""{"allOf":[{"type":"string"},{"type":"integer"}]}""", "contradict")]
    [InlineData("""{"type":"object","properties":{"me":{"$ref":"#"}},"required":["me"]}""", "needs itself within itself")]
    [InlineData("""{"type":"object","patternProperties":{"^x":{}}}""", "#/patternProperties")]
    [InlineData("""{"type":"object","required":["x"],"additionalProperties":false}""", "#/required: 'x'")]
    [InlineData("""{"type":"wizard"}""", "#/type: 'wizard'")]
    [InlineData("""{"type":"string","maxLength":1000000}""", "#/maxLength")]
    [InlineData("""false""", "no value fits")]
    public void What_is_not_supported_is_refused_with_its_place(string schema, string told) => Assert.Contains(
        told.Replace(" :", ":"), Assert.Throws<InputException>(() => Run.Factory.JsonSchema(JsonElement.Parse(schema))).Message);

    [Theory]
    [InlineData("""{"type":"integer","minimum":-105,"maximum":1203}""", "-105 -99 0 7 1203 999 1000", "-106 -1000 1204 007 -0 1300 9999")]
    [InlineData("""{"type":"number","minimum":0,"exclusiveMaximum":10}""", "0 0.5 9.99 3", "-0.1 10 10.0 -1")]
    [InlineData("""{"type":"number","exclusiveMinimum":-2,"maximum":0}""", "-1.999 0 -0.5 -1 0.0", "-2 -2.0 0.1 1")]
    [InlineData("""{"type":"string","format":"date"}""", "\"2024-12-31\" \"1999-02-28\"", "\"2024-02-30\" \"2024-13-01\" \"2024-04-31\"")]
    // not among the random ones: the validator takes "a.bc" for no name of a host
    [InlineData("""{"type":"string","format":"hostname"}""", "\"a.bc\" \"xn--p1ai\" \"t-1.example.tw\"", "\"-a\" \"a-\" \"a..b\" \"a_b\"")]
    [InlineData("""{"type":"string","pattern":"^a|b$"}""", "", "")]
    [InlineData("""{"type":"object","properties":{"a":{},"b":{"const":1},"c":{"const":2}},"required":["b"],"additionalProperties":{"const":3}}""",
        """{"b":1} {"b":1,"c":2} {"a":[],"b":1} {"b":1,"z":3} {"b":1,"cc":3,"":3}""", """{} {"c":2} {"b":1,"a":1} {"b":1,"c":3} {"b":1,} {"b":1,"z":2}""")]
    [InlineData("""{"type":"array","prefixItems":[{"const":1},{"const":2}],"items":{"const":3},"minItems":1,"maxItems":3}""", "[1] [1,2] [1,2,3]", "[] [2] [1,2,3,3] [1,3]")]
    [InlineData("""{"enum":["a\"b","台"],"type":"string"}""", "\"a\\\"b\" \"台\"", "\"a\" 1")]
    public void What_fits_and_what_does_not(string schema, string fits, string doesNot)
    {
        if (fits.Length == 0)
        {
            Assert.Throws<InputException>(() => Run.Factory.JsonSchema(JsonElement.Parse(schema)));
            return;
        }
        var constraint = Run.Factory.JsonSchema(JsonElement.Parse(schema));
        Assert.All(fits.Split(' '), text => Assert.True(Fits(constraint, text), text));
        Assert.All(doesNot.Split(' '), text => Assert.False(Fits(constraint, text), text));
    }

    internal static bool Fits(TokenConstraint constraint, string text)
    {
        var at = constraint.Start;
        foreach (int token in Tokenizer.Encode(text))
        {
            if (constraint.After(at, token) is not { } next)
                return false;
            at = next;
        }
        return at.Accepts;
    }

    private static void AssertValid(JsonObject schema, string text)
    {
        using var json = JsonDocument.Parse(text, new() { MaxDepth = 300 });
        // the validator's draft 2020-12 knows no 'nullable'; random schemas only say false
        var result = JsonSchema.FromText(schema.ToJsonString()).Evaluate(json.RootElement, Strictly);
        if (!result.IsValid)
        {
            string why = string.Join("; ", result.Details.Where(d => d.HasErrors).Select(d => $"{d.InstanceLocation}: {string.Join(',', d.Errors!.Values)}"));
            Assert.Fail($"{text} does not fit {schema.ToJsonString()}: {why}");
        }
    }
}
