using Syrinx.Training.Native;

namespace Syrinx.Training.Tests.Native;

/// <summary>Loads libtorch before a test touches a tensor.</summary>
internal static class Torch
{
    public static void Ready() => LibTorch.Prepare();
}
