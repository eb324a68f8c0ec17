using System.ClientModel;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.AI;
using OpenAI;
using OpenAI.Chat;
using OpenAI.Embeddings;
using OpenAI.Moderations;
using Syrinx.Server.Tests.Support;
using ChatFinishReason = OpenAI.Chat.ChatFinishReason;
using ChatMessage = OpenAI.Chat.ChatMessage;

namespace Syrinx.Server.Tests.OpenAi;

/// <summary>OpenAI's own .NET client against a real server.</summary>
public sealed class OfficialClientTests(TownServer town) : IClassFixture<TownServer>
{
    private readonly OpenAIClient _client = new(
        new ApiKeyCredential("unused"), new OpenAIClientOptions { Endpoint = new Uri(town.Server.Url + "/v1") });

    [Fact]
    public async Task It_lists_the_raw_model_and_the_one_that_searches()
    {
        var models = await _client.GetOpenAIModelClient().GetModelsAsync();
        Assert.Equal(["town", "town+search"], models.Value.Select(m => m.Id));
        Assert.All(models.Value, m => Assert.Equal("syrinx", m.OwnedBy));
        var one = await _client.GetOpenAIModelClient().GetModelAsync("town+search");
        Assert.Equal("town+search", one.Value.Id);
    }

    [Fact]
    public async Task It_chats_and_is_told_the_usage()
    {
        ChatCompletion completion = await _client.GetChatClient("town").CompleteChatAsync(
            [new SystemChatMessage("Be short."), new UserChatMessage("When does the ferry leave?")],
            new ChatCompletionOptions { MaxOutputTokenCount = 12, Temperature = 0 });
        Assert.Equal(ChatMessageRole.Assistant, completion.Role);
        Assert.Matches("^[a-z]{12}$", completion.Content[0].Text);
        Assert.Equal(ChatFinishReason.Length, completion.FinishReason);
        Assert.Equal(12, completion.Usage.OutputTokenCount);
        Assert.True(completion.Usage.InputTokenCount > 30);
        Assert.StartsWith("chatcmpl-", completion.Id);
        Assert.InRange(completion.CreatedAt, DateTimeOffset.UtcNow.AddMinutes(-1), DateTimeOffset.UtcNow.AddMinutes(1));
    }

    [Fact]
    public async Task A_streamed_chat_comes_in_pieces_and_adds_up_to_the_whole_one()
    {
        var chat = _client.GetChatClient("town");
        ChatMessage[] messages = [new UserChatMessage("渡輪幾點開？")];
        var options = new ChatCompletionOptions { MaxOutputTokenCount = 20, Temperature = 0 };
        ChatCompletion whole = await chat.CompleteChatAsync(messages, options);

        var text = new StringBuilder();
        int pieces = 0;
        ChatTokenUsage? usage = null;
        ChatFinishReason? finish = null;
        await foreach (var update in chat.CompleteChatStreamingAsync(messages, options))
        {
            foreach (var part in update.ContentUpdate)
            {
                text.Append(part.Text);
                pieces += part.Text.Length > 0 ? 1 : 0;
            }
            usage = update.Usage ?? usage;
            finish = update.FinishReason ?? finish;
        }
        Assert.Equal(whole.Content[0].Text, text.ToString());
        Assert.True(pieces > 5, $"{pieces} pieces");
        Assert.Equal(ChatFinishReason.Length, finish);
        Assert.Equal(whole.Usage.InputTokenCount, usage!.InputTokenCount);
        Assert.Equal(20, usage.OutputTokenCount);
    }

    [Fact]
    public async Task The_model_with_search_answers_with_sentences_of_posts()
    {
        ChatCompletion completion = await _client.GetChatClient("town+search").CompleteChatAsync("When does the ferry leave on Sundays?");
        Assert.Contains("ferry", completion.Content[0].Text);
        Assert.Contains("[1]", completion.Content[0].Text);
        Assert.Equal(ChatFinishReason.Stop, completion.FinishReason);
        Assert.True(completion.Usage.OutputTokenCount > 0);
    }

