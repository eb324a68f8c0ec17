using System.Text.Json.Nodes;
using Syrinx.Tokens;

namespace Syrinx.Models;

/// <summary>A message of a chat.</summary>
/// <param name="Role"><c>system</c>, <c>user</c>, <c>assistant</c> or <c>tool</c>.</param>
/// <param name="Text">What was said.</param>
public readonly record struct ChatTurn(string Role, string Text);

/// <summary>
/// ChatML: <c>&lt;|im_start|&gt;ROLE\nTEXT&lt;|im_end|&gt;\n</c> for each message. It renders to token ids, not to a string:
/// the marks are inserted as ids while roles and texts are encoded as plain text, so that nobody can forge a message by
/// writing marks into a text. Immutable and safe to share between threads.
/// </summary>
public sealed class ChatTemplate
{
    /// <summary>The same as a Jinja template, for <c>tokenizer_config.json</c>, so that other programs render alike.</summary>
    public const string Jinja =
        "{%- for message in messages -%}" +
        "{{- '<|im_start|>' + message.role + '\\n' + message.content + '<|im_end|>\\n' -}}" +
        "{%- endfor -%}" +
        "{%- if add_generation_prompt -%}{{- '<|im_start|>assistant\\n' -}}{%- endif -%}";

    private static readonly string[] Roles = ["system", "user", "assistant", "tool"];

    private readonly BpeTokenizer _tokenizer;
    private readonly int _start;

    /// <summary>Prepares the template for a tokenizer.</summary>
    /// <exception cref="InputException">The tokenizer lacks <c>&lt;|im_start|&gt;</c> or <c>&lt;|im_end|&gt;</c>.</exception>
    public ChatTemplate(BpeTokenizer tokenizer)
    {
        _tokenizer = tokenizer;
        _start = tokenizer.RequiredTokenId(BpeTokenizer.MessageStart);
        MessageEnd = tokenizer.RequiredTokenId(BpeTokenizer.MessageEnd);
    }

    /// <summary>The token that ends a message; generation of an answer stops at it.</summary>
    public int MessageEnd { get; }

    /// <summary>Whether a tokenizer has the marks that the template needs.</summary>
    public static bool Fits(BpeTokenizer tokenizer) =>
        tokenizer.TokenId(BpeTokenizer.MessageStart) is not null && tokenizer.TokenId(BpeTokenizer.MessageEnd) is not null;

    /// <summary>The tokens of a chat.</summary>
    /// <param name="turns">The messages, oldest first.</param>
    /// <param name="addGenerationPrompt">Whether the assistant's next message is begun, for the model to continue.</param>
    /// <exception cref="ArgumentException">A role is not one of the four.</exception>
    public int[] Render(IEnumerable<ChatTurn> turns, bool addGenerationPrompt)
    {
        var ids = new List<int>();
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
    /// messages. Only these are to be learnt.
    /// </summary>
    /// <exception cref="ArgumentException">A role is not one of the four.</exception>
    public (int[] Ids, bool[] Assistant) RenderForTuning(IEnumerable<ChatTurn> turns)
    {
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
