using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Syrinx.Inference.Kernels;

namespace Syrinx.Inference;

/// <summary>One measured run of a model on random tokens.</summary>
/// <param name="PrefillTokensPerSecond">Tokens of prompts read a second, all sequences together.</param>
/// <param name="DecodeTokensPerSecond">Tokens generated a second, all sequences together.</param>
/// <param name="BytesReadPerToken">Bytes of weights that one generated token reads.</param>
/// <param name="MemoryBandwidthBytesPerSecond">What the machine reads from memory a second, measured with the same
/// threads.</param>
/// <param name="Threads">Threads.</param>
/// <param name="Isa">Instructions that the kernels use.</param>
/// <param name="Batch">Sequences at once.</param>
/// <param name="Parameters">Weights of the model.</param>
/// <param name="CacheBytes">Keys and values of one sequence at the end.</param>
public sealed record InferenceBenchmark(
    double PrefillTokensPerSecond, double DecodeTokensPerSecond, long BytesReadPerToken, double MemoryBandwidthBytesPerSecond,
    int Threads, string Isa, int Batch, long Parameters, long CacheBytes)
{
    /// <summary>Measures a model.</summary>
    /// <param name="model">The model; it needs no tokenizer.</param>
    /// <param name="batch">Sequences that run together.</param>
    /// <param name="promptTokens">Length of each prompt.</param>
    /// <param name="newTokens">Tokens generated after it.</param>
    /// <param name="seed">Fixes the random tokens.</param>
    /// <param name="cancel">Stops the measurement.</param>
    /// <exception cref="InputException">A number is too small, or the context does not hold prompt and new tokens.</exception>
    public static InferenceBenchmark Measure(
        LanguageModel model, int batch, int promptTokens, int newTokens, ulong seed, CancellationToken cancel = default)
    {
        if (batch < 1 || promptTokens < 1 || newTokens < 1)
            throw new InputException(
                $"Batch {batch}, prompt tokens {promptTokens} and new tokens {newTokens} must all be at least 1.");
        if (promptTokens + newTokens > model.ContextLength)
            throw new InputException(
                $"{promptTokens} prompt tokens and {newTokens} new ones are more than the model's context of " +
                $"{model.ContextLength}.");
        var tokens = new int[promptTokens + newTokens];
        ulong state = seed;
        foreach (ref int token in tokens.AsSpan())
        {
            state = state * 6364136223846793005 + 1442695040888963407;
            token = (int)((state >> 33) % (ulong)model.Config.VocabSize);
        }
        var pass = new ForwardPass(model.Config, model.Weights, model.Team);
        var caches = Enumerable.Range(0, batch).Select(_ => new KvCache(model.Pages)).ToArray();
        var segments = caches.Select(c => new Segment(c, 1)).ToArray();
        var hidden = new PinnedBuffer<float>((long)batch * model.Config.HiddenSize);
        var logits = new float[(long)batch * model.Config.VocabSize];
        try
        {
            Prefill(tokens.AsSpan(0, Math.Min(promptTokens, 32)), caches[0]); // touches every page of the weights
            WarmUp();
            Array.ForEach(caches, c => c.Dispose());
            var clock = Stopwatch.StartNew();
            foreach (var cache in caches)
                Prefill(tokens.AsSpan(0, promptTokens), cache);
            double prefill = clock.Elapsed.TotalSeconds;
            clock.Restart();
            for (int i = 0; i < newTokens; i++)
            {
                cancel.ThrowIfCancellationRequested();
                Decode(tokens[promptTokens + i], batch);
            }
            double decode = clock.Elapsed.TotalSeconds;
            return new(batch * promptTokens / prefill, batch * newTokens / decode, model.Weights.BytesPerToken,
                MemoryBandwidth(model.Settings.Threads), model.Settings.Threads, IsaSelection.Name(model.Isa), batch,
                    model.Config.Parameters, caches[0].Bytes);
        }
        finally
        {
            Array.ForEach(caches, c => c.Dispose());
        }

        // until the compiler has optimised what decoding runs: a fresh process is a quarter slower for its first half second
        void WarmUp()
        {
            var warming = Stopwatch.StartNew();
            while (warming.ElapsedMilliseconds < 1000)
            {
                cancel.ThrowIfCancellationRequested();
                if (caches[0].Length == model.ContextLength)
                    caches[0].Dispose();
                Decode(tokens[0], 1);
            }
        }

        unsafe void Prefill(ReadOnlySpan<int> prompt, KvCache cache)
        {
            for (int start = 0; start < prompt.Length; start += ForwardPass.LongestBatch)
            {
                cancel.ThrowIfCancellationRequested();
                var part = prompt[start..Math.Min(start + ForwardPass.LongestBatch, prompt.Length)];
                float* last = pass.Run(part, new Segment(cache, part.Length)) + (part.Length - 1L) * model.Config.HiddenSize;
                if (start + part.Length == prompt.Length)
                    pass.Logits(last, 1, logits);
            }
        }

        // every sequence reads the same token, which saves nothing
        unsafe void Decode(int token, int sequences)
        {
            var next = new int[sequences];
            Array.Fill(next, token);
            float* rows = pass.Run(next, segments.AsSpan(0, sequences));
            new ReadOnlySpan<float>(rows, sequences * model.Config.HiddenSize).CopyTo(hidden.Span);
            pass.Logits(hidden.Pointer, sequences, logits);
        }
    }

    /// <summary>The best of several passes over 256 MiB, far more than any cache.</summary>
    private static double MemoryBandwidth(int threads)
    {
        const int Words = 32 << 20, Part = 1 << 16;
        var buffer = new PinnedBuffer<ulong>(Words);
        buffer.Span.Fill(1);
        using var team = new ThreadTeam(threads);
        double best = 0;
        long total = 0;
        for (int pass = 0; pass < 6; pass++)
        {
            var clock = Stopwatch.StartNew();
            team.Run(Words / Part, i => Interlocked.Add(ref total, Sum(buffer.Span.Slice(i * Part, Part))));
            best = Math.Max(best, Words * 8.0 / clock.Elapsed.TotalSeconds);
        }
        GC.KeepAlive(total);
        return best;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static long Sum(ReadOnlySpan<ulong> words)
    {
        Vector512<ulong> a = default, b = default, c = default, d = default;
        for (int i = 0; i + 32 <= words.Length; i += 32)
        {
            a += Vector512.Create(words.Slice(i, 8));
            b += Vector512.Create(words.Slice(i + 8, 8));
            c += Vector512.Create(words.Slice(i + 16, 8));
            d += Vector512.Create(words.Slice(i + 24, 8));
        }
        return (long)Vector512.Sum(a + b + c + d);
    }
}
