using System.Text.RegularExpressions;
using Lucene.Net.Documents;
using Lucene.Net.Util;
using Syrinx.Data.Posts;
using Syrinx.Search.Analysis;
using Syrinx.Search.Ranking;

namespace Syrinx.Search.Indexing;

/// <summary>Turns posts into Lucene documents. Not thread-safe: its token streams are used again for each post.</summary>
internal sealed partial class PostDocument(IReadOnlyDictionary<string, Author> authors, PostLabels? labels)
{
    /// <summary>
    /// UTF-16 units of an exact value that is indexed; Lucene's limit is 32,766 bytes, and nothing real comes near.
    /// </summary>
    private const int MaxTerm = 2000;

    private readonly TermStream _text = new();
    private readonly TermStream _title = new();
    private readonly TermStream _characters = new();

    /// <summary>The document, valid until the next call; null for a post that does not enter the index.</summary>
    public Document? Create(Post post)
    {
        if (post.RepostOf is not null || string.IsNullOrWhiteSpace(post.Text) && string.IsNullOrWhiteSpace(post.Title))
            return null;
        var author = post.AuthorId is null ? null : authors.GetValueOrDefault(post.AuthorId);
        var label = labels?.Of(post.Id) ?? default;
        // the import lets neither in; an old label or author list may still name one
        if (label.Withdrawn || author is not (null or { State: "active" }))
            return null;
        string? handle = post.Author ?? author?.Handle;
        string? language = labels?.LanguageOf(label) ?? post.Lang;
        var document = new Document();

        _text.SetText(post.Text);
        document.Add(new Field(IndexFields.Text, _text, IndexFields.Analysed));
        if (post.Title is { Length: > 0 })
        {
            _title.SetText(post.Title);
            document.Add(new Field(IndexFields.Title, _title, IndexFields.Analysed));
        }
        _characters.SetCharacters(post.Text, post.Title);
        if (_characters.Count > 0)
            document.Add(new Field(IndexFields.Characters, _characters, IndexFields.Presence));

        StoredPost.Add(document, post, handle, author?.Name, language);
        Identify(document, IndexFields.Id, post.Id);
        document.Add(new NumericDocValuesField(IndexFields.ThreadValue, (long)PostLabels.Hash(post.ThreadId)));
        Exact(document, IndexFields.AuthorHandle, handle);
        Exact(document, IndexFields.AuthorName, author?.Name?.Trim());
        Exact(document, IndexFields.Community, post.Community);
        document.Add(new SortedDocValuesField(IndexFields.CommunityValue, new BytesRef(Facet(post.Community))));
        document.Add(new SortedDocValuesField(IndexFields.LanguageValue, new BytesRef(Facet(language))));
        AddLanguage(document, language);
        AddConversation(document, post);
        AddUnits(document, post);
        AddNumbers(document, post, label);
        return document;
    }

    /// <summary><c>zh-Hant-TW</c> is found as <c>zh</c>, <c>zh-hant</c> and itself, Cantonese (<c>yue</c>) as <c>zh</c> too.</summary>
    private static void AddLanguage(Document document, string? language)
    {
        if (language is not { Length: > 0 })
            return;
        for (int end = language.IndexOf('-'); end > 0; end = language.IndexOf('-', end + 1))
            Exact(document, IndexFields.Language, language[..end]);
        Exact(document, IndexFields.Language, language);
        if (language == "yue")
            Exact(document, IndexFields.Language, "zh");
    }

    private static void AddConversation(Document document, Post post)
    {
        if (post.ReplyTo is null)
            return;
        Identify(document, IndexFields.ReplyTo, post.ReplyTo);
        document.Add(new StringField(IndexFields.Is, IndexFields.IsReply, Field.Store.NO));
        // whom a reply answers it names first; a thread's other members come after
        var named = FirstMention().Match(post.Text);
        Exact(document, IndexFields.To, named.Success ? named.Groups[1].Value : post.Mentions.FirstOrDefault());
    }

