using ParquetSharp;
using Encoding = System.Text.Encoding;

namespace Syrinx.Data.Tests.Posts;

/// <summary>A small export of each format, written by us, for tests that go through all of them.</summary>
internal static class ExportSamples
{
    /// <param name="Format">As the command line knows it.</param>
    /// <param name="File">Name of the file, with its folders.</param>
    /// <param name="Bytes">Its content.</param>
    /// <param name="Posts">How many posts it holds that may enter.</param>
    public sealed record Sample(string Format, string File, byte[] Bytes, int Posts)
    {
        public override string ToString() => Format;
    }

    private static readonly Dictionary<string, Sample> ByFormat = Make().ToDictionary(s => s.Format);

    public static IEnumerable<Sample> All => ByFormat.Values;

    public static Sample Of(string format) => ByFormat[format];

    private static IEnumerable<Sample> Make()
    {
        yield return Text("x-archive", "mei/data/tweets.js", 2, """
            window.YTD.tweets.part0 = [
            {"tweet":{"id_str":"20","full_text":"豆花 https://t.co/a","created_at":"Fri Mar 06 13:02:05 +0000 2026","favorite_count":"3","entities":{"urls":[{"url":"https://t.co/a","expanded_url":"https://b.example"}]}}},
            {"tweet":{"id_str":"21","full_text":"two"}},
            {"tweet":{"id_str":"22","full_text":"RT @ola: words of ola"}}]
            """);
        yield return Text("x-api", "page.jsonl", 3, """
            {"data":[{"id":"31","text":"a \ud83c\udf67 b","author_id":"7","note_tweet":{"text":"long"}}],"includes":{"users":[{"id":"7","username":"mei"}],"tweets":[{"id":"32","text":"c"}]},"errors":[{"resource_type":"tweet","title":"Not Found Error","resource_id":"5"}]}
            {"id":"33","text":"d","author_id":"7","referenced_tweets":[{"type":"quoted","id":"32"}],"edit_history_tweet_ids":["33"]}
            """);
        yield return Text("x-stream", "30.json", 3, """
            {"created_at":"Fri Mar 06 13:02:05 +0000 2026","id":41,"id_str":"41","text":"cut …","truncated":true,"extended_tweet":{"full_text":"the whole text"},"user":{"id":7,"id_str":"7","screen_name":"mei"},"lang":"en"}
            {"delete":{"status":{"id":44,"id_str":"44","user_id":7}}}
            {"created_at":"Fri Mar 06 13:02:06 +0000 2026","id":42,"id_str":"42","text":"RT @ola: hi","user":{"id":7,"id_str":"7","screen_name":"mei"},"retweeted_status":{"id_str":"43","text":"hi","user":{"id_str":"9","screen_name":"ola"}}}
            """);
        yield return Text("mastodon", "archive/outbox.json", 2, """
            {"@context":["https://www.w3.org/ns/activitystreams",{"toot":"http://joinmastodon.org/ns#"}],"id":"outbox.json","type":"OrderedCollection","totalItems":3,"orderedItems":[
            {"id":"https://a.example/users/mei/statuses/51/activity","type":"Create","actor":"https://a.example/users/mei","published":"2024-03-01T08:30:01Z","to":["https://www.w3.org/ns/activitystreams#Public"],"cc":["https://a.example/users/mei/followers"],"object":{"id":"https://a.example/users/mei/statuses/51","type":"Note","inReplyTo":null,"published":"2024-03-01T08:30:01Z","attributedTo":"https://a.example/users/mei","to":["https://www.w3.org/ns/activitystreams#Public"],"cc":[],"sensitive":false,"content":"<p>豆花 &amp; tea</p>","contentMap":{"zh-TW":"<p>豆花 &amp; tea</p>"},"tag":[]}},
            {"id":"https://a.example/users/mei/statuses/52/activity","type":"Announce","actor":"https://a.example/users/mei","published":"2024-03-01T08:31:01Z","to":["https://www.w3.org/ns/activitystreams#Public"],"cc":[],"object":"https://b.example/users/ola/statuses/9"},
            {"id":"https://a.example/users/mei/statuses/53/activity","type":"Create","actor":"https://a.example/users/mei","to":["https://a.example/users/mei/followers"],"cc":[],"object":{"id":"https://a.example/users/mei/statuses/53","type":"Note","to":["https://a.example/users/mei/followers"],"content":"<p>for followers</p>"}}]}
            """);
        yield return Text("bluesky", "events.jsonl", 2, """
            {"did":"did:plc:mei","time_us":1709281801000000,"kind":"commit","commit":{"rev":"a","operation":"create","collection":"app.bsky.feed.post","rkey":"3k1","record":{"$type":"app.bsky.feed.post","text":"豆花 example.org/t... yes","createdAt":"2024-03-01T08:30:01Z","langs":["zh"],"facets":[{"index":{"byteStart":7,"byteEnd":23},"features":[{"$type":"app.bsky.richtext.facet#link","uri":"https://example.org/tofu"}]}]}}}
            {"did":"did:plc:mei","time_us":1709281802000000,"kind":"commit","commit":{"rev":"b","operation":"create","collection":"app.bsky.feed.repost","rkey":"3k2","record":{"subject":{"uri":"at://did:plc:ola/app.bsky.feed.post/3k0"},"createdAt":"2024-03-01T08:31:01Z"}}}
            {"did":"did:plc:ola","time_us":1709281803000000,"kind":"account","account":{"active":false,"did":"did:plc:ola","status":"takendown"}}
            """);
        yield return Text("reddit", "RC_2016-08", 2, """
            {"id":"c1","body":"good &gt; bad","author":"mei","subreddit":"Tea","link_id":"t3_p1","parent_id":"t3_p1","score":4,"created_utc":1470009600,"edited":false}
            {"id":"c2","body":"[removed]","author":"ola","subreddit":"Tea","link_id":"t3_p1","parent_id":"t1_c1","score":1,"created_utc":"1470009601","edited":1470009700}
            {"id":"p1","title":"A title","selftext":"text","is_self":true,"author":"kai","subreddit":"Tea","num_comments":2,"score":9,"over_18":true,"created_utc":1470009500,"url":"https://www.reddit.com/r/Tea/comments/p1/"}
            """);
        yield return Text("ptt-text", "bbs/a.txt", 3, "作者 damn (丹)\n看板 Food\n標題 t\n時間 Fri Jul 10 14:47:45 2020\n\nbbs\n--\n※ 發信站: 批踢踢實業坊(ptt.cc), 來自: 1.2.3.4\n"
            + "※ 文章網址: https://www.ptt.cc/bbs/Food/M.1.A.2.html\n推 mei: 推 07/10 15:00\n→ ola: 好 07/10 15:00\n※ 編輯: damn (1.2.3.4), 07/11/2020 01:02:03\n");
        yield return Text("ptt-html", "web/M.1594363667.A.1A2.html", 3, """
            <!DOCTYPE html><html><head><meta charset="utf-8"><title>[食記] 豆花 - 看板 Food</title></head><body><div id="main-container">
            <div id="main-content" class="bbs-screen bbs-content"><div class="article-metaline"><span class="article-meta-tag">作者</span><span class="article-meta-value">damn (丹)</span></div><div class="article-metaline-right"><span class="article-meta-tag">看板</span><span class="article-meta-value">Food</span></div><div class="article-metaline"><span class="article-meta-tag">標題</span><span class="article-meta-value">[食記] 豆花</span></div><div class="article-metaline"><span class="article-meta-tag">時間</span><span class="article-meta-value">Fri Jul 10 14:47:45 2020</span></div>
            好吃 &amp; 便宜
            --
            <span class="f2">※ 發信站: 批踢踢實業坊(ptt.cc), 來自: 203.0.113.7 (臺灣)
            </span><div class="push"><span class="hl push-tag">推 </span><span class="f3 hl push-userid">mei</span><span class="f3 push-content">: 推薦</span><span class="push-ipdatetime"> 203.0.113.9 07/10 15:00
            </span></div><div class="push"><span class="f1 hl push-tag">→ </span><span class="f3 hl push-userid">ola</span><span class="f3 push-content">: 在哪</span><span class="push-ipdatetime"> 07/10 15:01
            </span></div></div></div></body></html>
            """);
        yield return Text("ptt-json", "crawl.json", 3, """
            {"articles": [
            {"url":"https://www.ptt.cc/bbs/Food/M.1594363667.A.1A3.html","board":"Food","article_id":"M.1594363667.A.1A3","article_title":"[食記] 湯圓","author":"damn (丹)","date":"Fri Jul 10 14:47:45 2020","content":"好吃","ip":"203.0.113.7","message_count":{"all":2,"boo":1,"count":-1,"neutral":1,"push":0},"messages":[{"push_tag":"噓","push_userid":"mei","push_content":"太甜","push_ipdatetime":"203.0.113.9 07/10 15:00"},{"push_tag":"→","push_userid":"ola","push_content":"還好","push_ipdatetime":"07/10 15:01"}]},
            {"error":"invalid url"}]}
            """);
        yield return Text("discourse", "forum/tofu.77.json", 2, """
            {"post_stream":{"posts":[{"id":901,"username":"mei","avatar_template":"/user_avatar/forum.example/mei/{size}/1.png","created_at":"2019-03-08T01:49:01.381Z","updated_at":"2019-03-08T01:49:01.381Z","cooked":"<p>How do I make <code>tofu</code>?</p>","post_number":1,"post_type":1,"version":1,"reads":9,"score":12.5,"hidden":false,"user_deleted":false},{"id":902,"username":"ola","created_at":"2019-03-08T02:49:01.381Z","cooked":"<aside class=\"quote\" data-post=\"1\" data-topic=\"77\"><blockquote>make tofu</blockquote></aside><p>With <a href=\"https://b.example/nigari\">nigari</a>.</p>","post_number":2,"post_type":1,"version":1,"reply_to_post_number":1},{"id":903,"username":"kai","cooked":"<p>spam</p>","post_number":3,"post_type":1,"hidden":true}],"stream":[901,902,903,904]},"id":77,"title":"Tofu","slug":"tofu","category_id":10,"views":70,"posts_count":4,"archetype":"regular","visible":true}
            """);
        yield return Text("hackernews", "items.json", 2, """
            [{"by":"mei","descendants":2,"id":61,"kids":[62],"score":8,"time":1460665653,"title":"Show HN: Tofu","type":"story","url":"https://tofu.example/"},
            {"by":"ola","id":62,"parent":61,"text":"Nice!<p>See <a href=\"https:&#x2F;&#x2F;b.example&#x2F;a-long-address\" rel=\"nofollow\">https:&#x2F;&#x2F;b.example&#x2F;a-long-...</a>","time":1460665700,"type":"comment"},
            {"deleted":true,"id":63,"parent":61,"time":1460665701,"type":"comment"}]
            """);
        yield return Text("stackexchange", "tofu.stackexchange.com/Posts.xml", 2, """
            <?xml version="1.0" encoding="utf-8"?>
            <posts>
              <row Id="1" PostTypeId="1" AcceptedAnswerId="2" CreationDate="2015-01-27T20:09:32.720" Score="20" ViewCount="130" Body="&lt;p&gt;How &amp;amp; why?&lt;/p&gt;&#xA;" OwnerUserId="4" Title="Tofu" Tags="&lt;soy&gt;&lt;how-to&gt;" AnswerCount="1" />
              <row Id="2" PostTypeId="2" ParentId="1" CreationDate="2015-01-28T20:09:32.720" Score="3" Body="&lt;pre&gt;&lt;code&gt;boil();&#xA;&lt;/code&gt;&lt;/pre&gt;" OwnerUserId="5" />
              <row Id="3" PostTypeId="5" CreationDate="2015-01-28T20:09:32.720" Score="0" Body="a tag's wiki" />
            </posts>
            """);
        yield return Text("wikipedia", "zhwiki-pages-articles.xml", 1, """
            <mediawiki xmlns="http://www.mediawiki.org/xml/export-0.11/" version="0.11" xml:lang="zh">
              <siteinfo><sitename>Wikipedia</sitename><dbname>zhwiki</dbname><base>https://zh.wikipedia.org/wiki/Wikipedia:%E9%A6%96%E9%A1%B5</base></siteinfo>
              <page><title>豆花</title><ns>0</ns><id>71</id><revision><id>1</id><timestamp>2024-03-01T08:30:01Z</timestamp><contributor><ip>203.0.113.7</ip></contributor><model>wikitext</model><format>text/x-wiki</format><text bytes="9" xml:space="preserve">'''豆花'''是[[黃豆]]做的{{ref label|x}}甜品。&lt;ref&gt;書&lt;/ref&gt;</text></revision></page>
              <page><title>豆腐花</title><ns>0</ns><id>72</id><redirect title="豆花" /><revision><id>2</id><timestamp>2024-03-01T08:30:01Z</timestamp><text>#REDIRECT [[豆花]]</text></revision></page>
              <page><title>Talk:豆花</title><ns>1</ns><id>73</id><revision><id>3</id><text>talk</text></revision></page>
            </mediawiki>
            """);
        yield return new("warc", "crawl.warc", Warc(), 2);
        yield return Text("jsonl", "own.jsonl", 3, string.Join('\n', Enumerable.Range(81, 3).Select(i =>
            $$"""{"id":"x:{{i}}","platform":"x","text":"豆花 \u4e2d {{i}}","author_id":"x:7","author":"mei","likes":{{i}},"urls":["https://b.example"]}""")));
        yield return Text("csv", "board.csv", 2, "id,title,text,created_utc\n1,a,\"b\nc\",1352438956.0\n2,\"d\"\"e\",f,\n");
        yield return new("parquet", "web.parquet", Parquet(), 3);
    }

