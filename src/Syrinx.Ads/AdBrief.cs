using System.Text.RegularExpressions;

namespace Syrinx.Ads;

/// <summary>
/// What an advertiser asks for. Only <see cref="Facts"/> may be claimed; every other field is wording. Immutable and safe to
/// share between threads. All of its text is data, never an instruction.
/// </summary>
public sealed partial record AdBrief
{
    private static readonly string[] Names =
        ["product", "url", "audience", "language", "facts", "keywords", "tone", "call_to_action", "banned", "category"];

    /// <summary>The product's name as the copy says it, 1 to 80 characters.</summary>
    public required string Product { get; init; }

    /// <summary>Where the ad leads, http or https, at most 2,000 characters; empty where there is none.</summary>
    public string Url { get; init; } = "";

    /// <summary>Who the ad is for, at most 200 characters.</summary>
    public string Audience { get; init; } = "";

    /// <summary>
    /// The language of the copy, BCP 47: English (<c>en</c>, <c>en-GB</c> …) or Traditional Chinese (<c>zh-TW</c>, <c>zh-Hant</c>,
    /// <c>zh-HK</c> …). Its region decides which country's policy holds, and what a bare $ is.
    /// </summary>
    public required string Language { get; init; }

    /// <summary>The only source of claims: 1 to 40 short sentences or phrases of at most 300 characters.</summary>
    public required IReadOnlyList<string> Facts { get; init; }

    /// <summary>Words that the copy should use, at most 40 of at most 60 characters.</summary>
    public IReadOnlyList<string> Keywords { get; init; } = [];

    /// <summary>How it should sound, at most 100 characters.</summary>
    public string Tone { get; init; } = "";

    /// <summary>What the reader should do, at most 60 characters; empty for an ordinary one.</summary>
    public string CallToAction { get; init; } = "";

    /// <summary>Words that must not appear, at most 200 of at most 60 characters.</summary>
    public IReadOnlyList<string> Banned { get; init; } = [];

    /// <summary>What is advertised, in a word or two: <c>coffee</c>, <c>alcohol</c>, at most 60 characters.</summary>
    public string Category { get; init; } = "";

    /// <summary>The language in which copy is written.</summary>
    public AdLanguage CopyLanguage =>
        Language.StartsWith("zh", StringComparison.OrdinalIgnoreCase) ? AdLanguage.TraditionalChinese : AdLanguage.English;

    /// <summary>The country of <see cref="Language"/>, two capital letters; null where it names none.</summary>
    public string? Country => Language.Split('-').Skip(1).FirstOrDefault(p => p.Length == 2)?.ToUpperInvariant();

    /// <summary>Reads a brief from JSON (snake_case names as in the contracts). Unknown fields are errors.</summary>
    /// <param name="json">One JSON object.</param>
    /// <param name="source">What errors call it: the file's path, or "brief".</param>
    /// <exception cref="InputException">Something is wrong; the message names source and field.</exception>
    public static AdBrief Parse(string json, string source = "brief")
    {
        ArgumentNullException.ThrowIfNull(json);
        var root = JsonInput.Parse(json, source);
        JsonInput.RequireObject(root, source, Names);
        string Text(string name, bool required = false) =>
            root.TryGetProperty(name, out var value) ? JsonInput.Text(value, $"{source}: {name}")
            : required ? throw new InputException($"{source}: {name} is missing.") : "";
        IReadOnlyList<string> Texts(string name) =>
            root.TryGetProperty(name, out var value) ? JsonInput.Texts(value, $"{source}: {name}") : [];
        return new AdBrief
        {
            Product = Text("product", required: true),
            Url = Text("url"),
            Audience = Text("audience"),
            Language = Text("language", required: true),
            Facts = Texts("facts"),
            Keywords = Texts("keywords"),
            Tone = Text("tone"),
            CallToAction = Text("call_to_action"),
            Banned = Texts("banned"),
            Category = Text("category"),
        }.Validated(source);
    }

    /// <summary>Reads a brief from a file of at most 1 MB.</summary>
    /// <inheritdoc cref="Parse"/>
    public static AdBrief Read(string path) => Parse(JsonInput.ReadFile(path), path);

    /// <summary>
    /// This brief with spaces at the ends of its texts removed, checked as <see cref="Parse"/> does; for one that was made in a
    /// program or on a page.
    /// </summary>
    /// <inheritdoc cref="Parse"/>
    public AdBrief Validated(string source = "brief")
    {
        var brief = this with
        {
            Product = Checked(Product, "product", 80, source),
            Url = CheckedUrl(Url, source),
            Audience = Checked(Audience, "audience", 200, source),
            Language = CheckedLanguage(Language, source),
            Facts = Checked(Facts, "facts", 40, 300, source),
            Keywords = Checked(Keywords, "keywords", 40, 60, source),
            Tone = Checked(Tone, "tone", 100, source),
            CallToAction = Checked(CallToAction, "call_to_action", 60, source),
            Banned = Checked(Banned, "banned", 200, 60, source),
            Category = Checked(Category, "category", 60, source),
        };
        if (brief.Product.Length == 0)
            throw new InputException($"{source}: product is empty; say what the copy should call it.");
        if (brief.Facts.Count == 0)
            throw new InputException($"{source}: facts is empty; name at least one fact, for nothing else may be claimed.");
        return brief;
    }

    private static string Checked(string text, string field, int limit, string source)
    {
        text = (text ?? throw new InputException($"{source}: {field} is null, but must be a string.")).Trim();
        if (text.Length > limit)
            throw new InputException($"{source}: {field} has {text.Length} characters, but {limit} are the most.");
        for (int i = 0; i < text.Length; i++)
        {
            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
                i++;
            else if (char.IsControl(text[i]) || char.IsSurrogate(text[i]) || text[i] is '\u2028' or '\u2029' or '\uFFFE' or '\uFFFF')
                throw new InputException($"{source}: {field} holds a character that is none for reading (U+{(int)text[i]:X4}, at {i}); one line of plain text is right.");
        }
        return text;
    }

    private static IReadOnlyList<string> Checked(IReadOnlyList<string> texts, string field, int count, int limit, string source)
    {
        if (texts is null)
            throw new InputException($"{source}: {field} is null, but must be an array of strings.");
        if (texts.Count > count)
            throw new InputException($"{source}: {field} has {texts.Count} entries, but {count} are the most.");
        return [.. texts.Select((text, i) => Checked(text, $"{field}[{i}]", limit, source) is { Length: > 0 } kept
            ? kept : throw new InputException($"{source}: {field}[{i}] is empty; leave it out."))];
    }

    private static string CheckedUrl(string url, string source)
    {
        url = Checked(url, "url", 2000, source);
        if (url.Length > 0 && !(Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"
            && uri.UserInfo.Length == 0 && !url.Any(char.IsWhiteSpace)))
            throw new InputException($"{source}: url must be an address such as https://example.com/page.");
        return url;
    }

    private static string CheckedLanguage(string language, string source)
    {
        language = Checked(language, "language", 35, source);
        if (!LanguageTag().IsMatch(language))
        {
            throw new InputException($"{source}: language '{language}' is not one in which copy is written: English (en, en-GB …) "
                + "or Traditional Chinese (zh-TW, zh-Hant, zh-HK …).");
        }
        return language;
    }

    // English of anywhere; Chinese in its traditional script
    [GeneratedRegex("^(?:en(?:-[a-z]{4})?(?:-(?:[a-z]{2}|[0-9]{3}))?|zh(?:-hant)?(?:-(?:tw|hk|mo))?)$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex LanguageTag();
}
