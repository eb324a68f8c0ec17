using Syrinx.Inference.Kernels;
using Syrinx.Models;

namespace Syrinx.Inference;

/// <summary>
/// Runs tokens of one sequence through the decoder and fills its key-value cache: working memory and cache of one
/// generation. For one thread at a time, which the model's team helps. Shapes: B tokens at once, D width, H query heads,
/// K key-value heads, W width of a head, F width of the SwiGLU.
/// </summary>
internal sealed unsafe class ForwardPass
{
    /// <summary>Tokens at once: enough for the weights to be used well, little enough to stay in the caches.</summary>
    public const int LongestBatch = 240;

    /// <summary>Multiplications that are worth handing to another thread.</summary>
    private const long WorthSharing = 1 << 16;

    private readonly ModelConfig _config;
    private readonly ModelWeights _weights;
    private readonly ThreadTeam _team;
    private readonly Quantization _quantization;
    private readonly RotaryEmbedding _rotary;
    private int _capacity;
    private PinnedBuffer<float> _x = new(0); // (B, D) residual stream
    private PinnedBuffer<float> _normed = new(0); // (B, D)
    private PinnedBuffer<float> _q = new(0); // (B, H·W)
    private PinnedBuffer<float> _k = new(0); // (B, K·W)
    private PinnedBuffer<float> _v = new(0); // (B, K·W)
    private PinnedBuffer<float> _mixed = new(0); // (B, H·W) what attention gives
    private PinnedBuffer<float> _gate = new(0); // (B, F)
    private PinnedBuffer<float> _up = new(0); // (B, F)
    private PinnedBuffer<float> _rounded = new(0); // (B, the widest input) input of quantized weights
    private PinnedBuffer<short> _integers = new(0); // the same for one or two tokens
    private PinnedBuffer<float> _scales = new(0);

    public ForwardPass(ModelConfig config, ModelWeights weights, ThreadTeam team, Quantization quantization)
    {
        (_config, _weights, _team, _quantization) = (config, weights, team, quantization);
        _rotary = new(config.RotaryFrequencies());
        Cache = new(config.NumHiddenLayers, config.NumKeyValueHeads, config.HeadSize);
    }

    public KvCache Cache { get; }

    /// <summary>
    /// Reads tokens, at most <see cref="LongestBatch"/>, after those already in the cache. Returns their final hidden states
    /// after the last norm, (B, D), valid until the next call.
    /// </summary>
    public float* Run(ReadOnlySpan<int> tokens)
    {
        int batch = tokens.Length, d = _config.HiddenSize, start = Cache.Length;
        Reserve(batch);
        Cache.Reserve(start + batch, _config.ContextLength);
        _rotary.Prepare(start, batch);
        for (int t = 0; t < batch; t++)
            _weights.Embedding.Read(tokens[t], new Span<float>(_x.Pointer + (long)t * d, d));
        for (int layer = 0; layer < _weights.Layers.Count; layer++)
        {
            Attend(_weights.Layers[layer], layer, start, batch);
            FeedForward(_weights.Layers[layer], batch);
        }
        Norm(_weights.Norm, batch);
        Cache.Length = start + batch;
        return _normed.Pointer;
    }

    /// <summary>Logits (rows, V) of hidden states that <see cref="Run"/> returned.</summary>
    public void Logits(float* hidden, int rows, Span<float> logits)
    {
        fixed (float* y = logits)
            Multiply(Input(hidden, _config.HiddenSize, rows), rows, new Product(_weights.Head, y, null, false));
    }

    private void Attend(LayerWeights layer, int index, int start, int batch)
    {
        int heads = _config.NumAttentionHeads, kvHeads = _config.NumKeyValueHeads, w = _config.HeadSize, group = heads / kvHeads;
        Norm(layer.InputNorm, batch);
        Multiply(Input(_normed.Pointer, _config.HiddenSize, batch), batch,
            new Product(layer.Q, _q.Pointer, layer.QBias, false),
            new Product(layer.K, _k.Pointer, layer.KBias, false),
            new Product(layer.V, _v.Pointer, layer.VBias, false));

        float epsilon = (float)_config.RmsNormEps;
        Each(batch, (long)batch * (heads + kvHeads) * w * 4, t =>
        {
            for (int h = 0; h < heads; h++)
            {
                float* q = _q.Pointer + ((long)t * heads + h) * w;
                if (layer.QNorm is not null)
                    Elementwise.RmsNorm(q, layer.QNorm.Pointer, q, w, epsilon);
                _rotary.Rotate(q, t);
            }
            for (int h = 0; h < kvHeads; h++)
            {
                float* k = _k.Pointer + ((long)t * kvHeads + h) * w;
                if (layer.KNorm is not null)
                    Elementwise.RmsNorm(k, layer.KNorm.Pointer, k, w, epsilon);
                _rotary.Rotate(k, t);
                Cache.Store(index, h, start + t, k, _v.Pointer + ((long)t * kvHeads + h) * w);
            }
        });
        // a head's queries come one after the other, so that its keys and values stay in the cache of a core
        const int Queries = 16;
        int parts = (batch + Queries - 1) / Queries;
        Each(heads * parts, (long)batch * heads * w * 2 * (start + batch), item =>
        {
            int h = item / parts, first = item % parts * Queries;
            for (int t = first; t < Math.Min(first + Queries, batch); t++)
            {
                long at = ((long)t * heads + h) * w;
                Attention.Attend(_q.Pointer + at, Cache.Keys(index, h / group), Cache.Values(index, h / group), start + t + 1, w,
                    _mixed.Pointer + at);
            }
        });
        Multiply(Input(_mixed.Pointer, heads * w, batch), batch, new Product(layer.O, _x.Pointer, layer.OBias, true));
    }

