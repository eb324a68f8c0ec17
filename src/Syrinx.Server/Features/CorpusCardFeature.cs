using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Syrinx.Server.Safety;

namespace Syrinx.Server.Features;

/// <summary>
/// <c>GET /card</c>: <c>corpus/card.html</c>, which shows members' posts. It is a file, so it is treated as a stranger's: no
/// script, nothing loaded, and a sandbox that takes this server's origin away from it.
/// </summary>
internal static class CorpusCardFeature
{
    private const string Policy = "sandbox allow-popups; default-src 'none'; style-src 'unsafe-inline'; img-src data:; "
        + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    public static void MapCorpusCard(this WebApplication app) => app.MapGet("/card", (HomeFolder home, HttpContext context) =>
    {
        string path = Path.Combine(home.Corpus, "card.html");
        if (!File.Exists(path))
            return Results.NotFound();
        context.Items[SecurityHeaders.OwnPolicy] = Policy;
        return Results.File(Path.GetFullPath(path), "text/html; charset=utf-8");
    });
}
