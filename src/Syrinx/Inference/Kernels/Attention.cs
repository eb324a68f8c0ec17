using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Syrinx.Inference.Kernels;

/// <summary>
/// Causal attention of some queries over the keys and values of one head: softmax(q · Kᵀ / √d) · V, page after page with a
/// running maximum and sum (Milakov and Gimelshein 2018, <see href="https://arxiv.org/abs/1805.02867"/>). A page is read
/// once for all queries. Each query is summed up in the same order however many come at once.
/// </summary>
internal sealed unsafe class Attention
{
    /// <summary>Positions whose keys lie side by side.</summary>
    public const int Width = 16;

    /// <summary>Pages that are asked for ahead: what memory takes to answer.</summary>
    private const int Ahead = 2;

    /// <summary>Queries at once.</summary>
    private const int Tile = 4;

    private const int Page = KvPagePool.PageTokens;

    [ThreadStatic]
    private static Attention? _ofThread;

    private PinnedBuffer<float> _page = new(0); // keys and values of a page, widened
    private PinnedBuffer<float> _state = new(0); // of each query the maximum and the sum so far
    private readonly PinnedBuffer<float> _weights = new(Tile * Page);

    /// <summary>Each thread's own.</summary>
    public static Attention OfThread => _ofThread ??= new();

    /// <summary>A head's width as values and outputs have it.</summary>
    public static int Padded(int headSize) => (headSize + 2 * Width - 1) / (2 * Width) * (2 * Width);

    /// <param name="queries">The queries, rotated and divided by √d; they are only read.</param>
    /// <param name="positions">Each query's position: it sees those up to its own.</param>
    /// <param name="outputs">Where each query's result goes, <see cref="Padded"/> numbers.</param>
    /// <param name="count">How many queries.</param>
    /// <param name="cache">The sequence's keys and values, theirs included.</param>
    /// <param name="layer">The layer.</param>
    /// <param name="head">The key-value head.</param>
    public void Attend(float** queries, int* positions, float** outputs, int count, KvCache cache, int layer, int head)
    {
        var pool = cache.Pool;
        int w = pool.HeadSize, stride = pool.ValueStride, length = 0;
        if (_state.Length < 2 * count)
            _state = new(2 * count);
        for (int i = 0; i < count; i++)
        {
            length = Math.Max(length, positions[i] + 1);
            _state.Pointer[2 * i] = float.NegativeInfinity;
            _state.Pointer[2 * i + 1] = 0;
            new Span<float>(outputs[i], stride).Clear();
        }
        float* factors = stackalloc float[Tile], spare = stackalloc float[stride]; // where a tile's results go that nobody wants
        new Span<float>(factors, Tile).Clear();
        new Span<float>(spare, stride).Clear();
        for (int first = 0; first < length; first += Page)
        {
            float* keys = Floats(pool, Head(first), Head(Math.Min(first + Ahead * Page, length - 1)));
            float* values = keys + Page * w;
            for (int i = 0; i < count; i += Tile)
            {
                // the last tile repeats its last query, without a second effect
                int n = Math.Min(Tile, count - i), a = i, b = i + Math.Min(1, n - 1), c = i + Math.Min(2, n - 1), d = i + n - 1;
                if (n == 1)
                    Score(queries[a], keys, w);
                else
                    Score(queries[a], queries[b], queries[c], queries[d], keys, w);
                for (int k = 0; k < n; k++)
                    factors[k] = Weigh(_weights.Pointer + k * Page, positions[i + k] - first, _state.Pointer + 2 * (i + k));
                if (n == 1)
                    Mix(outputs[a], factors[0], values, stride);
                else
                    Mix(outputs[a], outputs[b], n > 2 ? outputs[c] : spare, n > 3 ? outputs[d] : spare, factors, values, stride);
            }
        }
        for (int i = 0; i < count; i++)
            Elementwise.Scale(outputs[i], 1 / _state.Pointer[2 * i + 1], stride);

        byte* Head(int position) => pool.Head(cache.Pages[position / Page], layer, head);
    }

    private float* Floats(KvPagePool pool, byte* page, byte* next)
    {
        if (pool.Type == CacheType.F32)
            return (float*)page;
        int numbers = Page * (pool.HeadSize + pool.ValueStride);
        if (_page.Length < numbers)
            _page = new(numbers);
        Halves.Widen((Half*)page, _page.Pointer, numbers, (Half*)next);
        return _page.Pointer;
    }

    /// <summary>Scores of a page's positions for four queries.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Score(float* a, float* b, float* c, float* d, float* keys, int w)
    {
        Vector512<float> a0 = default, a1 = a0, b0 = a0, b1 = a0, c0 = a0, c1 = a0, d0 = a0, d1 = a0;
        for (int i = 0; i < w; i++)
        {
            Vector512<float> k0 = Vector512.Load(keys + i * Width), k1 = Vector512.Load(keys + (w + i) * Width);
            var q = Vector512.Create(a[i]);
            a0 = Vector512.FusedMultiplyAdd(q, k0, a0);
            a1 = Vector512.FusedMultiplyAdd(q, k1, a1);
            q = Vector512.Create(b[i]);
            b0 = Vector512.FusedMultiplyAdd(q, k0, b0);
            b1 = Vector512.FusedMultiplyAdd(q, k1, b1);
            q = Vector512.Create(c[i]);
            c0 = Vector512.FusedMultiplyAdd(q, k0, c0);
            c1 = Vector512.FusedMultiplyAdd(q, k1, c1);
            q = Vector512.Create(d[i]);
            d0 = Vector512.FusedMultiplyAdd(q, k0, d0);
            d1 = Vector512.FusedMultiplyAdd(q, k1, d1);
        }
        float* s = _weights.Pointer;
        a0.Store(s);
        a1.Store(s + Width);
        b0.Store(s + Page);
        b1.Store(s + Page + Width);
        c0.Store(s + 2 * Page);
        c1.Store(s + 2 * Page + Width);
        d0.Store(s + 3 * Page);
        d1.Store(s + 3 * Page + Width);
    }

