using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Syrinx.Search;

/// <summary>
/// What <c>corpus/labels.jsonl</c> says of the posts, as far as a search needs it: language, and whether a post is spam, a
/// bot's or a campaign's. Ids are kept as 64-bit hashes (24 bytes a post), so that millions fit into memory; that two posts
/// of 10 million share one has a chance of 3 in a million. Immutable; safe to share between threads.
/// </summary>
public sealed class PostLabels
{
    /// <summary>Scores in 0…1 from which a post counts as spam or a bot's.</summary>
    internal const double Threshold = 0.5;

    private readonly Dictionary<ulong, Label> _labels = [];
    private readonly List<string> _languages = [];

    private PostLabels(string fingerprint) => Fingerprint = fingerprint;

    /// <summary>Changes when the file does.</summary>
    public string Fingerprint { get; }

    /// <summary>Posts with a label.</summary>
    public int Count => _labels.Count;

    /// <summary>Reads the file; null where there is none.</summary>
    /// <exception cref="InputException">A line is no JSON object with an <c>id</c>.</exception>
    public static PostLabels? TryRead(string path, CancellationToken cancel = default)
    {
        if (!File.Exists(path))
            return null;
        byte[] hash;
        using (var stream = File.OpenRead(path))
            hash = SHA256.HashData(stream);
        var labels = new PostLabels(Convert.ToHexStringLower(hash.AsSpan(0, 8)));
        var languages = new Dictionary<string, byte>();
        int line = 0;
        foreach (string json in File.ReadLines(path))
        {
            line++;
            cancel.ThrowIfCancellationRequested();
            if (json.Length == 0)
                continue;
            try
            {
                using var document = JsonDocument.Parse(json);
                labels.Add(document.RootElement, languages);
            }
            catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException)
            {
                throw new InputException($"{path}, line {line}: not a label ({e.Message}) Run 'syrinx curate' again.", e);
            }
        }
        return labels;
    }

    /// <summary>The language of a post (BCP 47), or null.</summary>
    internal string? LanguageOf(string id) =>
        _labels.TryGetValue(Hash(id), out var label) && label.Language > 0 ? _languages[label.Language - 1] : null;

    /// <summary>Whether a post is spam, a bot's or a campaign's.</summary>
    internal bool IsDemoted(string id) => _labels.TryGetValue(Hash(id), out var label) && label.Demoted;

    /// <summary>FNV-1a over the id's UTF-8 bytes, finished with Murmur's mixer.</summary>
    internal static ulong Hash(string id)
    {
        Span<byte> buffer = stackalloc byte[512];
        ReadOnlySpan<byte> bytes = Encoding.UTF8.TryGetBytes(id, buffer, out int n) ? buffer[..n] : Encoding.UTF8.GetBytes(id);
        ulong hash = 14695981039346656037;
        foreach (byte b in bytes)
            hash = (hash ^ b) * 1099511628211;
        hash = (hash ^ (hash >> 33)) * 0xff51afd7ed558ccd;
        return hash ^ (hash >> 33);
    }

    private void Add(JsonElement row, Dictionary<string, byte> languages)
    {
        string id = row.GetProperty("id").GetString()!;
        byte language = 0;
        if (row.TryGetProperty("lang", out var lang) && lang.GetString() is { Length: > 0 } name
            && !languages.TryGetValue(name, out language) && _languages.Count < byte.MaxValue)
        {
            _languages.Add(name);
            languages[name] = language = (byte)_languages.Count;
        }
        bool demoted = IsSet(row, "spam") || IsSet(row, "bot") || IsSet(row, "campaign");
        _labels[Hash(id)] = new(language, demoted);
    }

    private static bool IsSet(JsonElement row, string name) => row.TryGetProperty(name, out var value) && value.ValueKind switch
    {
        JsonValueKind.Number => value.GetDouble() >= Threshold,
        JsonValueKind.String => value.GetString()!.Length > 0,
        JsonValueKind.True => true,
        _ => false,
    };

    private readonly record struct Label(byte Language, bool Demoted);
}
