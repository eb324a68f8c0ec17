using Syrinx.Server.Chat;
using Syrinx.Server.Tests.Support;

namespace Syrinx.Server.Tests.Chat;

public sealed class AssistantTests : IAsyncLifetime
{
    private TestServer _server = null!;
    private Assistant _assistant = null!;
    private Conversations _conversations = null!;

    public async ValueTask InitializeAsync() => Use(await TestServer.Start(TownServer.Fill));

    public async ValueTask DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public async Task First_come_sentences_of_posts_then_the_models_own_words_then_the_end()
    {
        var updates = await All(_assistant.Ask([Question("When does the ferry leave on Sundays?")]));
        var found = Assert.IsType<AssistantUpdate.FromPosts>(updates[0]);
        Assert.True(found.Answer.Found);
        Assert.Contains(found.Answer.Citations, c => c.Id == "x:101");
        Assert.All(found.Answer.Sentences, s => Assert.Contains(TownPosts.All, p => p.Text.Contains(s.Text)));

        Assert.True(updates.Count > 10);
        Assert.All(updates.Skip(1).SkipLast(1), u => Assert.IsType<AssistantUpdate.ModelWords>(u));
        var done = Assert.IsType<AssistantUpdate.Done>(updates[^1]);
        Assert.Equal("town", done.Model);
        Assert.Null(done.ModelProblem);
        Assert.True(done.PromptTokens > 30);
        Assert.InRange(done.CompletionTokens!.Value, 1, Assistant.MaxTokens);
        Assert.True(done.ModelSeconds > 0);
    }

    [Fact]
    public async Task Where_the_posts_say_nothing_the_answer_says_so_and_the_model_still_speaks()
    {
        var updates = await All(_assistant.Ask([Question("zygomorphic quetzal?")]));
        Assert.False(Assert.IsType<AssistantUpdate.FromPosts>(updates[0]).Answer.Found);
        Assert.Contains(updates, u => u is AssistantUpdate.ModelWords);
    }

    [Fact]
    public async Task Without_a_model_it_answers_from_posts_and_says_that_there_is_none()
    {
        await _server.DisposeAsync();
        Use(await TestServer.Start(home => TownPosts.WriteIndex(home.Index)));
        var updates = await All(_assistant.Ask([Question("When does the ferry leave?")]));
        Assert.Equal(2, updates.Count);
        Assert.True(Assert.IsType<AssistantUpdate.FromPosts>(updates[0]).Answer.Found);
        var done = Assert.IsType<AssistantUpdate.Done>(updates[1]);
        Assert.Null(done.Model);
        Assert.Contains("no model", done.ModelProblem);
    }

    [Fact]
    public async Task A_question_longer_than_the_models_context_still_gets_its_answer_from_posts()
    {
        var updates = await All(_assistant.Ask([Question("When does the ferry leave? " + new string('x', 4000))]));
        Assert.IsType<AssistantUpdate.FromPosts>(updates[0]);
        Assert.Contains("context", Assert.IsType<AssistantUpdate.Done>(updates[^1]).ModelProblem);
    }

    [Fact]
    public async Task A_question_and_its_reply_are_kept()
    {
        var conversation = await _conversations.Create("amy", "ferry");
        var updates = await All(_assistant.AskIn("amy", conversation.Id, "When does the ferry leave?"));
        var kept = (await _conversations.Get("amy", conversation.Id))!.Messages;
        Assert.Equal(["user", "assistant"], kept.Select(m => m.Role));
        Assert.Contains("[1]", kept[1].Text);
        Assert.Equal(string.Concat(updates.OfType<AssistantUpdate.ModelWords>().Select(w => w.Text)), kept[1].ModelText);
        Assert.Equal("town", kept[1].Model);
        Assert.False(kept[1].Stopped);
    }

    [Fact]
    public async Task What_was_said_until_a_stop_is_kept_and_marked()
    {
        var conversation = await _conversations.Create("amy", "ferry");
        using var stop = new CancellationTokenSource();
        int words = 0;
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var update in _assistant.AskIn("amy", conversation.Id, "When does the ferry leave?", cancel: stop.Token))
            {
                if (update is AssistantUpdate.ModelWords && ++words == 3)
                    stop.Cancel();
            }
        });
        var reply = (await _conversations.Get("amy", conversation.Id))!.Messages[1];
        Assert.True(reply.Stopped);
        Assert.InRange(reply.ModelText!.Length, 3, 10);
        Assert.Contains("[1]", reply.Text);
    }

    [Fact]
    public async Task Another_visitors_conversation_cannot_be_spoken_into()
    {
        var conversation = await _conversations.Create("amy", "hers");
        await Assert.ThrowsAsync<InputException>(() => All(_assistant.AskIn("ben", conversation.Id, "hello")));
        Assert.Empty((await _conversations.Get("amy", conversation.Id))!.Messages);
    }

    private void Use(TestServer server)
    {
        _server = server;
        _assistant = server.App.Services.GetRequiredService<Assistant>();
        _conversations = server.App.Services.GetRequiredService<Conversations>();
    }

    private static ConversationMessage Question(string text) => new() { Role = "user", Text = text };

    private static async Task<List<AssistantUpdate>> All(IAsyncEnumerable<AssistantUpdate> updates)
    {
        var all = new List<AssistantUpdate>();
        await foreach (var update in updates)
            all.Add(update);
        return all;
    }
}
