using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Syrinx.Tokens;

/// <summary>What <c>tokens/tokens.json</c> tells of one shard.</summary>
/// <param name="Documents">Documents.</param>
/// <param name="Tokens">Tokens, with the one that ends each document.</param>
/// <param name="Bytes">Bytes of the documents' UTF-8: bits per byte = loss / ln 2 · tokens / bytes.</param>
public sealed record ShardCounts(long Documents, long Tokens, long Bytes);

/// <summary>
/// A corpus as tokens: <c>train.bin</c>, <c>val.bin</c> (<see cref="TokenShard"/>) and <c>tokens.json</c>, which is this
/// record. Made by <see cref="Build"/> from <c>corpus/documents.jsonl</c>.
/// </summary>
public sealed record CorpusTokens
{
    private static readonly JsonSerializerOptions Json =
        new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, WriteIndented = true };

    /// <summary>Changes if and only if the documents or the tokenizer do.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>Size of the tokenizer's vocabulary.</summary>
    public required int VocabSize { get; init; }

    /// <summary>The documents to train on.</summary>
    public required ShardCounts Train { get; init; }

    /// <summary>The documents to validate on.</summary>
    public required ShardCounts Val { get; init; }

    /// <summary>Whether the files were there already and have been taken as they were.</summary>
    [JsonIgnore]
    public bool Reused { get; init; }

    /// <summary>Encodes a corpus, or takes the shards that are there when they are of the same documents and tokenizer.</summary>
    /// <param name="corpus">The folder with <c>documents.jsonl</c>.</param>
    /// <param name="tokenizerPath">The <c>tokenizer.json</c>.</param>
    /// <param name="directory">Where the shards go.</param>
    /// <param name="threads">Threads to encode with; the result does not depend on them.</param>
    /// <param name="progress">Told of the documents encoded.</param>
    /// <param name="cancel">Stops the work; unfinished shards leave nothing.</param>
    /// <exception cref="InputException">A file is missing or a line of the documents is malformed.</exception>
    public static CorpusTokens Build(
        string corpus, string tokenizerPath, string directory, int threads, IProgress<StageProgress>? progress = null,
            CancellationToken cancel = default)
    {
        string documents = Path.Combine(corpus, "documents.jsonl");
        if (!File.Exists(documents))
            throw new InputException($"{documents} is not there: 'syrinx curate' writes it.");
        var tokenizer = BpeTokenizer.Load(tokenizerPath);
        string fingerprint = Hash(documents, tokenizerPath);
        if (TryReuse(directory, fingerprint) is { } there)
            return there;

        using var guard = FolderLock.Take(Path.Combine(directory, ".lock"),
            $"Another process is making the tokens in {directory}. Wait until it has ended, then run this again.");
        string record = Path.Combine(directory, "tokens.json");
        if (File.Exists(record))
            File.Delete(record); // while the shards are replaced, nothing vouches for them
        int end = tokenizer.DocumentEnd;
        using var train = new TokenShardWriter(Path.Combine(directory, "train.bin"), tokenizer.VocabSize, end);
        using var val = new TokenShardWriter(Path.Combine(directory, "val.bin"), tokenizer.VocabSize, end);
        long trainBytes = 0, valBytes = 0, done = 0;
        foreach (var (document, tokens) in tokenizer.EncodeAll(ReadDocuments(documents), d => d.Text, threads, cancel))
        {
            (document.Train ? train : val).Append(tokens);
            (document.Train ? ref trainBytes : ref valBytes) += Encoding.UTF8.GetByteCount(document.Text);
            if (++done % 256 == 0)
                progress?.Report(new("tokens", done, null, "documents"));
        }
        train.Complete();
        val.Complete();
        var result = new CorpusTokens
        {
            Fingerprint = fingerprint,
            VocabSize = tokenizer.VocabSize,
            Train = new(train.Documents, train.Count, trainBytes),
            Val = new(val.Documents, val.Count, valBytes),
        };
        AtomicFile.WriteText(record, JsonSerializer.Serialize(result, Json) + "\n");
        return result;
    }

    /// <summary>Reads <c>tokens.json</c>.</summary>
    /// <exception cref="InputException">It is missing or malformed.</exception>
    public static CorpusTokens Read(string directory)
    {
        string path = Path.Combine(directory, "tokens.json");
        try
        {
            using var stream = File.OpenRead(path);
            return JsonSerializer.Deserialize<CorpusTokens>(stream, Json) ?? throw new JsonException("it is null");
        }
        catch (Exception e) when (e is JsonException or IOException)
        {
            throw new InputException($"{path} is not there or malformed; delete it, and it will be made anew: {e.Message}", e);
        }
    }

    private static CorpusTokens? TryReuse(string directory, string fingerprint)
    {
        try
        {
            var there = Read(directory);
            using var train = TokenShard.Open(Path.Combine(directory, "train.bin"));
            using var val = TokenShard.Open(Path.Combine(directory, "val.bin"));
            bool same = there.Fingerprint == fingerprint && train.Count == there.Train.Tokens && val.Count == there.Val.Tokens;
            return same ? there with { Reused = true } : null;
        }
        catch (InputException)
        {
            return null;
        }
    }

    private static IEnumerable<(string Text, bool Train)> ReadDocuments(string documents)
    {
        long number = 0;
        foreach (string line in TextFile.ReadLines(documents))
        {
            string where = $"{documents}:{++number}";
            string split = TextFile.JsonText(line, "split", where);
            if (split is not ("train" or "val"))
                throw new InputException($"{where}: field 'split' is '{split}', but it must be 'train' or 'val'.");
            yield return (TextFile.JsonText(line, "text", where), split == "train");
        }
    }

    private static string Hash(params string[] paths)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (string path in paths)
        {
            using var stream = File.OpenRead(path);
            hash.AppendData(SHA256.HashData(stream));
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
