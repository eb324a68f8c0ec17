using Syrinx.Data.Corpus.Classifiers;

namespace Syrinx.LabelWeights;

/// <summary>Makes the shipped weights again; the same sets give the same bytes.</summary>
internal static class Rebuilding
{
    // One post in twenty deserves the label, or fewer, where the labels will be used; in the sets it is one in two.
    private const double Prior = 0.05;

    /// <summary>Language codes and the Declaration's files.</summary>
    private static readonly (string Lang, string[] Files)[] Declarations =
    [
        ("en", ["eng"]), ("es", ["spa"]), ("fr", ["fra"]), ("de", ["deu"]), ("pt", ["por_PT", "por_BR"]), ("it", ["ita"]), ("nl", ["nld"]),
        ("pl", ["pol"]), ("cs", ["ces"]), ("ro", ["ron"]), ("hu", ["hun"]), ("sv", ["swe"]), ("da", ["dan"]), ("no", ["nob"]), ("fi", ["fin"]),
        ("id", ["ind"]), ("tl", ["tgl"]), ("vi", ["vie"]), ("tr", ["tur"]), ("ru", ["rus"]), ("uk", ["ukr"]), ("bg", ["bul"]), ("sr", ["srp_cyrl"]),
    ];

    /// <summary>Writes every file into a folder.</summary>
    public static void Run(DataSets sets, string folder)
    {
        Directory.CreateDirectory(folder);
        Language(sets, LanguageSeeds.Latin, Path.Combine(folder, "latin.ngrams"));
        Language(sets, LanguageSeeds.Cyrillic, Path.Combine(folder, "cyrillic.ngrams"));
        var reddit = sets.RedditPosts().ToList();
        var messages = sets.Messages();
        var tweets = sets.Tweets();
        var dev = sets.Comments("dev").Select(c => Key(c.Text)).ToHashSet();
        var comments = sets.Comments("train").Where(c => !dev.Contains(Key(c.Text))).ToList();

        Text("spam", messages, [
            .. DataSets.Background(reddit, 0.1f),
            .. DataSets.Background(tweets.Select(t => t.Text), 0.1f),
            .. DataSets.Background(comments.Select(c => c.Text), 0.1f)],
            "UCI SMS Spam Collection (CC BY 4.0); background: Reddit top posts (PDDL), tweets of Davidson et al. (MIT), COLDataset (Apache 2.0)", folder);
        Text("toxicity", [.. tweets, .. comments], [
            .. DataSets.Background(reddit, 0.3f),
            .. DataSets.Background(messages.Where(m => !m.Positive).Select(m => m.Text), 0.3f)],
            "Davidson et al. 2017 (MIT), COLDataset train (Apache 2.0); background: Reddit top posts (PDDL), UCI SMS ham (CC BY 4.0)", folder);
        Accounts(sets, folder);
    }

    private static void Language(DataSets sets, IReadOnlyList<(string Lang, string Words, string Text)> seeds, string path)
    {
        var model = NgramTraining.Train(seeds, lang => string.Join(' ',
            Declarations.Single(d => d.Lang == lang).Files.Select(f => sets.Declaration(f, 1, 20))
                .Concat(lang == "en" ? EnglishPosts(sets) : [])));
        AtomicFile.Write(path, model.Write);
        Report(path, FormattableString.Invariant($"{seeds.Count} languages"));
    }

    // English is what other platforms' names and titles look like; a wide vocabulary keeps it from being taken for French or Dutch.
    private static IEnumerable<string> EnglishPosts(DataSets sets) =>
        DataSets.Background(sets.RedditPosts(), 1).Where((_, i) => i % 10 == 0).Select(t => t.Text.Length > 300 ? t.Text[..300] : t.Text);

    private static void Text(string label, List<LabelledText> rows, IReadOnlyList<LabelledText> background, string data, string folder)
    {
        List<LabelledText> training = [.. DataSets.Training(rows)], held = [.. DataSets.Held(rows)];
        var classifier = TextTraining.Fit([.. training, .. background], Prior);
        double auc = RocAuc.Of(held.Select(r => ((double)classifier.Score(TextFeatures.OfThread.Of(r.Text)), r.Positive)));
        var card = LabelFile.NewCard(
            label, "text", training.Count, training.Count(r => r.Positive), held.Count, auc, data);
        Write(new(card, classifier, null), folder);
    }

    private static void Accounts(DataSets sets, string folder)
    {
        var accounts = sets.Accounts();
        var training = accounts.Where(a => !HeldOut.Contains(a.Author.Handle)).ToList();
        var held = accounts.Where(a => HeldOut.Contains(a.Author.Handle)).ToList();
        var trees = AccountTraining.Fit([.. training.Select(a => (a.Author, (DateTime?)DataSets.AccountsSeen, a.Bot))]);
        double auc = RocAuc.Of(held.Select(a => ((double)trees.Score(AccountFeatures.Of(a.Author, DataSets.AccountsSeen)), a.Bot)));
        var card = LabelFile.NewCard(
            "bot", "account", training.Count, training.Count(a => a.Bot), held.Count, auc, "jubins, Twitter accounts of 2017 (MIT)");
        Write(new(card, null, trees), folder);
    }

    private static void Write(LabelFile weights, string folder)
    {
        string path = Path.Combine(folder, weights.Card.Label + LabelFile.Extension);
        AtomicFile.Write(path, weights.Write);
        Report(path, FormattableString.Invariant($"{weights.Card.Rows:N0} rows"));
    }

    private static void Report(string path, string what) =>
        Console.WriteLine(FormattableString.Invariant($"{path}: {what}, {new FileInfo(path).Length:N0} bytes"));

    private static string Key(string text) => Data.Corpus.Text.TextNormalizer.Normalize(text);
}
