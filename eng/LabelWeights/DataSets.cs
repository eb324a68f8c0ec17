using System.Globalization;
using System.IO.Compression;
using System.Text;
using Syrinx.Data.Corpus.Classifiers;
using Syrinx.Data.Posts;
using Syrinx.Data.Posts.Sources;

namespace Syrinx.LabelWeights;

/// <summary>
/// The public labelled sets, read from a folder that is not part of the project: what each is, and under which licence, stands in
/// docs/cards. <c>training</c> leaves out the held-out fifth; everything else is for measuring.
/// </summary>
internal sealed class DataSets(string folder)
{
    // What a set without labels of a kind says of that kind: presumably nothing. Every so many rows of it are shown.
    private const int EveryOther = 3;
    private const int Excerpt = 600;

    /// <summary>When the accounts of <see cref="Accounts"/> were looked at.</summary>
    public static DateTime AccountsSeen { get; } = new(2017, 3, 20, 0, 0, 0, DateTimeKind.Utc);

    /// <summary>UCI SMS Spam Collection, CC BY 4.0: English text messages, spam or ham.</summary>
    public List<LabelledText> Messages() =>
        [.. Csv("spam/sms_spam.csv", latin1: true).Select(r => new LabelledText(r["v2"], r["v1"] == "spam"))];

    /// <summary>Davidson et al. 2017, MIT: tweets, hateful or offensive against neither.</summary>
    public List<LabelledText> Tweets() =>
        [.. Csv("hate_davidson/labeled_data.csv").Select(r => new LabelledText(r["tweet"], r["class"] != "2"))];

    /// <summary>COLDataset, Deng et al. 2022, Apache 2.0: Simplified Chinese comments, offensive or not; <c>train</c> or
    /// <c>dev</c>.</summary>
    public List<LabelledText> Comments(string part) =>
        [.. Csv($"coldataset/{part}.csv").Select(r => new LabelledText(r["TEXT"], r["label"] == "1"))];

    /// <summary>Reddit's top posts of 2013 in 37 communities, PDDL 1.0: no labels.</summary>
    public IEnumerable<string> RedditPosts() => Directory.GetFiles(Path.Combine(folder, "reddit_top_pddl"), "*.csv").Order(StringComparer.Ordinal)
        .SelectMany(f => Csv(Path.GetRelativePath(folder, f))).Select(r => (r["title"] + "\n" + r["selftext"]).Trim());

    /// <summary>jubins, MIT: Twitter accounts of 2017 with whether they are automated.</summary>
    public List<(Author Author, bool Bot)> Accounts()
    {
        List<(Author, bool)> accounts = [];
        foreach (string file in (string[])["bots_data.csv", "nonbots_data.csv"])
        {
            foreach (var row in Csv("bots/jubins/" + file, latin1: true))
                accounts.Add((AccountOf(row), file.StartsWith("bots", StringComparison.Ordinal)));
        }
        return accounts;
    }

    /// <summary>
    /// Articles of the Universal Declaration of Human Rights, without their headings; public domain.
    /// </summary>
    /// <param name="file">Name in the archive, <c>eng</c>, <c>por_BR</c>.</param>
    /// <param name="first">First article, from 1.</param>
    /// <param name="last">Last article.</param>
    public string Declaration(string file, int first, int last)
    {
        using var zip = ZipFile.OpenRead(Path.Combine(folder, "langid_udhr", "udhr2.zip"));
        using var reader = new StreamReader(zip.GetEntry($"udhr2/{file}.txt")!.Open(), Encoding.UTF8);
        string[] lines = reader.ReadToEnd().Replace("\r", "", StringComparison.Ordinal).TrimEnd('\n').Split('\n');
        // articles are parted by the least indented of the blank lines
        int part = lines.Where(l => l.Length > 0 && string.IsNullOrWhiteSpace(l)).GroupBy(l => l.Length)
            .Where(g => g.Count() >= 29).Min(g => g.Key);
        List<List<string>> articles = [[]];
        foreach (string line in lines)
        {
            if (line.Length == part && string.IsNullOrWhiteSpace(line))
                articles.Add([]);
            else if (!string.IsNullOrWhiteSpace(line))
                articles[^1].Add(line.Trim());
        }
        var thirty = articles.Where(a => a.Count > 0).TakeLast(30).ToList();
        return string.Join(' ', thirty.Skip(first - 1).Take(last - first + 1).SelectMany(a => a.Skip(1)));
    }

    /// <summary>Rows of the training part.</summary>
    public static IEnumerable<LabelledText> Training(IEnumerable<LabelledText> rows) => rows.Where(r => !HeldOut.Contains(r.Text));

    /// <summary>Rows of the held-out part.</summary>
    public static IEnumerable<LabelledText> Held(IEnumerable<LabelledText> rows) => rows.Where(r => HeldOut.Contains(r.Text));

    /// <summary>Every third text of the training part as an example without the label, which nobody gave it.</summary>
    public static IEnumerable<LabelledText> Background(IEnumerable<string> texts, float importance) =>
        Training(texts.Where((_, i) => i % EveryOther == 0).Select(t => new LabelledText(t.Length > Excerpt ? t[..Excerpt] : t, false, importance)));

    private IEnumerable<Dictionary<string, string>> Csv(string path, bool latin1 = false)
    {
        byte[] bytes = File.ReadAllBytes(Path.Combine(folder, path));
        // Latin-1, or UTF-8 with some bytes that are neither
        string text = (latin1 ? Encoding.Latin1 : Encoding.UTF8).GetString(bytes);
        List<string> header = [], fields = [];
        foreach (var chunk in CsvRows.Read(new MemoryStream(Encoding.UTF8.GetBytes(text)), (byte)','))
        {
            foreach (var record in chunk.Records)
            {
                CsvRows.Fields(chunk.Span(record), (byte)',', fields);
                if (header.Count == 0)
                {
                    header.AddRange(fields);
                    continue;
                }
                var row = new Dictionary<string, string>();
                for (int i = 0; i < header.Count && i < fields.Count; i++)
                    row[header[i]] = fields[i];
                yield return row;
            }
        }
    }

    private static Author AccountOf(Dictionary<string, string> row) => new()
    {
        AuthorId = "x:" + Value(row["id"]),
        Handle = Value(row["screen_name"]) ?? "",
        Name = Value(row["name"]),
        Description = Value(row["description"]),
        CreatedAt = Time(row["created_at"]),
        Followers = Count(row["followers_count"]),
        Following = Count(row["friends_count"]),
        Posts = Count(row["statuses_count"]),
        Likes = Count(row["favourites_count"]),
        Listed = Count(row["listedcount"]),
        DefaultProfile = Value(row["default_profile"])?.ToUpperInvariant() == "TRUE",
        Url = Value(row["url"]),
        Location = Value(row["location"]),
    };

    // Some rows of the set are quoted twice, and write an absent value as None or null.
    private static string? Value(string text)
    {
        text = text.Trim();
        if (text is ['"', .. var inside, '"'])
            text = inside;
        return text is "" or "None" or "null" ? null : text;
    }

    private static long? Count(string text) =>
        double.TryParse(Value(text), NumberStyles.Float, CultureInfo.InvariantCulture, out double count) ? (long)count : null;

    private static DateTime? Time(string text) =>
        DateTime.TryParseExact(Value(text), ["ddd MMM dd HH:mm:ss zzz yyyy", "M/d/yyyy H:mm", "d/M/yyyy H:mm"], CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time) ? time : null;
}
