using Syrinx.Planning.Hardware;
using Syrinx.Planning.Parallelism;
using Syrinx.Planning.Shapes;

namespace Syrinx.Planning.Costs;

/// <summary>Seconds of a training step: matrices, what lies between them, and the four ways of waiting for others.</summary>
internal static class StepTimeModel
{
    /// <summary>One step of a layout.</summary>
    internal static StepTime Of(
        ModelShape shape, int sequence, int batch, Layout layout, Techniques techniques, Accelerator accelerator, CostConstants constants) =>
        Of(shape, sequence, batch, layout, accelerator, constants,
            LayerTime.OfLayer(shape, sequence, layout, techniques, accelerator, constants),
            LayerTime.OfHead(shape, sequence, layout, accelerator, constants));

    /// <summary>The same, where the times of a layer and of the head are known already.</summary>
    internal static StepTime Of(
        ModelShape shape, int sequence, int batch, Layout layout, Accelerator accelerator, CostConstants constants, LayerTime layer, LayerTime head)
    {
        int p = layout.Pipeline, stageLayers = MemoryModel.StageLayers(shape, layout), m = layout.MicroBatches(batch);
        double mean = (shape.Layers * layer.Total + head.Total) / p;
        double slowest = Slowest(shape, p, stageLayers, layer.Total, head.Total);
        // a ring of p stages fills and drains once a step; with v chunks a stage, in v-th parts (Narayanan et al. 2021)
        double pipeline = m * (slowest - mean) + (p - 1.0) / layout.Interleave * slowest
            + m * Transfer(shape, sequence, layout, accelerator, constants, slowest);
        double scale = (double)m / p;
        double weights = MemoryModel.StageWeights(shape, layout);
        double optimizer = 30 * weights / (layout.Sharding == Sharding.None ? 1 : layout.Data) / accelerator.MemoryBandwidth;
        return new(
            scale * (shape.Layers * layer.Compute + head.Compute),
            scale * shape.Layers * layer.Again,
            scale * (shape.Layers * layer.MemoryBound + head.MemoryBound) + optimizer,
            scale * shape.Layers * layer.Communication,
            pipeline,
            ExposedData(layout, m, weights, stageLayers, slowest, accelerator, constants));
    }

    /// <summary>The longest stage: the last one has the head, and gives layers away where the division leaves some over.</summary>
    private static double Slowest(ModelShape shape, int p, int stageLayers, double layer, double head)
    {
        int left = p * stageLayers - shape.Layers;
        double last = (stageLayers - Math.Min(left, Math.Ceiling(head / layer))) * layer + head;
        return Math.Max(p > 1 ? stageLayers * layer : 0, last);
    }

    /// <summary>Sending activations to the next stage and gradients back, of one micro-batch; with chunks, behind computation.</summary>
    private static double Transfer(
        ModelShape shape, int sequence, Layout layout, Accelerator accelerator, CostConstants constants, double stage)
    {
        if (layout.Pipeline == 1)
            return 0;
        double tokens = (double)layout.MicroBatch * sequence / layout.Context;
        double bandwidth = Links.Bandwidth(2, layout.Tensor * layout.Context * layout.Data, accelerator, constants);
        double seconds = 2 * layout.Interleave * tokens * shape.Width * 2 / layout.Tensor / bandwidth;
        return layout.Interleave == 1 ? seconds : Overlapped(seconds, Math.Max(0, seconds - stage), constants);
    }

    /// <summary>Gradients out, weights in: what the computation is too short to hide, and never less than the last layer's share.</summary>
    private static double ExposedData(
        Layout layout, int microBatches, double weights, int stageLayers, double stage, Accelerator accelerator, CostConstants constants)
    {
        int ranks = layout.Data * layout.Context;
        if (ranks == 1)
            return 0;
        double bandwidth = Links.Bandwidth(ranks, layout.Tensor, accelerator, constants), ring = (ranks - 1.0) / ranks;
        if (layout.Sharding == Sharding.Everything)
        {
            // for each micro-batch: weights for forward, weights for backward, 32-bit gradients
            double each = 8 * weights * ring / bandwidth;
            return microBatches * Overlapped(each, Math.Max(each / stageLayers, each - stage), constants);
        }
        // 32-bit gradients and 16-bit weights; without sharding, an all-reduce of 16-bit gradients
        double seconds = (layout.Sharding == Sharding.Optimizer ? 6 : 4) * weights * ring / bandwidth;
        // the last micro-batch hides it; with chunks, the last round of p of them, save for the last chunk
        double v = layout.Interleave, window = stage * Math.Max(1, layout.Pipeline * (v - 1) / v);
        return Overlapped(seconds, Math.Max(seconds / stageLayers, seconds - window), constants);
    }

    private static double Overlapped(double seconds, double exposed, CostConstants constants) =>
        exposed + constants.HiddenCost * (seconds - exposed);
}
