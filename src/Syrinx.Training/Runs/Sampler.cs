using Syrinx.Tokens;
using Syrinx.Training.Data;
using Syrinx.Training.Optimization;

namespace Syrinx.Training.Runs;

/// <summary>
/// Short texts that show how far the model is, from the training weights themselves; the engine for real use is
/// Syrinx.Inference. Each is a function of weights, seed and step. It has no key-value cache: a few dozen tokens do not need one.
/// </summary>
internal sealed class Sampler(StepEngine engine, BpeTokenizer tokenizer, int length, ulong seed)
{
    /// <summary>Most tokens of a sample.</summary>
    public const int MostTokens = 48;

    private const double Temperature = 0.8;
    private const int TopK = 50;

    /// <summary>Continues a prompt until a token that ends texts, <see cref="MostTokens"/>, or the longest sequence.</summary>
    public string Continue(int[] prompt, long step, int vocabSize)
    {
        var random = new CounterRandom(seed, CounterRandom.Stream.Samples + (ulong)step);
        // always as long: what comes later is not seen by what was before, and libtorch compiles and keeps its products for each length that it meets
        var ids = new int[Math.Min(length, prompt.Length + MostTokens)];
        prompt.CopyTo(ids, 0);
        int count = prompt.Length;
        while (count < ids.Length)
        {
            float[] logits = engine.NextLogits(ids, count - 1);
            int next = Draw(logits.AsSpan(0, Math.Min(vocabSize, tokenizer.VocabSize)), random.Unit((ulong)count));
            if (tokenizer.IsSpecial(next))
                break;
            ids[count++] = next;
        }
        return tokenizer.Decode(ids.Take(count).Skip(prompt.Length));
    }

    private static int Draw(ReadOnlySpan<float> logits, double u)
    {
        int[] order = [.. Enumerable.Range(0, logits.Length)];
        float[] keys = [.. logits];
        Array.Sort(keys, order);
        int count = Math.Min(TopK, keys.Length);
        double sum = 0;
        for (int i = 1; i <= count; i++)
            sum += Math.Exp((keys[^i] - keys[^1]) / Temperature);
        double left = u * sum;
        for (int i = 1; i <= count; i++)
        {
            left -= Math.Exp((keys[^i] - keys[^1]) / Temperature);
            if (left <= 0)
                return order[^i];
        }
        return order[^count];
    }
}
