using System.ClientModel;
using System.ClientModel.Primitives;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenAI;
using Polly.CircuitBreaker;
using Polly.Timeout;
using Syrinx.Server.OpenAi;

namespace Syrinx.Server.Upstream;

/// <summary>A model of the server behind this one.</summary>
/// <param name="Name">As it is called there, and here.</param>
/// <param name="ContextLength">Tokens that prompt and reply may have together, where it says so.</param>
public sealed record UpstreamModel(string Name, int? ContextLength);

/// <summary>
/// The server behind this one: which models it has (asked again every ten seconds), and how it is spoken to. Safe to share between
/// threads.
/// </summary>
public sealed class UpstreamServer(IHttpClientFactory clients, ILogger<UpstreamServer> log) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(10), Patience = TimeSpan.FromSeconds(15);

    private volatile IReadOnlyList<UpstreamModel> _models = [];

    /// <summary>Its models when it last answered; empty until it has.</summary>
    public IReadOnlyList<UpstreamModel> Models => _models;

    /// <summary>Why it does not answer; null while it does.</summary>
    public string? Failure { get; private set; } = "it has not been asked yet";

    /// <summary>Asks for its models.</summary>
    public async Task Ask(CancellationToken cancel)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        patience.CancelAfter(Patience);
        try
        {
            using var http = clients.CreateClient(UpstreamFeature.Client);
            var list = await http.GetFromJsonAsync<JsonElement>("models", patience.Token);
            _models = [.. list.GetProperty("data").EnumerateArray().Select(m => new UpstreamModel(m.GetProperty("id").GetString()!, Context(m)))
                // a Syrinx lists its search beside each model; ours takes its place
                .Where(m => !m.Name.EndsWith(ModelCatalog.SearchSuffix, StringComparison.Ordinal))];
            if (Failure is { } before && before[0] != 'i')
                log.LogWarning("The upstream server answers again");
            Failure = null;
        }
        catch (Exception e) when (!cancel.IsCancellationRequested && IsTrouble(e))
        {
            string failure = Say(e);
            if (failure != Failure)
                log.LogWarning("The upstream server does not answer: {Failure}", failure);
            Failure = failure;
        }
    }

    /// <summary>Sends a request's body on.</summary>
    /// <returns>The answer, of which only the headers have been read.</returns>
    /// <exception cref="ApiException">502, 503 or 504: it does not answer.</exception>
    internal async Task<HttpResponseMessage> Send(string path, JsonElement body, CancellationToken cancel)
    {
        using var http = clients.CreateClient(UpstreamFeature.Client);
        using var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(body)) { Headers = { ContentType = new("application/json") } },
        };
        try
        {
            return await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancel);
        }
        catch (Exception e) when (!cancel.IsCancellationRequested && IsTrouble(e))
        {
            int status = e switch
            {
                BrokenCircuitException => StatusCodes.Status503ServiceUnavailable,
                TimeoutRejectedException or OperationCanceledException => StatusCodes.Status504GatewayTimeout,
                _ => StatusCodes.Status502BadGateway,
            };
            throw new ApiException(status, $"The upstream server does not answer: {Say(e)}")
            {
                RetryAfter = e is BrokenCircuitException ? TimeSpan.FromSeconds(10) : null,
            };
        }
    }

    /// <summary>One of its models for the pages.</summary>
    internal IChatClient ChatClient(string model)
    {
        var http = clients.CreateClient(UpstreamFeature.Client);
        var options = new OpenAIClientOptions
        {
            Endpoint = http.BaseAddress,
            Transport = new HttpClientPipelineTransport(http),
            RetryPolicy = new ClientRetryPolicy(0), // the HTTP client retries
        };
        string key = Environment.GetEnvironmentVariable(UpstreamFeature.KeyVariable) is { Length: > 0 } secret ? secret : "none";
        return new OpenAIClient(new ApiKeyCredential(key), options).GetChatClient(model).AsIChatClient();
    }

    /// <inheritdoc/>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await Ask(cancellationToken); // so that pages know at once whom they speak of
        await base.StartAsync(cancellationToken);
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every);
        while (await timer.WaitForNextTickAsync(stoppingToken))
            await Ask(stoppingToken);
    }

    /// <summary>vLLM and SGLang say max_model_len, Syrinx context_length, llama.cpp meta.n_ctx_train.</summary>
    private static int? Context(JsonElement model)
    {
        foreach (string name in new[] { "max_model_len", "context_length" })
        {
            if (model.TryGetProperty(name, out var value) && value.TryGetInt32(out int length))
                return length;
        }
        return model.TryGetProperty("meta", out var meta) && meta.ValueKind == JsonValueKind.Object
            && meta.TryGetProperty("n_ctx_train", out var trained) && trained.TryGetInt32(out int n) ? n : null;
    }

    private static bool IsTrouble(Exception e) =>
        e is HttpRequestException or BrokenCircuitException or TimeoutRejectedException or OperationCanceledException or JsonException
            or KeyNotFoundException or InvalidOperationException;

    private static string Say(Exception e) => e switch
    {
        HttpRequestException { StatusCode: HttpStatusCode.Unauthorized } => $"it wants a key; set {UpstreamFeature.KeyVariable}",
        HttpRequestException { InnerException: { } inner } => inner.Message,
        BrokenCircuitException => "too many requests failed; it is left alone for some seconds",
        TimeoutRejectedException or OperationCanceledException => "it took too long",
        JsonException or KeyNotFoundException or InvalidOperationException => "what it says is not OpenAI's list of models",
        _ => e.Message,
    };
}
