using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Components.Server;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor.Services;
using Syrinx.Server.Features;
using Syrinx.Server.Pages;
using Syrinx.Server.Text;

namespace Syrinx.Server.Components;

/// <summary>The web app: Blazor pages, rendered on the server and live over a WebSocket of this same server.</summary>
public static class WebApp
{
    /// <summary>What the pages need.</summary>
    public static void AddWebApp(this IServiceCollection services)
    {
        services.AddRazorComponents().AddInteractiveServerComponents();
        services.AddMudServices();
        services.AddUiText();
        services.AddSingleton<HomePictureReader>();
    }

    /// <summary>Pages and their static files.</summary>
    public static void MapWebApp(this WebApplication app)
    {
        app.UseUiCulture();
        // people who mistyped an address get a page; programs get the error that Errors writes
        app.UseWhen(
            context => HttpMethods.IsGet(context.Request.Method) && !Errors.IsApi(context.Request.Path),
            pages => pages.UseStatusCodePagesWithReExecute("/not-found", createScopeForStatusCodePages: true));
        app.MapUiCulture();
        app.MapCorpusCard();
        app.MapStaticAssets();
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode(o => o.ContentSecurityFrameAncestorsPolicy = "'none'");
    }
}