    [Fact]
    public async Task It_embeds_texts_one_unlike_the_other()
    {
        OpenAIEmbeddingCollection embeddings = await _client.GetEmbeddingClient("town").GenerateEmbeddingsAsync(["the ferry leaves", "beef noodles"]);
        Assert.Equal(2, embeddings.Count);
        float[] first = embeddings[0].ToFloats().ToArray(), second = embeddings[1].ToFloats().ToArray();
        Assert.Equal(first.Length, second.Length);
        Assert.True(first.Length > 8);
        Assert.All(first, x => Assert.True(float.IsFinite(x)));
        Assert.NotEqual(first, second);
    }

    [Fact]
    public async Task Microsofts_adapter_chats_streams_keeps_to_a_schema_and_embeds()
    {
        IChatClient chat = _client.GetChatClient("town").AsIChatClient();
        var options = new ChatOptions { MaxOutputTokens = 12, Temperature = 0 };
        var whole = await chat.GetResponseAsync("When does the ferry leave?", options);
        Assert.Matches("^[a-z]{12}$", whole.Text);
        Assert.Equal(Microsoft.Extensions.AI.ChatFinishReason.Length, whole.FinishReason);
        Assert.Equal(12, whole.Usage!.OutputTokenCount);
        var streamed = await chat.GetStreamingResponseAsync("When does the ferry leave?", options).ToChatResponseAsync();
        Assert.Equal(whole.Text, streamed.Text);
        Assert.Equal(whole.Usage.TotalTokenCount, streamed.Usage!.TotalTokenCount);

        var stall = await chat.GetResponseAsync("Tell me about the stall.", new ChatOptions
        {
            MaxOutputTokens = 200,
            Seed = 1,
            ResponseFormat = Microsoft.Extensions.AI.ChatResponseFormat.ForJsonSchema(JsonElement.Parse(
                """{"type":"object","required":["open","hour"],"additionalProperties":false,"properties":{"open":{"type":"boolean"},"hour":{"enum":[7,9]}}}"""), "stall"),
        });
        // the adapter itself takes "minimum" and its like out of a schema, so they are not tried here
        Assert.Contains(JsonElement.Parse(stall.Text).GetProperty("hour").GetInt32(), (int[])[7, 9]);

        var vectors = await _client.GetEmbeddingClient("town").AsIEmbeddingGenerator().GenerateAsync(["the ferry leaves", "beef noodles"]);
        Assert.Equal([32, 32], vectors.Select(v => v.Vector.Length));
    }

    [Fact]
    public async Task It_moderates_texts_by_the_labels()
    {
        var moderation = _client.GetModerationClient("omni-moderation-latest");
        ModerationResultCollection results = await moderation.ClassifyTextAsync(
            ["The ferry leaves at nine on Sundays.", "you fucking stupid bitch, shut the fuck up you worthless piece of shit", "free porn, hot nude cam girls, xxx sex videos"]);
        Assert.Equal("syrinx-labels", results.Model);
        Assert.Equal(3, results.Count);
        Assert.False(results[0].Flagged);
        Assert.InRange(results[0].Harassment.Score, 0, 0.3f);
        Assert.True(results[1].Flagged && results[1].Harassment.Flagged, $"{results[1].Harassment.Score}");
        Assert.True(results[2].Flagged && results[2].Sexual.Flagged, $"{results[2].Sexual.Score}");
        // nothing looks for these, and the reply says so
        Assert.All(results, r => Assert.Equal((false, 0f), (r.Violence.Flagged, r.Violence.Score)));

        ModerationResult one = await moderation.ClassifyTextAsync("星期日的渡輪九點開。");
        Assert.False(one.Flagged);
    }

    [Fact]
    public async Task It_understands_our_errors()
    {
        var error = await Assert.ThrowsAsync<ClientResultException>(() => _client.GetChatClient("gpt-9").CompleteChatAsync("hello"));
        Assert.Equal(404, error.Status);
        Assert.Contains("gpt-9", error.Message);
        Assert.Contains("model_not_found", error.Message);
    }
}
