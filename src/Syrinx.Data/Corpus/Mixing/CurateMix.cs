using System.Globalization;
using System.Text.Json;

namespace Syrinx.Data.Corpus.Mixing;

/// <summary>
/// How much of what shall be in the corpus, read from a file that <c>curate --mix</c> names; what it leaves out stays as it is. Shares
/// are parts of the corpus in weighted letters (a Latin letter 1, a Chinese character 2.5). Immutable; saved in <c>card.json</c>.
/// </summary>
public sealed record CurateMix
{
    /// <summary>Rules for boards, platforms and kinds; the first that fits a conversation's first post counts.</summary>
    public IReadOnlyList<MixRule> Sources { get; init; } = [];

    /// <summary>Shares of the corpus by kind: <c>{"web": 0.3, "encyclopedia": 0.1}</c>. The other kinds share the rest.</summary>
    public IReadOnlyDictionary<string, double> Shares { get; init; } = new Dictionary<string, double>();

    /// <summary>No document is in the corpus more often than this. Muennighoff et al. 2023 (arXiv 2305.16264) found up to four rounds
    /// nearly as good as new text.</summary>
    public int MaxRepetitions { get; init; } = 4;

    /// <summary>Replaces <see cref="CurateSettings.AuthorShare"/> where given.</summary>
    public double? AuthorShare { get; init; }

    /// <summary>Replaces <see cref="CurateSettings.AuthorPosts"/> where given.</summary>
    public int? AuthorPosts { get; init; }

    /// <summary>Replaces <see cref="CurateSettings.CampaignPosts"/> where given.</summary>
    public int? CampaignPosts { get; init; }

    /// <summary>Reads such a file.</summary>
    /// <exception cref="InputException">It is missing or malformed, or a number makes no sense; the message names the
    /// field.</exception>
    public static CurateMix Read(string path)
    {
        try
        {
            using var stream = File.OpenRead(path);
            var mix = JsonSerializer.Deserialize<CurateMix>(stream, new JsonSerializerOptions(CorpusFiles.Json)
            {
                UnmappedMemberHandling = System.Text.Json.Serialization.JsonUnmappedMemberHandling.Disallow,
                ReadCommentHandling = JsonCommentHandling.Skip,
                AllowTrailingCommas = true,
            }) ?? throw new JsonException("it is null");
            return mix.Validated(path);
        }
        catch (JsonException e)
        {
            throw new InputException($"{path} is no mix: {Reason(e)} It should be an object with sources, shares, max_repetitions, "
                + "author_share, author_posts, campaign_posts, all optional; docs/curate.md shows one.", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"Cannot read the mix {path}: {e.Message}", e);
        }
    }

    /// <summary>The serializer's words, but for those that name types of ours.</summary>
    private static string Reason(JsonException e) =>
        e.Message.Contains("could not be mapped", StringComparison.Ordinal) && e.Message.Split('\'') is [_, var field, ..] ? $"there is no field '{field}'."
        : e.Message.Contains("could not be converted", StringComparison.Ordinal) ? $"{e.Path} is not of the right type."
        : e.Message;

    private CurateMix Validated(string path)
    {
        Check(MaxRepetitions is >= 1 and <= 100, "max_repetitions", MaxRepetitions, "from 1 to 100");
        foreach (var (i, rule) in Sources.Index())
        {
            string field = $"sources[{i}]";
            if (rule.Platform is null && rule.Community is null && rule.Kind is null)
                throw new InputException($"{path}: {field} names no platform, community or kind, so it is a rule for nothing.");
            Check(rule.Weight >= 0 && rule.Weight <= MaxRepetitions, field + ".weight", rule.Weight, $"from 0 to max_repetitions ({MaxRepetitions})");
            Check(rule.MaxShare is > 0 and <= 1, field + ".max_share", rule.MaxShare, "above 0 and at most 1");
        }
        foreach (var (kind, share) in Shares)
        {
            if (kind is not ("post" or "article" or "push" or "web" or "encyclopedia"))
                throw new InputException($"{path}: shares.{kind} is no kind; there are post, article, push, web and encyclopedia.");
            Check(share is >= 0 and < 1, "shares." + kind, share, "from 0 to below 1");
        }
        Check(Shares.Values.Sum() < 1, "shares", Shares.Values.Sum(), "below 1 together, so that something is left for the rest");
        Check(AuthorShare is null or (> 0 and <= 1), "author_share", AuthorShare ?? 0, "above 0 and at most 1");
        Check(AuthorPosts is null or > 0, "author_posts", AuthorPosts ?? 0, "at least 1");
        Check(CampaignPosts is null or >= 0, "campaign_posts", CampaignPosts ?? 0, "at least 0");
        return this;

        void Check(bool holds, string field, double value, string right)
        {
            if (!holds)
                throw new InputException(string.Create(CultureInfo.InvariantCulture, $"{path}: {field} is {value}, but should be {right}."));
        }
    }
}

/// <summary>A rule of the mix. What it names must all fit; what it does not name may be anything.</summary>
public sealed record MixRule
{
    /// <summary>The platform: <c>x</c>, <c>ptt</c>, …</summary>
    public string? Platform { get; init; }

    /// <summary>The board, subreddit or category.</summary>
    public string? Community { get; init; }

    /// <summary>The kind: <c>post</c>, <c>article</c>, …</summary>
    public string? Kind { get; init; }

    /// <summary>How often a conversation is in the corpus: 0 never, 0.5 every second one, 2 twice.</summary>
    public double Weight { get; init; } = 1;

    /// <summary>Largest share of the corpus that all this rule's conversations have together.</summary>
    public double MaxShare { get; init; } = 1;

    internal bool Fits(PostPlace place) =>
        (Platform is null || Platform == place.Platform) && (Community is null || Community == place.Community)
        && (Kind is null || Kind == place.Kind);
}
