using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Components.Server;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor.Services;
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
        app.MapUiCulture();
        app.MapStaticAssets();
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode(o => o.ContentSecurityFrameAncestorsPolicy = "'none'");
    }
}
