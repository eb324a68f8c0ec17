using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Http;
using Syrinx.Server.Features;
using Syrinx.Server.Keys;

namespace Syrinx.Server.Chat;

/// <summary>
/// Whose conversations a page shows: the browser that holds a cookie of 256 random bits. The owner's id is a hash of it, so
/// that <c>app.db</c> holds nobody's cookie. Pages inject this (scoped); it works in prerendering and in the live circuit,
/// because the id travels as the user's claim.
/// </summary>
public sealed class ConversationOwner(AuthenticationStateProvider authentication)
{
    internal const string Cookie = "syrinx-visitor", Claim = "syrinx-owner";

    /// <summary>The owner's id, as <see cref="Conversations"/> asks for it.</summary>
    public async Task<string> Id() =>
        (await authentication.GetAuthenticationStateAsync()).User.FindFirst(Claim)?.Value
        ?? throw new InvalidOperationException("A page was asked for without the visitor's cookie.");

    internal static string IdOf(string cookie) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(cookie)));
}

/// <summary>Gives every browser its cookie, and every request its owner.</summary>
internal static class OwnerCookie
{
    public static void UseOwnerCookie(this WebApplication app) => app.Use((context, next) =>
    {
        if (Errors.IsApi(context.Request.Path))
            return next(context);
        string? cookie = context.Request.Cookies[ConversationOwner.Cookie];
        if (cookie is not { Length: 64 })
        {
            cookie = RandomNumberGenerator.GetHexString(64, lowercase: true);
            // only a page sets it: a script or style asked for at the same time must not overwrite it
            if (context.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.Ordinal))
            {
                context.Response.Cookies.Append(ConversationOwner.Cookie, cookie, new CookieOptions
                {
                    HttpOnly = true,
                    // not Strict: somebody who follows a link to here would come without it, and be given another
                    SameSite = SameSiteMode.Lax,
                    Secure = context.Request.IsHttps,
                    MaxAge = TimeSpan.FromDays(365),
                    IsEssential = true,
                });
            }
        }
        var identity = new ClaimsIdentity([new(ConversationOwner.Claim, ConversationOwner.IdOf(cookie))]);
        if (KeyGuard.IsLocal(context))
            identity.AddClaim(new(KeyGuard.Operator, "yes"));
        context.User = new ClaimsPrincipal(identity);
        return next(context);
    });
}
