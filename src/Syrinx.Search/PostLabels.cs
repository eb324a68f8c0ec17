using System.Security.Cryptography;
using System.Text;
using Syrinx.Data.Corpus;

namespace Syrinx.Search;

/// <summary>
/// What <c>corpus/labels.jsonl</c> says of the posts, as far as a search needs it: language, whether a post is spam, a
/// bot's or a campaign's, and whether it may be quoted. Ids are kept as 64-bit hashes (24 bytes a post), so that millions
/// fit into memory; that two of 10 million posts share one has a chance of 3 in a million. Immutable; safe to share
/// between threads.
/// </summary>
public sealed class PostLabels
{
    /// <summary>
    /// Scores in 0…1 from which a post counts as spam or a bot's and is ranked down: those at which curation drops it.
    /// </summary>
    private static readonly CurateSettings Curation = new();

    /// <summary>Scores in 0…1 from which there is enough suspicion not to quote a post.</summary>
    private const double Suspicion = 0.5;

    private readonly Dictionary<ulong, Label> _labels = [];
    private readonly List<string> _languages = [];

    private PostLabels(string fingerprint) => Fingerprint = fingerprint;

    /// <summary>Changes when the file does.</summary>
    public string Fingerprint { get; }

    /// <summary>Posts with a label.</summary>
    public int Count => _labels.Count;

    /// <summary>Reads the labels of a corpus folder; null where there are none.</summary>
    /// <exception cref="InputException">A line is not a label.</exception>
    public static PostLabels? TryRead(string corpusFolder, CancellationToken cancel = default)
    {
        if (FingerprintOf(corpusFolder) is not { } fingerprint)
            return null;
        var labels = new PostLabels(fingerprint);
        var languages = new Dictionary<string, byte>();
        foreach (var label in CorpusFiles.ReadLabels(corpusFolder, cancel))
            labels.Add(label, languages);
        return labels;
    }

    /// <summary><see cref="Fingerprint"/> of a corpus folder's labels without keeping them; null where there are none.</summary>
    public static string? FingerprintOf(string corpusFolder)
    {
        string path = Path.Combine(corpusFolder, CorpusFiles.Labels);
        if (!File.Exists(path))
            return null;
        using var stream = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(stream).AsSpan(0, 16));
    }

    /// <summary>What is known of a post; nothing, if it has no label.</summary>
    internal Label Of(string id) => _labels.GetValueOrDefault(Hash(id));

    /// <summary>The language of a post (BCP 47), or null.</summary>
    internal string? LanguageOf(Label label) => label.Language > 0 ? _languages[label.Language - 1] : null;

    /// <summary>FNV-1a over the id's UTF-8 bytes, finished with a step of Murmur's mixer.</summary>
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

    private void Add(PostLabel row, Dictionary<string, byte> languages)
    {
        byte language = 0;
        if (row.Lang is { Length: > 0 } and not "und" && !languages.TryGetValue(row.Lang, out language)
            && _languages.Count < byte.MaxValue)
        {
            _languages.Add(row.Lang);
            languages[row.Lang] = language = (byte)_languages.Count;
        }
        _labels[Hash(row.Id)] = new(
            language,
            Demoted: row.Spam >= Curation.MaxSpam || row.Bot >= Curation.MaxBot || row.Campaign is not null
                || row.Dropped is DropReason.Spam or DropReason.Bot or DropReason.Campaign,
            Unquotable: row.Spam >= Suspicion || row.Bot >= Suspicion || row.Dropped is DropReason.Adult or DropReason.Toxic,
            Withdrawn: row.Dropped is DropReason.OptedOut or DropReason.AuthorState);
    }

    /// <summary>What is kept of a label.</summary>
    /// <param name="Language">1-based place in the list of languages; 0: none.</param>
    /// <param name="Demoted">Spam, a bot's, or a campaign's: ranked down, and never in an answer.</param>
    /// <param name="Unquotable">Adult or abusive: to be found, but never in an answer.</param>
    /// <param name="Withdrawn">Its author opted out or is gone: in no index.</param>
    internal readonly record struct Label(byte Language, bool Demoted, bool Unquotable, bool Withdrawn);
}
