using System.Text;
using System.Text.Json.Nodes;
using Syrinx.Models.Templates;
using Syrinx.Tokens;

namespace Syrinx.Models;

/// <summary>A message of a chat.</summary>
/// <param name="Role"><c>system</c>, <c>user</c>, <c>assistant</c> or <c>tool</c>.</param>
/// <param name="Text">What was said.</param>
public readonly record struct ChatTurn(string Role, string Text)
{
    /// <summary>The function whose result this is, or who speaks; null where nothing says it.</summary>
    public string? Name { get; init; }

    /// <summary>The call whose result this is, or null.</summary>
    public string? ToolCallId { get; init; }

    /// <summary>Functions that the assistant called here, or null.</summary>
    public IReadOnlyList<ToolCall>? ToolCalls { get; init; }
}

/// <summary>
/// How a model's chats become tokens: by the model's own template, or as ChatML,
/// <c>&lt;|im_start|&gt;ROLE\nTEXT&lt;|im_end|&gt;\n</c> for each message. Marks are inserted as ids while roles and texts are
/// encoded as plain text, so that nobody can forge a message by writing marks into a text. Immutable and safe to share between
/// threads.
/// </summary>
public sealed class ChatTemplate
{
    /// <summary>ChatML as a Jinja template, for <c>tokenizer_config.json</c>, so that other programs render alike.</summary>
    public const string Jinja =
        "{%- for message in messages -%}" +
        "{{- '<|im_start|>' + message.role + '\\n' + message.content + '<|im_end|>\\n' -}}" +
        "{%- endfor -%}" +
        "{%- if add_generation_prompt -%}{{- '<|im_start|>assistant\\n' -}}{%- endif -%}";

    private static readonly string[] Roles = ["system", "user", "assistant", "tool"];

    private readonly BpeTokenizer _tokenizer;
    private readonly int _start;
    private readonly Lazy<JinjaTemplate>? _jinja;
    private readonly AddedTokens? _special;

    /// <summary>ChatML for a tokenizer.</summary>
    /// <exception cref="InputException">The tokenizer lacks <c>&lt;|im_start|&gt;</c> or <c>&lt;|im_end|&gt;</c>.</exception>
    public ChatTemplate(BpeTokenizer tokenizer)
    {
        _tokenizer = tokenizer;
        _start = tokenizer.RequiredTokenId(BpeTokenizer.MessageStart);
        MessageEnd = tokenizer.RequiredTokenId(BpeTokenizer.MessageEnd);
    }

    private ChatTemplate(BpeTokenizer tokenizer, string source, string? begin, string? end)
    {
        _tokenizer = tokenizer;
        // read when a chat needs it: a model whose template is not understood still completes texts
        _jinja = new(() => new(source, begin, end));
        _special = tokenizer.Vocabulary.Special is { Count: > 0 } special ? new(special) : null;
        MessageEnd = tokenizer.TokenId(BpeTokenizer.MessageEnd) ?? (end is null ? null : tokenizer.TokenId(end)) ?? -1;
        ToolCalls = !source.Contains("tools", StringComparison.Ordinal) ? null
            : source.Contains("[TOOL_CALLS]", StringComparison.Ordinal) ? ToolCallFormat.Mistral
            : source.Contains("<tool_call>", StringComparison.Ordinal) || !source.Contains("parameters", StringComparison.Ordinal)
                ? ToolCallFormat.Hermes : ToolCallFormat.Llama;
    }

    /// <summary>
    /// The template of a model, or null where it has none and its tokenizer lacks the marks of ChatML.
    /// </summary>
    /// <param name="tokenizer">The model's tokenizer.</param>
    /// <param name="source">The template as Jinja, from <c>tokenizer_config.json</c>, <c>chat_template.jinja</c> or GGUF; or null.</param>
    /// <param name="begin">The text of the token that begins a text, or null.</param>
    /// <param name="end">The text of the token that ends it, or null.</param>
    public static ChatTemplate? For(BpeTokenizer tokenizer, string? source, string? begin, string? end) =>
        source is null || source.Trim() == Jinja ? Fits(tokenizer) ? new(tokenizer) : null : new(tokenizer, source, begin, end);

    /// <summary>The template of a model's folder, or null where it cannot chat.</summary>
    /// <exception cref="InputException">A file cannot be read; the message names it.</exception>
    internal static ChatTemplate? Of(ModelDirectory directory, BpeTokenizer tokenizer)
    {
        var file = ChatTemplateFile.Read(directory);
        return For(tokenizer, file.Template, file.BeginText, file.EndText);
    }

    /// <summary>The template of a model's folder or GGUF file, or null where it cannot chat.</summary>
    /// <inheritdoc cref="Of(ModelDirectory, BpeTokenizer)"/>
    internal static ChatTemplate? Of(ModelFiles files, BpeTokenizer tokenizer)
    {
        string? Text(int? token) => token is { } id && id < tokenizer.VocabSize ? Encoding.UTF8.GetString(tokenizer.TokenBytes(id)) : null;
        return ModelFiles.IsGguf(files.Path)
            ? For(tokenizer, files.ChatTemplate, Text(files.BeginToken ?? files.Config.BosTokenId), Text(files.Config.EosTokenId))
            : Of(new ModelDirectory(files.Path), tokenizer);
    }

