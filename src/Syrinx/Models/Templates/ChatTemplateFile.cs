using System.Text.Json;
using System.Text.Json.Nodes;

namespace Syrinx.Models.Templates;

/// <summary>What a model's folder says about how chats are framed.</summary>
/// <param name="Template">The template as Jinja, or null.</param>
/// <param name="BeginText">The text of the token that begins a text, or null.</param>
/// <param name="EndText">The text of the token that ends it, or null.</param>
internal sealed record ChatTemplateFile(string? Template, string? BeginText, string? EndText)
{
    /// <summary>
    /// Reads <c>chat_template.jinja</c>, which goes first, and <c>tokenizer_config.json</c>; where that has several templates, the
    /// one for tools, else the default one.
    /// </summary>
    /// <exception cref="InputException">A file cannot be read; the message names it.</exception>
    public static ChatTemplateFile Read(ModelDirectory directory)
    {
        JsonNode? config = null;
        if (File.Exists(directory.TokenizerConfigPath))
        {
            try
            {
                config = JsonNode.Parse(File.ReadAllText(directory.TokenizerConfigPath));
            }
            catch (JsonException e)
            {
                throw new InputException($"{directory.TokenizerConfigPath} could not be read as JSON: {e.Message}", e);
            }
        }
        string beside = Path.Combine(directory.Path, "chat_template.jinja");
        string? template = File.Exists(beside) ? File.ReadAllText(beside) : Text(config?["chat_template"]);
        if (template is null && config?["chat_template"] is JsonArray several)
        {
            var named = several.OfType<JsonObject>().ToLookup(t => Text(t["name"]), t => Text(t["template"]));
            template = named["tool_use"].Concat(named["default"]).FirstOrDefault();
        }
        return new(template, Token(config?["bos_token"]), Token(config?["eos_token"]));
    }

    private static string? Token(JsonNode? node) => Text(node) ?? (node is JsonObject token ? Text(token["content"]) : null);

    private static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue(out string? text) ? text : null;
}
