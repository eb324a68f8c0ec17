using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using Syrinx.Server.Serving;

namespace Syrinx.Server.Observability;

/// <summary>
/// <c>/metrics</c> for Prometheus; metrics and traces by OTLP where OpenTelemetry's own variable OTEL_EXPORTER_OTLP_ENDPOINT says where to;
/// a line a request in the log where it was asked for. None of them holds a word of a prompt or a reply.
/// </summary>
internal static class ObservabilityFeature
{
    public static void AddObservability(this IServiceCollection services)
    {
        bool push = Environment.GetEnvironmentVariable("OTEL_EXPORTER_OTLP_ENDPOINT") is { Length: > 0 };
        services.AddSingleton<QueueGauges>();
        services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService("syrinx"))
            .WithMetrics(metrics =>
            {
                metrics.AddMeter(Telemetry.Name, QueueGauges.MeterName, "System.Runtime", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel")
                    .AddPrometheusExporter();
                if (push)
                    metrics.AddOtlpExporter();
            })
            .WithTracing(traces =>
            {
                traces.AddSource(Telemetry.Name);
                if (push)
                    traces.AddOtlpExporter();
            });
    }

    public static void MapMetrics(this WebApplication app)
    {
        app.Services.GetRequiredService<QueueGauges>();
        app.MapPrometheusScrapingEndpoint("/metrics");
    }

    /// <summary>Must stand before the middleware that writes errors, whose status it records.</summary>
    public static void UseObservability(this WebApplication app, ServerSettings settings)
    {
        var log = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Syrinx.Requests");
        app.Use(async (context, next) =>
        {
            var meter = RequestMeter.Of(context);
            using var activity = context.Request.Path.StartsWithSegments("/v1") ? Telemetry.Source.StartActivity("request", ActivityKind.Server) : null;
            try
            {
                await next(context);
            }
            finally
            {
                int status = context.RequestAborted.IsCancellationRequested ? 499 : context.Response.StatusCode;
                if (meter.Operation is not null)
                {
                    Telemetry.Record(meter, status);
                    Describe(activity, meter, status);
                }
                if (settings.LogRequests)
                {
                    log.LogInformation(
                        "{Method} {Path} {Status} {Milliseconds:0} ms, key {Key}, model {Model}, {PromptTokens} + {CompletionTokens} tokens, {Finish}",
                        context.Request.Method, context.Request.Path, status, meter.Elapsed.TotalMilliseconds, meter.Key?.Name, meter.Model,
                        meter.PromptTokens, meter.CompletionTokens, meter.Finish);
                }
            }
        });
    }

    private static void Describe(Activity? activity, RequestMeter meter, int status)
    {
        if (activity is null)
            return;
        activity.DisplayName = $"{meter.Operation} {meter.Model}";
        activity.SetTag("gen_ai.operation.name", meter.Operation).SetTag("gen_ai.provider.name", "syrinx")
            .SetTag("gen_ai.request.model", meter.Model)
            .SetTag("gen_ai.usage.input_tokens", meter.PromptTokens).SetTag("gen_ai.usage.output_tokens", meter.CompletionTokens);
        if (meter.Finish is { } finish)
            activity.SetTag("gen_ai.response.finish_reasons", new[] { finish });
        if (status >= 400)
            activity.SetStatus(ActivityStatusCode.Error).SetTag("error.type", status.ToString(System.Globalization.CultureInfo.InvariantCulture));
    }
}

/// <summary>The gauges of one server's queue; they end with the server.</summary>
internal sealed class QueueGauges : IDisposable
{
    public const string MeterName = "Syrinx.Queue";

    private readonly Meter _meter = new(MeterName);

    public QueueGauges(GenerationGate gate) => Telemetry.Observe(() => gate.Active, () => gate.Queued, _meter);

    public void Dispose() => _meter.Dispose();
}
