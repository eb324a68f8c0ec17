using Syrinx.Inference.Kernels;
using Syrinx.Models;

namespace Syrinx.Inference;

/// <summary>The next tokens of one sequence, as a part of a batch.</summary>
/// <param name="Cache">The sequence's keys and values, which the tokens come after.</param>
/// <param name="Tokens">How many.</param>
internal readonly record struct Segment(KvCache Cache, int Tokens);

/// <summary>
/// Runs tokens of one or many sequences through the decoder at once, so that weights are read once for all, and fills
/// their key-value caches. Holds the working memory. For one thread at a time, which the model's team helps. A token's result does
/// not depend on what else is in the batch. Shapes: B tokens at once, D width, H query heads, K key-value heads, W width
/// of a head, F width of the SwiGLU.
/// </summary>
internal sealed unsafe class ForwardPass
{
    /// <summary>Tokens at once: enough for the weights to be used well, little enough to stay in the caches.</summary>
    public const int LongestBatch = 256;

    /// <summary>Tokens of a sequence whose attention is one piece of work, so that a page is widened once for all.</summary>
    private const int AttentionTokens = 32;

    private readonly ModelConfig _config;
    private readonly ModelWeights _weights;
    private readonly WorkSharing _share;
    private readonly RotaryEmbedding _rotary;
    private readonly Activations _input = new();
    private readonly List<Piece> _pieces = []; // of attention
    private int[] _positions = []; // (B)
    private KvCache[] _caches = []; // (B)
    private int _capacity;
    private PinnedBuffer<float> _x = new(0); // (B, D) residual stream
    private PinnedBuffer<float> _normed = new(0); // (B, D)
    private PinnedBuffer<float> _q = new(0); // (B, H·W)
    private PinnedBuffer<float> _k = new(0); // (B, K·W)
    private PinnedBuffer<float> _v = new(0); // (B, K·W)
    private PinnedBuffer<float> _mixed = new(0); // (B, H·W) what attention gives, padded while it does
    private PinnedBuffer<float> _gate = new(0); // (B, F)
    private PinnedBuffer<float> _up = new(0); // (B, F)

    public ForwardPass(ModelConfig config, ModelWeights weights, ThreadTeam team)
    {
        (_config, _weights, _share) = (config, weights, new(team));
        _rotary = new(config.RotaryFrequencies());
    }

    /// <summary>
    /// Reads tokens, at most <see cref="LongestBatch"/>, the segments' one after the other. Returns their final hidden states
    /// after the last norm, (B, D), valid until the next call.
    /// </summary>
    public float* Run(ReadOnlySpan<int> tokens, params ReadOnlySpan<Segment> segments)
    {
        int batch = tokens.Length, d = _config.HiddenSize;
        Reserve(batch);
        Place(segments);
        for (int t = 0; t < batch; t++)
            _weights.Embedding.Read(tokens[t], new Span<float>(_x.Pointer + (long)t * d, d));
        for (int layer = 0; layer < _weights.Layers.Count; layer++)
        {
            Attend(_weights.Layers[layer], layer, batch);
            FeedForward(_weights.Layers[layer], batch);
        }
        _share.Each(batch, 4L * d, t => Norm(_weights.Norm, t));
        foreach (var segment in segments)
            segment.Cache.Length += segment.Tokens;
        return _normed.Pointer;
    }

    /// <summary>Logits (rows, V) of hidden states that <see cref="Run"/> returned.</summary>
    public void Logits(float* hidden, int rows, Span<float> logits)
    {
        fixed (float* y = logits)
        {
            Prepare(hidden, rows, null, _weights.Head);
            Multiply(new Product(_weights.Head, y));
        }
    }

    /// <summary>Says which position of which sequence each token is, and makes room for it.</summary>
    private void Place(ReadOnlySpan<Segment> segments)
    {
        int row = 0, end = 0;
        _pieces.Clear();
        foreach (var (cache, tokens) in segments)
        {
            cache.Reserve(cache.Length + tokens);
            end = Math.Max(end, cache.Length + tokens);
            for (int t = 0; t < tokens; t += AttentionTokens)
            {
                for (int head = 0; head < _config.NumKeyValueHeads; head++)
                    _pieces.Add(new(row + t, Math.Min(AttentionTokens, tokens - t), head));
            }
            for (int t = 0; t < tokens; t++, row++)
                (_caches[row], _positions[row]) = (cache, cache.Length + t);
        }
        _rotary.Prepare(end);
    }

