using Syrinx.Inference.Kernels;

namespace Syrinx.Inference;

/// <summary>How likely a model finds tokens, by −ln p in nats.</summary>
internal static class Likelihood
{
    /// <summary>
    /// −ln p of all tokens of a text but the first, read in windows that predict <paramref name="stride"/> tokens each: every token has
    /// at least context − stride tokens before it, where the text has.
    /// </summary>
    /// <param name="session">A session of the model; rewound.</param>
    /// <param name="model">The model.</param>
    /// <param name="ids">The text, begun by the token that begins texts.</param>
    /// <param name="stride">Tokens that a window predicts, at most the model's context.</param>
    /// <param name="cancel">Stops between windows.</param>
    /// <param name="done">Told of the tokens predicted so far.</param>
    public static double OfText(
        InferenceSession session, LanguageModel model, int[] ids, int stride, CancellationToken cancel, Action<long>? done = null)
    {
        double nats = 0;
        int vocabulary = model.Config.VocabSize;
        for (int target = 1; target < ids.Length; target += stride)
        {
            // predicts ids[target … end) from a window that ends at end − 1
            int end = Math.Min(target + stride, ids.Length), start = Math.Max(0, end - 1 - model.ContextLength), first = target;
            session.Rewind(0);
            session.ReadAll(ids.AsSpan(start, end - 1 - start), (at, rows, logits) =>
            {
                for (int row = 0; row < rows; row++)
                {
                    int position = start + at + row + 1;
                    if (position >= first)
                        nats += OfToken(logits.Slice(row * vocabulary, vocabulary), ids[position]);
                }
            }, cancel);
            done?.Invoke(end - 1);
        }
        return nats;
    }

    /// <summary>
    /// −ln p of each continuation after one prefix, whose keys and values are computed once. The session is left at the prefix' end.
    /// </summary>
    /// <param name="session">A session of the model; rewound.</param>
    /// <param name="model">The model.</param>
    /// <param name="prefix">At least one token.</param>
    /// <param name="continuations">Tokens after it, which fit into the context with it.</param>
    /// <param name="cancel">Stops the work.</param>
    public static double[] OfContinuations(
        InferenceSession session, LanguageModel model, int[] prefix, IReadOnlyList<int[]> continuations, CancellationToken cancel)
    {
        session.Rewind(0);
        float[] after = session.Read(prefix, cancel).ToArray();
        int vocabulary = model.Config.VocabSize;
        var nats = new double[continuations.Count];
        for (int c = 0; c < continuations.Count; c++)
        {
            int[] ids = continuations[c];
            if (ids.Length == 0)
                continue;
            double sum = OfToken(after, ids[0]);
            if (ids.Length > 1)
            {
                session.Rewind(prefix.Length);
                session.ReadAll(ids.AsSpan(0, ids.Length - 1), (at, rows, logits) =>
                {
                    for (int row = 0; row < rows; row++)
                        sum += OfToken(logits.Slice(row * vocabulary, vocabulary), ids[at + row + 1]);
                }, cancel);
            }
            nats[c] = sum;
        }
        session.Rewind(prefix.Length);
        return nats;
    }

    /// <summary>The token that begins a text: the model's own, or the one that ends the text before.</summary>
    /// <exception cref="InputException">The model has no tokenizer.</exception>
    public static int Begin(LanguageModel model)
    {
        var tokenizer = model.Tokenizer
            ?? throw new InputException($"{model.TokenizerPath} is not there, so the model cannot read text.");
        return model.BeginToken ?? tokenizer.DocumentEnd;
    }

    /// <summary>−ln softmax(logits)[token].</summary>
    public static double OfToken(ReadOnlySpan<float> logits, int token)
    {
        float max = Elementwise.Max(logits);
        return Math.Log(Elementwise.SumExp(logits, max)) - (logits[token] - (double)max);
    }

    /// <summary>The likeliest tokens after a prefix, one by one.</summary>
    /// <param name="session">A session of the model; rewound.</param>
    /// <param name="prefix">At least one token.</param>
    /// <param name="count">How many; they fit into the context with the prefix.</param>
    public static int[] Greedy(InferenceSession session, int[] prefix, int count)
    {
        session.Rewind(0);
        var ids = new int[count];
        var logits = session.Read(prefix);
        for (int i = 0; i < count; i++)
        {
            ids[i] = logits.IndexOf(Elementwise.Max(logits));
            if (i + 1 < count)
                logits = session.Read(ids.AsSpan(i, 1));
        }
        return ids;
    }
}
