using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace Syrinx.Server.OpenAi;

/// <summary>Several choices of one request, made at once, as one stream.</summary>
internal static class ChoiceStreams
{
    /// <summary>Items of all streams as they come, each with its stream's number; the first error ends all of them.</summary>
    public static async IAsyncEnumerable<(int Index, T Item)> Merge<T>(
        int count, Func<int, CancellationToken, IAsyncEnumerable<T>> stream, [EnumeratorCancellation] CancellationToken cancel)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        // bounded: a slow reader holds the writers up
        var channel = Channel.CreateBounded<(int, T)>(16);
        async Task Write(int index)
        {
            await foreach (var item in stream(index, stop.Token).WithCancellation(stop.Token))
                await channel.Writer.WriteAsync((index, item), stop.Token);
        }
        var all = Task.Run(async () =>
        {
            Exception? error = null;
            try
            {
                await Task.WhenAll(Enumerable.Range(0, count).Select(async i =>
                {
                    try
                    {
                        await Write(i);
                    }
                    catch (Exception e)
                    {
                        Interlocked.CompareExchange(ref error, e, null);
                        await stop.CancelAsync();
                    }
                }));
            }
            finally
            {
                channel.Writer.Complete(error);
            }
        }, CancellationToken.None);
        try
        {
            await foreach (var item in channel.Reader.ReadAllAsync(cancel))
                yield return item;
        }
        finally
        {
            await stop.CancelAsync();
            await all;
        }
    }
}
