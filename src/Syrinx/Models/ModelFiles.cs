using System.Text.Json;
using System.Text.Json.Nodes;
using Syrinx.Models.Templates;
using Syrinx.Tokens;

namespace Syrinx.Models;

/// <summary>
/// A model to read, of whatever format: a folder in Hugging Face layout with one or several safetensors files, or a GGUF file.
/// The weights stay mapped until it is disposed. Safe to share between threads.
/// </summary>
public sealed class ModelFiles : IDisposable
{
    private ModelFiles(string path, ModelConfig config, TensorFile weights)
    {
        (Path, Config, Weights) = (path, config, weights);
    }

    /// <summary>The folder or file.</summary>
    public string Path { get; }

    /// <summary>The shape.</summary>
    public ModelConfig Config { get; }

    /// <summary>The weights.</summary>
    public TensorFile Weights { get; }

    /// <summary>The file that holds the tokenizer, or should.</summary>
    public string TokenizerPath => IsGguf(Path) ? Path : new ModelDirectory(Path).TokenizerPath;

    /// <summary>The tokenizer, or null where a folder has none.</summary>
    public BpeTokenizer? Tokenizer { get; private init; }

    /// <summary>The token that begins every text, or null where the model was trained without.</summary>
    public int? BeginToken { get; private init; }

    /// <summary>Tokens that end a text.</summary>
    public IReadOnlySet<int> EndTokens { get; private init; } = new HashSet<int>();

    /// <summary>How chats are framed, as a Jinja template; null where the model has none.</summary>
    public string? ChatTemplate { get; private init; }

    /// <summary>How the model came to be, or null where it does not tell.</summary>
    public ModelRecord? Record { get; private init; }

    /// <summary>
    /// Finds a model: a <c>.gguf</c> file, a name under the home folder's models, or a folder that holds a <c>config.json</c>.
    /// </summary>
    /// <returns>Its folder or file.</returns>
    /// <exception cref="InputException">There is none; the message lists the models that there are.</exception>
    public static string Find(string nameOrPath, HomeFolder home)
    {
        if (!IsGguf(nameOrPath))
            return ModelDirectory.Find(nameOrPath, home).Path;
        return File.Exists(nameOrPath) ? System.IO.Path.GetFullPath(nameOrPath)
            : throw new InputException($"There is no file '{nameOrPath}'.");
    }

    /// <summary>Whether a path is of a GGUF file, by its name.</summary>
    public static bool IsGguf(string path) => path.EndsWith(".gguf", StringComparison.OrdinalIgnoreCase);

    /// <summary>Opens a model.</summary>
    /// <param name="path">What <see cref="Find"/> returned.</param>
    /// <exception cref="InputException">A file is missing, malformed, or of a kind that is not known; the message names file and
    /// field, key or tensor.</exception>
    public static ModelFiles Open(string path) => IsGguf(path) ? OpenGguf(path) : OpenFolder(new(path));

    /// <summary>A model's shape.</summary>
    /// <inheritdoc cref="Open"/>
    public static ModelConfig ReadConfig(string path)
    {
        if (!IsGguf(path))
            return ModelConfig.Read(new ModelDirectory(path).ConfigPath);
        using var tensors = GgufTensors.Open(path);
        return GgufConfig.Read(tensors);
    }

    /// <summary>A model's tokenizer.</summary>
    /// <inheritdoc cref="Open"/>
    public static BpeTokenizer ReadTokenizer(string path) =>
        IsGguf(path) ? GgufTokenizer.Read(Gguf.Open(path)) : BpeTokenizer.Load(new ModelDirectory(path).TokenizerPath);

    /// <summary>How a model came to be; null where it does not tell.</summary>
    /// <exception cref="InputException">The record is damaged.</exception>
    public static ModelRecord? ReadRecord(string path)
    {
        if (IsGguf(path))
            return GgufModel.ReadRecord(Gguf.Open(path));
        string file = new ModelDirectory(path).RecordPath;
        return File.Exists(file) ? ModelRecord.Read(file) : null;
    }

