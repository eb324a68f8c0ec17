using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Syrinx.Inference;
using Syrinx.Server.OpenAi;

namespace Syrinx.Server.Features;

/// <summary>Errors: OpenAI's error object under <c>/v1</c>, ProblemDetails elsewhere; never a stack trace.</summary>
internal static class Errors
{
    /// <summary>Whether programs, not people, ask here.</summary>
    public static bool IsApi(PathString path) =>
        IsOpenAi(path) || path.StartsWithSegments("/api") || path.StartsWithSegments("/health")
        || path.StartsWithSegments("/metrics");

    public static bool IsOpenAi(PathString path) => path.StartsWithSegments("/v1");

    /// <summary>
    /// Keeps the web app's page for unknown addresses away from the APIs: there, what is not mapped is 404, and what is
    /// mapped for another method 405.
    /// </summary>
    public static void MapUnknown(this WebApplication app)
    {
        var routes = ((IEndpointRouteBuilder)app).DataSources.SelectMany(d => d.Endpoints).OfType<RouteEndpoint>()
            .Where(e => e.Metadata.GetMetadata<IHttpMethodMetadata>() is not null && IsApi(new PathString("/" + e.RoutePattern.RawText!.TrimStart('/'))))
            .GroupBy(e => e.RoutePattern.RawText!).ToList();
        foreach (var route in routes)
        {
            string allow = string.Join(", ",
                route.SelectMany(e => e.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? []).Distinct());
            app.Map(route.Key, (HttpContext http) =>
            {
                http.Response.Headers.Allow = allow;
                return TypedResults.StatusCode(StatusCodes.Status405MethodNotAllowed);
            });
        }
        foreach (string api in (string[])["/v1", "/api", "/health"])
            app.Map(api + "/{**rest}", () => TypedResults.StatusCode(StatusCodes.Status404NotFound));
    }

    /// <summary>Gives a body to what was thrown, and to bare status codes such as 404 and 405.</summary>
    public static void UseErrors(this WebApplication app)
    {
        app.UseStatusCodePages(pages => Write(pages.HttpContext, pages.HttpContext.Response.StatusCode, null));
        app.Use(async (context, next) =>
        {
            try
            {
                await next(context);
            }
            catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
            {
                // nobody is listening any more
            }
            catch (Exception e) when (!context.Response.HasStarted)
            {
                context.Response.Clear();
                await (e switch
                {
                    ApiException api => Write(context, api),
                    QueueFullException full => Write(context,
                        new ApiException(StatusCodes.Status429TooManyRequests, full.Message, code: "rate_limit_exceeded") { RetryAfter = full.RetryAfter }),
                    BadHttpRequestException bad => Write(context, bad.StatusCode, bad.Message),
                    InputException input => Write(context, StatusCodes.Status400BadRequest, input.Message),
                    _ => Failed(context, e),
                });
            }
        });
    }

    /// <summary>Writes the error in the shape that the path asks for.</summary>
    public static Task Write(HttpContext context, int status, string? message) =>
        Write(context, new ApiException(status, message ?? Usual(context, status)));

    private static Task Write(HttpContext context, ApiException error)
    {
        context.Response.StatusCode = error.Status;
        if (error.RetryAfter is { } wait)
            context.Response.Headers.RetryAfter =
                ((int)Math.Ceiling(wait.TotalSeconds)).ToString(System.Globalization.CultureInfo.InvariantCulture);
        if (IsOpenAi(context.Request.Path))
            return context.Response.WriteAsJsonAsync(error.ToOpenAi(), ApiJson.Options);
        return TypedResults.Problem(error.Message, statusCode: error.Status).ExecuteAsync(context);
    }

    private static Task Failed(HttpContext context, Exception e)
    {
        context.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger("Syrinx.Server")
            .LogError(e, "{Method} {Path} failed", context.Request.Method, context.Request.Path);
        return Write(context, StatusCodes.Status500InternalServerError, "The server failed; its log on standard error says why.");
    }

    private static string Usual(HttpContext context, int status) => status switch
    {
        StatusCodes.Status404NotFound => $"There is nothing at {context.Request.Method} {context.Request.Path}.",
        StatusCodes.Status405MethodNotAllowed =>
            $"{context.Request.Method} is not for {context.Request.Path}; use {context.Response.Headers.Allow}.",
        StatusCodes.Status413PayloadTooLarge => $"The body may have at most {Safety.RequestLimits.BodyBytes} bytes.",
        StatusCodes.Status415UnsupportedMediaType => "The body must be application/json.",
        _ => $"The request ended with status {status}.",
    };
}
