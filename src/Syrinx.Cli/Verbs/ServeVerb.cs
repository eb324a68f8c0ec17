using System.CommandLine;
using System.Text.Json;
using Syrinx.Cli.Terminal;
using Syrinx.Inference;
using Syrinx.Server;
using Syrinx.Server.Serving;

namespace Syrinx.Cli.Verbs;

/// <summary><c>syrinx serve</c>: the web app and the OpenAI-compatible API over the home folder, until Ctrl-C.</summary>
internal static class ServeVerb
{
    private static readonly Option<string> Host = new("--host")
    {
        Description = "The address to listen on; with 0.0.0.0 other machines reach it too, if they bring a key",
        DefaultValueFactory = _ => "127.0.0.1",
        HelpName = "ADDRESS",
    };

    private static readonly Option<int> Port = new("--port")
    {
        Description = "The port; 0 takes a free one",
        DefaultValueFactory = _ => 5080,
        HelpName = "N",
    };

    private static readonly Option<string?> Model = new("--model")
    {
        Description = "The model that answers where none is named (default: the one written last)",
        HelpName = "NAME",
    };

    private static readonly Option<double> CacheGib = new("--cache-gib")
    {
        Description = "Memory for keys and values of each model, in GiB: the longer and the more conversations at once, the more",
        DefaultValueFactory = _ => new SchedulerSettings().CacheBytes / Gib,
        HelpName = "N",
    };

    private static readonly Option<string?> Upstream = new("--upstream")
    {
        Description = "The OpenAI-compatible server that has the models (vLLM, SGLang, llama.cpp, Ollama, another Syrinx); its key in SYRINX_UPSTREAM_KEY",
        HelpName = "URL",
    };

    private static readonly Option<bool> LogRequests = new("--log-requests")
    {
        Description = "A line of JSON on standard error for each request: path, status, time, key, model, tokens; never what was said",
    };

    private const double Gib = 1L << 30;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static Command Create()
    {
        var command = new Command("serve",
            "Serves the web app, the search and an OpenAI-compatible API until Ctrl-C.\n\nExample: syrinx serve --port 5080")
        {
            Host, Port, Model, ModelOptions.Quant, CacheGib, Upstream, LogRequests,
        };
        command.SetAction(async (parse, cancel) =>
        {
            var settings = new ServerSettings
            {
                Home = new HomeFolder(Path.GetFullPath(parse.GetValue(GlobalOptions.Home)!)),
                Host = parse.GetValue(Host)!,
                Port = parse.GetValue(Port),
                Model = parse.GetValue(Model),
                Engine = ModelOptions.Engine(parse, parse.GetValue(GlobalOptions.Threads)) with
                {
                    Scheduling = new() { CacheBytes = CacheBytes(parse.GetValue(CacheGib)) },
                },
                Upstream = parse.GetValue(Upstream) is { } url ? ServerSettings.UpstreamOf(url) : null,
                LogRequests = parse.GetValue(LogRequests),
            };
            bool json = parse.GetValue(GlobalOptions.Json);
            await Run(settings, (url, models) => json
                ? JsonSerializer.Serialize(new Report(url, models), VerbRunner.ReportJson)
                : $"Syrinx is at {url} (models: {(models.Count == 0 ? "none yet" : string.Join(", ", models))}). Ctrl-C ends it.", cancel);
            return 0;
        });
        return command;
    }

    private static long CacheBytes(double gib) => gib is > 0 and < 1 << 20
        ? (long)(gib * Gib) : throw new InputException($"--cache-gib {gib} must be above 0; 1 is usual, 8 for many long conversations.");

    /// <summary>Starts the server, says where it is, and returns when cancelled: for a server that is how it ends well.</summary>
    /// <param name="settings">What to serve, and where.</param>
    /// <param name="ready">What to print on standard output, from the address and the models' names.</param>
    /// <param name="cancel">Ends the server.</param>
    internal static async Task Run(
        ServerSettings settings, Func<string, IReadOnlyList<string>, string> ready, CancellationToken cancel)
    {
        (WebApplication App, string Url) started;
        try
        {
            started = await SyrinxServer.Start(settings, cancel);
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            return; // while it started: that ends well, too
        }
        var (app, url) = started;
        await using (app)
        {
            Console.Out.WriteLine(ready(url, [.. app.Services.GetRequiredService<ServedModels>().All.Select(m => m.Name)]));
            await Task.Delay(Timeout.Infinite, cancel).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            // replies that are being written may end; another Ctrl-C ends the process
            await app.Services.GetRequiredService<GenerationGate>().Drain(Patience);
            await app.StopAsync(CancellationToken.None);
        }
    }

    private sealed record Report(string Url, IReadOnlyList<string> Models);
}
