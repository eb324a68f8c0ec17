using System.Text.Encodings.Web;
using System.Text.Json;
using Syrinx.Server.Safety;

namespace Syrinx.Server.OpenAi;

/// <summary>How the APIs spell JSON.</summary>
internal static class ApiJson
{
    /// <summary>
    /// snake_case; absent values are null, not left out. The relaxed encoder keeps Chinese readable; it is never put into HTML.
    /// </summary>
    public static JsonSerializerOptions Options { get; } = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        MaxDepth = RequestLimits.JsonDepth,
    };
}