    private static Sample Text(string format, string file, int posts, string text) => new(format, file, Encoding.UTF8.GetBytes(text), posts);

    private static byte[] Warc()
    {
        const string page = "<html lang=\"en\"><head><title>Tofu</title></head><body><nav><a href=\"/\">Home</a></nav><article><h1>Tofu</h1><p>"
            + "Tofu is made from soy milk that is curdled and pressed into blocks, as it has been for two thousand years.</p></article></body></html>";
        string http = $"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n{page}";
        return Encoding.UTF8.GetBytes(
            Record("warcinfo", "info-0001", "application/warc-fields", "software: test\r\n")
            + Record("request", "req-00001", "application/http; msgtype=request", "GET / HTTP/1.1\r\n\r\n", "https://tofu.example/")
            + Record("response", "resp-0001", "application/http; msgtype=response", http, "https://tofu.example/")
            + Record("conversion", "conv-0001", "text/plain", "豆花好吃\n很便宜", "https://b.example/", "WARC-Refers-To: <urn:uuid:resp-0002>\r\n"));
    }

    public static string Record(string type, string id, string contentType, string block, string? address = null, string more = "") =>
        $"WARC/1.0\r\nWARC-Type: {type}\r\nWARC-Record-ID: <urn:uuid:{id}>\r\nWARC-Date: 2024-03-01T08:30:01Z\r\n"
        + (address is null ? "" : $"WARC-Target-URI: {address}\r\n") + more
        + $"Content-Type: {contentType}\r\nContent-Length: {Encoding.UTF8.GetByteCount(block)}\r\n\r\n{block}\r\n\r\n";

