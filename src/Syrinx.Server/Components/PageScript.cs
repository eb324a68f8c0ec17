using Microsoft.JSInterop;

namespace Syrinx.Server.Components;

/// <summary>
/// A page's module of <c>wwwroot/js</c>: its <c>attach</c> listens, what that returns can be disposed. A visitor who leaves
/// meanwhile is no error. Used on the circuit's thread only.
/// </summary>
internal sealed class PageScript : IAsyncDisposable
{
    private IJSObjectReference? _attached;
    private bool _disposed;

    /// <summary>Whether the page listens.</summary>
    internal bool IsAttached => _attached is not null;

    /// <summary>Loads the module and calls its <c>attach</c>.</summary>
    /// <param name="script">The page's.</param>
    /// <param name="path">Of the module, as <c>Assets</c> gives it.</param>
    /// <param name="arguments">What <c>attach</c> takes.</param>
    internal async Task Attach(IJSRuntime script, string path, params object?[] arguments)
    {
        try
        {
            await using var module = await script.InvokeAsync<IJSObjectReference>("import", "./" + path);
            _attached = await module.InvokeAsync<IJSObjectReference>("attach", arguments);
            if (_disposed)
                await DisposeAsync();
        }
        catch (Exception e) when (e is JSDisconnectedException or OperationCanceledException)
        {
            // the page is gone, and its listeners with it
        }
    }

    public async ValueTask DisposeAsync()
    {
        _disposed = true;
        if (_attached is not { } attached)
            return;
        _attached = null;
        try
        {
            await attached.InvokeVoidAsync("dispose");
            await attached.DisposeAsync();
        }
        catch (Exception e) when (e is JSDisconnectedException or OperationCanceledException)
        {
            // as above
        }
    }
}
