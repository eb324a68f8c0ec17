using System.CommandLine;
using System.Text;
using Syrinx.Cli.Terminal;
using Syrinx.Inference;
using Syrinx.Models;

namespace Syrinx.Cli.Verbs;

/// <summary><c>syrinx generate</c>: a model continues a text, or answers one message.</summary>
internal static class GenerateVerb
{
    public static Command Create()
    {
        var prompt = new Option<string>("--prompt")
        {
            Description = "The text to continue, or with --chat to answer",
            Required = true,
            HelpName = "TEXT",
        };
        var chat = new Option<bool>("--chat")
        {
            Description = "The prompt is a user's message, framed by the model's chat template",
        };
        var maxTokens = new Option<int>("--max-tokens")
        {
            Description = "Most tokens to generate",
            DefaultValueFactory = _ => 128,
            HelpName = "N",
        };
        var defaults = new SamplingOptions();
        var temperature = new Option<float>("--temperature")
        {
            Description = "0 always takes the likeliest token; higher is wilder",
            DefaultValueFactory = _ => defaults.Temperature,
            HelpName = "T",
        };
        var topK = new Option<int>("--top-k")
        {
            Description = "Only the k likeliest tokens; 0 for all",
            DefaultValueFactory = _ => defaults.TopK,
            HelpName = "K",
        };
        var topP = new Option<float>("--top-p")
        {
            Description = "Only the likeliest tokens with this probability together; 1 for all",
            DefaultValueFactory = _ => defaults.TopP,
            HelpName = "P",
        };
        var command = new Command("generate",
            "Generates text with a model, streamed to standard output.\n\n" +
            "Example: syrinx generate --model quickstart --prompt \"Where is a good noodle shop?\" --chat --max-tokens 80 " +
            "--temperature 0.7")
        {
            ModelOptions.Model, prompt, chat, maxTokens, temperature, topK, topP, ModelOptions.Quant,
        };
        command.Runs((parse, context) =>
        {
            using var model = ModelOptions.Load(parse, context);
            string text = parse.GetValue(prompt)!;
            var options = new SamplingOptions
            {
                MaxTokens = parse.GetValue(maxTokens),
                Temperature = parse.GetValue(temperature),
                TopK = parse.GetValue(topK),
                TopP = parse.GetValue(topP),
                Seed = context.Seed,
            };
            int[] tokens = parse.GetValue(chat)
                ? ChatPrompt.Fit(model, [new ChatTurn("user", text)], options.MaxTokens).Tokens
                : TextGeneration.Prompt(model, text);
            var generation = new TextGeneration(model, tokens, options);
            using var output = new StreamWriter(Console.OpenStandardOutput(), new UTF8Encoding(false)) { AutoFlush = true };
            foreach (string piece in generation.Run(context.Cancel))
            {
                if (!context.Json)
                    output.Write(piece);
            }
            var report = new Report(generation.Text, generation.PromptTokens, generation.CompletionTokens,
                generation.PrefillSeconds, generation.DecodeSeconds,
                generation.FinishReason == FinishReason.Stop ? "stop" : "length");
            return new VerbResult(report, ""); // the text is on standard output already; this ends its line
        });
        return command;
    }

    private sealed record Report(
        string Text, int PromptTokens, int CompletionTokens, double PrefillSeconds, double DecodeSeconds, string FinishReason);
}
