using System.Diagnostics;
using System.Text;

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
            int[] ids = [Likelihood.Begin(model), .. model.Tokenizer!.Encode(text)];
            nats += Likelihood.OfText(session, model, ids, step, cancel, done => progress?.Report(new("eval", tokens + done, null, "tokens")));
            tokens += ids.Length - 1;
        }
        if (tokens == 0)
            throw new InputException("There is no text to measure the model on.");
        return new(tokens, bytes, nats / tokens, nats / Math.Log(2) / bytes, clock.Elapsed.TotalSeconds);
    }
}
