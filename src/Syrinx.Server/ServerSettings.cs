using System.Net;
using Syrinx.Inference;

namespace Syrinx.Server;

/// <summary>What the server is told at start; immutable, checked once by <see cref="Validated"/>.</summary>
public sealed record ServerSettings
{
    /// <summary>Where posts, models, index and <c>app.db</c> are.</summary>
    public required HomeFolder Home { get; init; }

    /// <summary>The address to listen on: <c>localhost</c> or an IP address. Loopback unless told otherwise.</summary>
    public string Host { get; init; } = "127.0.0.1";

    /// <summary>The port; 0 takes a free one.</summary>
    public int Port { get; init; } = 5080;

    /// <summary>The model that answers where none is named; null: the one written last.</summary>
    public string? Model { get; init; }

    /// <summary>The OpenAI-compatible server that has the models, ending in <c>/v1/</c>; null: the models of the home folder.</summary>
    public Uri? Upstream { get; init; }

    /// <summary>How the models of the home folder are run: threads, how weights are kept, memory for keys and values.</summary>
    public InferenceSettings Engine { get; init; } = new();

    /// <summary>Whether each request leaves a line of JSON on standard error: path, status, time, key's name, model, tokens; never what was
    /// said.</summary>
    public bool LogRequests { get; init; }

    /// <summary>The base address, with the port as asked for.</summary>
    public string Url =>
        IPAddress.TryParse(Host, out var ip) && ip.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6
        ? $"http://[{Host}]:{Port}" : $"http://{Host}:{Port}";

    /// <summary>Whether only this machine can reach the server.</summary>
    public bool IsLoopback => Host == "localhost" || (IPAddress.TryParse(Host, out var ip) && IPAddress.IsLoopback(ip));

    /// <summary>The address of an upstream server as people write it: with or without <c>/v1</c>.</summary>
    /// <exception cref="InputException">It is no http or https address.</exception>
    public static Uri UpstreamOf(string url)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https"))
            throw new InputException($"--upstream '{url}' is no address; write it like http://127.0.0.1:8000/v1.");
        string path = uri.AbsolutePath.TrimEnd('/');
        return new UriBuilder(uri) { Path = (path.Length == 0 ? "/v1" : path) + "/", Query = "", Fragment = "" }.Uri;
    }

    /// <summary>Checks host and port.</summary>
    /// <exception cref="InputException">They cannot be listened on; the message says what would be right.</exception>
    public ServerSettings Validated()
    {
        // Kestrel takes any other name for "all interfaces", which is not what somebody who typed a name asked for.
        if (Host != "localhost" && !IPAddress.TryParse(Host, out _))
            throw new InputException(
                $"--host '{Host}' is neither 'localhost' nor an IP address; use 127.0.0.1, or 0.0.0.0 for every interface.");
        if (Port is < 0 or > 65535)
            throw new InputException($"--port {Port} is not a port; use 1 to 65535, or 0 for a free one.");
        if (Port == 0 && Host == "localhost")
            throw new InputException("--port 0 takes a free port of one address; use it with --host 127.0.0.1.");
        if (Upstream is not null && Model is not null)
            throw new InputException("Give --model or --upstream, not both: with --upstream the models are the other server's.");
        if (Upstream is not null && Engine.Quantization is not null)
            throw new InputException("Give --quant or --upstream, not both: with --upstream the other server keeps the weights.");
        return this;
    }
}
