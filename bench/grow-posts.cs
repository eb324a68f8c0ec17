#!/usr/bin/env dotnet
// Grows real posts to any size, for the benchmark of curation: real sets once as they are, then again and again with new ids, new
// authors and the words in another order, so that copies are neither exact nor near duplicates.
//
//   dotnet run bench/grow-posts.cs -- DATA OUT.jsonl MEGABYTES
//
// DATA is a folder with any of: reddit_top_pddl/*.csv, ptt_boards/*.csv, tweeteval/**/*_text.txt, discourse/*.json (topics as Discourse's
// API gives them). MEGABYTES counts the UTF-8 bytes of titles and texts. OUT.jsonl is read by 'syrinx import jsonl'.
#:property PublishAot=false
#:property NoWarn=CA1305;CA1303;CA1812
using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

if (args is not [var data, var output, var megabytes])
{
    Console.Error.WriteLine("Usage: grow-posts DATA OUT.jsonl MEGABYTES");
    return 2;
}
List<Grown> seeds = [.. Reddit(data), .. Ptt(data), .. Tweets(data), .. Discourse(data)];
long wanted = long.Parse(megabytes, CultureInfo.InvariantCulture) * 1_000_000, written = 0, posts = 0;
var random = new Random(20261125);
using var stream = File.Create(output);
using var json = new Utf8JsonWriter(stream, new() { SkipValidation = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
for (int copy = 0; written < wanted; copy++)
{
    foreach (var seed in seeds)
    {
        string text = copy == 0 ? seed.Text : Shuffled(seed.Text, random);
        string? title = copy == 0 || seed.Title is null ? seed.Title : Shuffled(seed.Title, random);
        Write(seed, copy, title, text);
        written += Encoding.UTF8.GetByteCount(text) + Encoding.UTF8.GetByteCount(title ?? "");
        posts++;
        if (written >= wanted)
            break;
    }
}
Console.WriteLine($"{posts} posts, {written} bytes of text, of {seeds.Count} real ones");
return 0;

void Write(Grown seed, int copy, string? title, string text)
{
    string Id(string id) => copy == 0 ? $"{seed.Platform}:{id}" : $"{seed.Platform}:{id}.{copy}";
    json.WriteStartObject();
    json.WriteString("id", Id(seed.Id));
    json.WriteString("platform", seed.Platform);
    json.WriteString("kind", seed.Platform == "ptt" ? "article" : "post");
    if (seed.Community is not null)
        json.WriteString("community", seed.Community);
    string author = $"{seed.Author}.{copy}";
    json.WriteString("author_id", $"{seed.Platform}:{author}");
    json.WriteString("author", author);
    json.WriteString("created_at", seed.Time.AddMinutes(random.Next(1_000_000)).ToString("yyyy-MM-ddTHH:mm:ssZ"));
    if (title is not null)
        json.WriteString("title", title);
    json.WriteString("text", text);
    if (seed.ReplyTo is not null)
        json.WriteString("reply_to", Id(seed.ReplyTo));
    json.WriteString("thread_id", Id(seed.Thread));
    json.WriteNumber("likes", random.Next(100));
    json.WriteEndObject();
    json.Flush();
    json.Reset();
    stream.WriteByte((byte)'\n');
}

// Words are runs between blanks; in Chinese, which has none, two characters. The blanks stay where they are.
static string Shuffled(string text, Random random)
{
    List<string> pieces = [.. Regex.Matches(text, @"\s+|[\u3400-\u9fff]{1,2}|[^\s\u3400-\u9fff]+").Select(m => m.Value)];
    int[] words = [.. Enumerable.Range(0, pieces.Count).Where(i => !char.IsWhiteSpace(pieces[i][0]))];
    for (int i = words.Length - 1; i > 0; i--)
    {
        int j = random.Next(i + 1);
        (pieces[words[i]], pieces[words[j]]) = (pieces[words[j]], pieces[words[i]]);
    }
    return string.Concat(pieces);
}

static IEnumerable<Grown> Reddit(string data)
{
    foreach (string file in Files(data, "reddit_top_pddl", "*.csv"))
    {
        string community = Path.GetFileNameWithoutExtension(file);
        foreach (var row in Csv(File.ReadAllText(file)).Skip(1).Where(r => r.Count > 10))
        {
            var time = double.TryParse(row[0], CultureInfo.InvariantCulture, out double s) ? DateTime.UnixEpoch.AddSeconds(s) : DateTime.UnixEpoch;
            yield return new("reddit", community, row[3], $"r{row[3].Sum(c => c * 31) % 997}", time, row[4], row[9], null, row[3]);
        }
    }
}

static IEnumerable<Grown> Ptt(string data)
{
    foreach (string file in Files(data, "ptt_boards", "*.csv"))
    {
        string board = Path.GetFileNameWithoutExtension(file);
        int n = 0;
        foreach (var row in Csv(File.ReadAllText(file)).Skip(1).Where(r => r.Count >= 4))
        {
            string id = $"{board}/M.{++n}";
            yield return new("ptt", board, id, $"p{n % 2000}", new(2024, 12, 1), row[1], row[3], null, id);
        }
    }
}

static IEnumerable<Grown> Tweets(string data)
{
    int n = 0;
    var random = new Random(7);
    foreach (string line in Files(data, "tweeteval", "*_text.txt").SelectMany(File.ReadLines))
    {
        string id = $"{++n}";
        bool answers = n % 8 != 1 && random.Next(2) == 0; // threads of up to eight
        int root = n - (n - 1) % 8;
        string? parent = answers ? $"{random.Next(root, n)}" : null;
        yield return new("x", null, id, $"t{random.Next(20_000)}", new(2022, 3, 1), null, line, parent, parent is null ? id : $"{root}");
    }
}

static IEnumerable<Grown> Discourse(string data)
{
    foreach (string file in Files(data, "discourse", "*.json"))
    {
        using var topic = JsonDocument.Parse(File.ReadAllBytes(file));
        if (!topic.RootElement.TryGetProperty("post_stream", out var stream))
            continue;
        var numbers = new Dictionary<int, string>();
        string? first = null;
        foreach (var post in stream.GetProperty("posts").EnumerateArray())
        {
            string id = post.GetProperty("id").ToString();
            int number = post.GetProperty("post_number").GetInt32();
            numbers[number] = id;
            string? parent = first is null ? null : post.TryGetProperty("reply_to_post_number", out var r) && r.ValueKind == JsonValueKind.Number
                && numbers.TryGetValue(r.GetInt32(), out string? p) ? p : first;
            first ??= id;
            string text = WebUtility.HtmlDecode(Regex.Replace(post.GetProperty("cooked").GetString()!, "<[^>]+>", ""));
            yield return new("discourse", "forum", id, post.GetProperty("username").GetString()!, post.GetProperty("created_at").GetDateTime(), null, text, parent, first);
        }
    }
}

static IEnumerable<string> Files(string data, string folder, string pattern)
{
    string path = Path.Combine(data, folder);
    return Directory.Exists(path) ? Directory.EnumerateFiles(path, pattern, SearchOption.AllDirectories).Order(StringComparer.Ordinal) : [];
}

static IEnumerable<List<string>> Csv(string text)
{
    List<string> row = [];
    var field = new StringBuilder();
    bool quoted = false;
    for (int i = 0; i < text.Length; i++)
    {
        char c = text[i];
        if (quoted && c == '"' && i + 1 < text.Length && text[i + 1] == '"')
            field.Append(text[++i]);
        else if (c == '"')
            quoted = !quoted;
        else if (!quoted && c is ',' or '\n')
        {
            row.Add(field.ToString());
            field.Clear();
            if (c == '\n')
            {
                yield return row;
                row = [];
            }
        }
        else if (quoted || c != '\r')
            field.Append(c);
    }
}

internal sealed record Grown(
    string Platform, string? Community, string Id, string Author, DateTime Time, string? Title, string Text, string? ReplyTo, string Thread);
