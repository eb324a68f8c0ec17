using System.Text.Json;
using Syrinx.Data.Corpus;
using Syrinx.Data.Corpus.Classifiers;
using Syrinx.Data.Corpus.Language;
using Syrinx.Data.Posts;

namespace Syrinx.LabelWeights;

/// <summary>Measures the labels as a user gets them, through <see cref="Labeler"/>, on held-out rows.</summary>
internal sealed class Measurement(string folder)
{
    /// <summary>Characters of a piece of the Declaration.</summary>
    public const int Piece = 60;

    private readonly DataSets _sets = new(folder);

    /// <summary>The languages that are told apart, and the Declaration's file.</summary>
    public static IReadOnlyList<(string Lang, string File)> Languages { get; } =
    [
        ("en", "eng"), ("es", "spa"), ("fr", "fra"), ("de", "deu"), ("pt", "por_PT"), ("it", "ita"), ("nl", "nld"), ("pl", "pol"), ("ru", "rus"),
        ("uk", "ukr"), ("ar", "arb"), ("hi", "hin"), ("id", "ind"), ("ja", "jpn"), ("ko", "kor"), ("tr", "tur"), ("vi", "vie"), ("th", "tha"),
        ("zh-Hant", "cmn_hant"), ("zh-Hans", "cmn_hans"),
    ];

    /// <summary>Everything that has a bar.</summary>
    public IEnumerable<(string What, double Value, double Bar)> All() =>
    [
        ("spam, UCI SMS, held-out fifth: ROC AUC", Spam(), 0.98),
        ("bot, jubins, held-out fifth, with the post's time: ROC AUC", Bots(DataSets.AccountsSeen), 0.93),
        ("bot, jubins, held-out fifth, without: ROC AUC", Bots(null), 0.93),
        ("toxicity, Davidson, held-out fifth: ROC AUC", EnglishToxicity(), 0.95),
        ("toxicity, COLDataset dev: ROC AUC", ChineseToxicity(), 0.82),
        ("language, UDHR articles 21–30, 60 characters: accuracy", LanguageAccuracy(21, 30), 0.96),
    ];

    public double Spam() => Auc(DataSets.Held(_sets.Messages()), "spam");

    public double EnglishToxicity() => Auc(DataSets.Held(_sets.Tweets()), "toxicity");

    public double ChineseToxicity() => Auc(_sets.Comments("dev"), "toxicity");

    public double Bots(DateTime? seen)
    {
        var accounts = _sets.Accounts().Where(a => HeldOut.Contains(a.Author.Handle)).ToList();
        var scores = Label(accounts.Select((a, i) => Row(i, a.Author, seen)), "bot");
        return RocAuc.Of(scores.Select((s, i) => (s, accounts[i].Bot)));
    }

    /// <summary>Share of pieces whose language is told, over all pieces of all languages.</summary>
    public double LanguageAccuracy(int first, int last)
    {
        int right = 0, all = 0;
        foreach (var (lang, file) in Languages)
        {
            foreach (char[] piece in _sets.Declaration(file, first, last).Chunk(Piece).Where(p => p.Length == Piece))
            {
                right += LanguageDetector.Detect(piece).Lang == lang ? 1 : 0;
                all++;
            }
        }
        return (double)right / all;
    }

    private static double Auc(IEnumerable<LabelledText> rows, string label)
    {
        var all = rows.ToList();
        var scores = Label(all.Select((r, i) => JsonSerializer.Serialize(new { id = $"{i}", text = r.Text })), label);
        return RocAuc.Of(scores.Select((s, i) => (s, all[i].Positive)));
    }

    private static List<double> Label(IEnumerable<string> rows, string label)
    {
        string input = Path.GetTempFileName(), output = input + ".labelled";
        try
        {
            File.WriteAllLines(input, rows);
            Labeler.Run(input, output, LabelModels.BuiltIn, 2, null, default);
            return [.. File.ReadLines(output).Select(l => JsonElement.Parse(l).GetProperty("labels").GetProperty(label).GetDouble())];
        }
        finally
        {
            File.Delete(input);
            File.Delete(output);
        }
    }

    private static string Row(int id, Author a, DateTime? seen) => JsonSerializer.Serialize(new
    {
        id = $"{id}",
        text = "",
        created_at = seen,
        author = new
        {
            author_id = a.AuthorId,
            handle = a.Handle,
            name = a.Name,
            description = a.Description,
            created_at = a.CreatedAt,
            followers = a.Followers,
            following = a.Following,
            posts = a.Posts,
            likes = a.Likes,
            listed = a.Listed,
            default_profile = a.DefaultProfile,
            url = a.Url,
            location = a.Location,
        },
    });
}
