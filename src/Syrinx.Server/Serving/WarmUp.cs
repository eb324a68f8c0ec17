using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Syrinx.Server.Chat;

namespace Syrinx.Server.Serving;

/// <summary>
/// Does in the background, right after the start, what the first visitor would wait for: opens the index, loads the default
/// model, and has the database's model built. Pages are up meanwhile.
/// </summary>
internal sealed class WarmUp(
    ServedModels models, PostIndex posts, Conversations conversations, IHostApplicationLifetime lifetime, ILogger<WarmUp> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        try
        {
            posts.Answer("warm up", null, stoppingToken);
            if (models.Default is { } model)
                await model.Load(stoppingToken);
            // half of what a start has to compile, for pages only: whoever waits for the start comes first
            await Started(stoppingToken);
            await Task.Delay(Pause, stoppingToken);
            await conversations.List("", stoppingToken);
        }
        catch (InputException e)
        {
            // the pages and /health/ready say so, too
            log.LogError("{Message}", e.Message);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
        }
    }

    private async Task Started(CancellationToken cancel)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var _ = lifetime.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(cancel);
    }
}
