using System.Text.Json;
using System.Text.Json.Nodes;
using Syrinx.Tokens;

namespace Syrinx.Models.Templates;

/// <summary>
/// A model's own chat template, in the part of Jinja that such templates use. The text it makes is encoded piece by piece between the
/// special tokens that the template itself wrote; what stands in messages stays text. Immutable and safe to share between threads.
/// </summary>
internal sealed class JinjaTemplate
{
    private readonly Block _template;
    private readonly string? _begin;
    private readonly string? _end;

    /// <exception cref="InputException">The template cannot be read; the message tells the line.</exception>
    public JinjaTemplate(string source, string? begin, string? end)
    {
        (_begin, _end) = (begin, end);
        try
        {
            _template = TemplateParser.Parse(source);
        }
        catch (TemplateException e)
        {
            throw new InputException($"The model's chat template cannot be read: {e.Message} (line {e.Line}).", e);
        }
    }

    /// <summary>The text of a chat.</summary>
    /// <exception cref="InputException">The template refuses the chat, or cannot be run.</exception>
    public MarkedText Render(
        IEnumerable<ChatTurn> turns, bool addGenerationPrompt, IReadOnlyList<JsonObject>? tools, TimeProvider? time = null,
        IReadOnlyDictionary<string, JsonNode?>? more = null)
    {
        var messages = turns.Select(t => (object?)Message(t)).ToList();
        var variables = new Dictionary<string, object?>
        {
            ["messages"] = messages,
            ["add_generation_prompt"] = addGenerationPrompt,
            ["bos_token"] = MarkedText.OfTemplate(_begin ?? ""),
            ["eos_token"] = MarkedText.OfTemplate(_end ?? ""),
        };
        // unset, not none, is what templates ask for with 'is defined'; transformers gives none
        variables["tools"] = tools is { Count: > 0 } ? tools.Select(t => TemplateValues.FromJson(t)).ToList() : null;
        foreach (var (name, value) in more ?? new Dictionary<string, JsonNode?>())
            variables[name] = TemplateValues.FromJson(value);
        try
        {
            return TemplateInterpreter.Render(_template, variables, time ?? TimeProvider.System);
        }
        catch (TemplateException e)
        {
            throw new InputException(
                e.Line == 0 ? $"The model's chat template refuses this chat: {e.Message}"
                : $"The model's chat template failed on this chat: {e.Message} (line {e.Line}).", e);
        }
        catch (InsufficientExecutionStackException e)
        {
            throw new InputException("The model's chat template nests too deeply.", e);
        }
    }

    /// <summary>The tokens of a text that a template made.</summary>
    public static void Encode(MarkedText text, BpeTokenizer tokenizer, AddedTokens special, List<int> ids)
    {
        int begun = 0, at = 0;
        while (at < text.Length && special.Find(text.Value.AsSpan(at), out int start) is { } token)
        {
            start += at;
            if (!text.OwnAt(start, token.Text.Length))
            {
                at = start + 1; // somebody only writes what looks like a mark
                continue;
            }
            if (start > begun)
                tokenizer.EncodeTo(text.Value[begun..start], ids);
            ids.Add(token.Id);
            begun = at = start + token.Text.Length;
        }
        if (begun < text.Length)
            tokenizer.EncodeTo(text.Value[begun..], ids);
    }

    private static TemplateDict Message(ChatTurn turn)
    {
        var message = new TemplateDict(foreign: false)
        {
            ["role"] = MarkedText.OfInput(turn.Role),
            // an answer that only calls functions has no text
            ["content"] = turn.Text.Length == 0 && turn.ToolCalls is { Count: > 0 } ? null : MarkedText.OfInput(turn.Text),
        };
        if (turn.Name is not null)
            message["name"] = MarkedText.OfInput(turn.Name);
        if (turn.ToolCallId is not null)
            message["tool_call_id"] = MarkedText.OfInput(turn.ToolCallId);
        if (turn.ToolCalls is { Count: > 0 } calls)
            message["tool_calls"] = calls.Select(c => (object?)Call(c)).ToList();
        return message;
    }

    private static TemplateDict Call(ToolCall call) => new(foreign: false)
    {
        ["id"] = MarkedText.OfInput(call.Id),
        ["type"] = MarkedText.OfTemplate("function"),
        ["function"] = new TemplateDict(foreign: false)
        {
            ["name"] = MarkedText.OfInput(call.Name),
            ["arguments"] = Arguments(call.Arguments),
        },
    };

    private static object? Arguments(string json)
    {
        try
        {
            return TemplateValues.FromJson(JsonNode.Parse(json));
        }
        catch (JsonException)
        {
            return MarkedText.OfInput(json);
        }
    }
}
