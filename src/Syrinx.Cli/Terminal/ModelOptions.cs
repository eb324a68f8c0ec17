using System.CommandLine;
using Syrinx.Inference;
using Syrinx.Models;

namespace Syrinx.Cli.Terminal;

/// <summary>The options of verbs that run a model.</summary>
internal static class ModelOptions
{
    public static Option<string> Model { get; } = new("--model")
    {
        Description = "A model's name under home/models, a folder in Hugging Face layout, or a .gguf file",
        Required = true,
        HelpName = "M",
    };

    public static Option<string> Quant { get; } = CreateQuant();

    public static LanguageModel Load(ParseResult parse, VerbContext context) =>
        LanguageModel.Load(ModelFiles.Find(parse.GetValue(Model)!, context.Home), Engine(parse, context.Threads));

    /// <summary>How <c>--quant</c> and the threads ask for a model to be run.</summary>
    public static InferenceSettings Engine(ParseResult parse, int threads) => new()
    {
        Threads = threads,
        Quantization = parse.GetValue(Quant) is { } quant ? TensorTypes.OfQuant(quant) : null,
    };

    private static Option<string> CreateQuant()
    {
        var quant = new Option<string>("--quant")
        {
            Description = "How weights are kept in memory (default: as in the file)",
            HelpName = "f32|f16|bf16|q8_0|q4_0",
        };
        quant.AcceptOnlyFromAmong("f32", "f16", "bf16", "q8_0", "q4_0");
        return quant;
    }
}