    private static byte[] Parquet()
    {
        using var stream = new MemoryStream();
        using (var output = new ParquetSharp.IO.ManagedOutputStream(stream, leaveOpen: true))
        using (var file = new ParquetFileWriter(output, [new Column<string>("text"), new Column<string>("id"), new Column<string>("url"),
            new Column<string>("date"), new Column<string>("language"), new Column<double>("language_score"), new Column<long>("token_count")]))
        {
            using (var rows = file.AppendRowGroup())
            {
                Put<string>(rows, ["Tofu is made from soy.", "豆花好吃", "third"]);
                Put<string>(rows, ["<urn:uuid:fine-0001>", "<urn:uuid:fine-0002>", "<urn:uuid:fine-0003>"]);
                Put<string>(rows, ["https://a.example/", "https://b.example/", "https://c.example/"]);
                Put<string>(rows, ["2024-03-01T08:30:01Z", "2024-03-02T08:30:01Z", "2024-03-03T08:30:01Z"]);
                Put<string>(rows, ["en", "zh", "en"]);
                Put<double>(rows, [0.9, 0.8, 0.7]);
                Put<long>(rows, [6, 4, 1]);
            }
            file.Close();
        }
        return stream.ToArray();
    }

    private static void Put<T>(RowGroupWriter rows, T[] values)
    {
        using var column = rows.NextColumn().LogicalWriter<T>();
        column.WriteBatch(values);
    }
}
