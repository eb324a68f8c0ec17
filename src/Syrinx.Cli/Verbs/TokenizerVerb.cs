using System.CommandLine;
using System.Diagnostics;
using System.Text;
using Syrinx.Cli.Terminal;
using Syrinx.Models;
using Syrinx.Tokens;

namespace Syrinx.Cli.Verbs;

/// <summary><c>syrinx tokenizer train</c> and <c>syrinx tokenizer encode</c>.</summary>
internal static class TokenizerVerb
{
    public static Command Create() =>
        new("tokenizer", "Trains a byte-level BPE tokenizer, or encodes text with one.") { Train(), Encode() };

    private static Command Train()
    {
        var input = new Option<string[]>("--input")
        {
            Description = "Text files (UTF-8), or .jsonl files with a field 'text' on each line",
            Required = true,
            AllowMultipleArgumentsPerToken = true,
            HelpName = "FILE",
        };
        var vocab = new Option<int>("--vocab")
        {
            Description = "Tokens wanted, 256 bytes and the special ones included",
            DefaultValueFactory = _ => BpeTrainer.DefaultVocabulary,
            HelpName = "N",
        };
        var output = new Option<string>("--out")
        {
            Description = "Folder for tokenizer.json and tokenizer_config.json",
            Required = true,
            HelpName = "DIR",
        };
        var command = new Command("train",
            "Learns a byte-level BPE from text, saved as Hugging Face's tokenizer.json.\n\n" +
            "Example: syrinx tokenizer train --input posts.txt --vocab 8192 --out tokenizer")
        { input, vocab, output };
        command.Runs((parse, context) =>
        {
            var clock = Stopwatch.StartNew();
            string[] files = parse.GetValue(input)!;
            IEnumerable<string> Texts() => files.SelectMany(TextFile.ReadDocuments);
            var tokenizer = BpeTrainer.Train(Texts(), parse.GetValue(vocab), context.Threads, context.Progress, context.Cancel);
            var folder = new ModelDirectory(Path.GetFullPath(parse.GetValue(output)!));
            folder.WriteTokenizer(tokenizer, contextLength: null);
            double trained = clock.Elapsed.TotalSeconds;
            var (bytes, tokens, _) = Count(tokenizer, Texts(), context);
            double perToken = bytes / (double)Math.Max(1, tokens);
            var report = new TrainReport(
                tokenizer.VocabSize, bytes, tokens, perToken, trained, clock.Elapsed.TotalSeconds, folder.TokenizerPath);
            return new VerbResult(report,
                $"{folder.TokenizerPath}: {report.Vocab} tokens learnt from {bytes} bytes in {report.Seconds:0.0} s, " +
                $"{perToken:0.00} bytes a token.");
        });
        return command;
    }

    private static Command Encode()
    {
        var model = new Option<string>("--model")
        {
            Description = "Folder with a tokenizer.json or tokenizer.model, such a file, a .gguf file, or a model's name",
            Required = true,
            HelpName = "DIR",
        };
        var input = new Option<string>("--input")
        {
            Description = "Text, encoded line by line, or .jsonl, of which the field 'text' is",
            Required = true,
            HelpName = "FILE",
        };
        var output = new Option<string>("--out")
        {
            Description = "One JSON array of ids a line",
            Required = true,
            HelpName = "IDS.jsonl",
        };
        var command = new Command("encode",
            "Encodes a file line by line. Marks such as <|im_end|> in it stay plain text.\n\n" +
            "Example: syrinx tokenizer encode --model tokenizer --input posts.txt --out ids.jsonl")
        { model, input, output };
        command.Runs((parse, context) =>
        {
            var clock = Stopwatch.StartNew();
            var tokenizer = Load(parse.GetValue(model)!, context.Home);
            (long bytes, long tokens, long rows) = (0, 0, 0);
            string path = Path.GetFullPath(parse.GetValue(output)!);
            AtomicFile.Write(path, stream =>
            {
                using var writer = new StreamWriter(stream, new UTF8Encoding(false), 1 << 16, leaveOpen: true);
                (bytes, tokens, rows) = Count(tokenizer, TextFile.ReadRows(parse.GetValue(input)!), context, ids =>
                {
                    writer.Write('[');
                    writer.Write(string.Join(',', ids));
                    writer.Write("]\n");
                });
            });
            double perToken = bytes / (double)Math.Max(1, tokens);
            var report = new EncodeReport(tokenizer.VocabSize, rows, bytes, tokens, perToken, clock.Elapsed.TotalSeconds);
            return new VerbResult(
                report, $"{path}: {rows} lines, {tokens} tokens, {perToken:0.00} bytes a token, {report.Seconds:0.0} s.");
        });
        return command;
    }

    private static (long Bytes, long Tokens, long Rows) Count(
        BpeTokenizer tokenizer, IEnumerable<string> texts, VerbContext context, Action<int[]>? each = null)
    {
        (long bytes, long tokens, long rows) = (0, 0, 0);
        foreach (var (text, ids) in tokenizer.EncodeAll(texts, t => t, context.Threads, context.Cancel))
        {
            bytes += Encoding.UTF8.GetByteCount(text);
            tokens += ids.Length;
            each?.Invoke(ids);
            if (++rows % 64 == 0)
                context.Progress.Report(new("encode", bytes, null, "bytes"));
        }
        return (bytes, tokens, rows);
    }

    private static BpeTokenizer Load(string model, HomeFolder home)
    {
        if (Path.GetExtension(model).Equals(".gguf", StringComparison.OrdinalIgnoreCase))
            return GgufTokenizer.Read(Gguf.Open(model));
        string inFolder = new ModelDirectory(model).TokenizerPath;
        return BpeTokenizer.Load(File.Exists(model) ? model
            : File.Exists(inFolder) ? inFolder : ModelDirectory.Find(model, home).TokenizerPath);
    }

    private sealed record TrainReport(
        int Vocab, long Bytes, long Tokens, double BytesPerToken, double TrainSeconds, double Seconds, string Path);

    private sealed record EncodeReport(int Vocab, long Rows, long Bytes, long Tokens, double BytesPerToken, double Seconds);
}
