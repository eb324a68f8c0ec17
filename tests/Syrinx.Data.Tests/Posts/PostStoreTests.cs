using CsCheck;
using Syrinx.Data.Posts;

namespace Syrinx.Data.Tests.Posts;

/// <summary>The lake gives back what was written, in one order, and knows whether it changed.</summary>
public class PostStoreTests
{
    private static Post Full(string id) => new()
    {
        Id = id,
        Platform = "x",
        Kind = "post",
        Community = "town",
        AuthorId = "x:7",
        Author = "mei",
        CreatedAt = new DateTime(2024, 3, 1, 8, 30, 1, 250, DateTimeKind.Utc),
        EditedAt = new DateTime(2024, 3, 1, 9, 0, 0, DateTimeKind.Utc),
        Text = "豆花 with \"ginger\"\nand 🍧",
        Title = "甜點",
        Lang = "zh",
        Client = "web",
        ReplyTo = "x:1",
        QuoteOf = "x:2",
        RepostOf = null,
        ThreadId = "x:1",
        Likes = 3,
        Reposts = 0,
        Replies = null,
        Quotes = 1,
        Views = 1_000_000_000_000,
        Score = -1,
        Urls = ["https://example.org/a?b=1"],
        Hashtags = ["豆花", "dessert"],
        Mentions = [],
        Sensitive = true,
        TrainingAllowed = false,
        Source = "a.jsonl:1",
    };

    private static Post Bare(string id) => new()
    {
        Id = id,
        Platform = "ptt",
        Kind = "push",
        Text = "",
        ThreadId = id,
        Source = "b.txt:9",
    };

    [Fact]
    public void Every_field_comes_back_and_absent_ones_stay_absent()
    {
        using var folder = new TempFolder();
        var author = new Author { AuthorId = "x:7", Handle = "mei", Followers = 0, CreatedAt = new DateTime(2020, 1, 2, 0, 0, 0, DateTimeKind.Utc) };
        var store = PostStore.Replace(folder.Path, [Full("x:20"), Bare("ptt:Food/M.1.A.2#1")], [author]);

        Post[] posts = [.. store.ReadPosts()];
        Assert.Equal(["ptt:Food/M.1.A.2#1", "x:20"], posts.Select(p => p.Id));
        Assert.Equivalent(Full("x:20"), posts[1], strict: true);
        Assert.Equivalent(Bare("ptt:Food/M.1.A.2#1"), posts[0], strict: true);
        Assert.Equal(DateTimeKind.Utc, posts[1].CreatedAt!.Value.Kind);
        Assert.Equal(author, store.ReadAuthors()["x:7"]);
    }

    [Fact]
    public void Ids_are_in_the_order_of_their_numbers()
    {
        using var folder = new TempFolder();
        var store = PostStore.Replace(folder.Path, new[] { "x:100", "x:20", "ptt:A/M.9#10", "ptt:A/M.9#2", "ptt:A/M.9", "x:3" }.Select(Bare));
        Assert.Equal(["ptt:A/M.9", "ptt:A/M.9#2", "ptt:A/M.9#10", "x:3", "x:20", "x:100"], store.ReadPosts().Select(p => p.Id));
    }

    [Fact]
    public void The_fingerprint_changes_with_the_content_and_only_then()
    {
        using var folder = new TempFolder();
        string one = PostStore.Replace(folder.Path, [Full("x:1"), Full("x:2")]).Fingerprint;
        string again = PostStore.Replace(folder.Path, [Full("x:2"), Full("x:1")]).Fingerprint;
        string other = PostStore.Replace(folder.Path, [Full("x:1"), Full("x:2") with { Likes = 4 }]).Fingerprint;
        string withAuthor = PostStore.Replace(folder.Path, [Full("x:1"), Full("x:2")], [new Author { AuthorId = "x:7", Handle = "mei" }]).Fingerprint;
        Assert.Equal(one, again);
        Assert.NotEqual(one, other);
        Assert.NotEqual(one, withAuthor);
    }

    [Fact]
    public void A_folder_that_does_not_exist_is_an_empty_lake()
    {
        using var folder = new TempFolder();
        var store = PostStore.Open(folder["nothing", "here"]);
        Assert.Equal(0, store.PostCount);
        Assert.Empty(store.ReadPosts());
        Assert.Empty(store.ReadAuthors());
    }

    [Theory]
    [InlineData("""{"version": 2, "next": 2, "posts": []}""", "is of another version of Syrinx (2; this one reads 1). Update Syrinx")]
    [InlineData("{}", "is damaged: a field is missing. Import")]
    [InlineData("""{"version": 1, "next": 2, "files": [{}], "author_content": "", "removals": ""}""", "is damaged: a field is missing. Import")]
    [InlineData("null", "is damaged: it is null. Import")]
    public void A_lake_that_another_version_wrote_is_told_from_a_damaged_one_and_none_is_our_failure(string manifest, string message)
    {
        using var folder = new TempFolder();
        PostStore.Replace(folder.Path, [Full("x:20")]);
        File.WriteAllText(Path.Combine(folder.Path, "lake.json"), manifest);
        Assert.Contains(message, Assert.Throws<InputException>(() => PostStore.Open(folder.Path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_damaged_file_is_named()
    {
        using var folder = new TempFolder();
        var store = PostStore.Replace(folder.Path, [Full("x:1")]);
        string file = Directory.GetFiles(folder.Path, "posts-*.parquet").Single();
        File.WriteAllBytes(file, new byte[100]);
        string message = Assert.Throws<InputException>(() => store.ReadPosts().ToList()).Message;
        Assert.StartsWith($"{file} is damaged: Invalid: Parquet magic bytes not found in footer.", message, StringComparison.Ordinal);
        File.Delete(file);
        Assert.Contains(file, Assert.Throws<InputException>(() => PostStore.Open(folder.Path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_order_of_ids_is_total()
    {
        var id = Gen.Char["a1029#."].Array[0, 8].Select(c => new string(c));
        Gen.Select(id, id, id).Sample((a, b, c) =>
        {
            Assert.Equal(a == b, PostIdOrder.Compare(a, b) == 0);
            Assert.Equal(Math.Sign(PostIdOrder.Compare(a, b)), -Math.Sign(PostIdOrder.Compare(b, a)));
            if (PostIdOrder.Compare(a, b) <= 0 && PostIdOrder.Compare(b, c) <= 0)
                Assert.True(PostIdOrder.Compare(a, c) <= 0);
        });
    }
}
