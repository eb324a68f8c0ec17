namespace Syrinx.Cli.Quickstart;

/// <summary>What quickstart builds, and from what.</summary>
/// <param name="Paths">A person's own exports; none means the sample platform.</param>
/// <param name="Minutes">Minutes of training in all: five sixths on the posts, the rest on the dialogues.</param>
/// <param name="Fresh">Build every step anew, whatever is there.</param>
/// <param name="Depth">Layers of the model.</param>
internal sealed record QuickstartSettings(IReadOnlyList<string> Paths, double Minutes, bool Fresh, int Depth)
{
    /// <summary>Posts of the sample platform.</summary>
    public const int SamplePosts = 20_000;

    /// <summary>
    /// Layers unless told otherwise. In 75 s on two cores 3 layers reach a validation loss of 2.54 on the sample, 4 layers 2.95
    /// (bench/quickstart.md): the smaller model sees more of the posts.
    /// </summary>
    public const int DefaultDepth = 3;

    /// <summary>The model after pretraining.</summary>
    public const string BaseModel = "quickstart-base";

    /// <summary>The model after tuning, the one that is served.</summary>
    public const string Model = "quickstart";

    /// <summary>Part of the minutes that pretraining has.</summary>
    public const double PretrainingShare = 5.0 / 6;

    /// <summary>Fewer dialogues than this teach nothing; the model is served as pretrained.</summary>
    public const int FewestDialogues = 20;

    /// <exception cref="InputException">A value makes no sense.</exception>
    public QuickstartSettings Validated() => Minutes is > 0 and <= 100_000
        ? this
        : throw new InputException($"--minutes {Minutes} must be above 0, for example 1.5.");
}
