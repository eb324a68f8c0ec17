using Microsoft.Playwright;

namespace Syrinx.Server.Tests.Web;

/// <summary>A page that remembers what must not happen: errors on the console, and requests to another machine.</summary>
public sealed class Visit : IAsyncDisposable
{
    private readonly IBrowserContext _context;
    private readonly string _url;

    internal Visit(IBrowserContext context, IPage page, string url)
    {
        (_context, Page, _url) = (context, page, url.TrimEnd('/'));
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
                Complaints.Add(message.Text);
        };
        page.PageError += (_, error) => Complaints.Add(error);
        page.Request += (_, request) =>
        {
            if (new Uri(request.Url) is { Scheme: not "data" } asked && asked.Authority != new Uri(_url).Authority)
                Complaints.Add("A request to another machine: " + request.Url);
        };
    }

    public IPage Page { get; }

    /// <summary>What went wrong up to now.</summary>
    public List<string> Complaints { get; } = [];

    /// <summary>Opens a page and waits until it is live.</summary>
    public async Task Open(string path)
    {
        await Page.GotoAsync(_url + path);
        await Live();
    }

    /// <summary>Waits for the circuit: before it, buttons only look as if they did something.</summary>
    public Task Live() => Page.WaitForFunctionAsync(
        "() => window.Blazor && document.title && document.querySelector('.mud-popover-provider')"
        + " && !document.querySelector('[data-ready=false]')");

    public ILocator Button(string name) => Page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    public ILocator Link(string name) => Page.GetByRole(AriaRole.Link, new() { Name = name, Exact = true });

    public async ValueTask DisposeAsync() => await _context.DisposeAsync();
}
