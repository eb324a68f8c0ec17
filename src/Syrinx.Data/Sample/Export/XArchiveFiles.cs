using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Syrinx.Data.Sample.World;

namespace Syrinx.Data.Sample.Export;

/// <summary>
/// Writes what a member downloads from X as "your archive": a zip with <c>data/*.js</c>, each a script that sets
/// <c>window.YTD.NAME.partN</c> to an array, all numbers as strings; private files beside the tweets.
/// </summary>
internal sealed class XArchiveFiles(SampleWorld world, string folder)
{
    private const int PartSize = 400; // tweets a file; the real one is larger, but parts must be met here too
    private static readonly DateTimeOffset Packed = new(2026, 11, 2, 4, 0, 0, TimeSpan.Zero);
    private static readonly JsonWriterOptions Options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Indented = true,
    };

    private readonly ILookup<SampleAuthor, SampleTweet> _tweets =
        world.Tweets.Where(t => t.Author.Member).ToLookup(t => t.Author);

    public IEnumerable<string> Write(CancellationToken cancel)
    {
        Directory.CreateDirectory(folder);
        int number = 0;
        foreach (var member in world.People.Accountholders.Where(a => a.Member))
        {
            cancel.ThrowIfCancellationRequested();
            string path = Path.Combine(folder, member.Handle + ".zip");
            using (var zip = new ZipArchive(File.Create(path), ZipArchiveMode.Create, false, Encoding.UTF8))
                Archive(zip, member, number++);
            yield return path;
        }
    }

    private void Archive(ZipArchive zip, SampleAuthor member, int number)
    {
        var random = SampleRandom.For((ulong)member.Number, "archive");
        Entry(zip, "Your archive.html",
            s => s.Write("<!DOCTYPE html><title>Your archive</title><p>Open data/ for the files.\n"u8));
        Entry(zip, "data/manifest.js", stream =>
        {
            stream.Write("window.__THAR_CONFIG = "u8);
            using var json = new Utf8JsonWriter(stream, Options);
            json.WriteStartObject();
            json.WriteStartObject("userInfo");
            json.WriteString("accountId", Id(member.Number));
            json.WriteString("userName", member.Handle);
            json.WriteString("displayName", member.Name);
            json.WriteEndObject();
            json.WriteStartObject("archiveInfo");
            json.WriteString("generationDate", Iso(Packed.UtcDateTime));
            json.WriteBoolean("isPartialArchive", false);
            json.WriteEndObject();
            json.WriteEndObject();
        });
        One(zip, "account", "account", new()
        {
            ["email"] = $"{member.Handle.ToLowerInvariant()}@members.example",
            ["createdVia"] = "web",
            ["username"] = member.Handle,
            ["accountId"] = Id(member.Number),
            ["createdAt"] = Iso(member.CreatedAt),
            ["accountDisplayName"] = member.Name,
        });
        Ytd(zip, "profile", 0, json =>
        {
            json.WriteStartObject();
            json.WriteStartObject("profile");
            json.WriteStartObject("description");
            json.WriteString("bio", member.Bio);
            json.WriteString("website", member.Url);
            json.WriteString("location", member.Location);
            json.WriteEndObject();
            json.WriteString("avatarMediaUrl", $"https://pbs.twimg.com/profile_images/{member.Number}/{member.Handle}.jpg");
            json.WriteEndObject();
            json.WriteEndObject();
        });
        int part = 0;
        foreach (var tweets in _tweets[member].Where(t => !t.Deleted).OrderByDescending(t => t.Id)
            .Chunk(PartSize).DefaultIfEmpty([]))
            Ytd(zip, "tweets", part++, json => Tweets(json, tweets));
        Ytd(zip, "deleted_tweets", 0, json => Tweets(json, _tweets[member].Where(t => t.Deleted)));
        Ytd(zip, "direct_messages", 0, json => Messages(json, member));
        Ytd(zip, "like", 0, json => Likes(json, member, random));
        One(zip, "ip_audit", "ipAudit", new()
        {
            ["accountId"] = Id(member.Number),
            ["createdAt"] = "2026-10-30T13:20:11.000Z",
            ["loginIp"] = BoardNames.Ip(random),
        });
        Ytd(zip, "email_address_change", 0, json =>
        {
            json.WriteStartObject();
            json.WriteStartObject("emailAddressChange");
            json.WriteString("accountId", Id(member.Number));
            json.WriteStartObject("emailChange");
            json.WriteString("changedAt", "2026-01-09T03:12:44.000Z");
            json.WriteString("changedTo", $"{member.Handle.ToLowerInvariant()}@members.example");
            json.WriteEndObject();
            json.WriteEndObject();
            json.WriteEndObject();
        });
        One(zip, "phone_number", "device", new() { ["phoneNumber"] = $"+8869{random.Below(100_000_000):00000000}" });
        Histories(zip, member, number);
    }

    /// <summary>Who is protected or suspended; two members were once, and are not any more.</summary>
    private static void Histories(ZipArchive zip, SampleAuthor member, int number)
    {
        if (member.State == AuthorState.Suspended || number == 20)
        {
            Ytd(zip, "account_suspension", 0, json =>
            {
                Event(json, "accountSuspension", ("timeStamp", "2026-05-04T09:00:00.000Z"), ("action", "Suspend"));
                if (member.State != AuthorState.Suspended)
                    Event(json, "accountSuspension", ("timeStamp", "2026-05-06T09:00:00.000Z"), ("action", "Unsuspend"));
            });
        }
        if (member.State == AuthorState.Protected || number == 21)
        {
            Ytd(zip, "protected_history", 0, json =>
            {
                Event(json, "protectedHistory", ("protectedAt", "2026-03-01T12:00:00.000Z"), ("action", "Protect"));
                if (member.State != AuthorState.Protected)
                    Event(json, "protectedHistory", ("protectedAt", "2026-03-20T12:00:00.000Z"), ("action", "Unprotect"));
            });
        }
    }

    private static void Tweets(Utf8JsonWriter json, IEnumerable<SampleTweet> tweets)
    {
        foreach (var tweet in tweets)
        {
            json.WriteStartObject();
            json.WriteStartObject("tweet");
            ArchiveTweet.Write(json, tweet);
            json.WriteEndObject();
            json.WriteEndObject();
        }
    }

    private void Messages(Utf8JsonWriter json, SampleAuthor member)
    {
        var mine = world.Messages.Where(m => m.From == member || m.To == member);
        foreach (var conversation in mine.GroupBy(m => m.From == member ? m.To : m.From))
        {
            json.WriteStartObject();
            json.WriteStartObject("dmConversation");
            json.WriteString("conversationId",
                $"{Math.Min(member.Number, conversation.Key.Number)}-{Math.Max(member.Number, conversation.Key.Number)}");
            json.WriteStartArray("messages");
            foreach (var message in conversation.OrderByDescending(m => m.Id))
            {
                json.WriteStartObject();
                json.WriteStartObject("messageCreate");
                json.WriteString("recipientId", Id(message.To.Number));
                foreach (string none in (string[])["reactions", "urls", "mediaUrls", "editHistory"])
                {
                    json.WriteStartArray(none);
                    json.WriteEndArray();
                }
                json.WriteString("text", message.Text);
                json.WriteString("senderId", Id(message.From.Number));
                json.WriteString("id", Id(message.Id));
                json.WriteString("createdAt", Iso(message.CreatedAt));
                json.WriteEndObject();
                json.WriteEndObject();
            }
            json.WriteEndArray();
            json.WriteEndObject();
            json.WriteEndObject();
        }
    }

    private void Likes(Utf8JsonWriter json, SampleAuthor member, SampleRandom random)
    {
        for (int i = 0; i < 12; i++)
        {
            var liked = random.Pick(world.Tweets);
            if (liked.Hidden || liked.RepostOf is not null || liked.Author == member)
                continue;
            Event(json, "like", ("tweetId", Id(liked.Id)), ("fullText", TweetForm.Of(liked).Text),
                ("expandedUrl", $"https://twitter.com/i/web/status/{liked.Id}"));
        }
    }

    private static void Event(Utf8JsonWriter json, string name, params ReadOnlySpan<(string Name, string Value)> fields)
    {
        json.WriteStartObject();
        json.WriteStartObject(name);
        foreach (var (field, value) in fields)
            json.WriteString(field, value);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void One(ZipArchive zip, string name, string inner, Dictionary<string, string> fields) =>
        Ytd(zip, name, 0, json => Event(json, inner, [.. fields.Select(f => (f.Key, f.Value))]));

    /// <summary>
    /// <c>window.YTD.ip_audit.part0 = […]</c> in <c>data/ip-audit.js</c>; further parts in <c>tweets-part1.js</c> and so on.
    /// </summary>
    private static void Ytd(ZipArchive zip, string name, int part, Action<Utf8JsonWriter> items) =>
        Entry(zip, $"data/{name.Replace('_', '-')}{(part == 0 ? "" : $"-part{part}")}.js", stream =>
        {
            stream.Write(Encoding.UTF8.GetBytes($"window.YTD.{name}.part{part} = "));
            using var json = new Utf8JsonWriter(stream, Options);
            json.WriteStartArray();
            items(json);
            json.WriteEndArray();
        });

    private static void Entry(ZipArchive zip, string name, Action<Stream> write)
    {
        var entry = zip.CreateEntry(name, CompressionLevel.Fastest);
        entry.LastWriteTime = Packed;
        using var stream = entry.Open();
        write(stream);
    }

    private static string Id(long id) => id.ToString(CultureInfo.InvariantCulture);

    private static string Iso(DateTime utc) => utc.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
