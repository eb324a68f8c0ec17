namespace Syrinx.Planning.Shapes;

/// <summary>
/// A shape for a count of parameters, as published models have it: width 128 a layer (GPT-3 13B, 175B, Llama 65B, 405B:
/// 102 to 130), heads of 128 with eight of keys and values, SwiGLU. Within 1% of a Llama 3 the shape is that model's.
/// </summary>
public static class ShapeRule
{
    private const double WidthPerLayer = 128;

    /// <summary>Weights of a layer as a multiple of width²: attention 2¼, SwiGLU of 3½ widths 10½.</summary>
    private const double LayerFactor = 12.75;

    private static readonly ModelShape[] Published =
    [
        Llama("Llama 3.2 1B", 16, 2048, 32, 64, 8192, tied: true),
        Llama("Llama 3.2 3B", 28, 3072, 24, 128, 8192, tied: true),
        Llama("Llama 3.1 8B", 32, 4096, 32, 128, 14336),
        Llama("Llama 3.1 70B", 80, 8192, 64, 128, 28672),
        Llama("Llama 3.1 405B", 126, 16384, 128, 128, 53248),
    ];

    /// <summary>The shape for <paramref name="parameters"/>, within 2% of it from a million to 10¹⁴.</summary>
    public static ModelShape For(double parameters)
    {
        if (Published.FirstOrDefault(s => Math.Abs(s.Parameters / parameters - 1) < 0.01) is { } known)
            return known;
        bool tied = parameters < 3e9;
        int width = Round(Math.Cbrt(WidthPerLayer * parameters / LayerFactor), WidthStep);
        int vocabulary = 256;
        while (vocabulary < 131_072 && 2.0 * vocabulary * width * (tied ? 1 : 2) <= parameters / 4)
            vocabulary *= 2;
        double inLayers = parameters - (tied ? 1.0 : 2.0) * vocabulary * width;
        int layers = Round(inLayers / (LayerFactor * width * width), LayerStep);
        int headWidth = width >= 1024 ? 128 : 64, heads = width / headWidth;
        var shape = new ModelShape
        {
            Layers = layers,
            Width = width,
            Heads = heads,
            KeyValueHeads = heads % 8 == 0 ? 8 : heads,
            HeadWidth = headWidth,
            FeedForward = 0,
            Gated = true,
            Vocabulary = vocabulary,
            Tied = tied,
            Source = "rule",
        };
        // what rounding took or gave goes into the feed-forward network
        double left = inLayers / layers - shape.LayerWeights;
        return shape with { FeedForward = Math.Max(64, Round(left / (3.0 * width), n => n >= 4096 ? 128 : 8)) };
    }

    /// <summary>Heads that eight accelerators can share from 4,096 on; below, what is left of a head.</summary>
    private static int WidthStep(double width) => width switch { >= 4096 => 1024, >= 1024 => 256, _ => 64 };

    /// <summary>Layers that pipelines can share.</summary>
    private static int LayerStep(double layers) => layers switch { >= 64 => 16, >= 24 => 8, >= 12 => 4, _ => 1 };

    private static int Round(double value, Func<double, int> step)
    {
        int to = step(value);
        return Math.Max(to, (int)Math.Round(value / to) * to);
    }

    private static ModelShape Llama(string name, int layers, int width, int heads, int headWidth, int feedForward, bool tied = false) => new()
    {
        Layers = layers,
        Width = width,
        Heads = heads,
        KeyValueHeads = 8,
        HeadWidth = headWidth,
        FeedForward = feedForward,
        Gated = true,
        Vocabulary = 128_256,
        Tied = tied,
        Source = name,
    };
}
