using System.Buffers;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Syrinx.Server.OpenAi;

/// <summary>
/// Writes server-sent events as OpenAI's streams have them: <c>data: {json}</c>, an empty line, at the end <c>[DONE]</c>.
/// </summary>
internal sealed class SseWriter(HttpResponse response)
{
    /// <summary>Sends the headers; from here on errors can only be events.</summary>
    public void Start()
    {
        response.ContentType = "text/event-stream; charset=utf-8";
        response.Headers.CacheControl = "no-cache";
        response.Headers["X-Accel-Buffering"] = "no"; // nginx would hold the words back
        response.HttpContext.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
    }

    /// <summary>Sends one event at once.</summary>
    public async Task Send(JsonNode data, CancellationToken cancel)
    {
        var writer = response.BodyWriter;
        writer.Write("data: "u8);
        writer.Write(JsonSerializer.SerializeToUtf8Bytes(data, ApiJson.Options));
        writer.Write("\n\n"u8);
        await writer.FlushAsync(cancel);
    }

    /// <summary>Says that the stream broke off; it ends without its mark.</summary>
    public Task SendError(string message, CancellationToken cancel) => Send(
        JsonSerializer.SerializeToNode(new ApiException(StatusCodes.Status500InternalServerError, message).ToOpenAi(),
            ApiJson.Options)!, cancel);

    /// <summary>Sends the mark of a whole stream.</summary>
    public async Task Done(CancellationToken cancel)
    {
        response.BodyWriter.Write("data: [DONE]\n\n"u8);
        await response.BodyWriter.FlushAsync(cancel);
    }
}
