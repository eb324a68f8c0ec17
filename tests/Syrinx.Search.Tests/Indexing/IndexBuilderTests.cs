using Syrinx.Data.Posts;

namespace Syrinx.Search.Tests.Indexing;

public sealed class IndexBuilderTests : IDisposable
{
    private static readonly Dictionary<string, Author> Nobody = [];

    private readonly string _folder = Directory.CreateTempSubdirectory("syrinx-search-").FullName;

    [Fact]
    public void A_new_build_takes_the_place_of_the_old_and_deleted_posts_are_gone_from_the_disk()
    {
        Build("x:1 zanzibar", "x:2 harbour");
        Build("x:2 harbour");
        using var index = SearchIndex.Open(_folder);
        Assert.Equal(0, index.Search(new() { Text = "zanzibar" }).Total);
        Assert.Equal(1, index.Search(new() { Text = "harbour" }).Total);
        foreach (string file in Directory.EnumerateFiles(_folder, "*", SearchOption.AllDirectories))
            Assert.DoesNotContain("zanzibar", System.Text.Encoding.Latin1.GetString(File.ReadAllBytes(file)),
                StringComparison.Ordinal);
    }

    [Fact]
    public void A_build_that_fails_half_way_leaves_the_old_index()
    {
        Build("x:1 harbour");
        Assert.Throws<InvalidDataException>(() => SearchIndex.Build(Broken(), Nobody, null, "new", _folder));
        using var index = SearchIndex.Open(_folder);
        Assert.Equal(1, index.Search(new() { Text = "harbour" }).Total);
        Assert.Equal("old", index.Fingerprint);
        Assert.Single(Directory.GetDirectories(_folder));
    }

    [Fact]
    public void What_a_killed_build_left_does_not_disturb_the_index_or_the_next_build()
    {
        Build("x:1 harbour");
        string other = Directory.Exists(Path.Combine(_folder, "a")) ? "b" : "a";
        Directory.CreateDirectory(Path.Combine(_folder, other));
        File.WriteAllText(Path.Combine(_folder, other, "segments_1"), "half a file");
        using (var index = SearchIndex.Open(_folder))
            Assert.Equal(1, index.PostCount);
        Build("x:1 harbour", "x:2 mill");
        using var rebuilt = SearchIndex.Open(_folder);
        Assert.Equal(2, rebuilt.PostCount);
    }

    [Fact]
    public void A_cancelled_build_leaves_the_old_index()
    {
        Build("x:1 harbour");
        using var cancel = new CancellationTokenSource();
        IEnumerable<Post> Posts()
        {
            yield return Town.Post("x:2", "mill");
            cancel.Cancel();
            yield return Town.Post("x:3", "mill");
        }
        Assert.Throws<OperationCanceledException>(() => SearchIndex.Build(Posts(), Nobody, null, "new", _folder,
            cancel: cancel.Token));
        Assert.Equal("old", SearchIndex.FingerprintOf(_folder));
    }

    [Fact]
    public void An_open_index_goes_on_while_a_new_one_is_built()
    {
        Build("x:1 harbour");
        using var open = SearchIndex.Open(_folder);
        Build("x:2 mill");
        Build("x:3 mill");
        Assert.Equal("x:1", Assert.Single(open.Search(new() { Text = "harbour" }).Hits).Id);
    }

    [Fact]
    public void The_same_posts_give_the_same_results_and_scores()
    {
        string[] Results()
        {
            SearchIndex.Build(Town.Posts, Town.Authors, null, "f", _folder);
            using var index = SearchIndex.Open(_folder);
            return [.. ((string[])["noodles", "牛肉麵", "-x"]).SelectMany(q => index.Search(new() { Text = q, Limit = 100 }).Hits)
                .Select(h => $"{h.Id} {h.Score:R}")];
        }
        Assert.Equal(Results(), Results());
    }

    [Fact]
    public void A_missing_index_says_to_build_one()
    {
        var error = Assert.Throws<InputException>(() => SearchIndex.Open(Path.Combine(_folder, "nothing")));
        Assert.Contains("syrinx index", error.Message, StringComparison.Ordinal);
        Assert.Null(SearchIndex.FingerprintOf(Path.Combine(_folder, "nothing")));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("""{"format":"syrinx-search/99","generation":"a","fingerprint":"f","posts":1}""")]
    [InlineData("""{"format":"syrinx-search/2","generation":"../../etc","fingerprint":"f","posts":1}""")]
    [InlineData("""{"format":"syrinx-search/2","generation":"b","fingerprint":"f","posts":1}""")]
    public void An_index_that_is_broken_or_of_another_version_says_to_build_it_again_and_can_be(string manifest)
    {
        Build("x:1 harbour");
        File.WriteAllText(Path.Combine(_folder, "index.json"), manifest);
        var error = Assert.Throws<InputException>(() => SearchIndex.Open(_folder));
        Assert.Contains("syrinx index", error.Message, StringComparison.Ordinal);
        Build("x:1 harbour");
        SearchIndex.Open(_folder).Dispose();
    }

    [Fact]
    public void Damaged_files_are_an_input_error()
    {
        Build("x:1 harbour");
        foreach (string file in Directory.EnumerateFiles(_folder, "*", SearchOption.AllDirectories)
            .Where(f => !f.EndsWith("index.json", StringComparison.Ordinal)))
            File.WriteAllBytes(file, [1, 2, 3]);
        Assert.Throws<InputException>(() => SearchIndex.Open(_folder));
    }

    [Fact]
    public void Two_builds_at_once_do_not_mix()
    {
        IEnumerable<Post> Posts()
        {
            Assert.Throws<InputException>(() => SearchIndex.Build([], Nobody, null, "second", _folder));
            yield return Town.Post("x:1", "harbour");
        }
        SearchIndex.Build(Posts(), Nobody, null, "first", _folder);
        Assert.Equal("first", SearchIndex.FingerprintOf(_folder));
    }

    [Fact]
    public void An_empty_platform_has_an_index_that_finds_nothing()
    {
        SearchIndex.Build([], Nobody, null, "f", _folder);
        using var index = SearchIndex.Open(_folder);
        Assert.Equal(0, index.Search(new() { Text = "-x" }).Total);
        Assert.False(new PostAnswerer(index).Ask("where are the noodles?").Found);
    }

    [Fact]
    public void Hostile_posts_are_indexed_like_others()
    {
        SearchIndex.Build(
        [
            Town.Post("x:1", new string('x', 100_000) + " harbour", author: new string('h', 40_000)),
            Town.Post("x:2", "\0\uD83C\uFFFF harbour \uDF5C")
                with { Hashtags = ["", new string('t', 40_000)], Urls = ["://", "https://", "https://...", "https://[::1]/"] },
            Town.Post("x:3", "harbour", at: DateTime.MinValue),
            Town.Post("x:4", "harbour", at: DateTime.MaxValue)
                with { Likes = long.MaxValue, Reposts = long.MaxValue, Score = long.MinValue },
        ], Nobody, null, "f", _folder);
        using var index = SearchIndex.Open(_folder);
        Assert.Equal(4, index.Search(new() { Text = "harbour" }).Total);
    }

    private void Build(params IEnumerable<string> posts) =>
        SearchIndex.Build(posts.Select(p => Town.Post(p[..3], p[4..])), Nobody, null, "old", _folder);

    private static IEnumerable<Post> Broken()
    {
        yield return Town.Post("x:2", "mill");
        throw new InvalidDataException("the posts are damaged");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