    /// <summary>Hashtags, cashtags, mentions and domains, from the export's own lists and from the text.</summary>
    private static void AddUnits(Document document, Post post)
    {
        var tags = new HashSet<string>(post.Hashtags.Select(FoldUnit));
        var mentions = new HashSet<string>(post.Mentions.Select(FoldUnit));
        var cash = new HashSet<string>();
        foreach (Match unit in Unit().Matches(post.Text))
        {
            string value = FoldUnit(unit.Groups[2].Value);
            if (unit.Groups[1].ValueSpan[0] is '#' or '＃')
                tags.Add(value);
            else if (unit.Groups[1].ValueSpan[0] is '@' or '＠')
                mentions.Add(value);
            else if (char.IsAsciiLetter(value[0]) && value.Length <= 12)
                cash.Add(value);
        }
        AddAll(document, IndexFields.Tag, tags);
        AddAll(document, IndexFields.Mention, mentions);
        AddAll(document, IndexFields.CashTag, cash);

        var domains = new HashSet<string>();
        foreach (string url in post.Urls)
            AddDomains(url, domains);
        foreach (Match url in Address().Matches(post.Text))
            AddDomains(url.Value, domains);
        AddAll(document, IndexFields.Domain, domains);
        if (domains.Count > 0 || post.Urls.Count > 0)
            document.Add(new StringField(IndexFields.Is, IndexFields.HasLinks, Field.Store.NO));
    }

    /// <summary><c>news.example.com</c> is found as itself, <c>example.com</c> and <c>com</c>.</summary>
    internal static void AddDomains(string url, HashSet<string> domains)
    {
        int scheme = url.IndexOf("://", StringComparison.Ordinal);
        var host = scheme < 0 ? url.AsSpan() : url.AsSpan(scheme + 3);
        int end = host.IndexOfAny("/?#:");
        if (end >= 0)
            host = host[..end];
        if (host.Length is 0 or > 253)
            return;
        string folded = FoldUnit(host.ToString()).Trim('.');
        for (int dot = -1; ; dot = folded.IndexOf('.', dot + 1))
        {
            if (dot + 1 < folded.Length)
                domains.Add(folded[(dot + 1)..]);
            if (folded.IndexOf('.', dot + 1) < 0)
                return;
        }
    }

    private static void AddNumbers(Document document, Post post, PostLabels.Label label)
    {
        long created = IndexFields.NoTime;
        if (post.CreatedAt is { } time)
        {
            created = Seconds(time);
            document.Add(new Int64Field(IndexFields.Created, created, Field.Store.NO));
        }
        document.Add(new NumericDocValuesField(IndexFields.CreatedValue, created));
        Number(document, IndexFields.Likes, post.Likes);
        Number(document, IndexFields.Reposts, post.Reposts);
        Number(document, IndexFields.Replies, post.Replies);
        Number(document, IndexFields.Score, post.Score);
        document.Add(new SingleDocValuesField(IndexFields.EngagementValue, Prior.Engagement(post)));
        long flags = (label.Demoted ? IndexFields.Demoted : 0) | (post.Sensitive ? IndexFields.Sensitive : 0)
            | (label.Unquotable || label.Demoted || post.Sensitive ? IndexFields.Unquotable : 0);
        document.Add(new NumericDocValuesField(IndexFields.FlagsValue, flags));
    }

    /// <summary>Whole seconds since 1970, rounded down.</summary>
    internal static long Seconds(DateTime time)
    {
        var (seconds, rest) = Math.DivRem((time - DateTime.UnixEpoch).Ticks, TimeSpan.TicksPerSecond);
        return rest < 0 ? seconds - 1 : seconds;
    }

    private static void Number(Document document, string field, long? value)
    {
        if (value is { } number)
            document.Add(new Int64Field(field, number, Field.Store.NO));
    }

    /// <summary>An id, as it is.</summary>
    private static void Identify(Document document, string field, string id)
    {
        if (id.Length <= MaxTerm)
            document.Add(new StringField(field, id, Field.Store.NO));
    }

    private static string Facet(string? value) => value is { Length: <= MaxTerm } ? value : "";

    private static void Exact(Document document, string field, string? value)
    {
        if (value is { Length: > 0 and <= MaxTerm })
            document.Add(new StringField(field, FoldUnit(value), Field.Store.NO));
    }

    private static void AddAll(Document document, string field, HashSet<string> values)
    {
        foreach (string value in values.Order(StringComparer.Ordinal))
            Exact(document, field, value);
    }

    /// <summary>Case, width and accents folded, as words are; whole, as a unit.</summary>
    internal static string FoldUnit(string value) =>
        string.Create(value.Length, value, static (folded, source) =>
        {
            for (int i = 0; i < source.Length; i++)
                folded[i] = CharacterFolding.Fold(source[i]);
        });

    [GeneratedRegex(@"(?<![\p{L}\p{N}_&/])([#＃@＠$])([\p{L}\p{N}\p{M}_]{1,100})")]
    private static partial Regex Unit();

    [GeneratedRegex(@"^\s*[@＠]([\p{L}\p{N}_]{1,100})")]
    private static partial Regex FirstMention();

    [GeneratedRegex(@"(?i)\bhttps?://[^\s""<>\u2000-\uFFFF]{1,2000}")]
    private static partial Regex Address();
}
