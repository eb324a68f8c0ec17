using System.CommandLine;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Syrinx.Cli.Quickstart;
using Syrinx.Cli.Terminal;
using Syrinx.Server;

namespace Syrinx.Cli.Verbs;

/// <summary><c>syrinx quickstart</c>: exports → posts → corpus → tokenizer → model → index → web app, in one go.</summary>
internal static class QuickstartVerb
{
    private static readonly Argument<string[]> Paths = new("PATH")
    {
        Description = "Your own exports: files, folders or zips (default: an invented sample platform)",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private static readonly Option<int> Port = new("--port")
    {
        Description = "The web app's port; 0 takes a free one",
        DefaultValueFactory = _ => 5080,
        HelpName = "N",
    };

    private static readonly Option<double> Minutes = new("--minutes")
    {
        Description = "Minutes of training in all",
        DefaultValueFactory = _ => 1.5,
        HelpName = "M",
    };

    private static readonly Option<int> Depth = new("--depth")
    {
        Description = "Layers of the model",
        DefaultValueFactory = _ => QuickstartSettings.DefaultDepth,
        HelpName = "N",
    };

    private static readonly Option<bool> NoServe = new("--no-serve") { Description = "Build everything and end" };
    private static readonly Option<bool> Fresh = new("--fresh") { Description = "Build every step anew (chats and the opt-out list stay)" };

    public static Command Create()
    {
        var command = new Command("quickstart",
            "From posts to a web page with an assistant and a search, in a few minutes; unchanged steps are reused.\n\n"
            + "Example: syrinx quickstart\nExample: syrinx quickstart ~/exports --home town --minutes 10")
        {
            Paths, Port, Minutes, Depth, NoServe, Fresh,
        };
        command.Runs(async (parse, context) =>
        {
            bool serve = !parse.GetValue(NoServe);
            int port = parse.GetValue(Port);
            if (serve)
                SeeThatPortIsFree(port);
            var settings = new QuickstartSettings(parse.GetValue(Paths)!, parse.GetValue(Minutes), parse.GetValue(Fresh), parse.GetValue(Depth)).Validated();
            var run = new QuickstartRun(settings, context);
            string model = run.Run();
            if (!serve)
                return new VerbResult(new Report(run.Seconds, model, null), $"Built in {Total(run)} s. 'syrinx serve --home {context.Home.Path}' serves it.");

            context.Progress.Dispose();
            var server = new ServerSettings { Home = context.Home, Port = port, Model = model, Engine = new() { Threads = context.Threads } };
            await ServeVerb.Run(server, (url, _) => context.Json
                ? JsonSerializer.Serialize(new Report(run.Seconds, model, url), VerbRunner.ReportJson)
                : $"Built in {Total(run)} s. Open {url} – Ctrl-C ends the server, the same command starts it again.", context.Cancel);
            return null;
        });
        return command;
    }

    private static string Total(QuickstartRun run) => run.Seconds.Values.Sum().ToString("0", CultureInfo.InvariantCulture);

    /// <summary>Before minutes are spent on building. The server says the same should the port be taken meanwhile.</summary>
    private static void SeeThatPortIsFree(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
        }
        catch (SocketException e)
        {
            throw new InputException($"Port {port} cannot be used ({e.Message}). Choose another with --port N, or 0 for a free one.", e);
        }
        catch (ArgumentOutOfRangeException e)
        {
            throw new InputException($"--port {port} is no port: choose 0 to 65535.", e);
        }
    }

    private sealed record Report(IReadOnlyDictionary<string, double> Seconds, string Model, string? Url);
}
