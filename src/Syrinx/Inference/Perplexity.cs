using System.Diagnostics;
using System.Text;
using Syrinx.Inference.Kernels;

namespace Syrinx.Inference;

/// <summary>How well a model predicts a text.</summary>
/// <param name="Tokens">Tokens predicted: all of the text's.</param>
/// <param name="Bytes">Bytes of the text's UTF-8.</param>
/// <param name="Loss">Mean of −ln p over the tokens, in nats.</param>
/// <param name="BitsPerByte">Loss · tokens / (ln 2 · bytes): comparable between tokenizers.</param>
/// <param name="Seconds">Seconds it took.</param>
public sealed record Perplexity(long Tokens, long Bytes, double Loss, double BitsPerByte, double Seconds)
{
    /// <summary>
    /// Measures a model on texts. Each text begins with the end-of-text token, so that its first token is predicted, too,
    /// and is read in windows of the model's context; every token is predicted once.
    /// </summary>
    /// <param name="model">A model with a tokenizer.</param>
    /// <param name="texts">The texts.</param>
    /// <param name="stride">
    /// Tokens that each window predicts; null for the whole window, which is fastest and gives the first tokens of a window
    /// little to go by. A smaller stride gives every token at least context − stride tokens before it.
    /// </param>
    /// <param name="progress">Told of the tokens predicted.</param>
    /// <param name="cancel">Stops the measurement.</param>
    /// <exception cref="InputException">The model has no tokenizer, the stride does not fit, or there is no text.</exception>
    public static Perplexity Measure(
        LanguageModel model, IEnumerable<string> texts, int? stride = null, IProgress<StageProgress>? progress = null,
            CancellationToken cancel = default)
    {
        int context = model.ContextLength, step = stride ?? context;
        if (step < 1 || step > context)
            throw new InputException($"A stride of {step} must be at least 1 and at most the model's context of {context}.");
        var clock = Stopwatch.StartNew();
        long tokens = 0, bytes = 0;
        double nats = 0;
        using var session = model.StartSession();
        foreach (string text in texts)
        {
            bytes += Encoding.UTF8.GetByteCount(text);
            int[] ids = [Begin(model), .. model.Tokenizer!.Encode(text)];
            for (int target = 1; target < ids.Length; target += step)
            {
                // predicts ids[target … end) from windows that end at end − 1
                int end = Math.Min(target + step, ids.Length), start = Math.Max(0, end - 1 - context);
                session.Rewind(0);
                session.ReadAll(ids.AsSpan(start, end - 1 - start), (at, rows, logits) =>
                {
                    for (int row = 0; row < rows; row++)
                    {
                        int position = start + at + row + 1;
                        if (position >= target)
                            nats += NegativeLogLikelihood(
                                logits.Slice(row * model.Config.VocabSize, model.Config.VocabSize), ids[position]);
                    }
                }, cancel);
                tokens += end - target;
                progress?.Report(new("eval", tokens, null, "tokens"));
            }
        }
        if (tokens == 0)
            throw new InputException("There is no text to measure the model on.");
        return new(tokens, bytes, nats / tokens, nats / Math.Log(2) / bytes, clock.Elapsed.TotalSeconds);
    }

    /// <summary>−ln softmax(logits)[token], in nats.</summary>
    internal static double NegativeLogLikelihood(ReadOnlySpan<float> logits, int token)
    {
        float max = Elementwise.Max(logits);
        return Math.Log(Elementwise.SumExp(logits, max)) - (logits[token] - (double)max);
    }

    private static int Begin(LanguageModel model)
    {
        var tokenizer = model.Tokenizer
            ?? throw new InputException($"{model.TokenizerPath} is not there, so the model cannot read text.");
        return model.BeginToken ?? tokenizer.DocumentEnd;
    }
}
