// A model's folder in Hugging Face layout, which transformers, vLLM, llama.cpp's converter and Syrinx itself read:
//
//   config.json              the shape (ModelConfig)
//   model.safetensors        the weights (Safetensors), under Hugging Face's names
//   tokenizer.json           the tokenizer (TokenizerJson); tokenizer.model (SentencePieceModel) is read, too
//   tokenizer_config.json    special tokens, longest context, chat template as Jinja
//   generation_config.json   tokens that end a text
//   syrinx.json              how the model came to be (ModelRecord); ours
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Syrinx.Tokens;

namespace Syrinx.Models;

/// <summary>The files of a model; the first lines of this file tell the layout. Immutable.</summary>
/// <param name="Path">The folder.</param>
public sealed record ModelDirectory(string Path)
{
    private static readonly JsonSerializerOptions Json =
        new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary><c>config.json</c></summary>
    public string ConfigPath => In("config.json");

    /// <summary><c>model.safetensors</c></summary>
    public string WeightsPath => In("model.safetensors");

    /// <summary><c>tokenizer.json</c>, or SentencePiece's <c>tokenizer.model</c> where only that is there.</summary>
    public string TokenizerPath => !File.Exists(In("tokenizer.json")) && File.Exists(In("tokenizer.model")) ? In("tokenizer.model")
        : In("tokenizer.json");

    /// <summary><c>tokenizer_config.json</c></summary>
    public string TokenizerConfigPath => In("tokenizer_config.json");

    /// <summary><c>generation_config.json</c></summary>
    public string GenerationConfigPath => In("generation_config.json");

    /// <summary><c>syrinx.json</c></summary>
    public string RecordPath => In("syrinx.json");

    /// <summary>Finds a model: a folder that holds a <c>config.json</c>, or a name under the home folder's models.</summary>
    /// <exception cref="InputException">There is neither; the message lists the models that there are.</exception>
    public static ModelDirectory Find(string nameOrPath, HomeFolder home)
    {
        if (File.Exists(System.IO.Path.Combine(nameOrPath, "config.json")))
            return new(System.IO.Path.GetFullPath(nameOrPath));
        bool plain = nameOrPath.Length > 0 && nameOrPath[0] != '.'
            && nameOrPath.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.');
        if (plain && File.Exists(System.IO.Path.Combine(home.Model(nameOrPath), "config.json")))
            return new(home.Model(nameOrPath));
        var names = List(home);
        throw new InputException($"There is no model '{nameOrPath}': " + (names.Count > 0
            ? $"{home.Models} has {string.Join(", ", names)}; a folder with a config.json is taken, too."
            : $"{home.Models} has none yet ('syrinx train' makes one), and no such folder holds a config.json."));
    }

    /// <summary>The names of the models in a home folder, sorted.</summary>
    public static IReadOnlyList<string> List(HomeFolder home) => !Directory.Exists(home.Models) ? [] :
        [.. Directory.EnumerateDirectories(home.Models)
            .Where(d => File.Exists(System.IO.Path.Combine(d, "config.json"))
                && File.Exists(System.IO.Path.Combine(d, "model.safetensors")))
            .Select(d => System.IO.Path.GetFileName(d)).Order(StringComparer.Ordinal)];

    /// <summary>Writes all files of a model, <c>config.json</c> last, so that a folder without it is an unfinished one.</summary>
    /// <param name="config">The shape.</param>
    /// <param name="weights">The weights, in the order they shall have in the file.</param>
    /// <param name="tokenizer">The tokenizer; its vocabulary fits into the shape's.</param>
    /// <param name="record">How the model came to be.</param>
    /// <exception cref="InputException">The folder cannot be written to, or the vocabularies do not fit.</exception>
    public void Write(ModelConfig config, IReadOnlyList<TensorSource> weights, BpeTokenizer tokenizer, ModelRecord record)
    {
        config.Validated(Path);
        SafetensorsWriter.Write(WeightsPath, weights);
        WriteTokenizer(tokenizer, config.MaxPositionEmbeddings);
        if (tokenizer.VocabSize > config.VocabSize)
            throw new InputException(
                $"{Path}: the tokenizer has {tokenizer.VocabSize} tokens, but the model's vocab_size is {config.VocabSize}.");
        var ends = new JsonArray([.. EndTokens(tokenizer).Select(id => (JsonNode)id)]);
        WriteJson(GenerationConfigPath, new JsonObject
        {
            ["eos_token_id"] = ends,
            ["pad_token_id"] = tokenizer.TokenId(BpeTokenizer.EndOfText),
        });
        record.Write(RecordPath);
        config.Write(ConfigPath);
    }

    /// <summary>Writes <c>tokenizer.json</c> and <c>tokenizer_config.json</c>.</summary>
    /// <param name="tokenizer">The tokenizer.</param>
    /// <param name="contextLength">The longest context of the model, for <c>model_max_length</c>; null when there is no
    /// model yet.</param>
    public void WriteTokenizer(BpeTokenizer tokenizer, int? contextLength)
    {
        tokenizer.Save(In("tokenizer.json"));
        WriteJson(TokenizerConfigPath, ChatTemplate.TokenizerConfig(tokenizer, contextLength));
    }

    /// <summary>
    /// The tokens that end a text: those of <c>generation_config.json</c>, else of <c>config.json</c>, and the tokenizer's
    /// end-of-text and end-of-message.
    /// </summary>
    /// <param name="tokenizer">The model's tokenizer, or null when it has none.</param>
    /// <exception cref="InputException"><c>generation_config.json</c> is no JSON.</exception>
    public IReadOnlySet<int> ReadEndTokens(BpeTokenizer? tokenizer)
    {
        var ends = new HashSet<int>(tokenizer is null ? [] : EndTokens(tokenizer));
        foreach (string path in (string[])[GenerationConfigPath, ConfigPath])
        {
            if (!File.Exists(path))
                continue;
            try
            {
                var node = JsonNode.Parse(File.ReadAllText(path))?["eos_token_id"];
                foreach (var id in node is JsonArray several ? several.ToArray() : [node])
                {
                    if (id is not null)
                        ends.Add(id.GetValue<int>());
                }
            }
            catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException)
            {
                throw new InputException(
                    $"{path}: field 'eos_token_id' must be a token's number or a list of them: {e.Message}", e);
            }
        }
        return ends;
    }

    private static IEnumerable<int> EndTokens(BpeTokenizer tokenizer) =>
        ((string[])[BpeTokenizer.EndOfText, BpeTokenizer.MessageEnd]).Select(tokenizer.TokenId).OfType<int>();

    private static void WriteJson(string path, JsonObject json) => AtomicFile.WriteText(path, json.ToJsonString(Json) + "\n");

    private string In(string name) => System.IO.Path.Combine(Path, name);
}
