using System.CommandLine;
using Syrinx.Cli.Terminal;
using Syrinx.Inference;
using Syrinx.Tokens;

namespace Syrinx.Cli.Verbs;

/// <summary><c>syrinx eval lm</c>: how well a model predicts a text.</summary>
internal static class EvalLmVerb
{
    public static Command Create()
    {
        var text = new Option<string>("--text")
        {
            Description = "Text (UTF-8), read as one document, or .jsonl with a document's 'text' on each line",
            Required = true,
            HelpName = "FILE",
        };
        var stride = new Option<int?>("--stride")
        {
            Description = "Tokens that each window predicts (default: the whole context; less is slower and gives more context)",
            HelpName = "N",
        };
        var command = new Command("lm",
            "Loss of a model on a text it was not trained on, and bits per byte, which compare between tokenizers.\n\n" +
            "Example: syrinx eval lm --model quickstart --text held-out.txt")
        {
            ModelOptions.Model, text, stride, ModelOptions.Quant,
        };
        command.Runs((parse, context) =>
        {
            using var model = ModelOptions.Load(parse, context);
            string path = parse.GetValue(text)!;
            IEnumerable<string> documents = Path.GetExtension(path) == ".jsonl"
                ? TextFile.ReadDocuments(path) : [string.Concat(TextFile.ReadDocuments(path))];
            var measured = Perplexity.Measure(model, documents, parse.GetValue(stride), context.Progress, context.Cancel);
            var report = new Report(
                measured.Tokens, measured.Bytes, measured.Loss, measured.BitsPerByte, measured.Tokens / measured.Seconds);
            return new VerbResult(report,
                $"{report.Tokens} tokens, {report.Bytes} bytes: loss {report.Loss:0.0000}, {report.BitsPerByte:0.0000} bits " +
                $"per byte, {report.TokensPerSecond:0} tokens/s");
        });
        return command;
    }

    private sealed record Report(long Tokens, long Bytes, double Loss, double BitsPerByte, double TokensPerSecond);
}
