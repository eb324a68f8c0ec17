using Syrinx.Planning.Hardware;
using Syrinx.Planning.Parallelism;
using Syrinx.Planning.Shapes;

namespace Syrinx.Planning.Costs;

/// <summary>Seconds that one micro-batch spends in one layer on an accelerator of its tensor group, forward and backward.</summary>
/// <param name="Compute">Matrices and the attention core.</param>
/// <param name="Again">What is computed again, its traffic and its collectives.</param>
/// <param name="MemoryBound">Traffic of what is not a matrix, and launches.</param>
/// <param name="Communication">Collectives of the tensor and context groups.</param>
internal readonly record struct LayerTime(double Compute, double Again, double MemoryBound, double Communication)
{
    internal double Total => Compute + Again + MemoryBound + Communication;

    /// <summary>A layer.</summary>
    internal static LayerTime OfLayer(
        ModelShape shape, int sequence, Layout layout, Techniques techniques, Accelerator accelerator, CostConstants constants)
    {
        double tokens = (double)layout.MicroBatch * sequence / layout.Context, t = layout.Tensor, width = shape.Width;
        var roof = new Roofline(accelerator, constants);
        double inner = shape.FeedForward / t, queries = shape.QueryWidth / t, keys = shape.KeyValueWidth / t;
        double matrices = roof.Matmul(tokens, width, queries + 2 * keys) + roof.Matmul(tokens, queries, width)
            + roof.Matmul(tokens, width, shape.Gated ? 2 * inner : inner) + roof.Matmul(tokens, inner, width);
        // scores and weighted sum; a flash kernel skips the half above the diagonal
        double attention = 4 * tokens * sequence * queries * (techniques.FlashAttention ? 0.5 : 1) / (roof.Flops * constants.AttentionShare);
        double scores = techniques.FlashAttention ? 0 : roof.Traffic(12 * tokens * sequence * shape.Heads / t);
        // read and written in 16 bits: two norms and two residual sums; rotations; the activation function
        double everywhere = 20 * tokens * width / (techniques.SequenceParallel ? t : 1);
        double others = roof.Traffic(everywhere + tokens * (4 * (queries + keys) + (shape.Gated ? 6 : 4) * inner)) + scores;
        const int Kernels = 12;
        double launches = Kernels * constants.KernelSeconds;
        double communication = Collectives(shape, tokens, layout, accelerator, constants);
        double again = layout.Recomputation switch
        {
            Recomputation.Full => matrices + attention + others + launches + communication,
            Recomputation.Selective => others + (techniques.FlashAttention ? 0 : attention),
            _ => 0,
        };
        // backward: twice the matrices; a flash kernel does five products where forward did two
        return new(3 * matrices + (techniques.FlashAttention ? 3.5 : 3) * attention, again, 3 * (others + launches), 2 * communication);
    }

    /// <summary>The output matrix and the loss, which come after the last layer.</summary>
    internal static LayerTime OfHead(ModelShape shape, int sequence, Layout layout, Accelerator accelerator, CostConstants constants)
    {
        double tokens = (double)layout.MicroBatch * sequence / layout.Context, columns = (double)shape.Vocabulary / layout.Tensor;
        var roof = new Roofline(accelerator, constants);
        // logits and their softmax in 32 bits, forward and backward
        return new(3 * roof.Matmul(tokens, shape.Width, columns), 0, roof.Traffic(20 * tokens * columns), 0);
    }

    /// <summary>Collectives of a forward pass; the backward pass has as many.</summary>
    private static double Collectives(ModelShape shape, double tokens, Layout layout, Accelerator accelerator, CostConstants constants)
    {
        double t = layout.Tensor, c = layout.Context, seconds = 0;
        if (layout.Tensor > 1) // two all-reduces, or as many bytes in gathers and scatters
            seconds += 4 * tokens * shape.Width * 2 * (t - 1) / t / Links.Bandwidth(layout.Tensor, 1, accelerator, constants);
        if (layout.Context > 1) // keys and values of the other parts of the sequence
            seconds += 4 * shape.KeyValueWidth / t * tokens * (c - 1) / Links.Bandwidth(layout.Context, layout.Tensor, accelerator, constants);
        return seconds;
    }
}

/// <summary>How fast an accelerator multiplies and moves bytes.</summary>
internal readonly struct Roofline(Accelerator accelerator, CostConstants constants)
{
    /// <summary>FLOP/s that a large matrix multiplication reaches in a run.</summary>
    internal double Flops { get; } =
        (accelerator.MatmulTflops ?? constants.MatmulShare * accelerator.PeakTflops) * 1e12 * constants.MatmulEfficiency;

    /// <summary>Seconds of a product of (rows × inner) and (inner × columns) 16-bit matrices: computing or moving, whichever is longer.</summary>
    internal double Matmul(double rows, double inner, double columns) => Math.Max(
        2 * rows * inner * columns / Flops,
        2 * (rows * inner + inner * columns + rows * columns) / accelerator.MemoryBandwidth);

    /// <summary>Seconds that bytes take to and from memory.</summary>
    internal double Traffic(double bytes) => bytes / accelerator.MemoryBandwidth;
}
