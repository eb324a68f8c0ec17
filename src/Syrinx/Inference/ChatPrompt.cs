using System.Text.Json.Nodes;
using Syrinx.Models;

namespace Syrinx.Inference;

/// <summary>A chat as the tokens of a prompt that fits into a model's context.</summary>
/// <param name="Tokens">The prompt; it ends where the assistant's answer begins.</param>
/// <param name="DroppedTurns">How many of the oldest messages had to be left out.</param>
public sealed record ChatPrompt(int[] Tokens, int DroppedTurns)
{
    /// <summary>
    /// Renders a chat. When it is too long, the oldest messages after the system's are left out, until there is room for an
    /// answer of <paramref name="answerTokens"/> tokens or a quarter of the context, whichever is less.
    /// </summary>
    /// <param name="model">A model with a chat template.</param>
    /// <param name="turns">The messages, oldest first; at least one.</param>
    /// <param name="answerTokens">Tokens wanted for the answer; null for no wish.</param>
    /// <param name="tools">Functions that the model may call, as OpenAI's <c>tools</c> has them; null for none.</param>
    /// <exception cref="InputException">The model has no chat template, there is no message, or the last one alone is too
    /// long.</exception>
    public static ChatPrompt Fit(LanguageModel model, IReadOnlyList<ChatTurn> turns, int? answerTokens = null, IReadOnlyList<JsonObject>? tools = null)
    {
        var template = model.ChatTemplate ?? throw new InputException(
            $"{model.TokenizerPath} lacks <|im_start|> and <|im_end|>, so this model cannot chat; it can continue " +
            $"a raw prompt.");
        if (turns.Count == 0)
            throw new InputException("The chat is empty: it must have at least one message.");
        int room = model.ContextLength - Math.Min(answerTokens ?? int.MaxValue, model.ContextLength / 4);
        int system = turns.TakeWhile(t => t.Role == "system").Count();
        int dropped = 0;
        while (true)
        {
            int first = system + dropped;
            var kept = turns.Take(system).Concat(turns.Skip(first));
            var tokens = template.Render(kept, addGenerationPrompt: true, tools);
            bool last = first >= turns.Count - 1;
            if (tokens.Length <= room || (last && tokens.Length < model.ContextLength))
                return new(tokens, dropped);
            if (last)
            {
                throw new InputException(
                    $"The last message takes {tokens.Length} tokens with what frames it, but the model's context holds " +
                    $"{model.ContextLength}, the answer included. Shorten it.");
            }
            dropped++;
            // what is left begins with a question, not with an answer to one that is gone
            while (system + dropped < turns.Count - 1 && turns[system + dropped].Role is "assistant" or "tool")
                dropped++;
        }
    }
}
