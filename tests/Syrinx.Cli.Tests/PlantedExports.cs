using System.Text.Json;
using Syrinx.Data.Posts;

namespace Syrinx.Cli.Tests;

/// <summary>
/// A small export of every format, each with what must not enter by every mark that the format has for it, with what its authors
/// opted out of, with what is to be forgotten later, and with posts that belong in. Each text holds a word of its own.
/// </summary>
internal sealed class PlantedExports
{
    /// <summary>A planted post.</summary>
    /// <param name="Format">The format.</param>
    /// <param name="Kind"><c>open</c>, <c>forgotten</c>, or why it must not be there.</param>
    /// <param name="Probe">The word that stands in its text alone.</param>
    public sealed record Plant(string Format, string Kind, string Probe);

    private static readonly string[] Words =
        ("harbour lantern orchard bakery violin staircase umbrella meadow chimney bicycle teapot library sparrow cellar ribbon wagon thimble barrel "
            + "pillow garden ladder compass candle basket window feather mirror saddle bucket blanket").Split(' ');

    private readonly string _folder;
    private string _format = "";

    private PlantedExports(string folder) => _folder = folder;

    public List<Plant> Planted { get; } = [];

    /// <summary>Authors of the opt-out list.</summary>
    public List<string> OptedOut { get; } = [];

    /// <summary>Authors that are forgotten later.</summary>
    public List<(string Format, string Author)> Forgotten { get; } = [];

    /// <summary>Writes the exports into a folder.</summary>
    public static PlantedExports Write(string folder)
    {
        var exports = new PlantedExports(folder);
        exports.XArchive();
        exports.XApi();
        exports.XStream();
        exports.Mastodon();
        exports.Bluesky();
        exports.Reddit();
        exports.Ptt();
        exports.Discourse();
        exports.HackerNews();
        exports.StackExchange();
        exports.Pages();
        exports.Rows();
        return exports;
    }

    /// <summary>A text of some length with a probe in it.</summary>
    private string T(string kind)
    {
        string probe = $"zq{_format.Replace("-", "", StringComparison.Ordinal)}{kind.Replace("_", "", StringComparison.Ordinal)}{Planted.Count}qz";
        Planted.Add(new(_format, kind, probe));
        // different enough that nothing is a copy of another
        var random = new Random(Planted.Count);
        return $"We saw {probe} near the {string.Join(" and the ", Enumerable.Range(0, 12).Select(_ => Words[random.Next(Words.Length)]))}.";
    }

