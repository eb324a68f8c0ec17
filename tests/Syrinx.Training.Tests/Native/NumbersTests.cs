using System.Diagnostics;
using Syrinx.Training.Native;
using static TorchSharp.torch;

namespace Syrinx.Training.Tests.Native;

public sealed class NumbersTests
{
    /// <summary>With the plain operators this fails within a second or two: <c>a + b</c> alone some times a second.</summary>
    [Fact]
    public void Garbage_collections_do_not_free_numbers_that_libtorch_is_about_to_read()
    {
        Torch.Ready();
        var clock = Stopwatch.StartNew();
        bool Running() => clock.Elapsed < TimeSpan.FromSeconds(4);
        string? wrong = null;
        var collector = new Thread(() =>
        {
            while (Running())
            {
                GC.Collect(0);
                GC.WaitForPendingFinalizers();
            }
        });
        var threads = Enumerable.Range(0, 3).Select(_ => new Thread(() =>
        {
            try
            {
                while (Running())
                {
                    using var scope = NewDisposeScope();
                    var (a, b) = (ones(8, ScalarType.BFloat16), ones(8, ScalarType.BFloat16));
                    var c = a.Plus(b).Times(3).Over(2).Plus(1); // 4
                    c.PlusInPlace(b).PlusInPlace(b, 0.5).TimesInPlace(2); // 11
                    if (c.to(ScalarType.Float32).sum().item<float>() != 88)
                        wrong = "another number was read";
                }
            }
            catch (Exception e)
            {
                wrong = e.Message;
            }
        })).Append(collector).ToList();
        threads.ForEach(t => t.Start());
        threads.ForEach(t => t.Join());
        Assert.Null(wrong);
    }
}
