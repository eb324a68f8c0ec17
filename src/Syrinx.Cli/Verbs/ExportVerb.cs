using System.CommandLine;
using Syrinx.Cli.Terminal;
using Syrinx.Models;

namespace Syrinx.Cli.Verbs;

/// <summary><c>syrinx export</c>: a model in another format, or with numbers of another type.</summary>
internal static class ExportVerb
{
    private static readonly string[] Quants = ["f32", "f16", "bf16", "q8_0", "q4_0"];

    public static Command Create()
    {
        var format = new Option<string>("--format") { Description = "A folder in Hugging Face layout, or a file for llama.cpp", Required = true, HelpName = "hf|gguf" };
        format.AcceptOnlyFromAmong("hf", "gguf");
        var quant = new Option<string>("--quant")
        {
            Description = "How the matrices' numbers are kept; q8_0 and q4_0 are for gguf only",
            DefaultValueFactory = _ => "f32",
            HelpName = string.Join('|', Quants),
        };
        quant.AcceptOnlyFromAmong(Quants);
        var output = new Option<string>("--out") { Description = "The folder (hf) or file (gguf) to write", Required = true, HelpName = "PATH" };
        var command = new Command("export",
            "Writes a model for other programs: Hugging Face's layout (transformers, vLLM, SGLang) or GGUF (llama.cpp, Ollama).\n\n" +
            "Example: syrinx export --model quickstart --format gguf --quant q8_0 --out quickstart.gguf")
        { ModelOptions.Model, format, quant, output };
        command.Runs((parse, context) =>
        {
            using var model = ModelFiles.Open(ModelFiles.Find(parse.GetValue(ModelOptions.Model)!, context.Home));
            var type = TensorTypes.OfQuant(parse.GetValue(quant)!)!.Value;
            string path = Path.GetFullPath(parse.GetValue(output)!);
            long bytes = parse.GetValue(format) == "hf" ? ModelExport.WriteHuggingFace(model, type, path, context.Progress, context.Cancel)
                : ModelExport.WriteGguf(model, type, path, context.Progress, context.Cancel);
            var report = new Report(path, bytes);
            return new VerbResult(report, $"{path}: {bytes / 1e6:0.0} MB");
        });
        return command;
    }

    private sealed record Report(string Path, long Bytes);
}
