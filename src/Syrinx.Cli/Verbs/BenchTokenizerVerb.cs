using System.CommandLine;
using Syrinx.Cli.Terminal;
using Syrinx.Tokens;

namespace Syrinx.Cli.Verbs;

/// <summary><c>syrinx bench tokenizer</c>: training and encoding, and the machine's limits beside them.</summary>
internal static class BenchTokenizerVerb
{
    public static Command Create()
    {
        var input = new Option<string[]>("--input")
        {
            Description = "Text files (UTF-8), or .jsonl files with a field 'text'; without any, the home folder's corpus",
            AllowMultipleArgumentsPerToken = true,
            HelpName = "FILE",
        };
        var vocab = new Option<int>("--vocab")
        {
            Description = "Tokens to learn",
            DefaultValueFactory = _ => 32_768,
            HelpName = "N",
        };
        var command = new Command("tokenizer",
            "Trains a tokenizer on the text and encodes up to 32 million characters of it.\n\n" +
            "Example: syrinx bench tokenizer --input posts.txt --vocab 32768")
        { input, vocab };
        command.Runs((parse, context) =>
        {
            string documents = Path.Combine(context.Home.Corpus, "documents.jsonl");
            string[] files = parse.GetValue(input) is { Length: > 0 } given ? given : [documents];
            if (files[0] == documents && !File.Exists(documents))
                throw new InputException(
                    $"{documents} is not there: name text files with --input, or run 'syrinx quickstart' first.");
            var texts = files.SelectMany(TextFile.ReadDocuments);
            var r = TokenizerBenchmark.Run(texts, parse.GetValue(vocab), context.Threads, context.Progress, context.Cancel);
            return new VerbResult(r,
                $"{r.Bytes / 1e6:0.0} MB, {r.Threads} threads: {r.Vocab} tokens learnt in {r.TrainSeconds:0.0} s " +
                $"({r.TrainBytesPerSecond / 1e6:0.0} MB/s), {r.PeakRssBytes / 1e6:0} MB at most; one thread encodes " +
                $"{r.EncodeBytesPerSecond / 1e6:0.0} MB/s, all {r.EncodeBytesPerSecondAllThreads / 1e6:0.0}, decodes " +
                $"{r.DecodeBytesPerSecond / 1e6:0.0}; it checks UTF-8 at {r.Utf8ValidationBytesPerSecond / 1e6:0} MB/s and " +
                $"copies {r.MemoryCopyBytesPerSecond / 1e6:0}.");
        });
        return command;
    }
}
