using System.Net;
using Syrinx.Server.Keys;
using Syrinx.Server.Serving;
using Syrinx.Server.Tests.Support;

namespace Syrinx.Server.Tests.Serving;

public sealed class GenerationGateTests
{
    [Fact]
    public async Task Who_has_priority_comes_first_and_the_others_in_order()
    {
        var gate = new GenerationGate();
        var inside = await Fill(gate);
        var order = new List<string>();
        async Task Wait(string name, KeyPriority priority)
        {
            using var place = await gate.TryEnter(CancellationToken.None, priority);
            lock (order)
                order.Add(name);
        }
        Task[] all = [Wait("low", KeyPriority.Low), Wait("first", KeyPriority.Normal), Wait("second", KeyPriority.Normal), Wait("high", KeyPriority.High)];
        Assert.Equal(4, gate.Queued);
        inside[0].Dispose();
        await Task.WhenAll(all);
        Assert.Equal(["high", "first", "second", "low"], order);
        inside.ForEach(place => place.Dispose());
        Assert.Equal((0, 0), (gate.Active, gate.Queued));
    }

    [Fact]
    public async Task Who_leaves_the_queue_is_passed_over_and_makes_room()
    {
        var gate = new GenerationGate();
        var inside = await Fill(gate);
        using var gone = new CancellationTokenSource();
        List<Task<IDisposable?>> waiting = [.. Enumerable.Range(0, GenerationGate.Waiting).Select(_ => gate.TryEnter(gone.Token))];
        Assert.Null(await gate.TryEnter(CancellationToken.None));
        await gone.CancelAsync();
        foreach (var one in waiting)
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => one);
        var patient = gate.TryEnter(CancellationToken.None);
        Assert.Equal(1, gate.Queued);
        inside[0].Dispose();
        using var place = await patient;
        Assert.NotNull(place);
    }

    [Fact]
    public async Task A_server_that_ends_waits_for_replies_and_lets_in_nobody_new()
    {
        await using var server = await TestServer.Start(TownServer.Fill);
        var gate = server.App.Services.GetRequiredService<GenerationGate>();
        var inside = await gate.TryEnter(CancellationToken.None);
        var draining = gate.Drain(TimeSpan.FromSeconds(60));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await server.Http.GetAsync("/health/ready")).StatusCode);
        var (response, _) = await server.Post("/v1/completions", """{"model":"town","prompt":"a","max_tokens":1}""");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.NotNull(response.Headers.RetryAfter);
        Assert.False(draining.IsCompleted);
        inside!.Dispose();
        await draining;
    }

    private static async Task<List<IDisposable>> Fill(GenerationGate gate)
    {
        var inside = new List<IDisposable>();
        for (int i = 0; i < GenerationGate.Running; i++)
            inside.Add((await gate.TryEnter(CancellationToken.None))!);
        return inside;
    }
}
