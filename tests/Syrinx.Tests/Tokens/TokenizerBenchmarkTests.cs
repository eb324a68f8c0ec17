using Syrinx.Tokens;

namespace Syrinx.Tests.Tokens;

public class TokenizerBenchmarkTests
{
    [Fact]
    public void One_run_counts_the_text_and_measures_every_rate()
    {
        string[] texts = [.. Enumerable.Range(0, 50).Select(TestText.Paragraph)];
        var report = TokenizerBenchmark.Run(texts, 500, threads: 2, null, default);
        long bytes = texts.Sum(t => (long)System.Text.Encoding.UTF8.GetByteCount(t));
        Assert.Equal((bytes, bytes, 500, 2), (report.Bytes, report.EncodedBytes, report.Vocab, report.Threads));
        Assert.InRange(report.BytesPerToken, 1.5, 10);
        Assert.All(
            (double[])[report.TrainBytesPerSecond, report.EncodeBytesPerSecond, report.EncodeBytesPerSecondAllThreads, report.DecodeBytesPerSecond,
                report.Utf8ValidationBytesPerSecond, report.MemoryCopyBytesPerSecond, report.PeakRssBytes],
            rate => Assert.True(rate > 0 && double.IsFinite(rate)));
    }
}
