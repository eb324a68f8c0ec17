using System.Security.Cryptography;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Syrinx.Server.Text;

namespace Syrinx.Server.Keys;

/// <summary>
/// <c>/unlock</c>: where the browser of another machine shows a key once. The cookie holds the key's id under the server's own
/// encryption, never the secret, and is worth nothing once the key is revoked.
/// </summary>
internal static class UnlockFeature
{
    public const string Path = "/unlock";

    private const int MostCharacters = 200;

    public static void MapUnlock(this WebApplication app)
    {
        app.MapGet(Path, (HttpContext context, UiText text, string? to) => Page(context, text, to, wrong: false));
        app.MapPost(Path, async (HttpContext context, UiText text, ApiKeys keys, IDataProtectionProvider protection) =>
        {
            var form = await context.Request.ReadFormAsync(context.RequestAborted);
            string to = form["to"].ToString();
            string secret = form["key"].ToString().Trim();
            if (secret.Length > MostCharacters || await keys.Find(secret, context.RequestAborted) is not { } key)
                return Page(context, text, to, wrong: true);
            context.Response.Cookies.Append(KeyGuard.Cookie, Protector(protection).Protect(key.Id), new CookieOptions
            {
                HttpOnly = true,
                SameSite = SameSiteMode.Lax,
                Secure = context.Request.IsHttps,
                MaxAge = TimeSpan.FromDays(30),
                IsEssential = true,
            });
            return Results.Redirect(UiCulture.LocalPath(to));
        }).DisableAntiforgery();
    }

    /// <summary>The key's id in a cookie, or null where this server did not write it.</summary>
    public static string? Read(IDataProtectionProvider protection, string cookie)
    {
        try
        {
            return Protector(protection).Unprotect(cookie);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private static IDataProtector Protector(IDataProtectionProvider provider) => provider.CreateProtector("Syrinx.Keys");

    private static IResult Page(HttpContext context, UiText text, string? to, bool wrong)
    {
        context.Response.Headers.CacheControl = "no-store";
        string Html(string words) => HtmlEncoder.Default.Encode(words);
        return Results.Content($"""
            <!DOCTYPE html>
            <html lang="{text.HtmlLang}">
            <head>
            <meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark">
            <title>{Html(text.UnlockTitle)} · Syrinx</title>
            <script src="/_content/Syrinx.Server/js/theme.js"></script>
            <link rel="icon" type="image/svg+xml" href="/_content/Syrinx.Server/syrinx.svg">
            <link rel="stylesheet" href="/_content/Syrinx.Server/css/app.css"><link rel="stylesheet" href="/_content/Syrinx.Server/css/keys.css">
            </head>
            <body><main class="unlock"><img src="/_content/Syrinx.Server/syrinx.svg" alt="" width="64" height="64">
            <h1>{Html(text.UnlockTitle)}</h1><p>{Html(text.UnlockLead)}</p>
            <form method="post"><label for="key">{Html(text.UnlockKey)}</label>
            <input id="key" name="key" type="password" autocomplete="current-password" required autofocus maxlength="{MostCharacters}"{(wrong ? " aria-invalid=\"true\" aria-describedby=\"wrong\"" : "")}>
            {(wrong ? $"<p id=\"wrong\" class=\"wrong\" role=\"alert\">{Html(text.UnlockWrong)}</p>" : "")}
            <input type="hidden" name="to" value="{Html(UiCulture.LocalPath(to))}"><button type="submit">{Html(text.UnlockButton)}</button></form>
            <p><a href="{UiCulture.SwitchPath}?to={text.Other.HtmlLang}&amp;back=/unlock" lang="{text.Other.HtmlLang}">{Html(text.Other.OwnName)}</a></p></main></body>
            </html>
            """, "text/html; charset=utf-8", statusCode: wrong ? StatusCodes.Status403Forbidden : StatusCodes.Status200OK);
    }
}
