using Syrinx.Data.Posts.Readers;
using Syrinx.Data.Posts.Readers.Web;
using Syrinx.Data.Posts.Readers.Wiki;
using Syrinx.Data.Posts.Sources;

namespace Syrinx.Data.Posts.Import;

/// <summary>Plans the work of reading one file, in order.</summary>
internal delegate IEnumerable<Func<ReadBatch>> PlanFile(ImportScope scope, SourceFile file, ImportSettings settings);

/// <summary>A format that can be imported.</summary>
/// <param name="Name">As the command line knows it.</param>
/// <param name="Expected">What would have been right, for an error.</param>
/// <param name="FitsName">Whether a file in a folder is one that the reader should open.</param>
/// <param name="Plan">Reads a file; null for an X archive, whose files are read together.</param>
internal sealed record SourceFormat(string Name, string Expected, Func<SourceFile, bool> FitsName, PlanFile? Plan);

/// <summary>The formats, in the order in which help shows them.</summary>
internal static class SourceFormats
{
    public static IReadOnlyList<SourceFormat> All { get; } =
    [
        new("x-archive", "the zip that X gives, or its folder with data/tweets.js", _ => false, null),
        new("x-api", ".json or .jsonl files with answers of X's API v2, or one tweet a line", IsJson,
            (scope, file, _) => XApiReader.Plan(scope, file)),
        new("x-stream", "files with a tweet of X's API v1.1 a line, or an Activity Streams object", IsLog,
            (scope, file, _) => XStreamReader.Plan(scope, file)),
        new("mastodon", "the archive that Mastodon gives, or its outbox.json", file => MastodonReader.IsReadable(file.PlainName),
            (scope, file, _) => MastodonReader.Plan(scope, file)),
        new("bluesky", "files with an event of Bluesky's Jetstream a line", IsLog, (scope, file, _) => BlueskyReader.Plan(scope, file)),
        new("reddit", "dumps of Reddit, RC_… or RS_…, an object a line", IsLog, (scope, file, _) => RedditReader.Plan(scope, file)),
        new("ptt-text", "text files with the lines 作者, 看板, 標題 and 時間", IsText, (scope, file, _) => PttTextReader.Plan(scope, file)),
        new("ptt-html", ".html files of articles saved from PTT's website", IsHtml, (scope, file, _) => PttHtmlReader.Plan(scope, file)),
        new("ptt-json", ".json files of a crawler of PTT, with article_id, board and messages", IsJson,
            (scope, file, _) => PttJsonReader.Plan(scope, file)),
        new("discourse", ".json files of topics, as /t/SLUG/ID.json gives them", IsJson, (scope, file, _) => DiscourseReader.Plan(scope, file)),
        new("hackernews", ".json or .jsonl files with items of Hacker News' API", IsJson, (scope, file, _) => HackerNewsReader.Plan(scope, file)),
        new("stackexchange", "Posts.xml of Stack Exchange's dump", file => StackExchangeReader.IsReadable(file.PlainName),
            (scope, file, _) => StackExchangeReader.Plan(scope, file)),
        new("wikipedia", "an XML dump with pages, as …-pages-articles.xml.bz2", IsXml, (scope, file, _) => WikipediaReader.Plan(scope, file)),
        new("warc", ".warc or .wet files, also packed", IsWarc, (scope, file, _) => WarcReader.Plan(scope, file)),
        new("jsonl", ".jsonl files with one post a line, as 'syrinx posts export' writes them", IsJson,
            (scope, file, _) => JsonlReader.Plan(scope, file)),
        new("csv", ".csv files with a row of column names", IsCsv, (scope, file, settings) => CsvReader.Plan(scope, file, settings.Map)),
        new("parquet", ".parquet files of our own lake, or with FineWeb's columns", IsParquet, (scope, file, _) => ParquetReader.Plan(scope, file)),
    ];

    /// <summary>The format of a name, or null.</summary>
    public static SourceFormat? Find(string? name) => All.FirstOrDefault(f => f.Name == name);

    public static bool IsJson(SourceFile file) => file.Extension is ".json" or ".jsonl" or ".ndjson";

    public static bool IsText(SourceFile file) => file.Extension is ".txt" or ".md" or ".ptt" or ".ans" or "";

    public static bool IsHtml(SourceFile file) => file.Extension is ".html" or ".htm";

    public static bool IsXml(SourceFile file) => file.Extension.StartsWith(".xml", StringComparison.Ordinal);

    public static bool IsWarc(SourceFile file) => file.Extension is ".warc" or ".wet" or ".wat";

    public static bool IsCsv(SourceFile file) => file.Extension is ".csv" or ".tsv";

    public static bool IsParquet(SourceFile file) => file.Extension is ".parquet";

    /// <summary>Dumps a line an object are often called after their month only: <c>RC_2016-08</c>.</summary>
    public static bool IsLog(SourceFile file) => IsJson(file) || file.Extension is "" or ".log" or ".txt";
}
