using Microsoft.AspNetCore.Http;

namespace Syrinx.Server.OpenAi;

/// <summary>
/// The machine-readable mark of AI-made content (EU AI Act, article 50(2)): this header; the bodies say <c>ai_generated</c>.
/// </summary>
internal static class AiMark
{
    public const string Header = "X-AI-Generated";

    public static void Set(HttpResponse response) => response.Headers[Header] = "true";
}
