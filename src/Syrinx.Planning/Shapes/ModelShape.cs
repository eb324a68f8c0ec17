namespace Syrinx.Planning.Shapes;

/// <summary>
/// The matrices of a dense decoder: all that time and memory depend on. Widths are in numbers, not bytes. Immutable.
/// </summary>
public sealed record ModelShape
{
    /// <summary>Decoder layers.</summary>
    public required int Layers { get; init; }

    /// <summary>Width of the residual stream, <c>h</c>.</summary>
    public required int Width { get; init; }

    /// <summary>Attention heads, <c>a</c>.</summary>
    public required int Heads { get; init; }

    /// <summary>Heads of keys and values; fewer than <see cref="Heads"/> with grouped-query attention.</summary>
    public required int KeyValueHeads { get; init; }

    /// <summary>Width of a head.</summary>
    public required int HeadWidth { get; init; }

    /// <summary>Inner width of the feed-forward network.</summary>
    public required int FeedForward { get; init; }

    /// <summary>Three matrices (SwiGLU) in the feed-forward network, not two.</summary>
    public bool Gated { get; init; }

    /// <summary>Entries of the vocabulary.</summary>
    public required int Vocabulary { get; init; }

    /// <summary>The output matrix is the embedding.</summary>
    public bool Tied { get; init; }

    /// <summary>Where the shape is from: a published model, or the planner's rule.</summary>
    public string Source { get; init; } = "";

    /// <summary>Width of all queries.</summary>
    internal double QueryWidth => (double)Heads * HeadWidth;

    /// <summary>Width of all keys, and of all values.</summary>
    internal double KeyValueWidth => (double)KeyValueHeads * HeadWidth;

    /// <summary>Weights of a layer's matrices.</summary>
    internal double LayerWeights =>
        2 * Width * (QueryWidth + KeyValueWidth) + (Gated ? 3.0 : 2.0) * Width * FeedForward;

    /// <summary>Weights of the embedding.</summary>
    internal double EmbeddingWeights => (double)Vocabulary * Width;

    /// <summary>All weights; vectors (norms, biases) are left out, less than 0.1%.</summary>
    public double Parameters => Layers * LayerWeights + (Tied ? 1 : 2) * EmbeddingWeights;

    /// <summary>Weights that every token is multiplied with: without the table it is looked up in.</summary>
    internal double MatmulWeights => Layers * LayerWeights + EmbeddingWeights;

    /// <summary>
    /// FLOPs of a token, forward and backward: 6 a weight, and 12·L·d·T for attention, of which a causal model needs half.
    /// Recomputation is not in it: this is the numerator of MFU.
    /// </summary>
    /// <param name="sequence">Tokens of a sequence, <c>T</c>.</param>
    public double FlopsPerToken(int sequence) => 6 * MatmulWeights + 6 * Layers * QueryWidth * sequence;
}
