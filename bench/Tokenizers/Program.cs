// Our encoder beside Microsoft.ML.Tokenizers in one run, single-threaded, with the same vocabulary (o200k), text by text:
//
//   dotnet run --project bench/Tokenizers -c Release -- FILE…
//
// Both encode the same documents (a plain file's paragraphs); the ids are compared; then each is timed five times in turn, and its
// best counts: by the clock, and by the processor time that the system charged, which is the fairer one on a machine that others
// use, too. Results are kept in ../tokenizer.md.
using System.Diagnostics;
using System.Text;
using Microsoft.ML.Tokenizers;
using Syrinx.Tests.Tokens;
using PreTokenizer = Syrinx.Tokens.PreTokenizer;

var ours = TiktokenRanks.Load("o200k_base", "Microsoft.ML.Tokenizers.Data.O200kBase", PreTokenizer.O200kPattern, ignoreMerges: false);
var theirs = TiktokenTokenizer.CreateForEncoding("o200k_base");
foreach (string file in args)
{
    string[] texts = [.. File.ReadAllText(file).Split("\n\n", StringSplitOptions.RemoveEmptyEntries)];
    long bytes = texts.Sum(t => (long)Encoding.UTF8.GetByteCount(t));
    long tokens = 0, different = 0;
    foreach (string text in texts)
    {
        var ids = ours.Encode(text);
        tokens += ids.Length;
        if (!ids.SequenceEqual(theirs.EncodeToIds(text, considerPreTokenization: true, considerNormalization: false)))
            different++;
    }
    var (mine, other) = (Time.Never, Time.Never);
    for (int round = 0; round < 5; round++)
    {
        mine = mine.Best(Time.Of(() =>
        {
            foreach (string text in texts)
                ours.Encode(text);
        }));
        other = other.Best(Time.Of(() =>
        {
            foreach (string text in texts)
                theirs.EncodeToIds(text);
        }));
    }
    Console.WriteLine(
        $"{Path.GetFileName(file)}: {bytes} bytes, {texts.Length} texts, {tokens} tokens, {different} texts with other ids\n" +
        $"  processor time: Syrinx {bytes / mine.Processor / 1e6:0.0} MB/s, Microsoft.ML.Tokenizers " +
        $"{bytes / other.Processor / 1e6:0.0} MB/s, ratio {other.Processor / mine.Processor:0.0}\n" +
        $"  clock: {bytes / mine.Clock / 1e6:0.0} MB/s, {bytes / other.Clock / 1e6:0.0} MB/s, ratio {other.Clock / mine.Clock:0.0}");
}

/// <summary>Seconds that something took, by the clock and of processor time.</summary>
internal readonly record struct Time(double Clock, double Processor)
{
    public static Time Never { get; } = new(double.MaxValue, double.MaxValue);

    public Time Best(Time other) => new(Math.Min(Clock, other.Clock), Math.Min(Processor, other.Processor));

    public static Time Of(Action work)
    {
        var before = Environment.CpuUsage.TotalTime;
        var clock = Stopwatch.StartNew();
        work();
        return new(clock.Elapsed.TotalSeconds, (Environment.CpuUsage.TotalTime - before).TotalSeconds);
    }
}
