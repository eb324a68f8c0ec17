using Microsoft.Data.Sqlite;
using Syrinx.Search;
using Syrinx.Server.Chat;
using Syrinx.Server.Tests.Support;

namespace Syrinx.Server.Tests.Chat;

public sealed class ConversationsTests : IAsyncLifetime
{
    private TestServer _server = null!;
    private Conversations _conversations = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await TestServer.Start();
        _conversations = _server.App.Services.GetRequiredService<Conversations>();
    }

    public async ValueTask DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public async Task A_conversation_comes_back_as_it_was_written()
    {
        var begun = await _conversations.Create("amy", "When does the\n ferry leave?");
        var answer = new Answer
        {
            Found = true,
            Sentences = [new("It leaves at 7:40.", 0)],
            Citations = [new() { Id = "x:101", Author = "amy", Text = "It leaves at 7:40.", CreatedAt = new DateTime(2024, 3, 1, 8, 0, 0, DateTimeKind.Utc) }],
            RewrittenQuery = "ferry leave",
        };
        await _conversations.Append("amy", begun.Id, new() { Role = "user", Text = "渡輪幾點開？ 🛳" });
        await _conversations.Append("amy", begun.Id, new() { Role = "assistant", Text = "It leaves at 7:40. [1]", Answer = answer, ModelText = "at at", Stopped = true });

        var kept = await _conversations.Get("amy", begun.Id);
        Assert.Equal("When does the ferry leave?", kept!.Title);
        Assert.Equal(DateTimeKind.Utc, kept.CreatedAt.Kind);
        Assert.Equal(["渡輪幾點開？ 🛳", "It leaves at 7:40. [1]"], kept.Messages.Select(m => m.Text));
        Assert.Equal(answer.Sentences, kept.Messages[1].Answer!.Sentences);
        Assert.Equal(answer.Citations[0], kept.Messages[1].Answer!.Citations[0]);
        Assert.Equal("at at", kept.Messages[1].ModelText);
        Assert.True(kept.Messages[1].Stopped);
        Assert.Null(kept.Messages[0].Answer);
    }

    [Fact]
    public async Task Another_owner_can_neither_see_nor_change_nor_delete_a_conversation()
    {
        var hers = await _conversations.Create("amy", "hers");
        await _conversations.Append("amy", hers.Id, new() { Role = "user", Text = "private" });

        Assert.Empty(await _conversations.List("ben"));
        Assert.Null(await _conversations.Get("ben", hers.Id));
        Assert.False(await _conversations.Append("ben", hers.Id, new() { Role = "user", Text = "intruder" }));
        Assert.False(await _conversations.Rename("ben", hers.Id, "his"));
        Assert.False(await _conversations.Delete("ben", hers.Id));
        Assert.Equal(0, await _conversations.DeleteAll("ben"));

        var kept = await _conversations.Get("amy", hers.Id);
        Assert.Equal("hers", kept!.Title);
        Assert.Equal("private", Assert.Single(kept.Messages).Text);
    }

    [Fact]
    public async Task The_list_has_the_latest_first_and_renaming_keeps_the_rest()
    {
        var first = await _conversations.Create("amy", "first");
        await Task.Delay(5);
        await _conversations.Create("amy", "second");
        await Task.Delay(5);
        await _conversations.Append("amy", first.Id, new() { Role = "user", Text = "again" });
        Assert.True(await _conversations.Rename("amy", first.Id, "renamed"));
        Assert.Equal(["renamed", "second"], (await _conversations.List("amy")).Select(c => c.Title));
    }

    [Fact]
    public async Task Ids_cannot_be_guessed()
    {
        var ids = new HashSet<string>();
        for (int i = 0; i < 20; i++)
            ids.Add((await _conversations.Create("amy", "t")).Id);
        Assert.Equal(20, ids.Count);
        Assert.All(ids, id => Assert.Matches("^[0-9a-f]{32}$", id));
    }

    [Fact]
    public async Task What_is_deleted_is_in_no_byte_of_the_files()
    {
        const string Secret = "a-sentence-that-must-vanish";
        var one = await _conversations.Create("amy", Secret);
        await _conversations.Append("amy", one.Id, new() { Role = "user", Text = Secret + Secret });
        Assert.True(InFiles(Secret));

        Assert.True(await _conversations.Delete("amy", one.Id));
        Assert.False(InFiles(Secret));
    }

    [Fact]
    public async Task Deleting_all_leaves_other_peoples()
    {
        await _conversations.Create("amy", "one");
        await _conversations.Create("amy", "two");
        await _conversations.Create("ben", "his");
        Assert.Equal(2, await _conversations.DeleteAll("amy"));
        Assert.Empty(await _conversations.List("amy"));
        Assert.Single(await _conversations.List("ben"));
    }

    [Fact]
    public async Task What_is_too_long_is_refused_with_numbers()
    {
        var one = await _conversations.Create("amy", "t");
        var error = await Assert.ThrowsAsync<InputException>(
            () => _conversations.Append("amy", one.Id, new() { Role = "user", Text = new string('a', 8001) }));
        Assert.Contains("8001", error.Message);
        Assert.Contains("8000", error.Message);
        for (int i = 0; i < 4; i++)
            await _conversations.Append("amy", one.Id, new() { Role = "user", Text = new string('a', 8000) });
        Assert.Contains("32001", (await Assert.ThrowsAsync<InputException>(
            () => _conversations.Append("amy", one.Id, new() { Role = "user", Text = "b" }))).Message);
    }

    [Fact]
    public async Task Conversations_survive_a_restart()
    {
        var one = await _conversations.Create("amy", "kept");
        new AppDb(_server.Home).Migrate();
        var again = new Conversations(new AppDb(_server.Home), TimeProvider.System);
        Assert.Equal("kept", (await again.Get("amy", one.Id))!.Title);
    }

    [Fact]
    public void A_file_that_is_no_database_is_named_and_kept()
    {
        string folder = Directory.CreateTempSubdirectory("syrinx-db-").FullName;
        var home = new HomeFolder(folder);
        File.WriteAllText(home.AppDb, "not a database, but somebody's file, and long enough to be read as one");
        var error = Assert.Throws<InputException>(() => new AppDb(home).Migrate());
        Assert.Contains("app.db", error.Message);
        Assert.StartsWith("not a database", File.ReadAllText(home.AppDb));
        Directory.Delete(folder, true);
    }

    [Fact]
    public void A_database_of_a_newer_version_is_left_alone()
    {
        string folder = Directory.CreateTempSubdirectory("syrinx-db-").FullName;
        var home = new HomeFolder(folder);
        using (var connection = new SqliteConnection($"Data Source={home.AppDb};Pooling=False"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA user_version = 99";
            command.ExecuteNonQuery();
        }
        Assert.Contains("newer", Assert.Throws<InputException>(() => new AppDb(home).Migrate()).Message);
        SqliteConnection.ClearAllPools();
        Directory.Delete(folder, true);
    }

    private bool InFiles(string text) => Directory.EnumerateFiles(_server.Home.Path, "app.db*").Any(path =>
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var memory = new MemoryStream();
        file.CopyTo(memory);
        return memory.ToArray().AsSpan().IndexOf(System.Text.Encoding.UTF8.GetBytes(text)) >= 0;
    });
}
