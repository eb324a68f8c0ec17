using System.Diagnostics;
using Syrinx.Data.Corpus.Card;
using Syrinx.Data.Corpus.Classifiers;
using Syrinx.Data.Corpus.Duplicates;
using Syrinx.Data.Corpus.Text;
using Syrinx.Data.Corpus.Threads;

namespace Syrinx.Data.Corpus;

/// <summary>
/// Makes a corpus of posts: one pass over the posts that labels every one, then the stages that need to see all of them
/// (duplicates, authors, campaigns, languages), then the conversations. Labels first, drops last: every post gets one reason or a
/// document. In memory are about 130 bytes a post and 200 an author; words and signatures lie in files without a name beside the
/// corpus while it runs.
/// The result is the same for the same posts and settings, whatever the number of threads. One instance curates once.
/// </summary>
public sealed class Curator
{
    private readonly CurateSettings _settings;
    private readonly LabelModels _models;
    private readonly int _threads;
    private readonly IProgress<StageProgress>? _progress;
    private readonly CancellationToken _cancel;
    private readonly SortedDictionary<string, long> _masked = new(StringComparer.Ordinal);

    private Curator(CurateSettings settings, LabelModels models, int threads, IProgress<StageProgress>? progress, CancellationToken cancel)
    {
        _settings = settings;
        _models = models;
        _threads = threads;
        _progress = progress;
        _cancel = cancel;
    }

    /// <summary>Curates posts into a corpus folder. Files there are replaced together at the end, or not at all.</summary>
    /// <param name="source">The posts and their authors.</param>
    /// <param name="optedOut">Whether an author id is on an opt-out list.</param>
    /// <param name="corpusFolder">Where the files go; created.</param>
    /// <param name="settings">What to keep.</param>
    /// <param name="threads">Threads to use, at least 1.</param>
    /// <param name="progress">Told how far it is, or null.</param>
    /// <param name="cancel">Stops the work; the folder stays as it was.</param>
    /// <param name="record">Told the corpus' name (<see cref="CorpusCard.Corpus"/>) and the ids of the authors whose words are in
    /// it, before any file of it is put in place; or null.</param>
    /// <param name="models">The trained classifiers; null: the shipped ones.</param>
    /// <exception cref="InputException">There are no posts, nothing is left of them (the message says which reasons took them),
    /// or the folder cannot be written to.</exception>
    public static CurateReport Run(
        CurateSource source, Func<string, bool> optedOut, string corpusFolder, CurateSettings settings, int threads,
        IProgress<StageProgress>? progress, CancellationToken cancel, Action<string, IEnumerable<string>>? record = null,
        LabelModels? models = null)
    {
        var clock = Stopwatch.StartNew();
        var curator = new Curator(settings, models ?? LabelModels.BuiltIn, threads, progress, cancel);
        using var texts = new TextSpill(corpusFolder);
        var posts = new PostTable(texts);
        var judgement = new Judgement(posts, settings, curator._models, threads, cancel);
        curator.LabelAndJudge(source, new Consent(source.Authors, optedOut), corpusFolder, posts, texts, judgement);
        ReturnMemory();
        return curator.Write(source, corpusFolder, posts, judgement, record) with { Seconds = clock.Elapsed.TotalSeconds };
    }

    private void LabelAndJudge(
        CurateSource source, Consent consent, string folder, PostTable posts, TextSpill texts, Judgement judgement)
    {
        using var signatures = new SignatureFile(folder);
        Label(source, consent, posts, texts, signatures);
        ReturnMemory();
        var clusters = new DuplicateFinder(signatures, _settings.Jaccard, _threads).Find(
            i => TextNormalizer.Normalize(posts.Read(i).Whole),
            columns => Report("deduplicate", columns, TextSignature.Length, "columns"), _cancel);
        ReturnMemory();
        judgement.Pass(clusters, source.Authors);
    }

    // A stage leaves arrays as long as the posts are many. The collector would come for them when memory is short; we promise to be
    // modest, and there are a few dozen large objects to look at.
    private static void ReturnMemory() => GC.Collect(2, GCCollectionMode.Aggressive, blocking: true, compacting: true);

    private void Label(CurateSource source, Consent consent, PostTable posts, TextSpill texts, SignatureFile signatures)
    {
        var links = new ParentLinks();
        foreach (var batch in OrderedBatches.MapBatches(source.Posts, _threads, batch => ReadingBatch.Of(batch, consent, _models), _cancel))
        {
            long offset = texts.Append(batch.Records.WrittenSpan);
            for (int i = 0; i < batch.Readings.Length; i++)
            {
                var reading = batch.Readings[i];
                posts.Add(reading, offset, batch.RecordLengths[i]);
                offset += batch.RecordLengths[i];
                links.Add(batch.Ids[i], batch.Parents[i]);
                signatures.Append(batch.Signatures.AsSpan(i * TextSignature.Length, TextSignature.Length));
                foreach (var span in reading.PersonalData)
                    _masked[span.Type] = _masked.GetValueOrDefault(span.Type) + 1;
            }
            Report("label", posts.Count, source.Count, "posts");
        }
        texts.Flush();
        signatures.Flush();
        if (posts.Count == 0)
            throw new InputException("There are no posts to curate. Run 'syrinx import' first, or 'syrinx sample' for a platform to try.");
        links.Resolve(posts);
    }

    private CurateReport Write(
        CurateSource source, string folder, PostTable posts, Judgement judgement, Action<string, IEnumerable<string>>? record)
    {
        var writer = new CorpusWriter(posts, _settings, _threads, Report, _cancel);
        var facts = new CardFacts(posts, judgement, _masked, _settings);
        CorpusCard? card = null;
        AtomicFiles.Write(folder, CorpusFiles.All, files =>
        {
            writer.WriteConversations(files[CorpusFiles.Documents], files[CorpusFiles.Dialogues], files[CorpusFiles.Preferences]);
            writer.WriteLabels(files[CorpusFiles.Labels], p => judgement.BotOf(p), _models.OwnLabels);
            JsonLines.Write(files[CorpusFiles.Authors], AuthorLabel.All(posts, judgement), _cancel);
            card = facts.Card(writer, source);
            CorpusFiles.WriteCard(files[CorpusFiles.CardJson], card);
            Datasheet.Write(files[CorpusFiles.Datasheet], card);
            CardPage.Write(files[CorpusFiles.CardHtml], card);
            record?.Invoke(card.Corpus, facts.AuthorsInDocuments().Select(a => posts.Authors[a]));
        });
        return new CurateReport
        {
            Posts = card!.Posts,
            Kept = card.Kept,
            Documents = card.Documents,
            Dialogues = card.Dialogues,
            Preferences = card.Preferences,
            Characters = card.Characters,
            Dropped = card.Dropped,
            Policy = _settings.Policy.ToString().ToLowerInvariant(),
            Corpus = card.Corpus,
            Seconds = 0,
        };
    }

    private void Report(string stage, double done, double? total, string unit) =>
        _progress?.Report(new(stage, done, total, unit));
}
