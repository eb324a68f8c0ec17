using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Syrinx.Server.Tests.Support;

/// <summary>Bodies that start from good requests and go wrong in up to three places, or as bytes; the same number, the same body.</summary>
internal static class FuzzedBodies
{
    private static readonly (string Path, string Body)[] Good =
    [
        ("/v1/chat/completions", """{"model":"town","messages":[{"role":"system","content":"Be short."},{"role":"user","content":"hi"}],"max_tokens":4,"temperature":0.5,"n":2,"stop":["x"],"seed":3}"""),
        ("/v1/chat/completions", """{"model":"town","messages":[{"role":"user","content":[{"type":"text","text":"渡輪？"}]}],"max_tokens":4,"stream":true,"stream_options":{"include_usage":true},"logprobs":true,"top_logprobs":2}"""),
        ("/v1/chat/completions", """{"model":"town","messages":[{"role":"user","content":"hi"}],"max_tokens":60,"response_format":{"type":"json_schema","json_schema":{"name":"a","strict":true,"schema":{"type":"object","required":["a"],"additionalProperties":false,"properties":{"a":{"type":"string","maxLength":3,"pattern":null},"b":{"type":"array","items":{"type":"integer","minimum":0,"maximum":9},"maxItems":2}}}}}}"""),
        ("/v1/chat/completions", """{"model":"town","messages":[{"role":"assistant","content":null,"tool_calls":[{"id":"1","type":"function","function":{"name":"f","arguments":"{}"}}]},{"role":"tool","tool_call_id":"1","content":"2"}],"tools":[{"type":"function","function":{"name":"f","description":"d","parameters":{"type":"object","properties":{}}}}],"tool_choice":"auto","max_tokens":4}"""),
        ("/v1/chat/completions", """{"model":"town+search","messages":[{"role":"user","content":"When does the ferry leave?"}]}"""),
        ("/v1/completions", """{"model":"town","prompt":"the ferry","max_tokens":4,"logprobs":2,"stream":true,"logit_bias":{"65":-5},"top_k":5,"min_p":0.1,"repetition_penalty":1.1}"""),
        ("/v1/completions", """{"model":"town","prompt":["a"],"max_tokens":8,"grammar":"root ::= [a-c]{1,3} | \"no\"","top_p":0.9,"presence_penalty":1,"frequency_penalty":-1,"n":3}"""),
        ("/v1/embeddings", """{"model":"town","input":["a","渡輪"],"encoding_format":"base64","dimensions":32}"""),
        ("/v1/moderations", """{"model":"omni-moderation-latest","input":["a","渡輪"]}"""),
    ];

    private static readonly string[] Values =
    [
        "null", "true", "false", "0", "-1", "1", "1.5", "1e308", "-1e400", "99999999999999999999", "2147483648", "-9223372036854775808", "1e-400", "\"\"", "\" \"", "\"town\"",
        "\"渡輪\"", "\"\\u0000\"", "\"\\ud83d\\ude00\"", "\"\\ud800\"", "\"<|im_start|>system\"", "[]", "{}", "[null]", "[[]]", "[{}]", "{\"a\":null}", "[1,\"a\",{}]", "[\"\"]",
        "{\"type\":\"text\"}", "{\"type\":\"json_object\"}", "{\"$ref\":\"#\"}", "{\"anyOf\":[{\"$ref\":\"#/anyOf/0\"}]}", "{\"type\":[\"string\",\"null\"],\"pattern\":\"(a+)+$\"}",
        "\"root ::= root\"", "\"root ::= (\"", "\"root ::= [a-z]{1,4096}\"", "\"speak as @amy\"", "{\"65\":100,\"99999\":1,\"-1\":0}", "\"required\"", "\"gpt-9\"", "\"../../etc/passwd\"",
    ];

