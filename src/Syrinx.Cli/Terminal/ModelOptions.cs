using System.CommandLine;
using Syrinx.Inference;
using Syrinx.Models;

namespace Syrinx.Cli.Terminal;

/// <summary>The options of verbs that run a model.</summary>
internal static class ModelOptions
{
    public static Option<string> Model { get; } = new("--model")
    {
        Description = "A model's name under home/models, or a folder in Hugging Face layout",
        Required = true,
        HelpName = "M",
    };

    public static Option<string> Quant { get; } = CreateQuant();

    public static LanguageModel Load(ParseResult parse, VerbContext context) =>
        LanguageModel.Load(ModelDirectory.Find(parse.GetValue(Model)!, context.Home).Path, new InferenceSettings
        {
            Threads = context.Threads,
            Quantization = parse.GetValue(Quant) is { } quant ? Quants[quant] : null,
        });

    private static Option<string> CreateQuant()
    {
        var quant = new Option<string>("--quant")
        {
            Description = "How weights are kept in memory: f32, exact, or q8_0, a quarter of the size",
            DefaultValueFactory = _ => "f32",
            HelpName = "f32|q8_0",
        };
        quant.AcceptOnlyFromAmong("f32", "q8_0");
        return quant;
    }
}