    /// <summary>The token that ends a message, or −1 where none is known; generation of an answer stops at it.</summary>
    public int MessageEnd { get; }

    /// <summary>How the model calls functions; null where its template tells it of none.</summary>
    public ToolCallFormat? ToolCalls { get; }

    /// <summary>Whether a tokenizer has the marks that the template needs.</summary>
    public static bool Fits(BpeTokenizer tokenizer) =>
        tokenizer.TokenId(BpeTokenizer.MessageStart) is not null && tokenizer.TokenId(BpeTokenizer.MessageEnd) is not null;

    /// <summary>The tokens of a chat.</summary>
    /// <param name="turns">The messages, oldest first.</param>
    /// <param name="addGenerationPrompt">Whether the assistant's next message is begun, for the model to continue.</param>
    /// <param name="tools">Functions that the model may call, as OpenAI's <c>tools</c> has them; null for none.</param>
    /// <exception cref="ArgumentException">A role is not one of the four.</exception>
    /// <exception cref="InputException">The model's own template cannot be read, or refuses the chat.</exception>
    public int[] Render(IEnumerable<ChatTurn> turns, bool addGenerationPrompt, IReadOnlyList<JsonObject>? tools = null)
    {
        var ids = new List<int>();
        if (_jinja is not null)
        {
            var text = _jinja.Value.Render(turns, addGenerationPrompt, tools);
            if (_special is null)
                _tokenizer.EncodeTo(text.Value, ids);
            else
                JinjaTemplate.Encode(text, _tokenizer, _special, ids);
            return [.. ids];
        }
        Render(turns, ids, null);
        if (addGenerationPrompt)
        {
            ids.Add(_start);
            _tokenizer.EncodeTo("assistant\n", ids);
        }
        return [.. ids];
    }

    /// <summary>
    /// The tokens of a chat for tuning, and which of them the assistant wrote: its texts and the tokens that end its
    /// messages. Only these are to be learnt. In ChatML only.
    /// </summary>
    /// <exception cref="ArgumentException">A role is not one of the four.</exception>
    /// <exception cref="InputException">The model has another template.</exception>
    public (int[] Ids, bool[] Assistant) RenderForTuning(IEnumerable<ChatTurn> turns)
    {
        if (_jinja is not null)
            throw new InputException("A model with a chat template of its own is tuned in that, which is not supported yet.");
        var ids = new List<int>();
        var assistant = new List<bool>();
        Render(turns, ids, assistant);
        return ([.. ids], [.. assistant]);
    }

    private void Render(IEnumerable<ChatTurn> turns, List<int> ids, List<bool>? assistant)
    {
        void Mark(bool value)
        {
            while (assistant?.Count < ids.Count)
                assistant.Add(value);
        }
        foreach (var (role, text) in turns)
        {
            if (!Roles.Contains(role))
                throw new ArgumentException(
                    $"A message's role is '{role}', but it must be one of {string.Join(", ", Roles)}.", nameof(turns));
            ids.Add(_start);
            _tokenizer.EncodeTo(role + "\n", ids);
            Mark(false);
            // apart from the role, as when the model itself continues after "assistant\n"
            _tokenizer.EncodeTo(text, ids);
            ids.Add(MessageEnd);
            Mark(role == "assistant");
            _tokenizer.EncodeTo("\n", ids);
            Mark(false);
        }
    }

    /// <summary>The content of <c>tokenizer_config.json</c> for a tokenizer of ours.</summary>
    internal static JsonObject TokenizerConfig(BpeTokenizer tokenizer, int? contextLength) => new()
    {
        ["add_bos_token"] = false,
        ["add_prefix_space"] = false,
        ["added_tokens_decoder"] = new JsonObject(tokenizer.Vocabulary.Special.OrderBy(s => s.Id).Select(s =>
            KeyValuePair.Create(s.Id.ToString(System.Globalization.CultureInfo.InvariantCulture), (JsonNode?)new JsonObject
            {
                ["content"] = s.Text,
                ["lstrip"] = false,
                ["normalized"] = false,
                ["rstrip"] = false,
                ["single_word"] = false,
                ["special"] = true,
            }))),
        ["bos_token"] = null,
        ["chat_template"] = Fits(tokenizer) ? Jinja : null,
        ["clean_up_tokenization_spaces"] = false,
        ["eos_token"] = Fits(tokenizer) ? BpeTokenizer.MessageEnd : BpeTokenizer.EndOfText,
        ["model_max_length"] = contextLength ?? 1_000_000,
        ["pad_token"] = BpeTokenizer.EndOfText,
        ["tokenizer_class"] = "Qwen2Tokenizer",
        ["unk_token"] = null,
    };
}
