using Syrinx.Data.Corpus;
using Syrinx.Data.Posts;
using Syrinx.Data.Posts.Forgetting;

namespace Syrinx.Data.Tests.Posts;

public sealed class ForgettingTests : IDisposable
{
    private readonly TempFolder _folder = new();

    private HomeFolder Home => new(_folder.Path);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Posts_go_and_what_others_quoted_with_a_mark_goes_with_them()
    {
        Fill();
        Forget("x:1");
        var posts = PostStore.Open(Home.Posts).ReadPosts().ToDictionary(p => p.Id, p => p.Text);
        Assert.Equal(["ptt:2", "x:20", "x:21", "x:22", "x:23", "x:24"], posts.Keys);
        Assert.Equal("I think she is right about that.", posts["x:20"]);
        Assert.Equal("Yes.\nNo.", posts["x:21"]);
        Assert.Equal("", posts["x:22"]);
        Assert.Equal("The heron came back to the pond behind the mill this morning, says Ann.", posts["x:23"]); // no mark: a limit
        Assert.Equal("> To be or not to be, that is what they ask.\nIndeed.", posts["x:24"]); // somebody else's words
        Assert.Equal("※ 引述《ann》之銘言：\n: 另一個平台的人\n好", posts["ptt:2"]); // another platform's ann
        Assert.Equal((0, 0, 0), ForgetInPosts.Left(Home, Traces(), default));
        Assert.Equal(["x:2"], PostStore.Open(Home.Posts).ReadAuthors().Keys);
    }

    [Fact]
    public void A_second_removal_changes_nothing()
    {
        Fill();
        Forget("x:1");
        string fingerprint = PostStore.Open(Home.Posts).Fingerprint;
        Assert.Equal(0, ForgetInPosts.RemovePosts(Home, Traces(), default));
        Assert.Equal(fingerprint, PostStore.Open(Home.Posts).Fingerprint);
    }

    [Fact]
    public void Entries_of_the_quarantine_that_bear_the_name_go()
    {
        Fill();
        string file = _folder.Write("posts/quarantine/q.jsonl", """
            {"source":"twitter-2026-ann.zip/data/tweets.js","position":5,"length":9,"reason":"cut off"}
            {"source":"twitter-2026-anna.zip/data/tweets.js","position":5,"length":9,"reason":"cut off"}

            """);
        Forget("x:1");
        Assert.Equal(1, ForgetInPosts.CleanQuarantine(Home, Traces()));
        Assert.Contains("anna", Assert.Single(File.ReadAllLines(file)), StringComparison.Ordinal);
    }

    [Fact]
    public void The_traces_on_disk_have_no_name_and_no_word()
    {
        Fill();
        Traces().Collect(PostStore.Open(Home.Posts), "x:1", default);
        string text = File.ReadAllText(Path.Combine(Home.Lineage, "forgetting.hashes"));
        Assert.DoesNotContain("ann", text, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("heron", text, StringComparison.OrdinalIgnoreCase);
        Assert.All(text.Split('\n', StringSplitOptions.RemoveEmptyEntries), l => Assert.Matches("^(key )?[0-9a-f]+( [a-z]+)?$", l.TrimEnd()));
        var traces = Traces();
        Assert.True(traces.IsPost("x:10") && traces.IsAuthor("X:1") && traces.IsHandle("x", "Ann") && traces.IsName("1"));
        Assert.False(traces.IsPost("x:20") || traces.IsAuthor("x:11") || traces.IsHandle("ptt", "ann"));
    }

    [Theory]
    [InlineData("x:1", "x:1")]
    [InlineData("x:77", "x:77")] // not known yet: they opt out before they come
    [InlineData("ann", null)] // on two platforms
    [InlineData("x:@ANN", "x:1")]
    [InlineData("@ben", "x:2")]
    public void An_author_is_found_by_id_or_by_a_handle_that_is_theirs_alone(string given, string? id)
    {
        Fill();
        var store = PostStore.Open(Home.Posts);
        if (id is null)
            Assert.Contains("Several authors", Assert.Throws<InputException>(() => AuthorLookup.Find(store, given)).Message, StringComparison.Ordinal);
        else
            Assert.Equal(id, AuthorLookup.Find(store, given));
    }

    [Fact]
    public void A_corpus_remembers_whose_words_it_had_without_their_names()
    {
        var seen = SeenAuthors.Open(Home);
        seen.Record("c0ffee", ["x:1", "x:2", "ptt:wang"]);
        seen = SeenAuthors.Open(Home);
        Assert.True(seen.Saw("c0ffee", "x:2"));
        Assert.True(seen.Saw("c0ffee", "PTT:Wang"));
        Assert.False(seen.Saw("c0ffee", "x:3"));
        Assert.Null(seen.Saw("beef", "x:2"));
        Assert.Equal(24, new FileInfo(Path.Combine(Home.Lineage, "c0ffee.authors")).Length);
    }

    private ForgottenTraces Traces() => ForgottenTraces.Open(Home);

    private void Forget(string author)
    {
        var traces = Traces();
        traces.Collect(PostStore.Open(Home.Posts), author, default);
        var optOut = OptOutList.Open(Home);
        optOut.Add(author);
        optOut.Save();
        ForgetInPosts.RemovePosts(Home, traces, default);
    }

    private void Fill() => PostStore.Replace(Home.Posts,
    [
        P("x:10", "x:1", "ann", "The heron came back to the pond behind the mill this morning."),
        P("x:11", "x:1", "ann", "Never feed it bread.\nGive it the small fish from the market instead."),
        P("x:20", "x:2", "ben", "> The heron came back to the pond behind the mill this morning.\nI think she is right about that."),
        P("x:21", "x:2", "ben", "Yes.\n: Give it the small fish from the market instead.\nNo."),
        P("x:22", "x:2", "ben", "RT @Ann: Never feed it bread."),
        P("x:23", "x:2", "ben", "The heron came back to the pond behind the mill this morning, says Ann."),
        P("x:24", "x:2", "ben", "> To be or not to be, that is what they ask.\nIndeed."),
        P("ptt:2", "ptt:ann", "ann", "※ 引述《ann》之銘言：\n: 另一個平台的人\n好"),
    ],
    [
        new() { AuthorId = "x:1", Handle = "ann" },
        new() { AuthorId = "x:2", Handle = "ben" },
    ]);

    private static Post P(string id, string author, string handle, string text) => new()
    {
        Id = id,
        Platform = id[..id.IndexOf(':', StringComparison.Ordinal)],
        Kind = "post",
        AuthorId = author,
        Author = handle,
        Text = text,
        ThreadId = id,
        Source = "test",
    };
}
