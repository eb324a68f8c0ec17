using Microsoft.Extensions.AI;

namespace Syrinx.Inference;

/// <summary>
/// Texts as vectors: the mean of a <see cref="LanguageModel"/>'s final hidden states over a text's tokens, scaled to length
/// 1. A text longer than the context is read in parts, and the mean goes over all of them. Safe to share between threads.
/// Does not own the model.
/// </summary>
/// <param name="model">A model with a tokenizer.</param>
/// <param name="modelId">The name that embeddings carry.</param>
public sealed class LocalEmbeddingGenerator(LanguageModel model, string modelId) : IEmbeddingGenerator<string, Embedding<float>>
{
    private readonly EmbeddingGeneratorMetadata _metadata = new("syrinx", null, modelId, model.Config.HiddenSize);

    /// <inheritdoc/>
    /// <exception cref="InputException">Other dimensions are asked for than the model has, or it has no tokenizer.</exception>
    public async Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(values);
        if (options?.Dimensions is { } dimensions && dimensions != model.Config.HiddenSize)
            throw new InputException(
                $"Embeddings of {dimensions} dimensions are asked for, but the model's have {model.Config.HiddenSize}.");
        return await Task.Run(() =>
        {
            var embeddings = new GeneratedEmbeddings<Embedding<float>>();
            long tokens = 0;
            foreach (string text in values)
            {
                var (vector, count) = Embed(text, cancellationToken);
                tokens += count;
                embeddings.Add(new(vector) { ModelId = modelId, CreatedAt = DateTimeOffset.UtcNow });
            }
            embeddings.Usage = new() { InputTokenCount = tokens, TotalTokenCount = tokens };
            return embeddings;
        }, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceKey is not null ? null
        : serviceType == typeof(EmbeddingGeneratorMetadata) ? _metadata
        : serviceType == typeof(LanguageModel) ? model
        : serviceType.IsInstanceOfType(this) ? this : null;

    /// <summary>Does nothing: the model is its owner's.</summary>
    public void Dispose() { }

    private (float[] Vector, int Tokens) Embed(string text, CancellationToken cancel)
    {
        int[] tokens = TextGeneration.Prompt(model, text);
        var sum = new double[model.Config.HiddenSize];
        using var session = model.StartSession();
        for (int start = 0; start < tokens.Length; start += model.ContextLength)
        {
            session.Rewind(0);
            session.ReadHidden(tokens.AsSpan(start, Math.Min(model.ContextLength, tokens.Length - start)), (_, rows, hidden) =>
            {
                for (int i = 0; i < rows * sum.Length; i++)
                    sum[i % sum.Length] += hidden[i];
            }, cancel);
        }
        double length = Math.Sqrt(sum.Sum(v => v * v));
        return ([.. sum.Select(v => (float)(length > 0 ? v / length : 0))], tokens.Length);
    }
}
