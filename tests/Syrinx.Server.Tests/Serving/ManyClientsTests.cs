using System.Text;
using System.Text.Json;
using Syrinx.Server.Serving;
using Syrinx.Server.Tests.Support;

namespace Syrinx.Server.Tests.Serving;

/// <summary>Many clients stream at once and some hang up midway.</summary>
public sealed class ManyClientsTests(TownServer town) : IClassFixture<TownServer>
{
    private const int Clients = 16, Tokens = 200;

    [Fact]
    public async Task Who_hangs_up_disturbs_nobody_and_leaves_nothing_behind()
    {
        var alone = new List<string>();
        for (int i = 0; i < Clients; i++)
            alone.Add((await Stream(i, hangUp: false)).Text);
        var all = await Task.WhenAll(Enumerable.Range(0, Clients).Select(i => Stream(i, hangUp: i % 4 == 3)));
        for (int i = 0; i < Clients; i++)
        {
            var (text, done) = all[i];
            if (i % 4 == 3)
                Assert.StartsWith(text, alone[i]);
            else
                Assert.Equal((alone[i], true), (text, done));
        }
        var gate = town.Server.App.Services.GetRequiredService<GenerationGate>();
        var engine = (await town.Server.App.Services.GetRequiredService<ServedModels>().Find("town")!.Load()).Model.Scheduler;
        // a client that has gone is noticed at the next word
        for (int i = 0; i < 100 && (gate.Active > 0 || engine.Running > 0); i++)
            await Task.Delay(50);
        Assert.Equal((0, 0, 0, 0), (gate.Active, gate.Queued, engine.Running, engine.Waiting));
    }

    private async Task<(string Text, bool Done)> Stream(int client, bool hangUp)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/chat/completions")
        {
            Content = new StringContent(
                $$"""{"model":"town","stream":true,"max_tokens":{{Tokens}},"seed":{{client}},"messages":[{"role":"user","content":"client {{client}} asks"}]}""", Encoding.UTF8, "application/json"),
        };
        using var response = await town.Server.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        response.EnsureSuccessStatusCode();
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());
        var text = new StringBuilder();
        while (await reader.ReadLineAsync() is { } line)
        {
            if (line.Length == 0)
                continue;
            if (line == "data: [DONE]")
                return (text.ToString(), true);
            var delta = JsonElement.Parse(line["data: ".Length..]).GetProperty("choices")[0].GetProperty("delta");
            if (delta.TryGetProperty("content", out var content))
                text.Append(content.GetString());
            if (hangUp && text.Length > 20)
                break;
        }
        return (text.ToString(), false);
    }
}
