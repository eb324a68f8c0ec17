using System.Diagnostics;
using System.Text;
using System.Text.Unicode;

namespace Syrinx.Tokens;

/// <summary>One measured run of training a tokenizer and encoding with it. Bytes are those of the text's UTF-8.</summary>
/// <param name="Bytes">Text that the tokenizer was trained on.</param>
/// <param name="Vocab">Tokens learnt.</param>
/// <param name="TrainSeconds">Reading and training.</param>
/// <param name="TrainBytesPerSecond">Text read and trained on a second.</param>
/// <param name="EncodedBytes">Text that was then encoded from memory: all of it, or its first documents.</param>
/// <param name="BytesPerToken">Bytes that one token stands for.</param>
/// <param name="EncodeBytesPerSecond">Text encoded a second by one thread.</param>
/// <param name="EncodeBytesPerSecondAllThreads">Text encoded a second by all threads.</param>
/// <param name="DecodeBytesPerSecond">Text decoded a second by one thread.</param>
/// <param name="Utf8ValidationBytesPerSecond">The limit of reading: the same text checked for UTF-8 by one thread.</param>
/// <param name="MemoryCopyBytesPerSecond">The limit of moving: bytes copied in memory by one thread.</param>
/// <param name="Threads">Threads.</param>
/// <param name="PeakRssBytes">The process' largest resident set.</param>
public sealed record TokenizerBenchmark(
    long Bytes, int Vocab, double TrainSeconds, double TrainBytesPerSecond, long EncodedBytes, double BytesPerToken,
    double EncodeBytesPerSecond, double EncodeBytesPerSecondAllThreads, double DecodeBytesPerSecond,
    double Utf8ValidationBytesPerSecond, double MemoryCopyBytesPerSecond, int Threads, long PeakRssBytes)
{
    private const int MostEncodedChars = 1 << 25;

    /// <summary>Measures.</summary>
    /// <param name="texts">The texts; they are read twice.</param>
    /// <param name="vocabSize">Tokens to learn.</param>
    /// <param name="threads">Threads.</param>
    /// <param name="progress">Told how far it is.</param>
    /// <param name="cancel">Stops it.</param>
    /// <exception cref="InputException">There is no text, or the vocabulary is too small.</exception>
    public static TokenizerBenchmark Run(
        IEnumerable<string> texts, int vocabSize, int threads, IProgress<StageProgress>? progress, CancellationToken cancel)
    {
        long bytes = 0;
        IEnumerable<string> Counted()
        {
            foreach (string text in texts)
            {
                bytes += Encoding.UTF8.GetByteCount(text);
                yield return text;
            }
        }
        var clock = Stopwatch.StartNew();
        var tokenizer = BpeTrainer.Train(Counted(), vocabSize, threads, progress, cancel);
        double trained = clock.Elapsed.TotalSeconds;

        var some = new List<string>();
        long chars = 0;
        foreach (string text in texts)
        {
            some.Add(text);
            if ((chars += text.Length) >= MostEncodedChars)
                break;
        }
        byte[] utf8 = Encoding.UTF8.GetBytes(string.Concat(some));
        var ids = new List<int>();
        foreach (string text in some.Take(1 + some.Count / 16)) // so that the code is compiled and the words are known
            tokenizer.EncodeTo(text, ids);
        ids.Clear();
        ids.EnsureCapacity(utf8.Length / 2);
        double encode = Seconds(() =>
        {
            foreach (string text in some)
                tokenizer.EncodeTo(text, ids);
        });
        double encodeAll = Seconds(() =>
        {
            foreach (var _ in tokenizer.EncodeAll(some, t => t, threads, cancel))
            {
            }
        });
        double decode = Seconds(() => tokenizer.Decode(ids));
        double validate = SecondsOfMany(() => Utf8.IsValid(utf8));
        byte[] copy = new byte[utf8.Length];
        double copied = Enumerable.Range(0, 3).Min(_ => SecondsOfMany(() => utf8.CopyTo(copy, 0)));
        return new(
            bytes, tokenizer.VocabSize, trained, bytes / trained, utf8.Length, utf8.Length / (double)Math.Max(1, ids.Count),
            utf8.Length / encode, utf8.Length / encodeAll, utf8.Length / decode, utf8.Length / validate, utf8.Length / copied,
            threads, Process.GetCurrentProcess().PeakWorkingSet64);
    }

    /// <summary>What is quicker than the clock is done again and again.</summary>
    private static double SecondsOfMany(Action work)
    {
        int times = 0;
        var clock = Stopwatch.StartNew();
        do
        {
            work();
            times++;
        }
        while (clock.ElapsedMilliseconds < 1);
        return clock.Elapsed.TotalSeconds / times;
    }

    private static double Seconds(Action work)
    {
        var clock = Stopwatch.StartNew();
        work();
        return clock.Elapsed.TotalSeconds;
    }
}
