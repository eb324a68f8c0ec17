using Microsoft.Playwright;
using Syrinx.Server.Tests.Support;
using Syrinx.Server.Tests.Web;

[assembly: AssemblyFixture(typeof(Browser))]

namespace Syrinx.Server.Tests.Web;

/// <summary>
/// A headless Chromium and a server with a small town in it, shared by all tests of pages and started by the first that needs
/// them. Chromium is the system's (SYRINX_CHROMIUM or the usual places): where there is none, the tests are skipped.
/// </summary>
public sealed class Browser : IAsyncDisposable
{
    private static readonly string? ChromiumPath = new[]
    {
        Environment.GetEnvironmentVariable("SYRINX_CHROMIUM"), "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome",
    }.FirstOrDefault(File.Exists);

    private readonly SemaphoreSlim _starting = new(1);
    private TestServer? _server;
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public TestServer Server => _server!;

    /// <summary>A window of its own: its cookies, language, size and scheme.</summary>
    public async Task<Visit> Visit(
        string locale = "en-US", bool phone = false, ColorScheme scheme = ColorScheme.Light, string? url = null)
    {
        Assert.SkipWhen(ChromiumPath is null, "There is no Chromium here; set SYRINX_CHROMIUM to one, or install the package chromium.");
        await Start();
        var context = await _browser!.NewContextAsync(new()
        {
            Locale = locale,
            ColorScheme = scheme,
            ReducedMotion = ReducedMotion.Reduce,
            ViewportSize = phone ? new() { Width = 390, Height = 844 } : new() { Width = 1280, Height = 800 },
            IsMobile = phone,
            HasTouch = phone,
        });
        context.SetDefaultTimeout(30_000);
        return new(context, await context.NewPageAsync(), url ?? _server!.Url);
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
            await _browser.DisposeAsync();
        _playwright?.Dispose();
        if (_server is not null)
            await _server.DisposeAsync();
        _starting.Dispose();
    }

    private async Task Start()
    {
        await _starting.WaitAsync();
        try
        {
            _server ??= await TestServer.Start(WebTown.Fill);
            _playwright ??= await Playwright.CreateAsync();
            _browser ??= await _playwright.Chromium.LaunchAsync(new()
            {
                ExecutablePath = ChromiumPath,
                Args = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run", "--disable-component-update"],
            });
        }
        finally
        {
            _starting.Release();
        }
    }
}
