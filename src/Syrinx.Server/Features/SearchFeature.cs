using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Syrinx.Search;
using Syrinx.Server.OpenAi;
using Syrinx.Server.Safety;
using Syrinx.Server.Serving;

namespace Syrinx.Server.Features;

/// <summary>
/// <c>GET /api/search?q=&amp;mode=&amp;limit=&amp;offset=</c>: posts as JSON, in the words of <c>syrinx search --json</c>.
/// </summary>
internal static class SearchFeature
{
    /// <summary>Most hits in one answer.</summary>
    private const int MostHits = 100;

    public static void MapSearch(this WebApplication app) =>
        app.MapGet("/api/search", (PostIndex posts, CancellationToken cancel,
            string? q, string? mode, string? limit, string? offset,
            string? author, string? community, string? lang, string? order) =>
        {
            if (string.IsNullOrWhiteSpace(q))
                throw Bad("q is missing: what to search for, as in /api/search?q=bus");
            if (q.Length > RequestLimits.QueryCharacters)
                throw Bad($"q has {q.Length} characters; at most {RequestLimits.QueryCharacters} are taken.");
            if (mode is not (null or "" or "bm25"))
                throw Bad($"mode '{mode}' is not known; the only one so far is bm25.");
            if (order is not (null or "" or "relevance" or "newest"))
                throw Bad($"order '{order}' is not known; use relevance or newest.");
            var results = posts.Search(new()
            {
                Text = q,
                Limit = Number("limit", limit, 20, 1, MostHits),
                Offset = Number("offset", offset, 0, 0, SearchQuery.MaxOffset),
                Author = author,
                Community = community,
                Language = lang,
                Order = order == "newest" ? SearchOrder.Newest : SearchOrder.Relevance,
            }, cancel) ?? throw new ApiException(StatusCodes.Status503ServiceUnavailable,
                "There is no search index yet. Run 'syrinx index' first.");
            return TypedResults.Json(results, ApiJson.Options);
        });

    private static int Number(string name, string? text, int usual, int min, int max) => text is null or "" ? usual
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int n) && n >= min && n <= max ? n
        : throw Bad($"{name} '{text}' must be a whole number from {min} to {max}.");

    private static ApiException Bad(string message) => new(StatusCodes.Status400BadRequest, message);
}