    private void Attend(LayerWeights layer, int index, int batch)
    {
        Prepare(_normed.Pointer, batch, t => Norm(layer.InputNorm, t), layer.Q, layer.K, layer.V);
        Multiply(new Product(layer.Q, _q.Pointer, layer.QBias), new Product(layer.K, _k.Pointer, layer.KBias),
            new Product(layer.V, _v.Pointer, layer.VBias));
        _share.Each(batch, 8L * (_config.NumAttentionHeads + 2 * _config.NumKeyValueHeads) * _config.HeadSize,
            t => Rotate(layer, index, t));
        long seen = _positions.AsSpan(0, batch).ToArray().Sum(p => p + 1L);
        _share.Each(_pieces.Count, 2 * seen * _config.NumAttentionHeads * _config.HeadSize / _pieces.Count,
            i => AttendTo(_pieces[i], index));
        Compact(batch);
        Prepare(_mixed.Pointer, batch, null, layer.O);
        Multiply(new Product(layer.O, _x.Pointer, layer.OBias, Add: true));
    }

    /// <summary>Norms and rotates a token's queries and keys, and stores its keys and values.</summary>
    private void Rotate(LayerWeights layer, int index, int t)
    {
        int heads = _config.NumAttentionHeads, kvHeads = _config.NumKeyValueHeads, w = _config.HeadSize;
        float epsilon = (float)_config.RmsNormEps, scale = 1 / MathF.Sqrt(w);
        for (int h = 0; h < heads; h++)
        {
            float* q = _q.Pointer + ((long)t * heads + h) * w;
            if (layer.QNorm is not null)
                Elementwise.RmsNorm(q, layer.QNorm.Pointer, q, w, epsilon);
            _rotary.Rotate(q, _positions[t]);
            Elementwise.Scale(q, scale, w);
        }
        for (int h = 0; h < kvHeads; h++)
        {
            float* k = _k.Pointer + ((long)t * kvHeads + h) * w;
            if (layer.KNorm is not null)
                Elementwise.RmsNorm(k, layer.KNorm.Pointer, k, w, epsilon);
            _rotary.Rotate(k, _positions[t]);
            _caches[t].Store(index, h, _positions[t], k, _v.Pointer + ((long)t * kvHeads + h) * w);
        }
    }

    /// <summary>All queries of some tokens that share a key-value head.</summary>
    private void AttendTo(Piece piece, int layer)
    {
        int heads = _config.NumAttentionHeads, group = heads / _config.NumKeyValueHeads, w = _config.HeadSize;
        int count = piece.Tokens * group, padded = Attention.Padded(w);
        float** queries = stackalloc float*[count], outputs = stackalloc float*[count];
        int* positions = stackalloc int[count];
        for (int i = 0; i < count; i++)
        {
            long t = piece.Row + i / group, head = t * heads + piece.Head * group + i % group;
            queries[i] = _q.Pointer + head * w;
            outputs[i] = _mixed.Pointer + head * padded;
            positions[i] = _positions[t];
        }
        Attention.OfThread.Attend(queries, positions, outputs, count, _caches[piece.Row], layer, piece.Head);
    }

    /// <summary>Takes the padding out of what attention gave.</summary>
    private void Compact(int batch)
    {
        int w = _config.HeadSize, padded = Attention.Padded(w);
        for (long head = 1; padded != w && head < (long)batch * _config.NumAttentionHeads; head++)
            new ReadOnlySpan<float>(_mixed.Pointer + head * padded, w).CopyTo(new Span<float>(_mixed.Pointer + head * w, w));
    }

