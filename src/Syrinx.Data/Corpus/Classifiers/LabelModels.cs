using System.Reflection;

namespace Syrinx.Data.Corpus.Classifiers;

/// <summary>
/// The trained classifiers that labelling uses: those that are shipped, and a user's own, which add labels or take the place of the
/// shipped ones of the same name. Immutable and thread-safe.
/// </summary>
public sealed class LabelModels
{
    private LabelModels(LabelWeights spam, LabelWeights toxicity, LabelWeights? nsfw, LabelWeights bot, IReadOnlyList<LabelWeights> own)
    {
        Spam = spam;
        Toxicity = toxicity;
        Nsfw = nsfw;
        Bot = bot;
        Own = own;
    }

    /// <summary>What is shipped: spam and toxicity of texts, bots by their accounts. Adult text is judged by rules alone.</summary>
    public static LabelModels BuiltIn { get; } = new(Shipped("spam"), Shipped("toxicity"), null, Shipped("bot"), []);

    /// <summary>Labels of a user's own, in the order of their names.</summary>
    public IReadOnlyList<string> OwnLabels => [.. Own.Select(o => o.Card.Label)];

    internal LabelWeights Spam { get; }

    internal LabelWeights Toxicity { get; }

    internal LabelWeights? Nsfw { get; }

    internal LabelWeights Bot { get; }

    internal IReadOnlyList<LabelWeights> Own { get; }

    /// <summary>Whether a label's weights are a user's: then no rule of ours is mixed in.</summary>
    internal bool IsOwn(LabelWeights weights) => !ReferenceEquals(weights, BuiltIn.Spam) && !ReferenceEquals(weights, BuiltIn.Toxicity)
        && !ReferenceEquals(weights, BuiltIn.Bot);

    /// <summary>The shipped classifiers and those of a folder (<c>*.label</c>); a folder that is not there has none.</summary>
    /// <exception cref="InputException">A file there is no weights file, or two have one label.</exception>
    public static LabelModels Load(string folder)
    {
        if (!Directory.Exists(folder))
            return BuiltIn;
        var own = new SortedDictionary<string, LabelWeights>(StringComparer.Ordinal);
        foreach (string path in Directory.EnumerateFiles(folder, "*" + LabelWeights.Extension).Order(StringComparer.Ordinal))
        {
            var weights = LabelWeights.Read(path);
            if ((weights.Card.Label == LabelTrainer.BotLabel) != (weights.Card.Kind == "account"))
                throw new InputException($"{path}: only '{LabelTrainer.BotLabel}' is a label of accounts, and it is one. Train it again.");
            if (!own.TryAdd(weights.Card.Label, weights))
                throw new InputException($"{folder} has two weights files for the label '{weights.Card.Label}': keep one of them.");
        }
        LabelWeights? Take(string label) => own.Remove(label, out var weights) ? weights : null;
        return own.Count == 0 ? BuiltIn : new(
            Take("spam") ?? BuiltIn.Spam, Take("toxicity") ?? BuiltIn.Toxicity, Take("nsfw"), Take("bot") ?? BuiltIn.Bot, [.. own.Values]);
    }

    private static LabelWeights Shipped(string label)
    {
        string name = "Labels/" + label + LabelWeights.Extension;
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The program lacks its resource {name}.");
        return LabelWeights.Read(stream, name);
    }
}
