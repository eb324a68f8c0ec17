using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;
using Syrinx.Inference;

namespace Syrinx.Server.OpenAi;

/// <summary>One of a chat's choices, as its updates come in.</summary>
/// <param name="logprobsOf">The model whose log-probabilities were asked for, or null.</param>
internal sealed class ChatChoice(LanguageModel? logprobsOf)
{
    private readonly StringBuilder _text = new();

    public string Text => _text.ToString();

    public List<FunctionCallContent> Calls { get; } = [];

    /// <summary>All log-probabilities so far, as OpenAI spells them; null where nobody asked.</summary>
    public JsonObject? Logprobs { get; } = logprobsOf is null ? null : LogprobFields.Chat([], logprobsOf);

    public ChatFinishReason? FinishReason { get; private set; }

    public AdditionalPropertiesDictionary? Properties { get; private set; }

    private UsageDetails? Tokens { get; set; }

    /// <summary>Takes an update in; gives the log-probabilities in it.</summary>
    public JsonObject? Add(ChatResponseUpdate update)
    {
        _text.Append(update.Text);
        Calls.AddRange(update.Contents.OfType<FunctionCallContent>());
        Tokens = update.Contents.OfType<UsageContent>().FirstOrDefault()?.Details ?? Tokens;
        FinishReason = update.FinishReason ?? FinishReason;
        Properties = update.AdditionalProperties ?? Properties;
        if (logprobsOf is null || update.AdditionalProperties?.TryGetValue(LocalChatClient.Logprobs, out var value) != true)
            return null;
        var told = LogprobFields.Chat((IEnumerable<TokenLogprobs>)value!, logprobsOf);
        foreach (var token in told["content"]!.AsArray())
            Logprobs!["content"]!.AsArray().Add(token!.DeepClone());
        return told;
    }

    /// <summary>Tokens of several choices: the prompt's count once.</summary>
    public static UsageDetails Usage(IReadOnlyList<ChatChoice> choices)
    {
        var usage = new UsageDetails
        {
            InputTokenCount = choices[0].Tokens?.InputTokenCount ?? 0,
            OutputTokenCount = choices.Sum(c => c.Tokens?.OutputTokenCount ?? 0),
        };
        usage.TotalTokenCount = usage.InputTokenCount + usage.OutputTokenCount;
        return usage;
    }
}
