// A model's folder in Hugging Face layout, which transformers, vLLM, llama.cpp's converter and Syrinx itself read:
//
//   config.json              the shape (ModelConfig)
//   model.safetensors        the weights (Safetensors), under Hugging Face's names; or model.safetensors.index.json and the
//                            several files that it names (ShardedSafetensors), which are only read
//   tokenizer.json           the tokenizer (TokenizerJson); tokenizer.model (SentencePieceModel) is read, too
//   tokenizer_config.json    special tokens, longest context, chat template as Jinja
//   generation_config.json   tokens that end a text
//   syrinx.json              how the model came to be (ModelRecord); ours
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Syrinx.Tokens;

namespace Syrinx.Models;

/// <summary>The files of a model; the first lines of this file tell the layout. Immutable.</summary>
/// <param name="Path">The folder.</param>
public sealed record ModelDirectory(string Path)
{
    /// <summary>What readers look for beside weights and shape; <c>README.md</c> is not among them.</summary>
    internal static readonly string[] TokenizerFiles =
    [
        "tokenizer.json", "tokenizer.model", "tokenizer_config.json", "special_tokens_map.json", "added_tokens.json", "vocab.json", "merges.txt",
        "chat_template.jinja", "generation_config.json", "LICENSE",
    ];

    private static readonly JsonSerializerOptions Json =
        new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary><c>config.json</c></summary>
    public string ConfigPath => In("config.json");

    /// <summary><c>model.safetensors</c></summary>
    public string WeightsPath => In("model.safetensors");

    /// <summary><c>model.safetensors.index.json</c>, in folders with several safetensors files.</summary>
    public string WeightsIndexPath => In("model.safetensors.index.json");

    /// <summary>The weights' file, or the index of several where only that is there; null without either.</summary>
    public string? FoundWeightsPath => File.Exists(WeightsPath) ? WeightsPath : File.Exists(WeightsIndexPath) ? WeightsIndexPath : null;

    /// <summary><c>tokenizer.json</c>, or SentencePiece's <c>tokenizer.model</c> where only that is there.</summary>
    public string TokenizerPath => !File.Exists(In("tokenizer.json")) && File.Exists(In("tokenizer.model")) ? In("tokenizer.model")
        : In("tokenizer.json");

    /// <summary><c>tokenizer_config.json</c></summary>
    public string TokenizerConfigPath => In("tokenizer_config.json");

    /// <summary><c>generation_config.json</c></summary>
    public string GenerationConfigPath => In("generation_config.json");

    /// <summary><c>syrinx.json</c></summary>
    public string RecordPath => In("syrinx.json");

    /// <summary>Whether the home folder has a model of this name.</summary>
    public static bool IsName(string name, HomeFolder home) => name.Length > 0 && name[0] != '.'
        && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.')
        && File.Exists(System.IO.Path.Combine(home.Model(name), "config.json"));

    /// <summary>
    /// Finds a model: a name under the home folder's models, or a folder that holds a <c>config.json</c>. An exported copy that lies in the
    /// folder where one works does not take the place of the model of its name; <c>./NAME</c> and <c>NAME/</c> are the folder.
    /// </summary>
    /// <exception cref="InputException">There is neither; the message lists the models that there are.</exception>
    public static ModelDirectory Find(string nameOrPath, HomeFolder home)
    {
        if (IsName(nameOrPath, home))
            return new(home.Model(nameOrPath));
        if (File.Exists(System.IO.Path.Combine(nameOrPath, "config.json")))
            return new(System.IO.Path.GetFullPath(nameOrPath));
        var names = List(home);
        throw new InputException($"There is no model '{nameOrPath}': " + (names.Count > 0
            ? $"{home.Models} has {string.Join(", ", names)}; a folder with a config.json is taken, too, and a .gguf file."
            : $"{home.Models} has none yet ('syrinx train' makes one), and no such folder holds a config.json."));
    }

    /// <summary>Opens the weights, in one file or several.</summary>
    /// <exception cref="InputException">There are none, or a file is damaged; the message names it.</exception>
    public TensorFile OpenWeights() => FoundWeightsPath is not { } path
        ? throw new InputException(
            $"{WeightsPath} is not there: a model's folder holds config.json, model.safetensors and tokenizer.json.")
        : path == WeightsPath ? Safetensors.Open(path) : ShardedSafetensors.Open(path);

    /// <summary>The names of the models in a home folder, sorted.</summary>
    public static IReadOnlyList<string> List(HomeFolder home) => !Directory.Exists(home.Models) ? [] :
        [.. Directory.EnumerateDirectories(home.Models)
            .Where(d => File.Exists(System.IO.Path.Combine(d, "config.json")) && new ModelDirectory(d).FoundWeightsPath is not null)
            .Select(d => System.IO.Path.GetFileName(d)).Order(StringComparer.Ordinal)];

