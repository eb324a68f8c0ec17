using System.Reflection;

namespace Syrinx.Data.Corpus.Classifiers;

/// <summary>
/// The trained classifiers that labelling uses: those that are shipped, and a user's own, which add labels or take the place of the
/// shipped ones of the same name. Immutable and thread-safe.
/// </summary>
public sealed class LabelModels
{
    private LabelModels(LabelFile spam, LabelFile toxicity, LabelFile? nsfw, LabelFile bot, IReadOnlyList<LabelFile> own)
    {
        Spam = spam;
        Toxicity = toxicity;
        Nsfw = nsfw;
        Bot = bot;
        Own = own;
        NoOwnScores = new float[own.Count];
    }

    /// <summary>What is shipped: spam and toxicity of texts, bots by their accounts. Adult text is judged by rules alone.</summary>
    public static LabelModels BuiltIn { get; } = new(Shipped("spam"), Shipped("toxicity"), null, Shipped("bot"), []);

    /// <summary>Labels of a user's own, in the order of their names.</summary>
    public IReadOnlyList<string> OwnLabels => [.. Own.Select(o => o.Card.Label)];

    internal LabelFile Spam { get; }

    internal LabelFile Toxicity { get; }

    internal LabelFile? Nsfw { get; }

    internal LabelFile Bot { get; }

    internal IReadOnlyList<LabelFile> Own { get; }

    /// <summary>What <see cref="OwnScores"/> is of a text that was not read: zeros. Not to be changed.</summary>
    internal float[] NoOwnScores { get; }

    /// <summary>Scores of a user's own labels, 0…1, in the order of <see cref="OwnLabels"/>.</summary>
    /// <param name="features">A text's <see cref="TextFeatures"/>.</param>
    internal float[] OwnScores(ReadOnlySpan<int> features)
    {
        if (Own.Count == 0)
            return NoOwnScores;
        var scores = new float[Own.Count];
        for (int i = 0; i < scores.Length; i++)
            scores[i] = Own[i].Text!.Probability(features);
        return scores;
    }

    /// <summary>Whether a label's weights are a user's: then no rule of ours is mixed in.</summary>
    internal bool IsOwn(LabelFile weights) => !ReferenceEquals(weights, BuiltIn.Spam) && !ReferenceEquals(weights, BuiltIn.Toxicity)
        && !ReferenceEquals(weights, BuiltIn.Bot);

    /// <summary>The shipped classifiers and those of a folder (<c>*.label</c>); a folder that is not there has none.</summary>
    /// <exception cref="InputException">A file there is no weights file, or two have one label.</exception>
    public static LabelModels Load(string folder)
    {
        if (!Directory.Exists(folder))
            return BuiltIn;
        var own = new SortedDictionary<string, LabelFile>(StringComparer.Ordinal);
        foreach (string path in Directory.EnumerateFiles(folder, "*" + LabelFile.Extension).Order(StringComparer.Ordinal))
        {
            var weights = LabelFile.Read(path);
            if ((weights.Card.Label == LabelTrainer.BotLabel) != (weights.Card.Kind == "account"))
                throw new InputException($"{path}: only '{LabelTrainer.BotLabel}' is a label of accounts, and it is one. Train it again.");
            if (!own.TryAdd(weights.Card.Label, weights))
                throw new InputException($"{folder} has two weights files for the label '{weights.Card.Label}': keep one of them.");
        }
        LabelFile? Take(string label) => own.Remove(label, out var weights) ? weights : null;
        return own.Count == 0 ? BuiltIn : new(
            Take("spam") ?? BuiltIn.Spam, Take("toxicity") ?? BuiltIn.Toxicity, Take("nsfw"), Take("bot") ?? BuiltIn.Bot, [.. own.Values]);
    }

    private static LabelFile Shipped(string label)
    {
        string name = "Labels/" + label + LabelFile.Extension;
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The program lacks its resource {name}.");
        return LabelFile.Read(stream, name);
    }
}
