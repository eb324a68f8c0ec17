using System.Net.Sockets;
using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;
using Syrinx.Server.Chat;
using Syrinx.Server.Components;
using Syrinx.Server.Features;
using Syrinx.Server.Keys;
using Syrinx.Server.Observability;
using Syrinx.Server.OpenAi;
using Syrinx.Server.Safety;
using Syrinx.Server.Serving;
using Syrinx.Server.Upstream;

namespace Syrinx.Server;

/// <summary>
/// The web server: OpenAI-compatible API, search API, health and the web app, over one home folder. This file is its table
/// of contents: settings, services, the order of the middleware, one Map…() per feature.
/// </summary>
public static class SyrinxServer
{
    /// <summary>Builds the server; nothing listens yet, and <c>app.db</c> is at the newest schema.</summary>
    /// <exception cref="InputException">A setting is wrong, or the home folder cannot be written to.</exception>
    public static WebApplication Build(ServerSettings settings)
    {
        settings.Validated();
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            EnvironmentName = Environments.Production,
            ApplicationName = Assembly.GetEntryAssembly()!.GetName().Name,
            // beside the program, wherever it is started from: the manifests of the static assets lie there
            ContentRootPath = AppContext.BaseDirectory,
            Args = ["--hostBuilder:reloadConfigOnChange=false"],
        });
        builder.WebHost.UseStaticWebAssets().UseUrls(settings.Url);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = RequestLimits.BodyBytes;
            kestrel.Limits.MaxRequestLineSize = RequestLimits.AddressBytes;
            // who sends a byte now and then holds a connection for no longer than this
            kestrel.Limits.RequestHeadersTimeout = RequestLimits.Headers;
            kestrel.Limits.MinRequestBodyDataRate = new(RequestLimits.BodyBytesPerSecond, RequestLimits.BodyGrace);
        });
        // standard output belongs to the report that --json prints
        builder.Logging.ClearProviders().SetMinimumLevel(LogLevel.Warning)
            // a connection that fails is told once, by who wanted it
            .AddFilter("Polly", LogLevel.None).AddFilter("System.Net.Http", LogLevel.None)
            .AddFilter("Syrinx.Requests", settings.LogRequests ? LogLevel.Information : LogLevel.None)
            // "keys are not encrypted at rest": the home folder is as private as the posts in it
            .AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);
        _ = settings.LogRequests ? builder.Logging.AddJsonConsole(o => o.TimestampFormat = "o") : builder.Logging.AddSimpleConsole(o => o.SingleLine = true);
        builder.Services.Configure<ConsoleLoggerOptions>(o => o.LogToStandardErrorThreshold = LogLevel.Trace);
        AddServices(builder.Services, settings);

        var app = builder.Build();
        app.Services.GetRequiredService<AppDb>().Migrate();
        app.Services.GetRequiredService<ServedModels>().RequireDefault();
        RequireKeys(app, settings);
        app.UseHostGuard(settings);
        app.UseSecurityHeaders();
        app.UseObservability(settings);
        app.UseErrors();
        app.UseKeyGuard();
        app.UseOwnerCookie();
        app.UseWebApp();
        app.UseAntiforgery();
        app.MapOpenAi();
        app.MapSearch();
        app.MapAds();
        app.MapHealth();
        app.MapMetrics();
        app.MapUnlock();
        app.MapUnknown();
        app.MapWebApp();
        return app;
    }

    /// <summary>Builds and starts the server.</summary>
    /// <returns>The running server and the address that it answers at.</returns>
    /// <exception cref="InputException">The port is taken or not allowed; or as <see cref="Build"/>.</exception>
    public static async Task<(WebApplication App, string Url)> Start(ServerSettings settings, CancellationToken cancel = default)
    {
        var app = Build(settings);
        try
        {
            await app.StartAsync(cancel);
        }
        catch (Exception e) when (e is IOException or SocketException)
        {
            await app.DisposeAsync();
            throw CannotListen(settings, e);
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }
        var addresses = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!;
        return (app, addresses.Addresses.First());
    }

    /// <summary>Without keys only this machine is served.</summary>
    private static void RequireKeys(WebApplication app, ServerSettings settings)
    {
        if (!settings.IsLoopback && !app.Services.GetRequiredService<ApiKeys>().Any().AsTask().GetAwaiter().GetResult())
        {
            throw new InputException(
                $"--host {settings.Host} lets other machines in, and there is no key that they could bring. "
                + "Make one first with 'syrinx keys add NAME', or leave --host out.");
        }
    }

    private static void AddServices(IServiceCollection services, ServerSettings settings)
    {
        services.AddSingleton(settings).AddSingleton(settings.Home).AddSingleton(TimeProvider.System);
        services.AddSingleton<IHostLifetime, CallersLifetime>();
        services.Configure<HostOptions>(o => o.ShutdownTimeout = TimeSpan.FromSeconds(5));
        // without this the keys would go into the user's profile
        services.AddDataProtection().SetApplicationName("Syrinx").PersistKeysToFileSystem(new DirectoryInfo(settings.Home.Keys));
        services.AddProblemDetails();
        services.AddSingleton<ServedModels>().AddHostedService<WarmUp>();
        services.AddSingleton<PostIndex>().AddSingleton<GenerationGate>().AddSingleton<HomeStatusReader>();
        services.AddSingleton<AppDb>().AddSingleton<Conversations>().AddScoped<ConversationOwner>();
        services.AddSingleton(s => new PersonaGuard(s.GetRequiredService<PostIndex>().HasAuthor)).AddSingleton<Assistant>().AddSingleton<AdWriter>();
        services.AddSingleton<ApiKeys>().AddSingleton<KeyUse>().AddHostedService(s => s.GetRequiredService<KeyUse>());
        services.AddObservability();
        services.AddOpenAi();
        if (settings.Upstream is { } upstream)
            services.AddUpstream(upstream);
        services.AddWebApp();
    }

    private static InputException CannotListen(ServerSettings settings, Exception e)
    {
        var socket = e as SocketException ?? e.InnerException as SocketException
            ?? e.InnerException?.InnerException as SocketException;
        if (e.InnerException is AddressInUseException || socket?.SocketErrorCode == SocketError.AddressAlreadyInUse)
        {
            return new InputException(
                $"Port {settings.Port} on {settings.Host} is already in use. "
                    + "Stop the other server, or choose another with --port.", e);
        }
        return socket?.SocketErrorCode switch
        {
            SocketError.AccessDenied => new InputException(
                $"Port {settings.Port} may not be listened on by this user; choose one from 1024 with --port.", e),
            SocketError.AddressNotAvailable => new InputException(
                $"{settings.Host} is not an address of this machine; use --host 127.0.0.1, or 0.0.0.0 for every interface.", e),
            _ => new InputException($"Cannot listen on {settings.Url}: {e.Message}", e),
        };
    }

    /// <summary>Whoever started the server ends it; the host itself listens to no signals.</summary>
    private sealed class CallersLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