    private void Save(string name, string text)
    {
        string path = Path.Combine(_folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }

    private void Save(string name, IEnumerable<object> lines) => Save(name, string.Join('\n', lines.Select(l => l as string ?? JsonSerializer.Serialize(l))) + "\n");

    private string Author(string id, string kind)
    {
        if (kind == "forgotten")
            Forgotten.Add((_format, id));
        else if (kind == "opted_out")
            OptedOut.Add(id);
        return id[(id.IndexOf(':', StringComparison.Ordinal) + 1)..];
    }

    private void XArchive()
    {
        _format = "x-archive";
        int account = 100;
        foreach (string kind in (string[])["open", "protected", "suspended", "opted_out", "forgotten"])
        {
            string id = Author($"x:{++account}", kind), folder = $"archives/xa{kind}/data/";
            object Tweet(int n, string text) => new { tweet = new { id_str = $"{account}{n}", full_text = text, created_at = "Fri Mar 06 13:02:05 +0000 2026" } };
            void Part(string file, string name, params object[] entries) => Save(folder + file, $"window.YTD.{name}.part0 = {JsonSerializer.Serialize(entries)}");
            Part("account.js", "account", new { account = new { username = "xa" + kind, accountId = id } });
            Part("tweets.js", "tweets", Tweet(1, T(kind)), Tweet(2, T(kind)));
            Part("deleted-tweets.js", "deleted_tweets", Tweet(3, T("deleted")));
            Part("direct-messages.js", "direct_messages", new { dmConversation = new { messages = new[] { new { messageCreate = new { text = T("direct"), id = "1" } } } } });
            if (kind == "protected")
                Part("protected-history.js", "x", new { protectedHistory = new { protectedAt = "2024-01-01T00:00:00.000Z", action = "Protect" } });
            if (kind == "suspended")
                Part("account-suspension.js", "x", new { accountSuspension = new { timeStamp = "2024-01-01T00:00:00.000Z", action = "Suspend" } });
        }
    }

    private void XApi()
    {
        _format = "x-api";
        object Tweet(string id, string author, string kind) => new { id, author_id = Author("x:" + author, kind), text = T(kind), created_at = "2026-03-06T13:02:05.000Z" };
        Save("api/pages.jsonl",
        [
            new
            {
                data = new[]
                {
                    Tweet("2001", "201", "open"), Tweet("2002", "202", "protected"), Tweet("2003", "203", "suspended"), Tweet("2004", "204", "opted_out"), Tweet("2005", "205", "forgotten"),
                    Tweet("2006", "201", "deleted"), Tweet("2007", "206", "suspended"), Tweet("2008", "207", "protected"), Tweet("2009", "208", "deleted"),
                },
                includes = new
                {
                    users = new object[]
                    {
                        new { id = "201", username = "apiopen" }, new { id = "202", username = "apiprotected", @protected = true }, new { id = "203", username = "apisuspended", suspended = true },
                        new { id = "204", username = "apioptout" }, new { id = "205", username = "apiforgotten" }, new { id = "206", username = "apigone" },
                    },
                },
            },
            new { data = new[] { new { id = "2091", dm_conversation_id = "1-2", event_type = "MessageCreate", sender_id = "201", text = T("direct") } } },
            new { delete = new { tweet = new { id = "2006", author_id = "201" } } },
            new { user_suspend = new { user = new { id = "206" } } },
            new { user_protect = new { user = new { id = "207" } } },
            new { user_delete = new { user = new { id = "208" } } },
        ]);
    }

    private void XStream()
    {
        _format = "x-stream";
        object Tweet(string id, string author, string kind, bool guarded = false) => new
        {
            created_at = "Fri Mar 06 13:02:05 +0000 2026",
            id_str = id,
            text = T(kind),
            user = new { id_str = Author("x:" + author, kind), screen_name = "stream" + author, @protected = guarded },
        };
        Save("stream/30.json",
        [
            Tweet("3001", "301", "open"), Tweet("3002", "302", "protected", true), Tweet("3003", "303", "opted_out"), Tweet("3004", "304", "forgotten"), Tweet("3005", "301", "deleted"),
            Tweet("3006", "305", "suspended"), new { direct_message = new { id = 1, text = T("direct"), sender_id = 301 } },
            new { delete = new { status = new { id = 3005, id_str = "3005", user_id = 301 } } }, new { user_suspend = new { id = 305 } },
        ]);
    }

    private void Mastodon()
    {
        _format = "mastodon";
        const string Public = "https://www.w3.org/ns/activitystreams#Public";
        int number = 50;
        foreach (string kind in (string[])["open", "suspended", "opted_out", "forgotten"])
        {
            string name = "masto" + kind.Replace("_", "", StringComparison.Ordinal), actor = "https://a.example/users/" + name;
            Author($"mastodon:{name}@a.example", kind);
            object Note(string what, params string[] to)
            {
                string id = $"{actor}/statuses/{++number}";
                return new { id = id + "/activity", type = "Create", actor, to, cc = Array.Empty<string>(), @object = new { id, type = "Note", attributedTo = actor, to, content = $"<p>{T(what)}</p>", published = "2024-03-01T08:30:01Z" } };
            }
            object Gone(int n) => new { id = $"{actor}#d{n}", type = "Delete", actor, @object = new { id = $"{actor}/statuses/{n}", type = "Tombstone" } };
            object[] items = [Note(kind, Public), Note("followers_only", actor + "/followers"), Note("direct", "https://a.example/users/ola"), Note("deleted", Public), Gone(number)];
            Save($"{name}/outbox.json", JsonSerializer.Serialize(new { type = "OrderedCollection", orderedItems = items }));
            Save($"{name}/actor.json", JsonSerializer.Serialize(new { type = "Person", id = actor, preferredUsername = name, suspended = kind == "suspended" }));
        }
    }

    private void Bluesky()
    {
        _format = "bluesky";
        int key = 0;
        object Commit(string did, string operation, string rkey, string? text, string collection = "app.bsky.feed.post") => new
        {
            did = "did:plc:" + did,
            time_us = 1709281801000000 + key,
            kind = "commit",
            commit = new { operation, collection, rkey, record = text is null ? null : new { text, createdAt = "2024-03-01T08:30:01Z", langs = new[] { "en" } } },
        };
        object Create(string did, string kind, string collection = "app.bsky.feed.post") => Commit(Author("bluesky:did:plc:" + did, kind)[8..], "create", $"3k{++key}", T(kind), collection);
        object Account(string did, string status) => new { did = "did:plc:" + did, time_us = 1709281901000000, kind = "account", account = new { active = false, status } };
        Save("events.jsonl",
        [
            Create("open", "open"), Create("gone", "deleted"), Create("hides", "protected"), Create("down", "suspended"), Create("no", "opted_out"), Create("forgotten", "forgotten"),
            Create("open", "deleted"), Commit("open", "delete", $"3k{key}", null), Create("open", "direct", "chat.bsky.convo.message"),
            Account("gone", "deleted"), Account("hides", "deactivated"), Account("down", "takendown"),
        ]);
    }

    private void Reddit()
    {
        _format = "reddit";
        int n = 0;
        object Comment(string kind, string author, string type = "public", string? body = null, string? id = null) => new
        {
            id = id ?? $"c{++n}",
            body = body ?? T(kind),
            author = body is null ? Author("reddit:" + author, kind) : "[deleted]",
            subreddit = "Tea",
            subreddit_type = type,
            link_id = "t3_p1",
            parent_id = "t3_p1",
            score = 4,
            created_utc = 1470009600,
        };
        Save("RC_2016-08",
        [
            Comment("open", "redditopen"), Comment("opted_out", "redditoptout"), Comment("forgotten", "redditforgotten"), Comment("protected", "redditopen", "private"),
            Comment("deleted", "redditopen"), Comment("", "", body: "[deleted]", id: $"c{n}"), Comment("removed", "redditopen"), Comment("", "", body: "[removed]", id: $"c{n}"),
        ]);
    }

    private void Ptt()
    {
        foreach (string format in (string[])["ptt-text", "ptt-html", "ptt-json"])
        {
            _format = format;
            string f = format[4..];
            foreach (string kind in (string[])["open", "opted_out", "forgotten"])
            {
                string author = Author($"ptt:{f}{kind.Replace("_", "", StringComparison.Ordinal)}", kind), pusher = Author($"ptt:{f}{kind.Replace("_", "", StringComparison.Ordinal)}2", kind);
                const string Time = "Fri Jul 10 14:47:45 2020";
                // one article of theirs, and one of somebody who is open, under which they push
                foreach (bool own in (bool[])[true, false])
                {
                    string who = own ? author : f + "host", text = T(own ? kind : "open"), push = T(own ? "open" : kind), by = own ? f + "guest" : pusher;
                    string title = $"[食記] {f} {kind} {own}";
                    switch (format)
                    {
                        case "ptt-text":
                            Save($"bbs/{kind}{own}.txt", $"作者 {who} (n)\n看板 Food\n標題 {title}\n時間 {Time}\n\n{text}\n--\n※ 發信站: 批踢踢實業坊(ptt.cc), 來自: 203.0.113.7\n推 {by}: {push} 07/10 15:00\n");
                            break;
                        case "ptt-html":
                            string Meta(string tag, string value) => $"<div class=\"article-metaline\"><span class=\"article-meta-tag\">{tag}</span><span class=\"article-meta-value\">{value}</span></div>";
                            Save($"web/M.1594363{Planted.Count}.A.1A2.html", $"<!DOCTYPE html><html><body><div id=\"main-content\">{Meta("作者", who + " (n)")}{Meta("看板", "Food")}{Meta("標題", title)}{Meta("時間", Time)}\n{text}\n--\n"
                                + $"<div class=\"push\"><span class=\"push-tag\">推 </span><span class=\"push-userid\">{by}</span><span class=\"push-content\">: {push}</span><span class=\"push-ipdatetime\"> 07/10 15:00\n</span></div></div></body></html>");
                            break;
                        default:
                            Save($"crawl/{kind}{own}.json", JsonSerializer.Serialize(new
                            {
                                articles = new[]
                                {
                                    new
                                    {
                                        board = "Food", article_title = title, author = who + " (n)", date = Time, content = text, ip = "203.0.113.7",
                                        messages = new[] { new { push_tag = "推", push_userid = by, push_content = push, push_ipdatetime = "07/10 15:00" } },
                                    },
                                },
                            }));
                            break;
                    }
                }
            }
        }
    }

    private void Discourse()
    {
        _format = "discourse";
        int n = 0;
        object Post(string kind, string user, bool deleted = false, bool hidden = false, int type = 1) => new
        {
            id = 900 + n,
            post_number = ++n,
            username = Author("discourse:forum.example/" + user, kind)[14..],
            avatar_template = $"/user_avatar/forum.example/{user}/{{size}}/1.png",
            created_at = "2019-03-08T01:49:01.381Z",
            cooked = $"<p>{T(kind)}</p>",
            post_type = type,
            hidden,
            user_deleted = deleted,
        };
        void Topic(int id, string archetype, params object[] posts) =>
            Save($"forum/{id}.json", JsonSerializer.Serialize(new { post_stream = new { posts }, id, title = "Boats", archetype, visible = true }));
        Topic(77, "regular", Post("open", "dopen"), Post("opted_out", "doptout"), Post("forgotten", "dforgotten"), Post("deleted", "dopen", deleted: true),
            Post("hidden", "dopen", hidden: true), Post("direct", "dopen", type: 4));
        n = 0;
        Topic(78, "private_message", Post("direct", "dopen"), Post("direct", "dopen"));
    }

    private void HackerNews()
    {
        _format = "hackernews";
        int n = 600;
        object Item(string kind, string by, bool deleted = false, bool dead = false) =>
            new { id = ++n, by = Author("hackernews:" + by, kind), type = "comment", parent = 600, text = T(kind), time = 1460665700, deleted, dead };
        Save("items.json", JsonSerializer.Serialize(new[]
            { Item("open", "hnopen"), Item("opted_out", "hnoptout"), Item("forgotten", "hnforgotten"), Item("deleted", "hnopen", deleted: true), Item("removed", "hnopen", dead: true) }));
    }

    private void StackExchange()
    {
        _format = "stackexchange";
        int n = 0;
        string Row(string kind, int user, string more = "") =>
            $"<row Id=\"{++n}\" PostTypeId=\"1\" CreationDate=\"2015-01-27T20:09:32.720\" Score=\"2\" Body=\"&lt;p&gt;{T(kind)}&lt;/p&gt;\" OwnerUserId=\"{Author($"stackexchange:boats.stackexchange.com/{user}", kind)[24..]}\" {more}/>";
        Save("boats.stackexchange.com/Posts.xml", "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<posts>\n"
            + string.Join('\n', Row("open", 1), Row("opted_out", 2), Row("forgotten", 3), Row("deleted", 1, "DeletionDate=\"2016-01-27T20:09:32.720\" ")) + "\n</posts>");
    }

    // Nobody's words: an encyclopedia and the web know only pages that were taken away.
    private void Pages()
    {
        _format = "wikipedia";
        string Page(int id, string kind, string mark = "") =>
            $"<page><title>Boat {id}</title><ns>0</ns><id>{id}</id><revision><id>{id}</id><timestamp>2024-03-01T08:30:01Z</timestamp><model>wikitext</model><format>text/x-wiki</format><text {mark}>{T(kind)}</text></revision></page>";
        Save("enwiki-pages-articles.xml", "<mediawiki xmlns=\"http://www.mediawiki.org/xml/export-0.11/\" version=\"0.11\" xml:lang=\"en\"><siteinfo><sitename>Wikipedia</sitename><dbname>enwiki</dbname></siteinfo>\n"
            + Page(71, "open") + "\n" + Page(72, "deleted", "deleted=\"deleted\"") + "\n</mediawiki>");
        _format = "warc";
        string block = T("open");
        Save("crawl.warc", "WARC/1.0\r\nWARC-Type: conversion\r\nWARC-Record-ID: <urn:uuid:conv-0001>\r\nWARC-Date: 2024-03-01T08:30:01Z\r\nWARC-Target-URI: https://b.example/\r\n"
            + $"Content-Type: text/plain\r\nContent-Length: {block.Length}\r\n\r\n{block}\r\n\r\n");
    }

    private void Rows()
    {
        _format = "jsonl";
        object Row(int id, string author, string kind) => new { id = $"x:{id}", platform = "x", author_id = "x:" + Author("x:" + author, kind), author = "j" + author, text = T(kind) };
        Save("own.jsonl", [Row(4001, "401", "open"), Row(4002, "402", "opted_out"), Row(4003, "403", "forgotten")]);
        _format = "csv";
        string Line(string author, string kind) => $"{Author("csv:" + author, kind)},{T(kind)}";
        Save("board.csv", ["author,text", Line("csvopen", "open"), Line("csvoptout", "opted_out"), Line("csvforgotten", "forgotten"), "[deleted]," + T("deleted")]);
        _format = "parquet";
        Post P(int id, string author, string kind) => new() { Id = $"x:{id}", Platform = "x", Kind = "post", AuthorId = "x:" + Author("x:" + author, kind), Author = "q" + author, Text = T(kind), ThreadId = $"x:{id}", Source = "lake" };
        PostStore.Replace(Path.Combine(_folder, "lake"),
            [P(5001, "501", "open"), P(5002, "502", "protected"), P(5003, "503", "suspended"), P(5004, "504", "deleted"), P(5005, "505", "opted_out"), P(5006, "506", "forgotten")],
            [new() { AuthorId = "x:502", Handle = "q502", State = "protected" }, new() { AuthorId = "x:503", Handle = "q503", State = "suspended" }, new() { AuthorId = "x:504", Handle = "q504", State = "deleted" }]);
        File.Delete(Path.Combine(_folder, "lake", "lake.json"));
    }
}
