using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Syrinx.Models.Templates;

/// <summary>
/// Finds the calls of functions in an answer as it is written, and holds back what may become one; what turns out to be none comes
/// out as text. For one answer.
/// </summary>
internal sealed class ToolCallReader(ToolCallFormat format)
{
    private const string Open = "<tool_call>", Close = "</tool_call>", MistralMark = "[TOOL_CALLS]";

    private readonly StringBuilder _held = new();
    private bool _inside;
    private bool _text;

    /// <summary>The calls so far, in their order.</summary>
    public List<ToolCall> Calls { get; } = [];

    /// <summary>The text that is certain to be no part of a call.</summary>
    public string Append(string piece)
    {
        _held.Append(piece);
        return format == ToolCallFormat.Hermes ? Tagged() : Whole();
    }

    /// <summary>The rest, when the answer has ended.</summary>
    public string Flush()
    {
        string rest = _held.ToString();
        _held.Clear();
        if (format == ToolCallFormat.Hermes)
        {
            if (!_inside)
                return Calls.Count > 0 ? rest.TrimEnd() : rest;
            // the end mark may be missing where the answer was cut right after the object
            return Parse(rest) ? "" : Open + rest;
        }
        return _text || !Parse(rest) ? rest : "";
    }

    private string Tagged()
    {
        var text = new StringBuilder();
        while (true)
        {
            string all = _held.ToString();
            string mark = _inside ? Close : Open;
            int at = all.IndexOf(mark, StringComparison.Ordinal);
            if (at < 0)
            {
                if (_inside)
                    return text.ToString();
                // line breaks before and between calls belong to no text
                int sure = all.AsSpan(0, all.Length - Beginning(all)).TrimEnd().Length;
                text.Append(all, 0, sure);
                _held.Clear().Append(all, sure, all.Length - sure);
                return text.ToString();
            }
            string before = all[..at];
            _held.Clear().Append(all, at + mark.Length, all.Length - at - mark.Length);
            if (!_inside)
                text.Append(before.TrimEnd());
            else if (!Parse(before))
                text.Append(Open).Append(before).Append(Close);
            _inside = !_inside;
        }
    }

    private static int Beginning(string text)
    {
        for (int n = Math.Min(Open.Length - 1, text.Length); n > 0; n--)
        {
            if (text.AsSpan(text.Length - n).SequenceEqual(Open.AsSpan(0, n)))
                return n;
        }
        return 0;
    }

    /// <summary>An answer that is a call or a text as a whole: its first sign tells whether it can be a call.</summary>
    private string Whole()
    {
        string all = _held.ToString();
        string begun = all.TrimStart();
        if (begun.Length == 0)
            return "";
        if (!_text && begun[0] == (format == ToolCallFormat.Llama ? '{' : '['))
            return "";
        _text = true;
        _held.Clear();
        return all;
    }

    private bool Parse(string text)
    {
        text = text.Trim();
        if (format == ToolCallFormat.Mistral && text.StartsWith(MistralMark, StringComparison.Ordinal))
            text = text[MistralMark.Length..];
        JsonNode? json;
        try
        {
            json = JsonNode.Parse(text);
        }
        catch (JsonException)
        {
            return false;
        }
        var calls = json is JsonArray several ? several.Select(Read).ToList() : [Read(json)];
        if (calls.Count == 0 || calls.Any(c => c is null))
            return false;
        Calls.AddRange(calls!);
        return true;
    }

    private static ToolCall? Read(JsonNode? node) =>
        node is JsonObject call && call["name"] is JsonValue value && value.TryGetValue(out string? name)
            && (call["arguments"] ?? call["parameters"]) is JsonObject arguments
            ? new("call_" + Guid.NewGuid().ToString("N")[..24], name, arguments.ToJsonString(Readable)) : null;

    private static readonly JsonSerializerOptions Readable =
        new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
