using Microsoft.Extensions.AI;
using Syrinx.Inference;
using Syrinx.Models;
using Syrinx.Tests.Tokens;

namespace Syrinx.Tests.Inference;

public sealed class LocalChatClientTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly LanguageModel _model;
    private readonly LocalChatClient _client;

    public LocalChatClientTests()
    {
        var tokenizer = TestTokenizer.Create("h+e", "l+l", "he+ll");
        RandomModel.Write(_folder["m"], RandomModel.Config("Qwen3ForCausalLM") with { VocabSize = tokenizer.VocabSize, MaxPositionEmbeddings = 128 }, 3, tokenizer);
        _model = LanguageModel.Load(_folder["m"], new() { Threads = 2 });
        _client = new(_model, "town");
    }

    public void Dispose()
    {
        _model.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_chat_is_answered_with_text_counts_and_a_reason()
    {
        var response = await _client.GetResponseAsync([new(ChatRole.User, "hello")], new() { MaxOutputTokens = 12, Seed = 1 });
        var tokens = _model.ChatTemplate!.Render([new("user", "hello")], addGenerationPrompt: true);
        var direct = new TextGeneration(_model, tokens, new() { MaxTokens = 12, Seed = 1 });
        Assert.Equal(direct.RunToEnd(), response.Text);
        Assert.Equal((tokens.Length, direct.CompletionTokens), (response.Usage!.InputTokenCount, response.Usage.OutputTokenCount));
        Assert.Equal(direct.FinishReason == FinishReason.Stop ? ChatFinishReason.Stop : ChatFinishReason.Length, response.FinishReason);
        Assert.Equal("town", response.ModelId);
    }

    [Fact]
    public async Task Streaming_gives_the_same_text_in_pieces()
    {
        var options = new ChatOptions { MaxOutputTokens = 30, Seed = 9, Temperature = 1.5f };
        string whole = (await _client.GetResponseAsync([new(ChatRole.User, "hi")], options)).Text;
        var pieces = new List<string>();
        await foreach (var update in _client.GetStreamingResponseAsync([new(ChatRole.User, "hi")], options))
            pieces.Add(update.Text);
        Assert.Equal(whole, string.Concat(pieces));
        Assert.True(pieces.Count > 3);
    }

    [Fact]
    public async Task Several_chats_at_once_give_what_they_give_alone()
    {
        Task<ChatResponse> Ask(int i) => _client.GetResponseAsync([new(ChatRole.User, $"hello {i}")], new() { MaxOutputTokens = 20, Seed = i });
        var alone = new List<string>();
        for (int i = 0; i < 6; i++)
            alone.Add((await Ask(i)).Text);
        var together = await Task.WhenAll(Enumerable.Range(0, 6).Select(Ask));
        Assert.Equal(alone, together.Select(r => r.Text));
    }

    [Fact]
    public async Task A_long_chat_loses_its_oldest_messages_and_says_so()
    {
        var messages = new List<ChatMessage> { new(ChatRole.System, "Be kind.") };
        for (int i = 0; i < 10; i++)
            messages.AddRange([new(ChatRole.User, $"question {i}"), new(ChatRole.Assistant, $"answer {i}")]);
        messages.Add(new(ChatRole.User, "last"));
        var response = await _client.GetResponseAsync(messages, new() { MaxOutputTokens = 8 });
        int dropped = (int)response.Messages[^1].AdditionalProperties![LocalChatClient.DroppedMessages]!;
        Assert.InRange(dropped, 1, 20);
        Assert.Equal(0, dropped % 2);
        var turns = messages.Select(m => new ChatTurn(m.Role.Value, m.Text)).ToList();
        Assert.Equal(_model.ChatTemplate!.Render(turns.Take(1).Concat(turns.Skip(1 + dropped)), true), ChatPrompt.Fit(_model, turns, 8).Tokens);
    }

    [Fact]
    public async Task A_message_that_does_not_fit_is_refused_with_the_numbers()
    {
        var error = await Assert.ThrowsAsync<InputException>(() => _client.GetResponseAsync([new(ChatRole.User, new string('x', 300))]));
        Assert.Contains("context holds 128", error.Message);
        await Assert.ThrowsAsync<InputException>(() => _client.GetResponseAsync(Array.Empty<ChatMessage>()));
        await Assert.ThrowsAsync<InputException>(() => _client.GetResponseAsync([new(ChatRole.User, "x")], new() { Temperature = -1 }));
        await Assert.ThrowsAsync<InputException>(() => _client.GetResponseAsync([new(ChatRole.User, [new DataContent(new byte[1], "image/png")])]));
    }

    [Fact]
    public async Task Cancelling_stops_the_answer()
    {
        using var cancel = new CancellationTokenSource();
        int pieces = 0;
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var _ in _client.GetStreamingResponseAsync([new(ChatRole.User, "hi")], new() { Seed = 9, Temperature = 1.5f }, cancel.Token))
            {
                if (++pieces == 2)
                    cancel.Cancel();
            }
        });
        Assert.Equal(2, pieces);
    }

    [Fact]
    public async Task Embeddings_have_length_1_and_are_the_mean_of_the_hidden_states_over_all_parts()
    {
        var generator = new LocalEmbeddingGenerator(_model, "town");
        string text = string.Concat(Enumerable.Repeat("hello world ", 40)); // longer than the context
        var vectors = await generator.GenerateAsync([text, "hello", "", "hello"]);
        Assert.All(vectors, v => Assert.Equal(1, v.Vector.ToArray().Sum(x => (double)x * x), 1e-5));
        Assert.Equal(vectors[1].Vector.ToArray(), vectors[3].Vector.ToArray());
        Assert.NotEqual(vectors[0].Vector.ToArray(), vectors[1].Vector.ToArray());
        Assert.True(vectors.Usage!.InputTokenCount > 128);
        await Assert.ThrowsAsync<InputException>(() => generator.GenerateAsync(["x"], new() { Dimensions = 7 }));
    }
}
