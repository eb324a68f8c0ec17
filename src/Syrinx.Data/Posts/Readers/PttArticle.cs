using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Syrinx.Data.Posts.Import;

namespace Syrinx.Data.Posts.Readers;

/// <summary>
/// Turns the lines of one PTT article into posts: the article, a post for each push, and one for each passage that the
/// author wrote between pushes, as an answer to the push before it (<c>ARTICLE#n.1</c>).
/// </summary>
internal sealed partial class PttArticle
{
    /// <summary>Characters of a mark that the station puts into the text; longer lines are text.</summary>
    private const int MaxMark = 300;

    private static readonly Dictionary<int, PttPush> NoPushes = [];

    private readonly PttHeader _header;
    private readonly string _source;
    private readonly IReadOnlyDictionary<int, PttPush> _given;
    private readonly bool _structured; // pushes are those that were given, whatever lines look like
    private readonly string? _place;
    private readonly DateTime? _createdAt;
    private readonly List<Post> _replies = [];
    private readonly List<string> _passage = [];
    private readonly List<string> _addition = [];
    private string _id = "";
    private string? _board;
    private PttPush? _push;
    private PttPush _lineBefore;
    private DateTime? _pushTime;
    private DateTime? _last;
    private DateTime? _edited;
    private int _pushes;
    private int _score;

    private PttArticle(PttHeader header, string source, IReadOnlyDictionary<int, PttPush>? pushes, string? place)
    {
        (_header, _source, _board, _given, _place) = (header, source, header.Board, pushes ?? NoPushes, place);
        _structured = pushes is not null;
        _createdAt = PostTime.Ptt(header.Time);
        _last = _createdAt is { } utc ? PostTime.ToTaipei(utc) : null;
    }

    /// <summary>Reads the article whose head was found.</summary>
    /// <param name="lines">Of the file.</param>
    /// <param name="header">The head.</param>
    /// <param name="end">Line before which the article ends.</param>
    /// <param name="source">File and line.</param>
    /// <param name="batch">Takes the posts and the author.</param>
    /// <param name="pushes">Lines that are pushes and were read already.</param>
    /// <param name="place">Board and file name as the source tells them: <c>Food/M.1609429827.A.0F1</c>.</param>
    public static void Read(
        IReadOnlyList<string> lines, PttHeader header, int end, string source, ReadBatch batch,
        IReadOnlyDictionary<int, PttPush>? pushes = null, string? place = null) =>
        new PttArticle(header, source, pushes, place).Read(lines, end, batch);

    private void Read(IReadOnlyList<string> lines, int end, ReadBatch batch)
    {
        int start = _header.Body;
        while (start < end && (Rule().IsMatch(lines[start]) || lines[start].Trim() == "```"))
            start++;
        // Behind a push nothing is the text's, so a footer that stands there was quoted by somebody.
        int first = _given.Count == 0 ? end : Math.Max(start, _given.Keys.Min());
        int footer = PttBody.Footer(lines, start, first);
        int tail = footer >= 0 ? footer : _structured ? first : StartOfPushes(lines, start, end);
        string text = PttBody.Text(lines.Take(start..PttBody.EndOfText(lines, start, tail)).Prepend(_header.Rest));
        Identify(lines, tail, end);
        for (int i = tail; i < end; i++)
            Tail(lines[i], _given.TryGetValue(i, out var push) ? push : _structured ? null : PttPush.TryRead(lines[i]));
        EndPush();
        EndPassage(null);
        if (_addition.Count > 0)
            text = PostText.Clean(text + "\n\n" + PttBody.Text(_addition));

        batch.Authors.Add(new() { AuthorId = "ptt:" + _header.Author, Handle = _header.Author, Name = _header.Nick });
        batch.Posts.Add(new()
        {
            Id = _id,
            Platform = "ptt",
            Kind = "article",
            Community = _board,
            AuthorId = "ptt:" + _header.Author,
            Author = _header.Author,
            CreatedAt = _createdAt,
            EditedAt = _edited,
            Text = text,
            Title = _header.Title,
            ThreadId = _id,
            Replies = _pushes,
            Score = _score,
            Urls = UrlFinder.In(text),
            Source = _source,
        });
        batch.Posts.AddRange(_replies);
    }

    /// <summary>The id from the article's address, which also tells the board; without one, from what makes it unique.</summary>
    private void Identify(IReadOnlyList<string> lines, int from, int end)
    {
        for (int i = end - 1; i >= from; i--)
        {
            if (lines[i].TrimStart().StartsWith("※ 文章網址", StringComparison.Ordinal) && Address().Match(lines[i]) is { Success: true } address)
            {
                _board = address.Groups["board"].Value;
                _id = $"ptt:{_board}/{address.Groups["file"].Value}";
                return;
            }
        }
        if (_place is { } place)
        {
            _board ??= place[..place.IndexOf('/', StringComparison.Ordinal)];
            _id = "ptt:" + place;
            return;
        }
        string time = _createdAt is { } utc ? PostJson.Iso(utc) : _header.Time;
        byte[] hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{_header.Author}\n{time}\n{_header.Title}"));
        _id = $"ptt:{_board ?? "unknown"}/{Convert.ToHexStringLower(hash)[..16]}";
    }

