using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Syrinx.Server.Safety;

/// <summary>
/// The headers that keep a page from doing what it has no need for: everything comes from this server, no inline script
/// runs, nobody frames it. Styles may be inline, since MudBlazor sets them on elements.
/// </summary>
internal static class SecurityHeaders
{
    /// <summary>Key of <see cref="HttpContext.Items"/>: a stricter policy of the answer's own.</summary>
    public static readonly object OwnPolicy = new();

    public static void UseSecurityHeaders(this WebApplication app) => app.Use((context, next) =>
    {
        context.Response.OnStarting(() =>
        {
            var headers = context.Response.Headers;
            headers.XContentTypeOptions = "nosniff";
            headers["Referrer-Policy"] = "no-referrer";
            headers["Cross-Origin-Opener-Policy"] = "same-origin";
            headers["Cross-Origin-Resource-Policy"] = "same-origin";
            headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(), payment=(), usb=()";
            headers.XFrameOptions = "DENY";
            headers.ContentSecurityPolicy = context.Items[OwnPolicy] as string ?? Policy(context.Request.Host);
            return Task.CompletedTask;
        });
        return next(context);
    });

    /// <summary>The WebSocket is named for browsers that do not count ws: as 'self'; the guard has checked the host.</summary>
    private static string Policy(HostString host) =>
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; "
        + $"connect-src 'self' ws://{host.Value} wss://{host.Value}; manifest-src 'self'; form-action 'self'; base-uri 'self'; "
        + "frame-ancestors 'none'";
}
