using System.Globalization;

namespace Syrinx.Data.Posts.Readers;

/// <summary>
/// Which column of a CSV file holds which field of a post: as the person says, else as the columns' names tell.
/// </summary>
internal sealed class CsvMapping
{
    /// <summary>Names that columns have in the wild, most telling first, compared without case.</summary>
    private static readonly Dictionary<string, string[]> Usual = new(StringComparer.Ordinal)
    {
        ["id"] = ["name", "id", "post_id", "article_id", "tweet_id", "status_id", "文章代碼"],
        ["text"] = ["text", "selftext", "body", "full_text", "content", "tweet", "message", "comment", "內文", "內容", "本文"],
        ["title"] = ["title", "標題", "article_title", "subject", "headline"],
        ["created_at"] = ["created_at", "created_utc", "date", "timestamp", "datetime", "time", "published", "時間", "日期", "發文時間"],
        ["edited_at"] = ["edited_at", "edited"],
        ["author_id"] = ["author_id", "user_id"],
        ["author"] = ["author", "username", "user_name", "screen_name", "user", "handle", "作者"],
        ["community"] = ["community", "subreddit", "board", "看板", "forum", "channel", "category"],
        ["likes"] = ["likes", "like_count", "favorite_count", "favorites"],
        ["reposts"] = ["reposts", "retweets", "retweet_count", "shares"],
        ["replies"] = ["replies", "num_comments", "reply_count", "comments"],
        ["quotes"] = ["quotes", "quote_count"],
        ["views"] = ["views", "view_count", "impressions", "impression_count"],
        ["score"] = ["score"],
        ["urls"] = ["urls", "url"],
        ["lang"] = ["lang", "language"],
        ["client"] = ["client"],
        ["sensitive"] = ["sensitive", "possibly_sensitive", "over_18", "nsfw"],
        ["training_allowed"] = ["training_allowed"],
        ["platform"] = ["platform"],
        ["kind"] = ["kind"],
        ["reply_to"] = ["reply_to", "parent_id", "in_reply_to_status_id"],
        ["quote_of"] = ["quote_of"],
        ["repost_of"] = ["repost_of"],
        ["thread_id"] = ["thread_id", "conversation_id", "link_id"],
        ["hashtags"] = ["hashtags"],
        ["mentions"] = ["mentions"],
    };

    private readonly Dictionary<string, int> _columns = new(StringComparer.Ordinal);
    private readonly string[] _header;

    private CsvMapping(string[] header) => _header = header;

    /// <summary>How many columns a row has.</summary>
    public int Columns => _header.Length;

    /// <summary>What the columns tell of where the posts are from.</summary>
    public string Platform { get; private init; } = "csv";

    /// <summary>Which column a field is in, or −1.</summary>
    public int this[string field] => _columns.GetValueOrDefault(field, -1);

    /// <summary>Decides on the columns.</summary>
    /// <param name="file">For messages.</param>
    /// <param name="header">The file's first row.</param>
    /// <param name="map">What the person says: field to column's name, or its number from 1.</param>
    /// <exception cref="InputException">There is no such field or column, or neither text nor title is found.</exception>
    public static CsvMapping Create(string file, IEnumerable<string> header, IReadOnlyDictionary<string, string> map)
    {
        string[] names = [.. header.Select(h => h.Trim())];
        int Column(string name) => Array.FindIndex(names, h => h.Equals(name, StringComparison.OrdinalIgnoreCase));
        string platform = Column("selftext") >= 0 || Column("subreddit_id") >= 0 || Column("subreddit") >= 0 ? "reddit"
            : Column("內文") >= 0 || Column("標題") >= 0 || Column("看板") >= 0 ? "ptt" : "csv";
        var mapping = new CsvMapping(names) { Platform = platform };
        foreach (var (field, column) in map)
        {
            if (!Usual.ContainsKey(field))
                throw new InputException($"--map {field}={column}: posts have no field '{field}'. Fields: {string.Join(", ", Usual.Keys)}.");
            int index = Column(column);
            bool isNumber = int.TryParse(column, NumberStyles.None, CultureInfo.InvariantCulture, out int number);
            if (index < 0 && isNumber && number >= 1 && number <= names.Length)
                index = number - 1;
            if (index < 0)
            {
                throw new InputException(
                    $"--map {field}={column}: {file} has no column '{column}'. Its columns: {string.Join(", ", names)}.");
            }
            mapping._columns[field] = index;
        }
        foreach (var (field, candidates) in Usual)
        {
            int index = mapping._columns.ContainsKey(field) ? -1 : candidates.Select(Column).FirstOrDefault(c => c >= 0, -1);
            if (index >= 0 && !mapping._columns.ContainsValue(index))
                mapping._columns[field] = index;
        }
        if (mapping["text"] < 0 && mapping["title"] < 0)
        {
            throw new InputException($"{file} has no column that is known to hold text or title; its columns: {string.Join(", ", names)}. "
                + "Say which: --map text=COLUMN.");
        }
        return mapping;
    }

    /// <summary>Whether one of the names is known to be a text's or a title's.</summary>
    public static bool HasWords(IEnumerable<string> header) => header.Any(h => Usual["text"].Concat(Usual["title"])
        .Contains(h.Trim().Trim('\uFEFF'), StringComparer.OrdinalIgnoreCase));

    /// <summary>For a note: <c>text=內文, title=標題</c>.</summary>
    public override string ToString() =>
        string.Join(", ", _columns.OrderBy(c => c.Key, StringComparer.Ordinal).Select(c => $"{c.Key}={Name(c.Value)}"));

    private string Name(int column) =>
        _header[column].Length > 0 ? _header[column] : (column + 1).ToString(CultureInfo.InvariantCulture);
}
