using System.Text;
using System.Text.Json.Nodes;
using Syrinx.Inference;

namespace Syrinx.Server.OpenAi;

/// <summary>Spells log-probabilities as OpenAI does. Tokens that only end a text are left out.</summary>
internal static class LogprobFields
{
    /// <summary>Chat's: <c>{content: [{token logprob bytes top_logprobs}]}</c>.</summary>
    public static JsonObject Chat(IEnumerable<TokenLogprobs> tokens, LanguageModel model) => new()
    {
        ["content"] = new JsonArray([.. Texts(tokens, model).Select(t =>
        {
            var json = Token(t.Chosen, model);
            json["top_logprobs"] = new JsonArray([.. t.Top.Select(o => (JsonNode)Token(o, model))]);
            return json;
        })]),
        ["refusal"] = null,
    };

    /// <summary>Completions': lists of texts, log-probabilities, alternatives and offsets.</summary>
    /// <param name="tokens">The tokens.</param>
    /// <param name="model">Their model.</param>
    /// <param name="offset">Characters before them; those of the tokens are added.</param>
    public static JsonObject Completion(IEnumerable<TokenLogprobs> tokens, LanguageModel model, ref int offset)
    {
        var (texts, values, tops, offsets) = (new JsonArray(), new JsonArray(), new JsonArray(), new JsonArray());
        foreach (var token in Texts(tokens, model))
        {
            string text = Text(token.Chosen.Token, model);
            texts.Add(text);
            values.Add(token.Chosen.Logprob);
            // several tokens may look alike, since each is only a part of a character: the likeliest stands for them
            tops.Add(new JsonObject(token.Top.DistinctBy(o => Text(o.Token, model))
                .Select(o => KeyValuePair.Create(Text(o.Token, model), (JsonNode?)o.Logprob))));
            offsets.Add(offset);
            offset += text.Length;
        }
        return new() { ["tokens"] = texts, ["token_logprobs"] = values, ["top_logprobs"] = tops, ["text_offset"] = offsets };
    }

    private static IEnumerable<TokenLogprobs> Texts(IEnumerable<TokenLogprobs> tokens, LanguageModel model) =>
        tokens.Where(t => !model.EndTokens.Contains(t.Chosen.Token));

    private static JsonObject Token(TokenLogprob token, LanguageModel model) => new()
    {
        ["token"] = Text(token.Token, model),
        ["logprob"] = token.Logprob,
        ["bytes"] = new JsonArray([.. Bytes(token.Token, model).Select(b => (JsonNode)(int)b)]),
    };

    private static string Text(int token, LanguageModel model) => Encoding.UTF8.GetString(Bytes(token, model));

    /// <summary>None for an id beyond the tokenizer's, which a padded head has.</summary>
    private static byte[] Bytes(int token, LanguageModel model) =>
        token < model.Tokenizer!.VocabSize ? model.Tokenizer.TokenBytes(token).ToArray() : [];
}