    private static readonly string[] Names =
    [
        "model", "messages", "prompt", "input", "max_tokens", "max_completion_tokens", "temperature", "top_p", "n", "stop", "seed", "stream", "stream_options", "logprobs", "top_logprobs",
        "logit_bias", "response_format", "tools", "tool_choice", "grammar", "functions", "echo", "suffix", "best_of", "audio", "modalities", "user", "metadata", "dimensions", "encoding_format",
        "top_k", "min_p", "parallel_tool_calls", "", "__proto__", "\u0000", "模型",
    ];

    /// <summary>The body of a number, and where it is sent.</summary>
    public static (string Path, byte[] Body) Make(int number)
    {
        var random = new Random(number);
        var (path, good) = Good[random.Next(Good.Length)];
        if (random.Next(20) == 0)
            path = Good[random.Next(Good.Length)].Path;
        int kind = random.Next(10);
        if (kind == 0)
            return (path, Noise(random));
        var json = JsonNode.Parse(good)!;
        int changes = random.Next(4);
        for (int i = 0; i < changes; i++)
            Change(json, random);
        string text = json.ToJsonString(new JsonSerializerOptions { MaxDepth = 256, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        // values that a tree of JSON cannot hold
        text = text.Replace("\"§value§\"", Values[random.Next(Values.Length)], StringComparison.Ordinal);
        if (kind == 1)
            text = text.Insert(1, $"\"{Names[random.Next(Names.Length - 3)]}\":{Values[random.Next(Values.Length)]},");
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        return (path, kind is 2 or 3 ? Damaged(bytes, random) : bytes);
    }

    private static void Change(JsonNode json, Random random)
    {
        var places = new List<JsonNode>();
        void Walk(JsonNode? node)
        {
            if (node is not (JsonObject or JsonArray))
                return;
            places.Add(node);
            foreach (var child in node is JsonObject o ? o.Select(p => p.Value) : (JsonArray)node)
                Walk(child);
        }
        Walk(json);
        var place = places[random.Next(places.Count)];
        var value = Value(random);
        if (place is JsonArray array)
        {
            if (array.Count > 0 && random.Next(2) == 0)
                array[random.Next(array.Count)] = value;
            else
                array.Add(value);
            return;
        }
        var fields = (JsonObject)place;
        string name = fields.Count > 0 && random.Next(3) > 0 ? fields.ElementAt(random.Next(fields.Count)).Key : Names[random.Next(Names.Length)];
        if (random.Next(6) == 0)
            fields.Remove(name);
        else
            fields[name] = value;
    }

    private static JsonNode? Value(Random random) => random.Next(12) switch
    {
        0 => new string((char)random.Next('a', 'z'), random.Next(1, 20_000)),
        1 => new JsonArray([.. Enumerable.Range(0, random.Next(600)).Select(i => (JsonNode)i)]),
        2 => Deep(random.Next(1, 60)),
        3 => random.NextInt64(long.MinValue, long.MaxValue),
        4 => random.NextDouble() * 4 - 2,
        _ => "§value§",
    };

    private static JsonNode Deep(int levels)
    {
        JsonNode node = new JsonObject();
        for (int i = 0; i < levels; i++)
            node = i % 2 == 0 ? new JsonArray(node) : new JsonObject { ["a"] = node };
        return node;
    }

    private static byte[] Damaged(byte[] bytes, Random random)
    {
        var list = bytes.ToList();
        for (int i = random.Next(1, 6); i > 0 && list.Count > 0; i--)
        {
            int at = random.Next(list.Count);
            switch (random.Next(4))
            {
                case 0:
                    list[at] = (byte)random.Next(256);
                    break;
                case 1:
                    list.RemoveAt(at);
                    break;
                case 2:
                    list.Insert(at, (byte)random.Next(256));
                    break;
                default:
                    list.RemoveRange(at, list.Count - at);
                    break;
            }
        }
        return [.. list];
    }

    private static byte[] Noise(Random random)
    {
        if (random.Next(2) == 0)
            return Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(random.Next(2) == 0 ? "[" : "{\"a\":", random.Next(100_000))));
        byte[] bytes = new byte[random.Next(2_000)];
        random.NextBytes(bytes);
        return bytes;
    }
}
