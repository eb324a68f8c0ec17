using System.Diagnostics;
using Syrinx.Data.Corpus.Card;
using Syrinx.Data.Corpus.Classifiers;
using Syrinx.Data.Corpus.Duplicates;
using Syrinx.Data.Corpus.Language;
using Syrinx.Data.Corpus.Signals;
using Syrinx.Data.Corpus.Threads;
using Syrinx.Data.Posts;

namespace Syrinx.Data.Corpus;

/// <summary>
/// Makes a corpus of posts: one pass over the posts that labels every one, then the stages that need to see all of them
/// (duplicates, authors, campaigns, languages), then the conversations. Labels first, drops last: every post gets one reason or a
/// document.
/// The result is the same for the same posts and settings, whatever the number of threads. One instance curates once.
/// </summary>
public sealed class Curator
{
    private readonly CurateSettings _settings;
    private readonly LabelModels _models;
    private readonly int _threads;
    private readonly IProgress<StageProgress>? _progress;
    private readonly CancellationToken _cancel;

    private readonly Dictionary<string, int> _indexOfId = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _numberOfAuthor = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _shared = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, long> _masked = new(StringComparer.Ordinal);
    private readonly HashSet<int> _bots = [];
    private PostFacts[] _posts = [];
    private List<string> _languages = [];

    private Curator(CurateSettings settings, LabelModels models, int threads, IProgress<StageProgress>? progress, CancellationToken cancel)
    {
        _settings = settings;
        _models = models;
        _threads = threads;
        _progress = progress;
        _cancel = cancel;
    }

    /// <summary>Curates posts into a corpus folder. Files there are replaced together at the end, or not at all.</summary>
    /// <param name="posts">The posts, in the store's order; enumerated once.</param>
    /// <param name="postCount">How many there are, for progress; null where unknown.</param>
    /// <param name="authors">Authors by id; may lack some.</param>
    /// <param name="optedOut">Whether an author id is on an opt-out list.</param>
    /// <param name="corpusFolder">Where the files go; created.</param>
    /// <param name="settings">What to keep.</param>
    /// <param name="threads">Threads to use, at least 1.</param>
    /// <param name="progress">Told how far it is, or null.</param>
    /// <param name="cancel">Stops the work; the folder stays as it was.</param>
    /// <param name="models">The trained classifiers; null: the shipped ones.</param>
    /// <exception cref="InputException">There are no posts, nothing is left of them (the message says which reasons took them),
    /// or the folder cannot be written to.</exception>
    public static CurateReport Run(
        IEnumerable<Post> posts, long? postCount, IReadOnlyDictionary<string, Author> authors, Func<string, bool> optedOut,
        string corpusFolder, CurateSettings settings, int threads, IProgress<StageProgress>? progress, CancellationToken cancel,
        LabelModels? models = null)
    {
        var clock = Stopwatch.StartNew();
        var curator = new Curator(settings, models ?? LabelModels.BuiltIn, threads, progress, cancel);
        using var texts = new TextSpill(corpusFolder);
        curator.Label(posts, postCount, new Consent(authors, optedOut), texts);
        var clusters = curator.FindDuplicates(texts);
        curator.JudgeAuthors(authors, clusters);
        curator.Drop(clusters);
        return curator.Write(corpusFolder, texts) with { Seconds = clock.Elapsed.TotalSeconds };
    }

    private void Label(IEnumerable<Post> posts, long? total, Consent consent, TextSpill texts)
    {
        List<PostFacts> all = [];
        foreach (var reading in OrderedBatches.Map(posts, _threads, p => PostReading.Of(p, consent.ReasonAgainst(p), _models), _cancel))
        {
            var facts = Keep(reading, all.Count, texts);
            all.Add(facts);
            _indexOfId.TryAdd(facts.Id, facts.Index);
            if (all.Count % 4096 == 0)
                Report("label", all.Count, total, "posts");
        }
        texts.Flush();
        _posts = [.. all];
        if (_posts.Length == 0)
            throw new InputException("There are no posts to curate. Run 'syrinx import' first, or 'syrinx sample' for a platform to try.");
    }