    /// <summary>Unmaps the weights.</summary>
    public void Dispose() => Weights.Dispose();

    private static ModelFiles OpenGguf(string path)
    {
        var tensors = GgufTensors.Open(path);
        try
        {
            var config = GgufConfig.Read(tensors);
            var tokenizer = GgufTokenizer.Read(tensors.Metadata);
            return new(path, config, tensors)
            {
                Tokenizer = Fitting(tokenizer, config, path, path),
                BeginToken = GgufModel.BeginToken(tensors.Metadata, tokenizer),
                EndTokens = GgufModel.EndTokens(tensors.Metadata, tokenizer),
                ChatTemplate = tensors.Metadata.Find<string>("tokenizer.chat_template"),
                Record = GgufModel.ReadRecord(tensors.Metadata),
            };
        }
        catch
        {
            tensors.Dispose();
            throw;
        }
    }

    private static ModelFiles OpenFolder(ModelDirectory folder)
    {
        var config = ModelConfig.Read(folder.ConfigPath);
        var weights = folder.OpenWeights();
        try
        {
            var tokenizer = File.Exists(folder.TokenizerPath)
                ? Fitting(BpeTokenizer.Load(folder.TokenizerPath), config, folder.TokenizerPath, folder.ConfigPath) : null;
            return new(folder.Path, config, weights)
            {
                Tokenizer = tokenizer,
                BeginToken = FindBeginToken(folder, config, tokenizer),
                EndTokens = folder.ReadEndTokens(tokenizer),
                ChatTemplate = ChatTemplateFile.Read(folder).Template,
                Record = ReadRecord(folder.Path),
            };
        }
        catch
        {
            weights.Dispose();
            throw;
        }
    }

    private static BpeTokenizer Fitting(BpeTokenizer tokenizer, ModelConfig config, string file, string configFile) =>
        tokenizer.VocabSize <= config.VocabSize ? tokenizer : throw new InputException(
            $"{file} has {tokenizer.VocabSize} tokens, but {configFile} says vocab_size {config.VocabSize}.");

    // tokenizer_config.json decides; where it says nothing, the frame that tokenizer.json puts around a text; SentencePiece's
    // models begin texts so unless told otherwise
    private static int? FindBeginToken(ModelDirectory folder, ModelConfig config, BpeTokenizer? tokenizer)
    {
        var settings = ReadObject(folder.TokenizerConfigPath);
        if (settings is null || tokenizer is null)
            return config.BosTokenId;
        int? named = (settings["bos_token"] is JsonObject o ? o["content"] : settings["bos_token"]) is JsonValue v
            && v.TryGetValue(out string? text) ? tokenizer.TokenId(text) : null;
        int? begin = named ?? config.BosTokenId;
        if (settings["add_bos_token"] is JsonValue add && add.TryGetValue(out bool wanted))
            return wanted ? begin : null;
        return tokenizer.Vocabulary.SentencePiece is not null || FramesWith(folder, begin) ? begin : null;
    }

    private static bool FramesWith(ModelDirectory folder, int? begin)
    {
        if (begin is null || !folder.TokenizerPath.EndsWith(".json", StringComparison.Ordinal))
            return false;
        var frame = ReadObject(folder.TokenizerPath)?["post_processor"] as JsonObject;
        var steps = frame?["processors"] is JsonArray several ? several.ToArray() : [frame];
        return steps.OfType<JsonObject>().Any(s => s["single"] is JsonArray { Count: > 0 } single && single[0] is JsonObject first
            && first["SpecialToken"] is not null);
    }

    private static JsonObject? ReadObject(string path)
    {
        if (!File.Exists(path))
            return null;
        try
        {
            return JsonNode.Parse(File.ReadAllText(path)) as JsonObject ?? throw new JsonException("it is no object");
        }
        catch (Exception e) when (e is JsonException or IOException)
        {
            throw new InputException($"{path} must be a JSON object: {e.Message}", e);
        }
    }
}
