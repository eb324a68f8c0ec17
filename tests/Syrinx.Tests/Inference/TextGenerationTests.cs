using Syrinx.Inference;
using Syrinx.Tests.Tokens;
using Syrinx.Tokens;

namespace Syrinx.Tests.Inference;

public sealed class TextGenerationTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly BpeTokenizer _tokenizer = TestTokenizer.Create("h+e", "l+l", "he+ll");
    private readonly LanguageModel _model;

    public TextGenerationTests()
    {
        RandomModel.Write(_folder["m"], RandomModel.Config("Qwen3ForCausalLM") with { VocabSize = 270, MaxPositionEmbeddings = 40 }, 3, _tokenizer);
        _model = LanguageModel.Load(_folder["m"], new() { Threads = 1 });
    }

    public void Dispose()
    {
        _model.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Greedy_generation_is_the_likeliest_token_each_time()
    {
        var tokens = _tokenizer.Encode("hello").ToList();
        var generation = new TextGeneration(_model, tokens, new() { Temperature = 0, MaxTokens = 15, IgnoreEnd = true });
        string text = generation.RunToEnd();
        var expected = new List<int>();
        for (int i = 0; i < 15; i++)
        {
            float[] logits = _model.Forward([.. tokens, .. expected]);
            var last = logits.AsSpan(logits.Length - 270).ToArray();
            expected.Add(Array.IndexOf(last, last.Max()));
        }
        Assert.Equal(_tokenizer.Decode(expected.Where(t => t < _tokenizer.VocabSize)), text);
        Assert.Equal((15, FinishReason.Length), (generation.CompletionTokens, generation.FinishReason));
    }

    [Fact]
    public void Generation_ends_where_the_context_is_full()
    {
        var generation = new TextGeneration(_model, RandomModel.Tokens(30, 256), new() { IgnoreEnd = true });
        generation.RunToEnd();
        Assert.Equal((10, FinishReason.Length), (generation.CompletionTokens, generation.FinishReason));
    }

    [Fact]
    public void Generation_ends_at_an_end_token_and_at_a_stop_text()
    {
        var reasons = Enumerable.Range(0, 60).Select(seed =>
        {
            var generation = new TextGeneration(_model, [1], new() { Seed = (ulong)seed, Temperature = 3, TopK = 0, TopP = 1 });
            string text = generation.RunToEnd();
            Assert.DoesNotContain("<|", text);
            return generation.FinishReason;
        }).ToList();
        Assert.Contains(FinishReason.Stop, reasons);
        Assert.Contains(FinishReason.Length, reasons);

        string all = new TextGeneration(_model, [1], new() { Temperature = 0, IgnoreEnd = true }).RunToEnd();
        string stop = all.Substring(all.Length / 2, 1);
        var stopped = new TextGeneration(_model, [1], new() { Temperature = 0, IgnoreEnd = true, Stop = [stop] });
        Assert.Equal(all[..all.IndexOf(stop, StringComparison.Ordinal)], stopped.RunToEnd());
        Assert.Equal(FinishReason.Stop, stopped.FinishReason);
    }

    [Fact]
    public void A_prompt_that_leaves_no_room_is_refused_with_the_numbers()
    {
        Assert.Contains("40 tokens, but the model's context holds 40", Assert.Throws<InputException>(() => new TextGeneration(_model, new int[40], new())).Message);
        Assert.Throws<InputException>(() => new TextGeneration(_model, [], new()));
    }

    [Fact]
    public void An_empty_prompt_begins_a_new_document() =>
        Assert.Equal([_tokenizer.RequiredTokenId(BpeTokenizer.EndOfText)], TextGeneration.Prompt(_model, ""));

    [Theory]
    [InlineData(null)]
    [InlineData(7)]
    [InlineData(40)]
    public void Perplexity_predicts_every_token_once_with_the_context_that_the_stride_gives(int? stride)
    {
        string text = TestText.Paragraph(4);
        int[] ids = [_tokenizer.RequiredTokenId(BpeTokenizer.EndOfText), .. _tokenizer.Encode(text)];
        double nats = 0;
        int step = stride ?? 40;
        for (int i = 1; i < ids.Length; i++)
        {
            int end = Math.Min((i - 1) / step * step + 1 + step, ids.Length), start = Math.Max(0, end - 1 - 40);
            float[] logits = _model.Forward(ids.AsSpan(start, i - start));
            nats += Likelihood.OfToken(logits.AsSpan(logits.Length - 270), ids[i]);
        }
        var measured = Perplexity.Measure(_model, [text], stride);
        Assert.Equal(ids.Length - 1, measured.Tokens);
        Assert.Equal(nats / measured.Tokens, measured.Loss, 1e-9);
        Assert.Equal(nats / Math.Log(2) / System.Text.Encoding.UTF8.GetByteCount(text), measured.BitsPerByte, 1e-9);
        Assert.Throws<InputException>(() => Perplexity.Measure(_model, [text], 41));
    }
}
