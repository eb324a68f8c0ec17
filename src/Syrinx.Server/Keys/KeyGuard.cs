using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Syrinx.Server.Features;
using Syrinx.Server.Observability;
using Syrinx.Server.OpenAi;
using Syrinx.Server.Text;

namespace Syrinx.Server.Keys;

/// <summary>
/// Who may come in. From this machine: pages and search freely, <c>/v1</c> too until there is a key, then with one. From another
/// machine: health freely, everything else with a key; a browser shows it once (<c>/unlock</c>) and keeps a cookie.
/// </summary>
internal static class KeyGuard
{
    internal const string Cookie = "syrinx-key";

    /// <summary>The claim of whoever sits at this machine: they may make keys.</summary>
    internal const string Operator = "syrinx-operator";

    private static readonly string[] Open = ["/health", UnlockFeature.Path, UiCulture.SwitchPath, "/_content", "/_framework"];
    private static readonly string[] Forwarded = ["Forwarded", "X-Forwarded-For", "X-Real-IP", "Via"];

    /// <summary>Must stand behind the middleware that writes errors, and before all that answers.</summary>
    public static void UseKeyGuard(this WebApplication app) => app.Use(async (context, next) =>
    {
        var path = context.Request.Path;
        if (Open.Any(p => path.StartsWithSegments(p)))
        {
            await next(context);
            return;
        }
        var keys = context.RequestServices.GetRequiredService<ApiKeys>();
        bool local = IsLocal(context), any = await keys.Any(context.RequestAborted);
        // clients that cannot do without a key send any, and mean nothing by it while there is none
        if (Bearer(context.Request) is { } secret && (any || !local))
        {
            var key = await keys.Find(secret, context.RequestAborted)
                ?? throw Unauthorized(context, "Incorrect API key provided. 'syrinx keys list' shows the good ones.", "invalid_api_key");
            await Counted(context, key, next);
        }
        else if (local && !(any && Errors.IsOpenAi(path)))
        {
            await next(context);
        }
        else if (!Errors.IsOpenAi(path) && await OfCookie(context, keys) is not null)
        {
            await next(context);
        }
        else if (Errors.IsApi(path) || !HttpMethods.IsGet(context.Request.Method))
        {
            throw Unauthorized(context, "You didn't provide an API key. Send it in a header: 'Authorization: Bearer KEY'. "
                + "The operator makes one with 'syrinx keys add NAME'.", null);
        }
        else
        {
            context.Response.Redirect(UnlockFeature.Path + QueryString.Create("to", path + context.Request.QueryString));
        }
    });

    /// <summary>Whether a request comes from this machine itself, and not through a proxy on it.</summary>
    internal static bool IsLocal(HttpContext context) =>
        context.Connection.RemoteIpAddress is { } ip && IPAddress.IsLoopback(ip) && !Forwarded.Any(context.Request.Headers.ContainsKey);

    private static async Task Counted(HttpContext context, ApiKey key, RequestDelegate next)
    {
        var meter = RequestMeter.Of(context);
        meter.Key = key;
        if (!Errors.IsOpenAi(context.Request.Path))
        {
            await next(context);
            return;
        }
        var use = context.RequestServices.GetRequiredService<KeyUse>();
        foreach (var (name, value) in await use.Admit(key, context.RequestAborted))
            context.Response.Headers[name] = value;
        try
        {
            await next(context);
        }
        finally
        {
            use.Charge(key, meter.PromptTokens + meter.CompletionTokens);
        }
    }

    private static string? Bearer(HttpRequest request) =>
        request.Headers.Authorization.ToString() is { } header && header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase)
            && header[7..].Trim() is { Length: > 0 } secret ? secret : null;

    private static async Task<ApiKey?> OfCookie(HttpContext context, ApiKeys keys)
    {
        if (context.Request.Cookies[Cookie] is not { Length: > 0 } cookie)
            return null;
        string? id = UnlockFeature.Read(context.RequestServices.GetRequiredService<IDataProtectionProvider>(), cookie);
        return id is null ? null : await keys.FindById(id, context.RequestAborted);
    }

    private static ApiException Unauthorized(HttpContext context, string message, string? code)
    {
        context.Response.OnStarting(() =>
        {
            context.Response.Headers.WWWAuthenticate = "Bearer";
            return Task.CompletedTask;
        });
        return new ApiException(StatusCodes.Status401Unauthorized, message, code: code);
    }
}
