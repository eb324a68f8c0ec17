// Our encoder beside Microsoft.ML.Tokenizers in one run, single-threaded, with the same vocabulary (o200k), text by text:
//
//   dotnet run --project bench/Tokenizers -c Release -- FILE…
//
// Both encode the same documents (a plain file's paragraphs); the ids are compared; then each is timed three times in turn and its
// best counts. Results are kept in ../tokenizer.md.
using System.Diagnostics;
using System.Text;
using Microsoft.ML.Tokenizers;
using Syrinx.Tests.Tokens;
using Syrinx.Tokens;
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
    double mine = double.MaxValue, other = double.MaxValue;
    for (int round = 0; round < 3; round++)
    {
        mine = Math.Min(mine, Seconds(() =>
        {
            foreach (string text in texts)
                ours.Encode(text);
        }));
        other = Math.Min(other, Seconds(() =>
        {
            foreach (string text in texts)
                theirs.EncodeToIds(text);
        }));
    }
    Console.WriteLine(
        $"{Path.GetFileName(file)}: {bytes} bytes, {texts.Length} texts, {tokens} tokens, {different} texts with other ids; " +
        $"Syrinx {bytes / mine / 1e6:0.0} MB/s, Microsoft.ML.Tokenizers {bytes / other / 1e6:0.0} MB/s, ratio {other / mine:0.0}");
}

static double Seconds(Action work)
{
    var clock = Stopwatch.StartNew();
    work();
    return clock.Elapsed.TotalSeconds;
}