    private PostFacts Keep(PostReading reading, int index, TextSpill texts)
    {
        var post = reading.Post;
        int author = PostFacts.None;
        if (post.AuthorId is not null && !_numberOfAuthor.TryGetValue(post.AuthorId, out author))
            _numberOfAuthor.Add(post.AuthorId, author = _numberOfAuthor.Count);
        var (offset, length) = reading.Reason is null ? texts.Append(new PostText(reading.Title, reading.Text).Join()) : default;
        foreach (var span in reading.PersonalData)
            _masked[span.Type] = _masked.GetValueOrDefault(span.Type) + 1;
        return new PostFacts
        {
            Index = index,
            Id = post.Id,
            Platform = Shared(post.Platform),
            Kind = Shared(post.Kind),
            Community = post.Community is null ? null : Shared(post.Community),
            ThreadId = post.ThreadId == post.Id ? post.Id : Shared(post.ThreadId),
            Author = author,
            CreatedAt = post.CreatedAt,
            ParentId = post.ReplyTo ?? post.QuoteOf,
            Score = post.Score,
            Engagement = (post.Likes ?? 0) + 2.0 * (post.Reposts ?? 0) + (post.Replies ?? 0) + 2.0 * (post.Quotes ?? 0)
                + Math.Max(0, post.Score ?? 0),
            Lang = reading.Language.Lang,
            LangScore = reading.Language.Score,
            Spam = reading.Signals.Spam,
            ComeOn = reading.Signals.ComeOn,
            Toxicity = reading.Signals.Toxicity,
            Nsfw = reading.Signals.Nsfw,
            Links = reading.Signals.Links,
            Host = reading.Signals.Host is null ? null : Shared(reading.Signals.Host),
            Weight = reading.Weight,
            Masked = reading.Masked,
            IsQuestion = reading.IsQuestion,
            TextOffset = offset,
            TextLength = length,
            Signature = reading.Signature,
            Dropped = reading.Reason,
        };
    }

    // Boards and hosts come a million times; one string each is enough.
    private string Shared(string text)
    {
        if (!_shared.TryGetValue(text, out string? shared))
            _shared.Add(text, shared = text);
        return shared;
    }

    private DuplicateClusters FindDuplicates(TextSpill texts)
    {
        var finder = new DuplicateFinder(_settings.Jaccard);
        foreach (var post in _posts)
            finder.Add(post.Signature);
        return finder.Find(
            i => Text.TextNormalizer.Normalize(PostText.Split(texts.Read(_posts[i].TextOffset, _posts[i].TextLength)).Whole),
            bands => Report("deduplicate", bands, MinHash.Bands, "bands"), _cancel);
    }

    private void JudgeAuthors(IReadOnlyDictionary<string, Author> authors, DuplicateClusters clusters)
    {
        var sizes = new int[_posts.Length];
        foreach (var post in _posts.Where(p => p.TextLength > 0))
            sizes[clusters.TemplateOf(post.Index)]++;
        // a post that says as little as "thanks" is everybody's copy
        bool IsTemplate(PostFacts p) => sizes[clusters.TemplateOf(p.Index)] > 1 && p.Weight >= 15;

        var newest = _posts.Max(p => p.CreatedAt);
        string[] idOf = new string[_numberOfAuthor.Count];
        foreach (var (id, number) in _numberOfAuthor)
            idOf[number] = id;
        foreach (var group in _posts.Where(p => p.Author != PostFacts.None && p.TextLength > 0).GroupBy(p => p.Author))
        {
            _cancel.ThrowIfCancellationRequested();
            List<PostFacts> own = [.. group];
            float score = BotScore.Of(authors.GetValueOrDefault(idOf[group.Key]), AuthorActivity.Of(own, IsTemplate), newest, _models);
            foreach (var post in own)
                post.Bot = score;
            if (score >= _settings.MaxBot)
                _bots.Add(group.Key);
        }
        Campaigns.Mark(_posts, clusters, _settings.CampaignAuthors);
    }

    private void Drop(DuplicateClusters clusters)
    {
        foreach (var post in _posts.Where(p => p.Dropped is null))
        {
            post.Dropped =
                post.Nsfw >= _settings.MaxNsfw ? DropReason.Adult
                : post.Toxicity >= _settings.MaxToxicity ? DropReason.Toxic
                : post.Campaign is not null ? DropReason.Campaign
                : post.Bot >= _settings.MaxBot ? DropReason.Bot
                : post.Spam >= _settings.MaxSpam ? DropReason.Spam
                : null;
        }
        DropMinorLanguages();
        DropDuplicates(clusters);
        AuthorCap.Apply(_posts, _settings);
    }

