using System.CommandLine;
using System.Text;
using System.Text.Json;
using Syrinx.Cli.Terminal;
using Syrinx.Inference;
using Syrinx.Inference.Structured;
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
        var minP = new Option<float>("--min-p")
        {
            Description = "Only tokens with this share of the likeliest one's probability; 0 for all",
            DefaultValueFactory = _ => defaults.MinP,
            HelpName = "P",
        };
        var repetition = new Option<float>("--repetition-penalty")
        {
            Description = "Makes tokens of the prompt and of the text so far less likely; 1 for not",
            DefaultValueFactory = _ => defaults.RepetitionPenalty,
            HelpName = "R",
        };
        var frequency = new Option<float>("--frequency-penalty")
        {
            Description = "Taken from a token's logit for each time it was generated",
            DefaultValueFactory = _ => defaults.FrequencyPenalty,
            HelpName = "F",
        };
        var presence = new Option<float>("--presence-penalty")
        {
            Description = "Taken from the logit of every token that was generated",
            DefaultValueFactory = _ => defaults.PresencePenalty,
            HelpName = "F",
        };
        var stop = new Option<string[]>("--stop")
        {
            Description = "A text that ends the generation; may be given several times",
            HelpName = "TEXT",
        };
        var schema = new Option<FileInfo>("--json-schema")
        {
            Description = "The text is JSON that fits the JSON Schema in this file",
            HelpName = "FILE",
        };
        var grammar = new Option<FileInfo>("--grammar")
        {
            Description = "The text keeps to the grammar in this file (llama.cpp's GBNF)",
            HelpName = "FILE",
        };
        var command = new Command("generate",
            "Generates text with a model, streamed to standard output.\n\n" +
            "Example: syrinx generate --model quickstart --prompt \"Where is a good noodle shop?\" --chat --max-tokens 80 " +
            "--temperature 0.7")
        {
            ModelOptions.Model, prompt, chat, maxTokens, temperature, topK, topP, minP, repetition, frequency, presence, stop,
            schema, grammar, ModelOptions.Quant,
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
                MinP = parse.GetValue(minP),
                RepetitionPenalty = parse.GetValue(repetition),
                FrequencyPenalty = parse.GetValue(frequency),
                PresencePenalty = parse.GetValue(presence),
                Stop = parse.GetValue(stop) ?? [],
                Constraint = Constraint(model, parse.GetValue(schema), parse.GetValue(grammar)),
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

    private static TokenConstraint? Constraint(LanguageModel model, FileInfo? schema, FileInfo? grammar)
    {
        if (schema is not null && grammar is not null)
            throw new InputException("--json-schema and --grammar exclude each other.");
        if ((schema ?? grammar) is not { } file)
            return null;
        var factory = model.Constraints ?? throw new InputException("The model has no tokenizer, so it cannot write text.");
        try
        {
            string text = File.ReadAllText(file.FullName);
            return grammar is not null ? factory.Grammar(text) : factory.JsonSchema(JsonElement.Parse(text));
        }
        catch (JsonException e)
        {
            throw new InputException($"{file.FullName} is no JSON: {e.Message}", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"{file.FullName} cannot be read: {e.Message}", e);
        }
    }

    private sealed record Report(
        string Text, int PromptTokens, int CompletionTokens, double PrefillSeconds, double DecodeSeconds, string FinishReason);
}
