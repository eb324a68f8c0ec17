using TorchSharp;

namespace Syrinx.Training.Tests.Native;

public sealed class TorchLoadingTests
{
    [Fact]
    public void Libtorch_loads_and_adds()
    {
        Torch.Ready();
        using var sum = torch.ones(3) + 1;
        Assert.Equal([2f, 2f, 2f], sum.data<float>().ToArray());
    }
}
