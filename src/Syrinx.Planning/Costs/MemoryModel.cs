using Syrinx.Planning.Hardware;
using Syrinx.Planning.Parallelism;
using Syrinx.Planning.Shapes;

namespace Syrinx.Planning.Costs;

/// <summary>
/// Bytes on the fullest accelerator. State: ZeRO (Rajbhandari et al. 2020) and Megatron's distributed optimizer; activations:
/// Korthikanti et al. 2022, written for any shape; pipelines: 1F1B and interleaved (Narayanan et al. 2021).
/// </summary>
internal static class MemoryModel
{
    /// <summary>Memory of a layout.</summary>
    internal static MemoryUse Of(
        ModelShape shape, int sequence, int batch, Layout layout, Techniques techniques, Accelerator accelerator, CostConstants constants)
    {
        double parameters = StageWeights(shape, layout), shared = (double)layout.Data * layout.Context;
        double layerWeights = shape.LayerWeights / layout.Tensor;
        var (weights, gradients, optimizer) = layout.Sharding switch
        {
            // two layers' weights are gathered at a time, and one layer's gradients are not yet reduced
            Sharding.Everything => (2 * parameters / shared + 4 * layerWeights, 2 * parameters / shared + 2 * layerWeights, 12 * parameters / shared),
            Sharding.Optimizer => (2 * parameters, 4 * parameters, 12 * parameters / shared),
            _ => (2 * parameters, 4 * parameters, 12 * parameters),
        };
        return new(weights, gradients, optimizer, Activations(shape, sequence, batch, layout, techniques),
            constants.ReserveShare * accelerator.MemoryBytes);
    }

    /// <summary>Layers of the longest stage.</summary>
    internal static int StageLayers(ModelShape shape, Layout layout) => (shape.Layers + layout.Pipeline - 1) / layout.Pipeline;

    /// <summary>Weights that an accelerator of the heaviest stage multiplies with; first and last stage hold the embeddings.</summary>
    internal static double StageWeights(ModelShape shape, Layout layout)
    {
        int layers = StageLayers(shape, layout);
        if (layout.Pipeline == 1)
            return shape.Parameters / layout.Tensor;
        // stages at the ends give a layer away where the division leaves one over
        int atEnds = layout.Pipeline * layers - shape.Layers >= 2 ? layers - 1 : layers;
        return Math.Max(layers * shape.LayerWeights, atEnds * shape.LayerWeights + shape.EmbeddingWeights) / layout.Tensor;
    }

    /// <summary>Bytes that a layer keeps of one token on each accelerator of its tensor group.</summary>
    internal static double LayerBytesPerToken(ModelShape shape, int sequence, int tensor, Recomputation recomputation, Techniques techniques)
    {
        double width = shape.Width, all = techniques.SequenceParallel ? tensor : 1;
        if (recomputation == Recomputation.Full)
            return 2 * width / all;
        bool none = recomputation == Recomputation.None;
        // inputs of both norms; dropout's masks, which models with gates do without; outputs of both norms
        double whole = 4 * width + (shape.Gated ? 0 : 2 * width) + (none ? 4 * width : 0);
        // queries, keys, values, the attention's output
        double shared = 4 * shape.QueryWidth + 4 * shape.KeyValueWidth;
        // inner feed-forward: its projections, and what the activation function makes of them
        shared += (shape.Gated ? 4 : 2) * (double)shape.FeedForward + (none ? 2.0 * shape.FeedForward : 0);
        // scores, their softmax and its dropout mask
        if (none && !techniques.FlashAttention)
            shared += 5.0 * shape.Heads * sequence;
        return whole / all + shared / tensor;
    }

    private static double Activations(ModelShape shape, int sequence, int batch, Layout layout, Techniques techniques)
    {
        double tokens = (double)layout.MicroBatch * sequence / layout.Context;
        int layers = StageLayers(shape, layout), microBatches = layout.MicroBatches(batch);
        double perLayer = tokens * LayerBytesPerToken(shape, sequence, layout.Tensor, layout.Recomputation, techniques);
        // while a layer is computed again, all of it is there
        double working = layout.Recomputation == Recomputation.None ? 0
            : tokens * LayerBytesPerToken(shape, sequence, layout.Tensor, Recomputation.None, techniques);
        // 16-bit logits and their 32-bit softmax
        double logits = tokens * shape.Vocabulary * 6 / layout.Tensor;
        double first = LayersInFlight(layers, layout.Pipeline, layout.Interleave, microBatches) * perLayer + working;
        return layout.Pipeline == 1 ? first + logits : Math.Max(first, layers * perLayer + working + logits);
    }

    /// <summary>Layers times micro-batches whose activations the first stage holds at once.</summary>
    internal static double LayersInFlight(int layers, int pipeline, int interleave, int microBatches)
    {
        if (interleave == 1)
            return (double)layers * Math.Min(pipeline, microBatches);
        double chunks = Math.Min(2 * (pipeline - 1) + (interleave - 1) * pipeline + 1, (double)microBatches * interleave);
        return chunks * layers / interleave;
    }
}
