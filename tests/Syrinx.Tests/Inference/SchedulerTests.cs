using Syrinx.Inference;
using Syrinx.Tests.Tokens;
using Syrinx.Tokens;

namespace Syrinx.Tests.Inference;

public sealed class SchedulerTests : IDisposable
{
    private const int Context = 400;

    private readonly TemporaryFolder _folder = new();
    private readonly BpeTokenizer _tokenizer = TestTokenizer.Create("h+e", "l+l", "he+ll");

    public SchedulerTests() =>
        RandomModel.Write(_folder["m"], RandomModel.Config("Qwen3ForCausalLM") with { VocabSize = 270, HiddenSize = 64, IntermediateSize = 96, MaxPositionEmbeddings = Context }, 3, _tokenizer);

    public void Dispose() => _folder.Dispose();

    private LanguageModel Load(SchedulerSettings? scheduling = null, int threads = 2) =>
        LanguageModel.Load(_folder["m"], new() { Threads = threads, Quantization = Syrinx.Models.TensorType.Q8, Scheduling = scheduling ?? new() });

    private static SamplingOptions Options(int seed, int most = 40) => new() { Seed = (ulong)seed, MaxTokens = most, Temperature = 1.2f, IgnoreEnd = true };

    [Fact]
    public async Task A_seed_gives_the_same_text_whatever_else_runs()
    {
        var prompts = Enumerable.Range(0, 24).Select(i => RandomModel.Tokens(3 + i * 9, 256, i)).ToList();
        List<string> alone = [];
        using (var model = Load(new() { MostRunning = 1 }, threads: 1))
        {
            foreach (var (prompt, i) in prompts.Select((p, i) => (p, i)))
                alone.Add(new TextGeneration(model, prompt, Options(i)).RunToEnd());
        }
        using (var model = Load(new() { MostRunning = 7, PromptTokensPerStep = 48 }))
        {
            var together = await Task.WhenAll(prompts.Select((p, i) => Task.Run(() => new TextGeneration(model, p, Options(i)).RunToEnd())));
            Assert.Equal(alone, together);
            // and again, with all beginnings known
            var again = await Task.WhenAll(prompts.Select((p, i) => Task.Run(() => new TextGeneration(model, p, Options(i)).RunToEnd())));
            Assert.Equal(alone, again);
            Assert.True(model.Scheduler.CachedPromptTokens > 1000, $"{model.Scheduler.CachedPromptTokens} tokens shared");
        }
    }

    [Fact]
    public void A_known_beginning_is_not_read_anew()
    {
        using var model = Load();
        int[] shared = RandomModel.Tokens(200, 256);
        var first = new TextGeneration(model, [.. shared, 1, 2, 3], Options(1));
        first.RunToEnd();
        Assert.Equal(0, first.CachedTokens);
        var second = new TextGeneration(model, [.. shared, 9, 8], Options(1));
        second.RunToEnd();
        Assert.Equal(192, second.CachedTokens); // whole pages of 32
        // a turn that follows: the answer is known, too
        var third = new TextGeneration(model, [.. shared, 9, 8, .. _tokenizer.Encode(second.Text), 5], Options(1));
        third.RunToEnd();
        Assert.True(third.CachedTokens >= 192);
        using var fresh = Load();
        Assert.Equal(new TextGeneration(fresh, [.. shared, 9, 8], Options(1)).RunToEnd(), second.Text);
    }

    [Fact]
    public void Pages_of_old_prompts_give_way_when_memory_is_short()
    {
        long page;
        using (var probe = Load())
            page = probe.Pages.PageBytes;
        using var model = Load(new() { CacheBytes = 20 * page });
        for (int i = 0; i < 12; i++)
        {
            var generation = new TextGeneration(model, RandomModel.Tokens(300, 256, i), Options(i, 10));
            generation.RunToEnd();
            Assert.InRange(model.Pages.Used, 0, 20);
            Assert.Equal(0, generation.CachedTokens);
        }
        var last = new TextGeneration(model, RandomModel.Tokens(300, 256, 11), Options(11, 10));
        last.RunToEnd();
        Assert.Equal(288, last.CachedTokens); // the youngest is still there
    }

    [Fact]
    public async Task Generations_beyond_the_queue_are_refused_and_a_reader_who_leaves_makes_room()
    {
        using var model = Load(new() { MostRunning = 2, MostWaiting = 3 });
        using var leave = new CancellationTokenSource();
        var running = Enumerable.Range(0, 2).Select(i => new TextGeneration(model, [1, 2, i], Options(i, 350)).RunAsync(leave.Token).GetAsyncEnumerator()).ToList();
        foreach (var reader in running)
            Assert.True(await reader.MoveNextAsync());
        var waiting = Enumerable.Range(0, 3).Select(i => Task.Run(() => new TextGeneration(model, [7, i], Options(i, 5)).RunToEnd())).ToList();
        while (model.Scheduler.Waiting < 3 && model.Scheduler.Running == 2)
            await Task.Delay(1);
        if (model.Scheduler.Running == 2 && model.Scheduler.Waiting == 3) // else the two were faster than this thread
        {
            var full = Assert.Throws<QueueFullException>(() => new TextGeneration(model, [1], Options(1)).RunToEnd());
            Assert.InRange(full.RetryAfter.TotalSeconds, 1, 60);
            Assert.Contains("3 wait", full.Message);
        }
        leave.Cancel();
        foreach (var reader in running)
            await reader.DisposeAsync();
        await Task.WhenAll(waiting).WaitAsync(TimeSpan.FromSeconds(60));
        for (int i = 0; i < 2000 && model.Scheduler.Running > 0; i++)
            await Task.Delay(5);
        Assert.Equal(0, model.Scheduler.Running);
        Assert.Equal(0, model.Scheduler.CacheUsage);
    }

    [Fact]
    public async Task A_model_disposed_while_generations_run_lets_them_finish()
    {
        var model = Load();
        var generations = Enumerable.Range(0, 4).Select(i => new TextGeneration(model, [1, 2, i], Options(i, 60))).ToList();
        var running = generations.Select(g => g.RunAsync().GetAsyncEnumerator()).ToList();
        foreach (var reader in running)
            Assert.True(await reader.MoveNextAsync());
        model.Dispose();
        foreach (var reader in running)
        {
            while (await reader.MoveNextAsync())
                ;
        }
        Assert.All(generations, g => Assert.Equal(60, g.CompletionTokens));
        Assert.Throws<ObjectDisposedException>(() => new TextGeneration(model, [1], Options(1)).RunToEnd());
    }
}
