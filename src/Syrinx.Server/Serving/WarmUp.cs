using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Syrinx.Server.Chat;

namespace Syrinx.Server.Serving;

/// <summary>
/// Does in the background, right after the start, what the first visitor would wait for: opens the index, loads the default
/// model, and has the database's model built. Pages are up meanwhile.
/// </summary>
internal sealed class WarmUp(ServedModels models, PostIndex posts, Conversations conversations, ILogger<WarmUp> log)
    : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        try
        {
            posts.Answer("warm up", null, stoppingToken);
            if (models.Default is { } model)
                await model.Load(stoppingToken);
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
}
