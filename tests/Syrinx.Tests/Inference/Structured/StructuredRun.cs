using System.Text;
using Syrinx.Inference;
using Syrinx.Inference.Structured;
using Syrinx.Tokens;

namespace Syrinx.Tests.Inference.Structured;

/// <summary>A model that knows nothing: random logits, so that only the grammar makes sense of it.</summary>
internal sealed class StructuredRun(BpeTokenizer tokenizer)
{
    /// <summary>Random numbers, longer than a vocabulary: each position looks at them from another place.</summary>
    private readonly float[] _noise = Noise(tokenizer.VocabSize + 10_007);

    public ConstraintFactory Factory { get; } = new(tokenizer, [tokenizer.RequiredTokenId(BpeTokenizer.EndOfText)]);

    /// <summary>Generates, and gives the text and whether it ended within its tokens.</summary>
    public (string Text, bool Complete, int Tokens) Generate(TokenConstraint constraint, int mostTokens, int seed, float temperature = 1)
    {
        var sampler = new Sampler(new() { Constraint = constraint, Temperature = temperature, TopK = 0, TopP = 1, Seed = (ulong)seed }, [], mostTokens);
        var bytes = new List<byte>();
        int tokens = 0;
        while (tokens < mostTokens && !sampler.Finished)
        {
            int token = sampler.Sample(_noise.AsSpan((int)((uint)(seed * 7919 + tokens * 104729) % 10_007), tokenizer.VocabSize));
            tokens++;
            if (tokenizer.IsSpecial(token))
                break;
            bytes.AddRange(tokenizer.TokenBytes(token));
        }
        return (Encoding.UTF8.GetString([.. bytes]), sampler.Complete, tokens);
    }

    private static float[] Noise(int count)
    {
        var random = new Random(5);
        return [.. Enumerable.Range(0, count).Select(_ => (float)(4 * (random.NextDouble() + random.NextDouble() + random.NextDouble() - 1.5)))];
    }
}
