using System.Text;
using System.Text.RegularExpressions;
using Syrinx.Data.Sample.World;

namespace Syrinx.Data.Sample.Export;

/// <summary>A link, mention, hashtag or picture of a tweet's text.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Start">First code point.</param>
/// <param name="End">Code point after the last.</param>
/// <param name="Value">The text without sign: <c>https://t.co/…</c>, a handle, a tag.</param>
/// <param name="Target">Where a link leads.</param>
internal sealed record TweetEntity(TweetEntityKind Kind, int Start, int End, string Value, string Target = "");

internal enum TweetEntityKind
{
    Link,
    Picture,
    Mention,
    Hashtag,
}

/// <summary>
/// A tweet's text as exports hold it: whom it answers in front, links as t.co, a quoted tweet's and a picture's link at the
/// end, &amp;, &lt; and &gt; as HTML entities; with the places of all of them, counted in code points of that text.
/// </summary>
internal sealed partial class TweetForm
{
    private TweetForm(string text, List<TweetEntity> entities) => (Text, Entities) = (text, entities);

    public string Text { get; }

    public IReadOnlyList<TweetEntity> Entities { get; }

    /// <summary>Where the author's own words begin, behind the mentions of whom they answer.</summary>
    public int DisplayStart { get; private init; }

    public int Length => CodePoints(Text);

    public static TweetForm Of(SampleTweet tweet)
    {
        if (tweet.RepostOf is { } original)
            return OfRepost(original);
        string answers = tweet.ReplyTo is { } parent && parent.Author != tweet.Author ? $"@{parent.Author.Handle} " : "";
        string typed = answers + tweet.Text;
        var text = new StringBuilder();
        var entities = new List<TweetEntity>();
        int at = 0, links = 0;
        foreach (Match match in Entity().Matches(typed))
        {
            Escape(text, typed.AsSpan(at, match.Index - at));
            at = match.Index + match.Length;
            int start = CodePoints(text);
            string value = match.Value;
            if (value[0] == 'h')
            {
                string link = ShortLink(tweet.Id, links++);
                text.Append(link);
                entities.Add(new(TweetEntityKind.Link, start, start + link.Length, link, value));
            }
            else
            {
                text.Append(value);
                var kind = value[0] == '@' ? TweetEntityKind.Mention : TweetEntityKind.Hashtag;
                entities.Add(new(kind, start, CodePoints(text), value[1..]));
            }
        }
        Escape(text, typed.AsSpan(at));
        if (tweet.QuoteOf is { } quoted)
            Attach(TweetEntityKind.Link, $"https://twitter.com/{quoted.Author.Handle}/status/{quoted.Id}");
        if (tweet.Photo)
            Attach(TweetEntityKind.Picture, $"https://twitter.com/{tweet.Author.Handle}/status/{tweet.Id}/photo/1");
        return new(text.ToString(), entities) { DisplayStart = answers.Length };

        void Attach(TweetEntityKind kind, string target)
        {
            string link = ShortLink(tweet.Id, links++);
            text.Append(' ');
            int start = CodePoints(text);
            text.Append(link);
            entities.Add(new(kind, start, start + link.Length, link, target));
        }
    }

    /// <summary>What a link shows: the target without scheme, cut after 26 characters.</summary>
    public static string Display(string target)
    {
        string bare = target[(target.IndexOf("//", StringComparison.Ordinal) + 2)..].TrimEnd('/');
        return bare.Length <= 27 ? bare : bare[..26] + "…";
    }

    /// <summary>The name of the picture in a link: pic.twitter.com/….</summary>
    public static string PictureDisplay(string link) => "pic.twitter.com/" + link[(link.LastIndexOf('/') + 1)..];

    /// <summary>A repost repeats the original, cut at 140 code points, with the entities that survive the cut.</summary>
    private static TweetForm OfRepost(SampleTweet original)
    {
        var form = Of(original);
        string before = $"RT @{original.Author.Handle}: ";
        string text = before + form.Text;
        int end = int.MaxValue;
        if (CodePoints(text) > 140)
        {
            end = 139;
            text = string.Concat(text.EnumerateRunes().Take(end)) + "…";
        }
        List<TweetEntity> entities = [new(TweetEntityKind.Mention, 3, before.Length - 2, original.Author.Handle)];
        entities.AddRange(form.Entities
            .Select(e => e with { Start = e.Start + before.Length, End = e.End + before.Length })
            .Where(e => e.End <= end));
        return new(text, entities);
    }

    private static void Escape(StringBuilder text, ReadOnlySpan<char> typed)
    {
        foreach (char c in typed)
        {
            _ = c switch
            {
                '&' => text.Append("&amp;"),
                '<' => text.Append("&lt;"),
                '>' => text.Append("&gt;"),
                _ => text.Append(c),
            };
        }
    }

    private static string ShortLink(long id, int number)
    {
        const string alphabet = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
        var random = SampleRandom.For((ulong)id, "t.co " + number);
        Span<char> name = stackalloc char[10];
        foreach (ref char c in name)
            c = alphabet[random.Below(alphabet.Length)];
        return $"https://t.co/{name}";
    }

    private static int CodePoints(string text)
    {
        int count = 0;
        foreach (char c in text)
            count += char.IsLowSurrogate(c) ? 0 : 1;
        return count;
    }

    private static int CodePoints(StringBuilder text)
    {
        int count = 0;
        foreach (var chunk in text.GetChunks())
        {
            foreach (char c in chunk.Span)
                count += char.IsLowSurrogate(c) ? 0 : 1;
        }
        return count;
    }

    [GeneratedRegex(@"https?://[^\s，。！？）]+|(?<![\w@.])@[A-Za-z0-9_]{1,15}\b|(?<!\w)#\w*[^\W\d]\w*")]
    private static partial Regex Entity();
}
