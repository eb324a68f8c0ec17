using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Syrinx.Server.OpenAi;

/// <summary>
/// The OpenAI-compatible API under <c>/v1</c>: what the official clients need to list models, chat, complete, embed and moderate.
/// </summary>
internal static class OpenAiFeature
{
    public static void AddOpenAi(this IServiceCollection services) => services
        .AddSingleton<ModelCatalog>().AddSingleton<ChatCompletions>().AddSingleton<Completions>().AddSingleton<Embeddings>().AddSingleton<Moderations>();

    public static void MapOpenAi(this WebApplication app)
    {
        var v1 = app.MapGroup("/v1");
        v1.MapGet("/models", (ModelCatalog catalog) => TypedResults.Json(new ModelList("list", catalog.List()), ApiJson.Options));
        v1.MapGet("/models/{id}", (string id, ModelCatalog catalog) => TypedResults.Json(catalog.Get(id), ApiJson.Options));
        v1.MapPost("/chat/completions", (HttpContext http, ChatCompletions chat) => chat.Post(http));
        v1.MapPost("/completions", (HttpContext http, Completions completions) => completions.Post(http));
        v1.MapPost("/embeddings", (HttpContext http, Embeddings embeddings) => embeddings.Post(http));
        v1.MapPost("/moderations", (HttpContext http, Moderations moderations) => moderations.Post(http));
    }
}
