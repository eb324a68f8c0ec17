using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor.Services;
using Syrinx.Server.Components.Planning;
using Syrinx.Server.Features;
using Syrinx.Server.Pages;
using Syrinx.Server.Safety;
using Syrinx.Server.Text;

namespace Syrinx.Server.Components;

/// <summary>The web app: Blazor pages, rendered on the server and live over a WebSocket of this same server.</summary>
public static class WebApp
{
    /// <summary>What the pages need.</summary>
    public static void AddWebApp(this IServiceCollection services)
    {
        services.AddRazorComponents().AddInteractiveServerComponents()
            .AddHubOptions(hub => hub.MaximumReceiveMessageSize = RequestLimits.PageMessageBytes);
        services.AddMudServices();
        services.AddUiText();
        services.AddSingleton<HomePictureReader>().AddSingleton<SuggestedQuestions>();
        services.AddSingleton<PlanBoard>();
    }

    /// <summary>The visitor's language, and a page for people who mistyped an address; before antiforgery and all endpoints.</summary>
    public static void UseWebApp(this WebApplication app)
    {
        app.UseUiCulture();
        app.UseStatusCodePagesWithReExecute("/not-found", createScopeForStatusCodePages: true);
        app.Use((context, next) =>
        {
            // programs get the error that Errors writes
            if (Errors.IsApi(context.Request.Path) || !HttpMethods.IsGet(context.Request.Method))
                context.Features.Get<IStatusCodePagesFeature>()!.Enabled = false;
            return next(context);
        });
    }

    /// <summary>Pages and their static files.</summary>
    public static void MapWebApp(this WebApplication app)
    {
        app.MapUiCulture();
        app.MapCorpusCard();
        app.MapStaticAssets();
        // browsers ask for it beside files that name no icon of their own
        app.MapGet("/favicon.ico", () => TypedResults.Redirect("/_content/Syrinx.Server/syrinx.svg", permanent: true));
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode(o => o.ContentSecurityFrameAncestorsPolicy = "'none'");
    }
}
