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
    /// <param name="batch">Sequences that run at once, each on a thread of its own, which share the weights.</param>
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
        using (var warm = model.StartSession())
        {
            warm.Read(tokens.AsSpan(0, Math.Min(promptTokens, 32)), cancel); // touches every page of the weights
            warm.Read(tokens.AsSpan(0, 1), cancel);
        }
        var sessions = Enumerable.Range(0, batch).Select(_ => model.StartSession()).ToArray();
        try
        {
            double prefill = Time(sessions, s => s.Read(tokens.AsSpan(0, promptTokens), cancel));
            double decode = Time(sessions, s =>
            {
                for (int i = 0; i < newTokens; i++)
                    s.Read(tokens.AsSpan(promptTokens + i, 1), cancel);
            });
            return new(batch * promptTokens / prefill, batch * newTokens / decode, model.Weights.BytesPerToken,
                MemoryBandwidth(model.Settings.Threads), model.Settings.Threads, IsaSelection.Name(model.Isa), batch, model.Config.Parameters,
                    sessions[0].CacheBytes);
        }
        finally
        {
            foreach (var session in sessions)
                session.Dispose();
        }
    }

    private static double Time(InferenceSession[] sessions, Action<InferenceSession> work)
    {
        var clock = Stopwatch.StartNew();
        if (sessions.Length == 1)
            work(sessions[0]);
        else
            Parallel.ForEach(sessions, new ParallelOptions { MaxDegreeOfParallelism = sessions.Length }, work);
        return clock.Elapsed.TotalSeconds;
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
