using Syrinx.Data.Posts.Import;
using Syrinx.Data.Posts.Readers.Web;

namespace Syrinx.Data.Posts.Readers;

/// <summary>A row of a Parquet file, by the names of its columns.</summary>
/// <param name="Values">What is not null.</param>
/// <param name="Number">In the file, from 0.</param>
/// <param name="Characters">Of all its texts.</param>
internal sealed record ParquetRow(IReadOnlyDictionary<string, object> Values, long Number, int Characters)
{
    private static readonly HashSet<string> Kinds = ["post", "article", "push", "web", "encyclopedia"];

    public static ParquetRow Of(Dictionary<string, ParquetColumn> columns, int row)
    {
        var values = new Dictionary<string, object>(columns.Count, StringComparer.Ordinal);
        int characters = 0;
        foreach (var (name, column) in columns)
        {
            if (column[row] is { } value)
            {
                values.Add(name, value);
                characters += value is string text ? text.Length : 8;
            }
        }
        return new(values, 0, characters);
    }

    /// <summary>A post of our own lake.</summary>
    public static void Post(ParquetRow row, string source, ReadBatch batch)
    {
        string? id = row.Line("id");
        string? text = row.Values.GetValueOrDefault("text") as string;
        string? repostOf = row.Line("repost_of");
        string kind = row.Line("kind") ?? "post";
        int colon = id is null ? -1 : id.IndexOf(':', StringComparison.Ordinal);
        string? problem = colon < 1 || colon == id!.Length - 1 ? "field id" : text is null && repostOf is null ? "field text"
            : !Kinds.Contains(kind) ? "field kind" : null;
        if (problem is not null)
        {
            batch.Quarantine(source, row.Number, row.Characters, problem);
            return;
        }
        batch.Posts.Add(new()
        {
            Id = id!,
            Platform = row.Line("platform") ?? id![..colon],
            Kind = kind,
            Community = row.Line("community"),
            AuthorId = row.Line("author_id"),
            Author = row.Line("author"),
            CreatedAt = row.Time("created_at"),
            EditedAt = row.Time("edited_at"),
            Text = PostText.Clean(text),
            Title = row.Line("title"),
            Lang = row.Line("lang"),
            Client = row.Line("client"),
            ReplyTo = row.Line("reply_to"),
            QuoteOf = row.Line("quote_of"),
            RepostOf = repostOf,
            ThreadId = row.Line("thread_id") ?? id!,
            Likes = row.Count("likes"),
            Reposts = row.Count("reposts"),
            Replies = row.Count("replies"),
            Quotes = row.Count("quotes"),
            Views = row.Count("views"),
            Score = row.Count("score"),
            Urls = row.Lines("urls"),
            Hashtags = row.Lines("hashtags"),
            Mentions = row.Lines("mentions"),
            Sensitive = row.Values.GetValueOrDefault("sensitive") is true,
            TrainingAllowed = row.Values.GetValueOrDefault("training_allowed") is not false,
            Source = row.Line("source") ?? source,
        });
    }

    /// <summary>An author of our own lake. One who is not active takes their posts along.</summary>
    public static void Author(ParquetRow row, string source, ReadBatch batch)
    {
        if (row.Line("author_id") is not { } id || !id.Contains(':', StringComparison.Ordinal) || row.Line("handle") is not { } handle)
        {
            batch.Quarantine(source, row.Number, row.Characters, "field author_id");
            return;
        }
        string? state = row.Line("state");
        if (state is "protected" or "suspended" or "deleted")
            batch.Facts.Add(new(FactKind.Author, id, state));
        batch.Authors.Add(new()
        {
            AuthorId = id,
            Handle = handle,
            Name = row.Line("name"),
            Description = PostText.Clean(row.Values.GetValueOrDefault("description") as string) is { Length: > 0 } text ? text : null,
            CreatedAt = row.Time("created_at"),
            Followers = row.Count("followers"),
            Following = row.Count("following"),
            Posts = row.Count("posts"),
            Likes = row.Count("likes"),
            Listed = row.Count("listed"),
            DefaultProfile = row.Values.GetValueOrDefault("default_profile") as bool?,
            Url = row.Line("url"),
            Location = row.Line("location"),
        });
        batch.Skip("user_profile");
    }

    /// <summary>A page of the web as FineWeb and its like have it.</summary>
    public static void Page(ParquetRow row, string source, ReadBatch batch)
    {
        string text = PostText.Clean(row.Values.GetValueOrDefault("text") as string);
        if (text.Length == 0)
        {
            batch.Skip("empty");
            return;
        }
        string? address = row.Line("url");
        batch.Posts.Add(WebDocument.Of(WebDocument.Id(row.Line("id"), address, row.Line("date")), text, row.Line("title"), address,
            row.Time("date"), WebDocument.Language(row.Line("language")), source));
    }

    private string? Line(string name) => PostText.Line(Values.GetValueOrDefault(name) as string);

    private long? Count(string name) => Values.GetValueOrDefault(name) switch
    {
        long n => n,
        int n => n,
        double n when Math.Abs(n) < 1e15 => (long)n,
        _ => null,
    };

    private DateTime? Time(string name) => Values.GetValueOrDefault(name) switch
    {
        DateTime t => PostTime.Utc(new(DateTime.SpecifyKind(t, DateTimeKind.Utc))),
        string t => PostTime.Iso(t),
        _ => null,
    };

    private string[] Lines(string name) => Values.GetValueOrDefault(name) is string?[] values
        ? [.. values.Select(PostText.Line).OfType<string>()] : [];
}
