using Syrinx.Data.Posts;
using Syrinx.Search;

namespace Syrinx.Server.Tests.Support;

/// <summary>A handful of posts, written here, and their index.</summary>
internal static class TownPosts
{
    public static IReadOnlyList<Post> All { get; } =
    [
        Post("x:101", "amy", "The ferry to the island leaves at 7:40 from pier three. On Sundays it leaves at nine.", "2024-03-01T08:00:00Z"),
        Post("x:102", "ben", "Best beef noodles in town: the stall behind the station, open until midnight.", "2024-03-02T12:00:00Z"),
        Post("x:103", "chia", "渡輪星期日九點才開，平日是七點四十分。", "2024-03-03T09:30:00Z", "zh-Hant"),
        Post("x:104", "dora", "<script>alert('x')</script> my garden gate needs new hinges, any tips?", "2024-03-04T10:00:00Z"),
    ];

    public static void WriteIndex(string directory) => SearchIndex.Build(All, new Dictionary<string, Author>(), null, "town", directory);

    private static Post Post(string id, string author, string text, string at, string lang = "en") => new()
    {
        Id = id,
        Platform = "x",
        Kind = "post",
        AuthorId = "x:" + author,
        Author = author,
        Text = text,
        Lang = lang,
        CreatedAt = DateTime.Parse(at, null, System.Globalization.DateTimeStyles.AdjustToUniversal),
        ThreadId = id,
        Source = "test",
    };
}