    /// <summary>The same for one query.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Score(float* a, float* keys, int w)
    {
        Vector512<float> a0 = default, a1 = a0;
        for (int i = 0; i < w; i++)
        {
            var q = Vector512.Create(a[i]);
            a0 = Vector512.FusedMultiplyAdd(q, Vector512.Load(keys + i * Width), a0);
            a1 = Vector512.FusedMultiplyAdd(q, Vector512.Load(keys + (w + i) * Width), a1);
        }
        a0.Store(_weights.Pointer);
        a1.Store(_weights.Pointer + Width);
    }

    /// <summary>
    /// Turns a page's scores into weights e^(score − maximum), and returns what earlier sums must be multiplied by.
    /// </summary>
    /// <param name="scores">The scores; the weights.</param>
    /// <param name="last">The last position that counts, from the page's beginning.</param>
    /// <param name="state">The query's maximum and sum.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float Weigh(float* scores, int last, float* state)
    {
        Vector512<float> s0 = Vector512.Load(scores), s1 = Vector512.Load(scores + Width);
        if (last < Page - 1)
        {
            var none = Vector512.Create(float.NegativeInfinity);
            var limit = Vector512.Create(last);
            s0 = Vector512.ConditionalSelect(
                Vector512.LessThanOrEqual(Vector512<int>.Indices, limit).AsSingle(), s0, none);
            s1 = Vector512.ConditionalSelect(
                Vector512.LessThanOrEqual(Vector512<int>.Indices + Vector512.Create(Width), limit).AsSingle(), s1, none);
        }
        float max = MathF.Max(state[0], Lanes.Max(Vector512.Max(s0, s1)));
        var shift = Vector512.Create(max);
        s0 = Lanes.Exp(s0 - shift);
        s1 = Lanes.Exp(s1 - shift);
        s0.Store(scores);
        s1.Store(scores + Width);
        float factor = Lanes.Exp(Vector512.Create(state[0] - max)).ToScalar();
        state[0] = max;
        state[1] = state[1] * factor + Lanes.Sum(s0 + s1);
        return factor;
    }

    /// <summary>output = output · factor + weights · values, for four queries.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Mix(float* a, float* b, float* c, float* d, float* factors, float* values, int stride)
    {
        for (int i = 0; i < stride; i += 2 * Width)
        {
            Vector512<float> fa = Vector512.Create(factors[0]), fb = Vector512.Create(factors[1]),
                fc = Vector512.Create(factors[2]), fd = Vector512.Create(factors[3]);
            Vector512<float> a0 = Vector512.Load(a + i) * fa, a1 = Vector512.Load(a + i + Width) * fa;
            Vector512<float> b0 = Vector512.Load(b + i) * fb, b1 = Vector512.Load(b + i + Width) * fb;
            Vector512<float> c0 = Vector512.Load(c + i) * fc, c1 = Vector512.Load(c + i + Width) * fc;
            Vector512<float> d0 = Vector512.Load(d + i) * fd, d1 = Vector512.Load(d + i + Width) * fd;
            float* v = values + i;
            float* p = _weights.Pointer;
            for (int j = 0; j < Page; j++, v += stride, p++)
            {
                Vector512<float> v0 = Vector512.Load(v), v1 = Vector512.Load(v + Width);
                var weight = Vector512.Create(p[0]);
                a0 = Vector512.FusedMultiplyAdd(weight, v0, a0);
                a1 = Vector512.FusedMultiplyAdd(weight, v1, a1);
                weight = Vector512.Create(p[Page]);
                b0 = Vector512.FusedMultiplyAdd(weight, v0, b0);
                b1 = Vector512.FusedMultiplyAdd(weight, v1, b1);
                weight = Vector512.Create(p[2 * Page]);
                c0 = Vector512.FusedMultiplyAdd(weight, v0, c0);
                c1 = Vector512.FusedMultiplyAdd(weight, v1, c1);
                weight = Vector512.Create(p[3 * Page]);
                d0 = Vector512.FusedMultiplyAdd(weight, v0, d0);
                d1 = Vector512.FusedMultiplyAdd(weight, v1, d1);
            }
            a0.Store(a + i);
            a1.Store(a + i + Width);
            b0.Store(b + i);
            b1.Store(b + i + Width);
            c0.Store(c + i);
            c1.Store(c + i + Width);
            d0.Store(d + i);
            d1.Store(d + i + Width);
        }
    }

    /// <summary>The same for one query.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Mix(float* output, float factor, float* values, int stride)
    {
        for (int i = 0; i < stride; i += 2 * Width)
        {
            Vector512<float> o0 = Vector512.Load(output + i) * factor, o1 = Vector512.Load(output + i + Width) * factor;
            float* v = values + i;
            for (int j = 0; j < Page; j++, v += stride)
            {
                var weight = Vector512.Create(_weights.Pointer[j]);
                o0 = Vector512.FusedMultiplyAdd(weight, Vector512.Load(v), o0);
                o1 = Vector512.FusedMultiplyAdd(weight, Vector512.Load(v + Width), o1);
            }
            o0.Store(output + i);
            o1.Store(output + i + Width);
        }
    }
}
