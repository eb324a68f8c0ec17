using System.Security.Cryptography;
using Syrinx.Models;
using Syrinx.Tokens;
using Syrinx.Training.Runs;

namespace Syrinx.Training.Data;

/// <summary>
/// The tokens of a run, and the tokenizer they are of: the home folder's corpus, or a text file. What is missing of them is made:
/// a tokenizer, shards. What is there and of the same text is taken.
/// </summary>
internal sealed class TrainingText : IDisposable
{
    private TrainingText(Place place)
    {
        Tokenizer = BpeTokenizer.Load(place.Tokenizer);
        Fingerprint = place.Fingerprint;
        Train = TokenShard.Open(place.Train ?? Path.Combine(place.Directory, "train.bin"));
        try
        {
            Validation = TokenShard.Open(Path.Combine(place.Directory, "val.bin"));
        }
        catch
        {
            Train.Dispose();
            throw;
        }
    }

    public BpeTokenizer Tokenizer { get; }

    public TokenShard Train { get; }

    public TokenShard Validation { get; }

    public string Fingerprint { get; }

    /// <summary>Where tokens lie.</summary>
    private sealed record Place(string Tokenizer, string Directory, string Fingerprint)
    {
        /// <summary>The shard to train on where it is not <c>train.bin</c>.</summary>
        public string? Train { get; init; }
    }

    /// <summary>Prepares the tokens: rank 0 does, and all open them.</summary>
    /// <param name="settings">Which text.</param>
    /// <param name="directory">Where a text file's tokens go.</param>
    /// <param name="context">Home folder, threads, progress.</param>
    /// <exception cref="InputException">There is no text, or it cannot be read.</exception>
    public static TrainingText Prepare(PretrainSettings settings, string directory, TrainContext context) =>
        new(context.World.FromFirst(
            () => WithCanaries(
                settings.Input is { } input ? OfFile(input, settings, directory, context) : OfCorpus(settings, directory, context), settings, directory, context),
            "the tokens"));

    private static Place WithCanaries(Place place, PretrainSettings settings, string directory, TrainContext context)
    {
        if (settings.Recipe.CanarySet is not { } canaries)
            return place;
        string train = Path.Combine(directory, "train-canaries.bin");
        CanaryShard.Write(Path.Combine(place.Directory, "train.bin"), canaries, BpeTokenizer.Load(place.Tokenizer), train, context.Cancel);
        return place with { Train = train, Fingerprint = $"{place.Fingerprint}+canaries:{canaries.PerRepetition}:{canaries.Seed}" };
    }

    private static Place OfCorpus(PretrainSettings settings, string directory, TrainContext context)
    {
        var home = context.Home;
        string documents = Path.Combine(home.Corpus, "documents.jsonl");
        if (!File.Exists(documents))
            throw new InputException($"{documents} is not there: 'syrinx import' and 'syrinx curate' make it; or give a text with --input FILE.txt.");
        string path = Path.Combine(home.Tokens, "tokenizer.json");
        string? own = settings.From is { } from ? OwnTokenizer(from, directory) : null;
        if (own is not null && !SameFile(own, path))
        {
            // a model goes on with the tokenizer that its weights were trained with; the home folder's tokens stay as they are
            var its = CorpusTokens.Build(home.Corpus, own, directory, context.Threads, context.Progress, context.Cancel);
            return new Place(own, directory, its.Fingerprint);
        }
        if (!File.Exists(path))
            BpeTrainer.Train(TextFile.ReadDocuments(documents), settings.VocabSize, context.Threads, context.Progress, context.Cancel).Save(path);
        var tokens = CorpusTokens.Build(home.Corpus, path, home.Tokens, context.Threads, context.Progress, context.Cancel);
        return new Place(path, home.Tokens, tokens.Fingerprint);
    }

    private static Place OfFile(string input, PretrainSettings settings, string directory, TrainContext context)
    {
        string path = Path.Combine(directory, "tokenizer.json");
        string mark = Path.Combine(directory, "input.sha256");
        string hash = Hash(settings, input);
        if (!(File.Exists(mark) && File.ReadAllText(mark) == hash))
        {
            RunFolder.Make(directory);
            File.Delete(mark); // while the tokens are replaced, nothing vouches for them
            var made = settings.From is { } from ? ModelFiles.ReadTokenizer(from)
                : settings.Characters ? CharacterTokenizer.Train(TextFile.ReadDocuments(input))
                : BpeTrainer.Train(TextFile.ReadDocuments(input), settings.VocabSize, context.Threads, context.Progress, context.Cancel);
            made.Save(path);
            FileTokens.Write(input, settings.Validation, made, directory, context.Cancel);
            AtomicFile.WriteText(mark, hash);
        }
        return new Place(path, directory, hash);
    }

    /// <summary>The file that holds a model's tokenizer.</summary>
    private static string TokenizerFile(string model) => ModelFiles.IsGguf(model) ? model : new ModelDirectory(model).TokenizerPath;

    /// <summary>A model's tokenizer as a file of its own; that of a GGUF file is written to the run's folder.</summary>
    private static string OwnTokenizer(string model, string directory)
    {
        if (!ModelFiles.IsGguf(model))
            return TokenizerFile(model);
        string path = Path.Combine(directory, "tokenizer.json");
        ModelFiles.ReadTokenizer(model).Save(path);
        return path;
    }

    private static string Hash(PretrainSettings settings, string input)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(System.Text.Encoding.UTF8.GetBytes($"1 {settings.Characters} {settings.VocabSize} {settings.Validation is null}"));
        foreach (string? path in (string?[])[input, settings.Validation, settings.From is { } from ? TokenizerFile(from) : null])
        {
            if (path is null)
                continue;
            try
            {
                using var stream = File.OpenRead(path);
                hash.AppendData(SHA256.HashData(stream));
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw new InputException($"Cannot read {path}: {e.Message}", e);
            }
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static bool SameFile(string a, string b) =>
        File.Exists(a) && File.Exists(b) && File.ReadAllBytes(a).AsSpan().SequenceEqual(File.ReadAllBytes(b));

    public void Dispose()
    {
        Train.Dispose();
        Validation.Dispose();
    }
}