    /// <summary>A line behind the text: a push, an edit mark, the station's, or the author's.</summary>
    private void Tail(string line, PttPush? read)
    {
        if (read is { } push)
        {
            bool goesOn = push.Score == 0 && _passage.Count == 0 && _push is { } open && open.User == push.User;
            if (goesOn)
            {
                _push = _push!.Value.Continued(push, _lineBefore);
            }
            else
            {
                EndPush();
                EndPassage(null);
                _push = push;
                _pushTime = _last is { } last ? push.After(last) : null;
                _last = _pushTime ?? _last;
            }
            _lineBefore = push;
        }
        else if (line.Length < MaxMark && Edit().Match(line) is { Success: true } edit)
        {
            EndPush();
            var time = PostTime.Ptt(edit.Groups["time"].Value);
            if (time is { } utc && (_last is null || PostTime.ToTaipei(utc) >= _last.Value.AddDays(-1)))
            {
                _last = PostTime.ToTaipei(utc);
                _edited = utc;
            }
            EndPassage(time);
        }
        else if (!PttBody.IsStationLine(line) && line.Trim() is not ("```" or "--"))
        {
            if (line.Trim().Length > 0)
                EndPush();
            if (_passage.Count > 0 || line.Trim().Length > 0)
                _passage.Add(line);
        }
    }

    private void EndPush()
    {
        if (_push is not { } push)
            return;
        _pushes++;
        _score += push.Score;
        string text = PostText.Clean(push.Text);
        _replies.Add(new()
        {
            Id = PushId(_pushes),
            Platform = "ptt",
            Kind = "push",
            Community = _board,
            AuthorId = "ptt:" + push.User,
            Author = push.User,
            CreatedAt = _pushTime is { } time ? PostTime.FromTaipei(time) : null,
            Text = text,
            ReplyTo = _id,
            ThreadId = _id,
            Score = push.Score,
            Urls = UrlFinder.In(text),
            Source = _source,
        });
        _push = null;
    }

    /// <summary>What the author wrote behind a push answers it; before any push it belongs to the text.</summary>
    private void EndPassage(DateTime? edited)
    {
        string text = PttBody.Text(_passage);
        if (text.Length > 0 && _pushes == 0)
        {
            _addition.AddRange([.. _passage, ""]);
        }
        else if (text.Length > 0)
        {
            string id = PushId(_pushes) + ".1";
            if (_replies[^1].Id == id)
            {
                text = PostText.Clean(_replies[^1].Text + "\n" + text);
                _replies.RemoveAt(_replies.Count - 1);
            }
            _replies.Add(new()
            {
                Id = id,
                Platform = "ptt",
                Kind = "post",
                Community = _board,
                AuthorId = "ptt:" + _header.Author,
                Author = _header.Author,
                CreatedAt = edited ?? (_last is { } last ? PostTime.FromTaipei(last) : null),
                Text = text,
                ReplyTo = PushId(_pushes),
                ThreadId = _id,
                Urls = UrlFinder.In(text),
                Source = _source,
            });
        }
        _passage.Clear();
    }

    private string PushId(int n) => string.Create(CultureInfo.InvariantCulture, $"{_id}#{n}");

    /// <summary>Without a footer the pushes are what stands at the end and looks like pushes.</summary>
    private static int StartOfPushes(IReadOnlyList<string> lines, int from, int end)
    {
        int start = end;
        for (int i = end - 1; i >= from; i--)
        {
            if (PttPush.TryRead(lines[i]) is not null || PttBody.IsStationLine(lines[i]))
                start = i;
            else if (lines[i].Trim() is not ("" or "```"))
                break;
        }
        return start;
    }

    [GeneratedRegex(@"\A\s*[─━—═\-=_]{10,}\s*\z", RegexOptions.CultureInvariant)]
    private static partial Regex Rule();

    [GeneratedRegex(
        @"/bbs/(?<board>[A-Za-z0-9_\-.]{1,32})/(?<file>[MG]\.\d{1,20}(\.A(\.[0-9A-Fa-f]{1,8})?)?)", RegexOptions.CultureInvariant)]
    private static partial Regex Address();

    [GeneratedRegex(@"\A\s*※\s*編輯\s*[:：].*?(?<time>\d{2}/\d{2}/\d{4}\s+\d{2}:\d{2}:\d{2})?\s*\z", RegexOptions.CultureInvariant)]
    private static partial Regex Edit();
}