    /// <summary>Writes all files of a model, <c>config.json</c> last, so that a folder without it is an unfinished one.</summary>
    /// <param name="config">The shape.</param>
    /// <param name="weights">The weights, in the order they shall have in the file.</param>
    /// <param name="tokenizer">The tokenizer; its vocabulary fits into the shape's.</param>
    /// <param name="record">How the model came to be.</param>
    /// <param name="from">The model's folder or GGUF file that it was continued from, whose tokenizer files stay as they are; or null.</param>
    /// <exception cref="InputException">The folder cannot be written to, or the vocabularies do not fit.</exception>
    public void Write(ModelConfig config, IReadOnlyList<TensorSource> weights, BpeTokenizer tokenizer, ModelRecord record, string? from = null)
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
        if (from is not null && System.IO.Path.GetFullPath(from) != System.IO.Path.GetFullPath(Path))
            TakeTokenizer(from);
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
    /// Takes over what another model's files tell of its tokenizer, of how chats are framed and texts begin and end, and its
    /// licence: files as they are, or made of what a GGUF file says.
    /// </summary>
    /// <param name="model">The other model's folder or GGUF file.</param>
    /// <exception cref="InputException">It cannot be read, or this folder not be written.</exception>
    public void TakeTokenizer(string model)
    {
        if (ModelFiles.IsGguf(model))
        {
            using var files = ModelFiles.Open(model);
            WriteForeignTokenizer(files.Tokenizer!, files.Config, files.BeginToken, files.ChatTemplate, files.EndTokens);
            return;
        }
        foreach (string name in TokenizerFiles)
        {
            string from = System.IO.Path.Combine(model, name);
            if (File.Exists(from))
            {
                AtomicFile.Write(In(name), stream =>
                {
                    using var source = File.OpenRead(from);
                    source.CopyTo(stream);
                });
            }
        }
    }

    /// <summary>
    /// Writes the tokenizer of a model that is not ours, and which tokens begin and end its texts: <c>tokenizer.json</c>,
    /// <c>tokenizer_config.json</c>, <c>generation_config.json</c>.
    /// </summary>
    /// <param name="tokenizer">The tokenizer.</param>
    /// <param name="config">The model's shape.</param>
    /// <param name="beginToken">The token that begins every text, or null.</param>
    /// <param name="chatTemplate">The chat template as Jinja, or null.</param>
    /// <param name="endTokens">Tokens that end a text.</param>
    private void WriteForeignTokenizer(
        BpeTokenizer tokenizer, ModelConfig config, int? beginToken, string? chatTemplate, IReadOnlySet<int> endTokens)
    {
        string? Name(int? id) => id is { } token ? Encoding.UTF8.GetString(tokenizer.TokenBytes(token)) : null;
        tokenizer.Save(In("tokenizer.json"));
        if (beginToken is not null)
        {
            var json = (JsonObject)JsonNode.Parse(File.ReadAllText(In("tokenizer.json")))!;
            json["post_processor"] = BeginsWith(Name(beginToken)!, beginToken.Value);
            WriteJson(In("tokenizer.json"), json);
        }
        WriteJson(TokenizerConfigPath, new JsonObject
        {
            ["add_bos_token"] = beginToken is not null,
            ["add_eos_token"] = false,
            ["bos_token"] = Name(beginToken ?? config.BosTokenId),
            ["chat_template"] = chatTemplate,
            ["clean_up_tokenization_spaces"] = false,
            ["eos_token"] = Name(config.EosTokenId),
            ["model_max_length"] = config.MaxPositionEmbeddings,
            ["tokenizer_class"] = "PreTrainedTokenizerFast",
        });
        WriteJson(GenerationConfigPath, new JsonObject
        {
            ["bos_token_id"] = beginToken ?? config.BosTokenId,
            ["eos_token_id"] = new JsonArray([.. endTokens.Order().Select(id => (JsonNode)id)]),
        });
    }

    // tokenizers' TemplateProcessing: one text, or two
    private static JsonObject BeginsWith(string name, int id)
    {
        JsonObject Special(int type) => new() { ["SpecialToken"] = new JsonObject { ["id"] = name, ["type_id"] = type } };
        JsonObject Text(string text, int type) => new() { ["Sequence"] = new JsonObject { ["id"] = text, ["type_id"] = type } };
        return new()
        {
            ["type"] = "TemplateProcessing",
            ["single"] = new JsonArray(Special(0), Text("A", 0)),
            ["pair"] = new JsonArray(Special(0), Text("A", 0), Special(1), Text("B", 1)),
            ["special_tokens"] = new JsonObject
            {
                [name] = new JsonObject { ["id"] = name, ["ids"] = new JsonArray(id), ["tokens"] = new JsonArray(name) },
            },
        };
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
