using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Syrinx.Server.OpenAi;
using Syrinx.Server.Serving;

namespace Syrinx.Server.Features;

/// <summary><c>/health/live</c>: the process answers. <c>/health/ready</c>: what there is to load is loaded, else 503; 503 too while the server ends.</summary>
internal static class HealthFeature
{
    public static void MapHealth(this WebApplication app)
    {
        app.MapGet("/health/live", () => TypedResults.Json(new Live("live"), ApiJson.Options));
        app.MapGet("/health/ready", (ServedModels models, PostIndex posts, GenerationGate gate) =>
        {
            var ready = new Ready(gate.Draining ? "draining" : models.IsReady ? "ready" : "loading", models.State, posts.State);
            return TypedResults.Json(ready, ApiJson.Options,
                statusCode: models.IsReady && !gate.Draining ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
        });
    }

    private sealed record Live(string Status);

    private sealed record Ready(string Status, string Model, string Index);
}
