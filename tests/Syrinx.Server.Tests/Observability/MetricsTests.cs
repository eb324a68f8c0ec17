using System.Text.RegularExpressions;
using Syrinx.Server.Tests.Support;

namespace Syrinx.Server.Tests.Observability;

public sealed class MetricsTests
{
    [Fact]
    public async Task A_streamed_reply_and_an_embedding_are_counted_by_the_names_that_dashboards_know()
    {
        await using var server = await TestServer.Start(TownServer.Fill);
        using var reply = await server.Http.PostAsync("/v1/chat/completions", new StringContent(
            """{"model":"town","messages":[{"role":"user","content":"a secret word: xylophone"}],"max_tokens":7,"temperature":0,"stream":true}""",
            System.Text.Encoding.UTF8, "application/json"));
        await reply.Content.ReadAsStringAsync();
        await server.Post("/v1/embeddings", """{"model":"town","input":"hello"}""");

        string text = await server.Http.GetStringAsync("/metrics");
        // other servers of this process count into the same instruments: at least ours are there
        Assert.InRange(Value(text, "syrinx_generation_tokens_total"), 7, double.MaxValue);
        Assert.InRange(Value(text, "syrinx_prompt_tokens_total"), 5, double.MaxValue);
        Assert.InRange(Value(text, "syrinx_request_success_total"), 1, double.MaxValue);
        foreach (string name in new[]
        {
            "syrinx_num_requests_running", "syrinx_num_requests_waiting", "syrinx_time_to_first_token_seconds_count", "syrinx_inter_token_latency_seconds_bucket",
            "syrinx_e2e_request_latency_seconds_sum", "syrinx_request_queue_time_seconds_count", "gen_ai_server_request_duration_seconds_count",
            "gen_ai_server_time_to_first_token_seconds_count", "gen_ai_server_time_per_output_token_seconds_count",
        })
        {
            Value(text, name);
        }
        Assert.DoesNotContain("xylophone", text, StringComparison.Ordinal);
    }

    private static double Value(string text, string name)
    {
        var line = Regex.Match(text, $@"^{name}(\{{[^}}]*\}})? (?<value>[0-9.e+-]+)", RegexOptions.Multiline);
        Assert.True(line.Success, $"{name} is not in\n{text}");
        return double.Parse(line.Groups["value"].Value, System.Globalization.CultureInfo.InvariantCulture);
    }
}
