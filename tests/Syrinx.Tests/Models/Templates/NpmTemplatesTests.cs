using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using Syrinx.Models;
using Syrinx.Models.Templates;

namespace Syrinx.Tests.Models.Templates;

/// <summary>
/// Hugging Face's own <c>@huggingface/jinja</c> from npm makes the same text as we do of the same chats and templates:
/// <c>tests/templates-npm/render.mjs</c>, where node and npm are at hand.
/// </summary>
public sealed class NpmTemplatesTests
{
    private const int Chats = 60;

    [Fact]
    public void Templates_of_seven_families_make_the_same_text_of_random_chats()
    {
        string script = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(ThisFile())!, "..", "..", "..", "templates-npm"));
        Npm.Install(script, "@huggingface");
        var cases = new JsonArray();
        var ours = new List<(string Name, string? Text, string? Error)>();
        foreach (var (name, source) in SampleTemplates.All)
        {
            var template = new JinjaTemplate(source, "<s>", "</s>");
            for (int seed = 0; seed < Chats; seed++)
            {
                var random = new RandomChats(seed, blanks: name != nameof(SampleTemplates.Qwen3));
                var turns = random.Turns();
                var tools = random.Tools();
                bool prompt = random.Next();
                var more = random.Next() ? new Dictionary<string, JsonNode?> { ["enable_thinking"] = random.Next() } : [];
                cases.Add(new JsonObject
                {
                    ["template"] = source,
                    ["variables"] = new JsonObject([
                        KeyValuePair.Create("messages", (JsonNode?)new JsonArray([.. turns.Select(Message)])),
                        KeyValuePair.Create("add_generation_prompt", (JsonNode?)prompt),
                        KeyValuePair.Create("bos_token", (JsonNode?)"<s>"), KeyValuePair.Create("eos_token", (JsonNode?)"</s>"),
                        KeyValuePair.Create("tools", tools is null ? null : (JsonNode?)new JsonArray([.. tools.Select(t => t.DeepClone())])),
                        .. more.Select(m => KeyValuePair.Create(m.Key, m.Value?.DeepClone())),
                    ]),
                });
                try
                {
                    ours.Add((name, template.Render(turns, prompt, tools, null, more).Value, null));
                }
                catch (InputException e)
                {
                    ours.Add((name, null, e.Message));
                }
            }
        }
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["cases.json"], cases.ToJsonString());
        var (code, output, error) = Npm.Run(script, "node", ["render.mjs", folder["cases.json"]]);
        Assert.True(code == 0, error);
        var theirs = JsonNode.Parse(output)!.AsArray();
        int rendered = 0;
        for (int i = 0; i < ours.Count; i++)
        {
            string? text = theirs[i]!["text"]?.GetValue<string>(), why = theirs[i]!["error"]?.GetValue<string>();
            Assert.True((text is null) == (ours[i].Text is null), $"{ours[i].Name} {i % Chats}: {why ?? text} / {ours[i].Error ?? ours[i].Text}");
            Assert.Equal(text, ours[i].Text);
            rendered += text is null ? 0 : 1;
        }
        Assert.True(rendered > 250, $"only {rendered} chats were rendered");
    }

    private static JsonNode Message(ChatTurn turn)
    {
        var message = new JsonObject { ["role"] = turn.Role, ["content"] = turn.Text.Length == 0 && turn.ToolCalls is not null ? null : turn.Text };
        if (turn.Name is not null)
            message["name"] = turn.Name;
        if (turn.ToolCallId is not null)
            message["tool_call_id"] = turn.ToolCallId;
        if (turn.ToolCalls is { } calls)
            message["tool_calls"] = new JsonArray([.. calls.Select(c => new JsonObject
            {
                ["id"] = c.Id,
                ["type"] = "function",
                ["function"] = new JsonObject { ["name"] = c.Name, ["arguments"] = JsonNode.Parse(c.Arguments) },
            })]);
        return message;
    }

    private static string ThisFile([CallerFilePath] string path = "") => path;
}
