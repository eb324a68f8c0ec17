using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Syrinx.Server.Features;

namespace Syrinx.Server.Safety;

/// <summary>
/// Refuses requests that a web page elsewhere makes a visitor's browser send to this keyless server. A foreign
/// <c>Host</c> (DNS rebinding: the attacker's own name, resolved to 127.0.0.1) is 421; a foreign <c>Origin</c>, the
/// WebSocket of the web app included, is 403, and so is a cross-site request for the API that carries no Origin.
/// </summary>
internal static class HostGuard
{
    /// <summary>Must be the first middleware.</summary>
    public static void UseHostGuard(this WebApplication app, ServerSettings settings) => app.Use(async (context, next) =>
    {
        var request = context.Request;
        if (!IsOurs(request.Host, settings))
        {
            await Errors.Write(context, StatusCodes.Status421MisdirectedRequest,
                $"This server does not answer for the host '{request.Host}'. "
                    + $"Use {(settings.IsLoopback ? "localhost or 127.0.0.1" : "its IP address")}.");
            return;
        }
        if (IsForeign(request))
        {
            await Errors.Write(context, StatusCodes.Status403Forbidden,
                "Requests from web pages of other origins are refused; call this server from its own pages or from a program.");
            return;
        }
        await next(context);
    });

    /// <summary>
    /// Rebinding needs a name, so IP addresses are safe where they are reachable; of names, only those of this machine are.
    /// </summary>
    internal static bool IsOurs(HostString host, ServerSettings settings)
    {
        string name = host.Host.Trim('[', ']');
        if (name.Equals("localhost", StringComparison.OrdinalIgnoreCase)
            || name.Equals(settings.Host, StringComparison.OrdinalIgnoreCase))
            return true;
        if (IPAddress.TryParse(name, out var ip))
            return IPAddress.IsLoopback(ip) || !settings.IsLoopback;
        return !settings.IsLoopback && name.Equals(Environment.MachineName, StringComparison.OrdinalIgnoreCase);
    }

    private static bool IsForeign(HttpRequest request)
    {
        var origin = request.Headers.Origin;
        if (origin.Count > 0)
            return origin.Count != 1
                || !origin[0]!.Equals($"{request.Scheme}://{request.Host}", StringComparison.OrdinalIgnoreCase);
        // <img src>, <script src> and links send no Origin; a link to a page is welcome, the API is not for them
        return request.Headers["Sec-Fetch-Site"] is ["cross-site" or "same-site"]
            && !(HttpMethods.IsGet(request.Method) && request.Headers["Sec-Fetch-Mode"] == "navigate"
                && !Errors.IsApi(request.Path));
    }
}
