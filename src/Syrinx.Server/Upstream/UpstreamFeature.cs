using Microsoft.Extensions.DependencyInjection;
using Polly;

namespace Syrinx.Server.Upstream;

/// <summary>
/// <c>serve --upstream URL</c>: the same application over another OpenAI-compatible server (vLLM, SGLang, llama.cpp, Ollama, another
/// Syrinx), which has the models; posts, search and pages stay here.
/// </summary>
internal static class UpstreamFeature
{
    /// <summary>The HTTP client's name.</summary>
    public const string Client = "upstream";

    /// <summary>The key that it is asked with, where it wants one.</summary>
    public const string KeyVariable = "SYRINX_UPSTREAM_KEY";

    public static void AddUpstream(this IServiceCollection services, Uri upstream)
    {
        services.AddHttpClient(Client, http =>
        {
            http.BaseAddress = upstream;
            http.Timeout = Timeout.InfiniteTimeSpan; // the handler below has the times
            http.DefaultRequestHeaders.Authorization = new("Bearer", Environment.GetEnvironmentVariable(KeyVariable) is { Length: > 0 } key ? key : "none");
        }).AddStandardResilienceHandler(resilience =>
        {
            // until the headers: a reply that is not streamed comes whole with them
            resilience.AttemptTimeout.Timeout = TimeSpan.FromMinutes(5);
            resilience.TotalRequestTimeout.Timeout = TimeSpan.FromMinutes(11);
            resilience.Retry.MaxRetryAttempts = 2;
            resilience.Retry.Delay = TimeSpan.FromMilliseconds(500);
            resilience.Retry.BackoffType = DelayBackoffType.Exponential;
            resilience.CircuitBreaker.SamplingDuration = TimeSpan.FromMinutes(10);
            resilience.CircuitBreaker.MinimumThroughput = 10;
            resilience.CircuitBreaker.FailureRatio = 0.5;
            resilience.CircuitBreaker.BreakDuration = TimeSpan.FromSeconds(10);
        });
        services.AddSingleton<UpstreamServer>().AddHostedService(s => s.GetRequiredService<UpstreamServer>());
    }
}
