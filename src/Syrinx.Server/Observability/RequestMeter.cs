using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Syrinx.Server.Keys;

namespace Syrinx.Server.Observability;

/// <summary>
/// What one request for the engine comes to: its key, its model, its tokens and its times. Endpoints fill it in; metrics, traces, the
/// log and the key's limits read it when the request has ended. For one request.
/// </summary>
internal sealed class RequestMeter
{
    private readonly long _begin = Stopwatch.GetTimestamp();
    private long _left, _first, _last;

    /// <summary>The key that it came with, or null.</summary>
    public ApiKey? Key { get; set; }

    /// <summary>How soon it comes where requests wait.</summary>
    public KeyPriority Priority => Key?.Priority ?? KeyPriority.Normal;

    /// <summary>What was asked for, in the words of OpenTelemetry's GenAI conventions: <c>chat</c>, <c>text_completion</c>,
    /// <c>embeddings</c>; null where the engine was not asked.</summary>
    public string? Operation { get; private set; }

    /// <summary>The model's name.</summary>
    public string? Model { get; private set; }

    /// <summary>Tokens read.</summary>
    public long PromptTokens { get; private set; }

    /// <summary>Tokens written; while a reply is being written, the pieces of text sent.</summary>
    public long CompletionTokens { get; private set; }

    /// <summary>Why the reply ended: <c>stop</c>, <c>length</c>; null where it did not end by itself.</summary>
    public string? Finish { get; private set; }

    /// <summary>From the beginning until now.</summary>
    public TimeSpan Elapsed => Stopwatch.GetElapsedTime(_begin);

    /// <summary>Until the request left the queue; null where it never did.</summary>
    public TimeSpan? Queued => Since(_left);

    /// <summary>Until the first words; null where there were none, or they came all together.</summary>
    public TimeSpan? ToFirst => Since(_first);

    /// <summary>From the first words to the last ones.</summary>
    public TimeSpan Writing => _first == 0 ? default : Stopwatch.GetElapsedTime(_first, _last);

    /// <summary>The meter of a request.</summary>
    public static RequestMeter Of(HttpContext context)
    {
        if (context.Features.Get<RequestMeter>() is { } meter)
            return meter;
        context.Features.Set(meter = new());
        return meter;
    }

    /// <summary>The request is one for the engine.</summary>
    /// <param name="operation">As <see cref="Operation"/>.</param>
    /// <param name="model">As <see cref="Model"/>.</param>
    /// <param name="promptTokens">Tokens that will be read.</param>
    public void Asked(string operation, string model, long promptTokens) => (Operation, Model, PromptTokens) = (operation, model, promptTokens);

    /// <summary>The request has left the queue.</summary>
    public void LeftQueue() => _left = Stopwatch.GetTimestamp();

    /// <summary>Words of the reply are about to be sent.</summary>
    public void Words()
    {
        long now = Stopwatch.GetTimestamp();
        if (_first == 0)
            _first = now;
        else
            Telemetry.InterToken.Record(Stopwatch.GetElapsedTime(_last, now).TotalSeconds, Telemetry.ModelTag(Model));
        _last = now;
        CompletionTokens++;
    }

    /// <summary>The reply has ended by itself.</summary>
    public void Ended(long promptTokens, long completionTokens, string finish) =>
        (PromptTokens, CompletionTokens, Finish) = (promptTokens, completionTokens, finish);

    private TimeSpan? Since(long end) => end == 0 ? null : Stopwatch.GetElapsedTime(_begin, end);
}