    private void DropMinorLanguages()
    {
        var sure = _posts.Where(p => p.Dropped is null && p.LangScore >= _settings.SureLanguage
            && p.Lang != LanguageDetector.Undetermined)
            .GroupBy(p => p.Lang).Select(g => (Lang: g.Key, Count: g.LongCount()))
            .OrderByDescending(g => g.Count).ThenBy(g => g.Lang, StringComparer.Ordinal).ToList();
        long total = sure.Sum(g => g.Count);
        _languages = [.. sure.Where((g, i) => i == 0 || g.Count >= _settings.MinLanguageShare * total).Select(g => g.Lang)];
        foreach (var post in _posts.Where(p =>
            p.Dropped is null && p.LangScore >= _settings.SureLanguage && p.Lang != LanguageDetector.Undetermined))
        {
            // a word of English under a Chinese article is how people talk
            bool aside = post.ParentId is not null && post.Weight < _settings.ShortReply;
            if (!_languages.Contains(post.Lang) && !aside)
                post.Dropped = DropReason.MinorLanguage;
        }
    }

    // The most engaged of a cluster stays, then the earliest, then the first in the store.
    private void DropDuplicates(DuplicateClusters clusters)
    {
        foreach (var cluster in _posts.Where(p => p.TextLength > 0 && !p.Signature.IsEmpty)
            .GroupBy(p => (clusters.ClusterOf(p.Index),
                p.ParentId is not null && p.Weight < _settings.ShortReply ? p.ThreadId : null)))
        {
            List<PostFacts> members = [.. cluster];
            if (members.Count == 1)
                continue;
            var best = members.Where(p => p.Dropped is null)
                .OrderByDescending(p => p.Engagement).ThenBy(p => p.CreatedAt ?? DateTime.MaxValue).ThenBy(p => p.Index)
                    .FirstOrDefault();
            foreach (var post in members)
            {
                post.Cluster = (best ?? members[0]).Index;
                if (post.Dropped is null && post != best)
                    post.Dropped = post.Signature.Digest == best!.Signature.Digest ? DropReason.ExactDuplicate
                        : DropReason.NearDuplicate;
            }
        }
    }

    private CurateReport Write(string folder, TextSpill texts)
    {
        var writer = new CorpusWriter(_posts, _indexOfId, texts, _settings, _threads, Report, _cancel);
        var facts = new CardFacts(_posts, _languages, _masked, _bots.Count, texts, _settings);
        CorpusCard card;
        try
        {
            card = WriteFiles(folder, writer, facts);
        }
        catch
        {
            foreach (string name in CorpusFiles.All)
                File.Delete(Path.Combine(folder, name + ".tmp"));
            throw;
        }
        return new CurateReport
        {
            Posts = card.Posts,
            Kept = card.Kept,
            Documents = card.Documents,
            Dialogues = card.Dialogues,
            Characters = card.Characters,
            Dropped = card.Dropped,
            Policy = _settings.Policy.ToString().ToLowerInvariant(),
            Seconds = 0,
        };
    }

    private static CorpusCard WriteFiles(string folder, CorpusWriter writer, CardFacts facts)
    {
        CorpusCard? card = null;
        // The innermost file is renamed first and the page last, all within a moment after the last byte was written.
        AtomicFile.Write(Path.Combine(folder, CorpusFiles.CardHtml), page =>
            AtomicFile.Write(Path.Combine(folder, CorpusFiles.CardJson), numbers =>
                AtomicFile.Write(Path.Combine(folder, CorpusFiles.Labels), labels =>
                    AtomicFile.Write(Path.Combine(folder, CorpusFiles.Dialogues), dialogues =>
                        AtomicFile.Write(Path.Combine(folder, CorpusFiles.Documents), documents =>
                        {
                            writer.WriteConversations(documents, dialogues);
                            writer.WriteLabels(labels);
                            card = facts.Card(writer);
                            CorpusFiles.WriteCard(numbers, card);
                            CardPage.Write(page, card);
                        })))));
        return card!;
    }

    private void Report(string stage, double done, double? total, string unit) =>
        _progress?.Report(new(stage, done, total, unit));
}
