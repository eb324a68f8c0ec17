using Syrinx.Inference.Kernels;

namespace Syrinx.Inference;

/// <summary>
/// The input of matrix products: rows of numbers, and where the weights are blocks the same rows as blocks. For one product
/// after the other, each of which the threads of a team share.
/// </summary>
internal sealed unsafe class Activations
{
    private readonly ActivationBlocks _bytes = new(ActivationLayout.Bytes), _words = new(ActivationLayout.Words);

    /// <summary>The rows, one after the other.</summary>
    public float* Rows { get; private set; }

    /// <summary>Length of a row.</summary>
    public int Inner { get; private set; }

    /// <summary>How many rows.</summary>
    public int Tokens { get; private set; }

    /// <summary>Takes other rows.</summary>
    public void Set(float* rows, int inner, int tokens)
    {
        Rows = rows;
        (Inner, Tokens) = (inner, tokens);
    }

    /// <summary>Makes room for the rows as blocks.</summary>
    public void Reserve(ActivationLayout layout) => Of(layout).Reserve(Tokens, Inner);

    /// <summary>Turns one row into blocks, in memory that has been reserved.</summary>
    public void Quantize(ActivationLayout layout, int token) =>
        Of(layout).Quantize(Rows + (long)token * Inner, Inner, token, Tokens);

    /// <summary>The rows as blocks.</summary>
    public byte* Blocks(ActivationLayout layout) => Of(layout).Pointer;

    private ActivationBlocks Of(ActivationLayout layout) => layout == ActivationLayout.Bytes ? _bytes : _words;
}