    private void FeedForward(LayerWeights layer, int batch)
    {
        int f = _config.IntermediateSize;
        Prepare(_normed.Pointer, batch, t => Norm(layer.PostNorm, t), layer.Gate, layer.Up);
        Multiply(new Product(layer.Gate, _gate.Pointer), new Product(layer.Up, _up.Pointer));
        Prepare(_gate.Pointer, batch,
            t => Elementwise.SwiGlu(_gate.Pointer + (long)t * f, _up.Pointer + (long)t * f, f), layer.Down);
        Multiply(new Product(layer.Down, _x.Pointer, Add: true));
    }

    /// <summary>Makes rows the input of matrices, in the layouts that these want.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="batch">How many.</param>
    /// <param name="compute">Computes a row, where that is still to be done.</param>
    /// <param name="matrices">The matrices.</param>
    private void Prepare(float* rows, int batch, Action<int>? compute, params ReadOnlySpan<Matrix> matrices)
    {
        _input.Set(rows, matrices[0].Inner, batch);
        bool bytes = false, words = false;
        foreach (var matrix in matrices)
        {
            bytes |= matrix.Layout == ActivationLayout.Bytes;
            words |= matrix.Layout == ActivationLayout.Words;
        }
        if (bytes)
            _input.Reserve(ActivationLayout.Bytes);
        if (words)
            _input.Reserve(ActivationLayout.Words);
        if (compute is null && !bytes && !words)
            return;
        _share.Each(batch, 8L * _input.Inner, t =>
        {
            compute?.Invoke(t);
            if (bytes)
                _input.Quantize(ActivationLayout.Bytes, t);
            if (words)
                _input.Quantize(ActivationLayout.Words, t);
        });
    }

    private void Norm(PinnedBuffer<float> weight, int t)
    {
        int d = _config.HiddenSize;
        Elementwise.RmsNorm(_x.Pointer + (long)t * d, weight.Pointer, _normed.Pointer + (long)t * d, d, (float)_config.RmsNormEps);
    }

    private readonly record struct Product(Matrix Matrix, nint Y, PinnedBuffer<float>? Bias, bool Add)
    {
        public Product(Matrix matrix, float* y, PinnedBuffer<float>? bias = null, bool Add = false)
            : this(matrix, (nint)y, bias, Add) { }

        public void Compute(Activations x, int from, int to)
        {
            var y = (float*)Y;
            Matrix.Multiply(x, y, from, to, Add);
            for (int t = 0; Bias is not null && t < x.Tokens; t++)
                Elementwise.Add(y + (long)t * Matrix.Rows + from, Bias.Pointer + from, to - from);
        }
    }

    /// <summary>Products of the prepared input.</summary>
    private void Multiply(params Product[] products) =>
        _share.Rows(products.Sum(p => (p.Matrix.Rows + 15) / 16 * 16), _input.Tokens, _input.Inner, (from, to) =>
        {
            // rows of all matrices, one after the other, each beginning at a multiple of 16
            foreach (var product in products)
            {
                int rows = product.Matrix.Rows, first = Math.Max(from, 0), last = Math.Min(to, rows);
                if (first < last)
                    product.Compute(_input, first, last);
                int taken = (rows + 15) / 16 * 16;
                (from, to) = (from - taken, to - taken);
            }
        });

    private void Reserve(int batch)
    {
        if (batch <= _capacity)
            return;
        _capacity = batch;
        (_positions, _caches) = (new int[batch], new KvCache[batch]);
        long heads = (long)batch * _config.NumAttentionHeads, kv = (long)batch * _config.NumKeyValueHeads * _config.HeadSize;
        (_x, _normed) = (new((long)batch * _config.HiddenSize), new((long)batch * _config.HiddenSize));
        (_q, _mixed) = (new(heads * _config.HeadSize), new(heads * Attention.Padded(_config.HeadSize)));
        (_k, _v) = (new(kv), new(kv));
        (_gate, _up) = (new((long)batch * _config.IntermediateSize), new((long)batch * _config.IntermediateSize));
    }

    /// <summary>Tokens that attend to their sequence with one key-value head.</summary>
    private readonly record struct Piece(int Row, int Tokens, int Head);
}