    private void FeedForward(LayerWeights layer, int batch)
    {
        int f = _config.IntermediateSize;
        Norm(layer.PostNorm, batch);
        var x = Input(_normed.Pointer, _config.HiddenSize, batch);
        int share = Share(batch, 2L * _config.HiddenSize);
        Each((f + share - 1) / share, 2L * batch * f * _config.HiddenSize, item =>
        {
            int from = item * share, to = Math.Min(from + share, f);
            layer.Gate.Multiply(x, _gate.Pointer, f, batch, from, to, false);
            layer.Up.Multiply(x, _up.Pointer, f, batch, from, to, false);
            for (int t = 0; t < batch; t++)
                Elementwise.SwiGlu(_gate.Pointer + (long)t * f + from, _up.Pointer + (long)t * f + from, to - from);
        });
        Multiply(Input(_gate.Pointer, f, batch), batch, new Product(layer.Down, _x.Pointer, null, true));
    }

    /// <summary>Rows as the input of matrix products: quantized when the weights are.</summary>
    private Activations Input(float* rows, int inner, int batch)
    {
        if (_quantization == Quantization.F32 || inner % Q8.Block != 0)
            return new(rows, inner);
        long numbers = (long)batch * inner;
        if (batch <= 2)
        {
            if (_integers.Length < numbers)
                (_integers, _scales) = (new(numbers), new(numbers / Q8.Block));
            Q8.Quantize(rows, (int)numbers, _integers.Pointer, _scales.Pointer);
            return new(rows, inner, _integers.Pointer, _scales.Pointer);
        }
        if (_rounded.Length < numbers)
            _rounded = new(numbers);
        Each(batch, numbers * 4, t => Q8.Round(rows + (long)t * inner, inner, _rounded.Pointer + (long)t * inner));
        return new(_rounded.Pointer, inner);
    }

    private void Norm(PinnedBuffer<float> weight, int batch)
    {
        int d = _config.HiddenSize;
        for (int t = 0; t < batch; t++)
            Elementwise.RmsNorm(_x.Pointer + (long)t * d, weight.Pointer, _normed.Pointer + (long)t * d, d,
                (float)_config.RmsNormEps);
    }

    private readonly struct Product(Matrix matrix, float* y, PinnedBuffer<float>? bias, bool add)
    {
        public int Rows => matrix.Rows;

        public void Compute(Activations x, int batch, int from, int to)
        {
            matrix.Multiply(x, y, matrix.Rows, batch, from, to, add);
            for (int t = 0; bias is not null && t < batch; t++)
                Elementwise.Add(y + (long)t * matrix.Rows + from, bias.Pointer + from, to - from);
        }
    }

    private void Multiply(Activations x, int batch, params Product[] products)
    {
        int share = Share(batch, x.Inner), items = 0;
        long rows = 0;
        foreach (var product in products)
        {
            items += (product.Rows + share - 1) / share;
            rows += product.Rows;
        }
        Each(items, rows * x.Inner * batch, item =>
        {
            foreach (var product in products)
            {
                int parts = (product.Rows + share - 1) / share;
                if (item < parts)
                {
                    product.Compute(x, batch, item * share, Math.Min((item + 1) * share, product.Rows));
                    return;
                }
                item -= parts;
            }
        });
    }

    /// <summary>
    /// Rows of a matrix that make one piece of work: a multiple of 16, so that no register straddles two pieces.
    /// </summary>
    private static int Share(int batch, long inner) =>
        Math.Clamp((int)(WorthSharing / (batch * inner)), batch > 1 ? 64 : 16, 4096) / 16 * 16;

    private void Each(int items, long work, Action<int> body)
    {
        if (work >= WorthSharing)
        {
            _team.Run(items, body);
            return;
        }
        for (int i = 0; i < items; i++)
            body(i);
    }

    private void Reserve(int batch)
    {
        if (batch <= _capacity)
            return;
        _capacity = batch;
        long q = (long)batch * _config.NumAttentionHeads * _config.HeadSize,
            kv = (long)batch * _config.NumKeyValueHeads * _config.HeadSize;
        (_x, _normed) = (new((long)batch * _config.HiddenSize), new((long)batch * _config.HiddenSize));
        (_q, _mixed, _k, _v) = (new(q), new(q), new(kv), new(kv));
        (_gate, _up) = (new((long)batch * _config.IntermediateSize), new((long)batch * _config.IntermediateSize));
    }
}
