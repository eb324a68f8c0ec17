using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Localization;
using Microsoft.Extensions.DependencyInjection;

namespace Syrinx.Server.Text;

/// <summary>Which language a visitor sees: the one they switched to (a cookie), else the first that their browser asks for.</summary>
internal static class UiCulture
{
    /// <summary>Where the switch in the app bar leads.</summary>
    internal const string SwitchPath = "/language";

    private static readonly CultureInfo[] Cultures = [.. UiText.All.Select(text => text.Culture)];

    /// <summary>Makes <see cref="UiText"/> of the visitor's language injectable.</summary>
    internal static void AddUiText(this IServiceCollection services) =>
        services.AddScoped(_ => UiText.For(CultureInfo.CurrentUICulture));

    /// <summary>Sets the culture of each request, and with it of each Blazor circuit.</summary>
    internal static void UseUiCulture(this WebApplication app) => app.UseRequestLocalization(new RequestLocalizationOptions
    {
        DefaultRequestCulture = new RequestCulture(Cultures[0]),
        SupportedCultures = Cultures,
        SupportedUICultures = Cultures,
        RequestCultureProviders = [new CookieRequestCultureProvider(), new CustomRequestCultureProvider(FromBrowser)],
    });

    /// <summary>The switch: remembers the language for a year and leads back to the page.</summary>
    internal static void MapUiCulture(this WebApplication app) => app.MapGet(SwitchPath, (HttpContext context, string to, string? back) =>
    {
        var text = UiText.All.FirstOrDefault(text => text.HtmlLang == to) ?? UiText.All[0];
        context.Response.Cookies.Append(
            CookieRequestCultureProvider.DefaultCookieName,
            CookieRequestCultureProvider.MakeCookieValue(new RequestCulture(text.Culture)),
            new CookieOptions
            {
                MaxAge = TimeSpan.FromDays(365),
                SameSite = SameSiteMode.Lax,
                HttpOnly = true,
                IsEssential = true,
                Path = "/",
            });
        return Results.Redirect(LocalPath(back));
    }).ExcludeFromDescription();

    /// <summary>The path and query of this server that <paramref name="back"/> names, escaped for a header; <c>/</c> for everything else
    /// (<c>//elsewhere</c> and <c>/\\elsewhere</c> are addresses of another server).</summary>
    internal static string LocalPath(string? back) =>
        back is ['/'] or ['/', not ('/' or '\\'), ..] && !back.Any(char.IsControl)
        && Uri.TryCreate(new Uri("http://localhost"), back, out var uri) && uri.Host == "localhost" ? uri.PathAndQuery : "/";

    private static Task<ProviderCultureResult?> FromBrowser(HttpContext context)
    {
        var wanted = context.Request.GetTypedHeaders().AcceptLanguage
            .OrderByDescending(language => language.Quality ?? 1)
            .Select(language => language.Value.Value ?? "")
            .Select(tag => tag.Split('-')[0].ToLowerInvariant())
            .FirstOrDefault(language => language is "en" or "zh");
        return Task.FromResult(wanted is null ? null : new ProviderCultureResult(Cultures[wanted == "zh" ? 1 : 0].Name));
    }
}
