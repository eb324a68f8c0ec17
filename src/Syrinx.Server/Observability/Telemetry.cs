using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Syrinx.Server.Observability;

/// <summary>
/// The instruments. Names under <c>syrinx_</c> are vLLM's after its prefix, so that its dashboards fit; those under <c>gen_ai.</c> are
/// OpenTelemetry's semantic conventions for generative AI. Safe to share between threads.
/// </summary>
internal static class Telemetry
{
    public const string Name = "Syrinx";

    private static readonly Meter Meter = new(Name);
    private static readonly InstrumentAdvice<double> Seconds = new()
    {
        HistogramBucketBoundaries = [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120],
    };

    public static readonly ActivitySource Source = new(Name);

    public static readonly Counter<long> PromptTokens = Meter.CreateCounter<long>("syrinx_prompt_tokens", null, "Tokens read.");
    public static readonly Counter<long> GenerationTokens = Meter.CreateCounter<long>("syrinx_generation_tokens", null, "Tokens written.");
    public static readonly Counter<long> Success = Meter.CreateCounter<long>("syrinx_request_success", null, "Requests answered, by why the reply ended.");
    public static readonly Histogram<double> FirstToken = Histogram("syrinx_time_to_first_token", "From the request to the first words of a streamed reply.");
    public static readonly Histogram<double> InterToken = Histogram("syrinx_inter_token_latency", "Between two pieces of a streamed reply.");
    public static readonly Histogram<double> EndToEnd = Histogram("syrinx_e2e_request_latency", "The whole request.");
    public static readonly Histogram<double> QueueTime = Histogram("syrinx_request_queue_time", "Until the request left the queue.");
    public static readonly Histogram<double> GenAiDuration = Histogram("gen_ai.server.request.duration", "The whole request.");
    public static readonly Histogram<double> GenAiFirstToken = Histogram("gen_ai.server.time_to_first_token", "From the request to the first words of a streamed reply.");
    public static readonly Histogram<double> GenAiPerToken = Histogram("gen_ai.server.time_per_output_token", "Mean time of a token after the first.");

    /// <summary>How many requests run and wait; read when somebody looks.</summary>
    public static void Observe(Func<int> running, Func<int> waiting, Meter meter)
    {
        meter.CreateObservableGauge("syrinx_num_requests_running", running, null, "Replies that are being written.");
        meter.CreateObservableGauge("syrinx_num_requests_waiting", waiting, null, "Requests that wait for the engine.");
    }

    public static KeyValuePair<string, object?> ModelTag(string? model) => new("model_name", model);

    /// <summary>Records a request for the engine that has ended.</summary>
    /// <param name="meter">What it came to.</param>
    /// <param name="status">Its HTTP status.</param>
    public static void Record(RequestMeter meter, int status)
    {
        var model = ModelTag(meter.Model);
        double seconds = meter.Elapsed.TotalSeconds;
        PromptTokens.Add(meter.PromptTokens, model);
        GenerationTokens.Add(meter.CompletionTokens, model);
        EndToEnd.Record(seconds, model);
        if (meter.Finish is { } finish)
            Success.Add(1, model, new("finished_reason", finish));
        if (meter.Queued is { } queued)
            QueueTime.Record(queued.TotalSeconds, model);

        TagList tags = new()
        {
            { "gen_ai.operation.name", meter.Operation },
            { "gen_ai.provider.name", "syrinx" },
            { "gen_ai.request.model", meter.Model },
        };
        if (status >= 400)
            tags.Add("error.type", status.ToString(System.Globalization.CultureInfo.InvariantCulture));
        GenAiDuration.Record(seconds, tags);
        if (meter.ToFirst is { } first)
        {
            FirstToken.Record(first.TotalSeconds, model);
            GenAiFirstToken.Record(first.TotalSeconds, tags);
            if (meter.CompletionTokens > 1)
                GenAiPerToken.Record(meter.Writing.TotalSeconds / (meter.CompletionTokens - 1), tags);
        }
    }

    private static Histogram<double> Histogram(string name, string description) =>
        Meter.CreateHistogram(name, "s", description, advice: Seconds);
}
