using Syrinx.Inference;

namespace Syrinx.Evaluation;

/// <summary>What a model writes, as tokens.</summary>
internal static class Writing
{
    /// <summary>Continues a prompt until a token that ends texts, <paramref name="most"/> tokens, or the end of the context.</summary>
    /// <param name="session">A session of the model; rewound.</param>
    /// <param name="model">The model.</param>
    /// <param name="prompt">At least one token.</param>
    /// <param name="most">Most tokens.</param>
    /// <param name="options">How tokens are chosen.</param>
    /// <param name="ended">Whether what is written so far is enough, or null.</param>
    /// <returns>The tokens, without the one that ended the text.</returns>
    public static List<int> Continue(
        InferenceSession session, LanguageModel model, int[] prompt, int most, SamplingOptions options, Func<int, bool>? ended = null)
    {
        session.Rewind(0);
        var sampler = new Sampler(options);
        var written = new List<int>();
        var logits = session.Read(prompt);
        int[] next = [0];
        most = Math.Min(most, model.ContextLength - prompt.Length);
        // a vocabulary may be padded beyond what the tokenizer knows
        int known = Math.Min(model.Config.VocabSize, model.Tokenizer!.VocabSize);
        while (written.Count < most)
        {
            int token = sampler.Sample(logits[..known]);
            if (model.EndTokens.Contains(token) || ended?.Invoke(token) == true)
                break;
            written.Add(token);
            if (written.Count < most)
            {
                next[0] = token;
                logits = session.Read(next);
            }
        }
        return written;
    }
}
