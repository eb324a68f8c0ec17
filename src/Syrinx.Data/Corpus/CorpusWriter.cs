using System.Text.Json;
using Syrinx.Data.Corpus.Language;
using Syrinx.Data.Corpus.Signals;
using Syrinx.Data.Corpus.Threads;

namespace Syrinx.Data.Corpus;

/// <summary>Writes the conversations of the kept posts as documents and dialogues, and a label per post; drops what is too little
/// as a whole.</summary>
internal sealed class CorpusWriter
{
    private readonly PostFacts[] _posts;
    private readonly TextSpill _texts;
    private readonly CurateSettings _settings;
    private readonly int _threads;
    private readonly Action<string, double, double?, string> _report;
    private readonly CancellationToken _cancel;
    private readonly ConversationForest _forest;
    private string? _onlyValidation;

    public CorpusWriter(
        PostFacts[] posts, IReadOnlyDictionary<string, int> indexOfId, TextSpill texts, CurateSettings settings, int threads,
        Action<string, double, double?, string> report, CancellationToken cancel)
    {
        _posts = posts;
        _texts = texts;
        _settings = settings;
        _threads = threads;
        _report = report;
        _cancel = cancel;
        _forest = new ConversationForest(posts, indexOfId);
    }

    public long Documents { get; private set; }
    public long ValidationDocuments { get; private set; }
    public long Dialogues { get; private set; }
    public long Characters { get; private set; }

    /// <summary>Lengths of the documents in characters.</summary>
    public List<int> Lengths { get; } = [];

    /// <summary>Renders, judges and writes every conversation, in the order of their first posts.</summary>
    /// <exception cref="InputException">No document comes out; the message says which reasons took the posts.</exception>
    public void WriteConversations(Stream documents, Stream dialogues)
    {
        var roots = _forest.Roots.ToList();
        _onlyValidation = LeastThreadIfNoneIsForValidation(roots);
        int done = 0;
        foreach (var conversation in OrderedBatches.Map(roots, _threads, Build, _cancel))
        {
            foreach (var document in conversation.Documents)
            {
                WriteLine(documents, document);
                Documents++;
                ValidationDocuments += document.Split == "val" ? 1 : 0;
                Characters += document.Text.Length;
                Lengths.Add(document.Text.Length);
            }
            foreach (var dialogue in conversation.Dialogues)
            {
                WriteLine(dialogues, dialogue);
                Dialogues++;
            }
            if (++done % 2048 == 0)
                _report("conversations", done, roots.Count, "conversations");
        }
        if (Documents == 0)
            throw new InputException(NothingLeft());
    }

    /// <summary>Writes a label per post; after the conversations, which drop some.</summary>
    public void WriteLabels(Stream labels)
    {
        foreach (var post in _posts)
        {
            _cancel.ThrowIfCancellationRequested();
            WriteLine(labels, new PostLabel
            {
                Id = post.Id,
                Lang = post.Lang,
                LangScore = Math.Round(post.LangScore, 4),
                Spam = Math.Round(post.Spam, 4),
                Bot = Math.Round(post.Bot, 4),
                Campaign = post.Campaign,
                Cluster = post.Cluster == PostFacts.None ? null : _posts[post.Cluster].Id,
                Dropped = post.Dropped,
            });
        }
    }

    /// <summary>A post's cleaned and masked text.</summary>
    public PostText Read(PostFacts post) => PostText.Split(_texts.Read(post.TextOffset, post.TextLength));

    private (List<CorpusDocument> Documents, List<CorpusDialogue> Dialogues) Build(PostFacts root)
    {
        var order = _forest.ReadingOrder(root);
        var parts = ConversationText.Render(order, Read, _forest.Parent, _settings.MaxDocument);
        var quality = TextQuality.Of(parts[0].Text);
        string? reason = order.Sum(p => (double)p.Weight) < _settings.MinConversation ? DropReason.TooShort
            : parts.Count == 1 && quality.RepeatedShare > _settings.MaxRepetition ? DropReason.Repetitive
            : parts.Count == 1 && quality.SymbolShare > _settings.MaxSymbols ? DropReason.Symbols
            : null;
        if (reason is not null)
        {
            foreach (var post in order)
                post.Dropped = reason;
            return ([], []);
        }
        string split = SplitOf(root);
        string lang = LanguageOf(order);
        List<CorpusDocument> documents = [];
        foreach (var part in parts)
        {
            documents.Add(new CorpusDocument
            {
                Id = documents.Count == 0 ? root.Id : FormattableString.Invariant($"{root.Id}~{documents.Count + 1}"),
                Text = part.Text,
                Lang = lang,
                Platform = root.Platform,
                Community = root.Community,
                CreatedAt = root.CreatedAt,
                Posts = [.. part.Posts.Select(p => p.Id)],
                Split = split,
            });
        }
        return (documents, [.. DialogueBuilder.Of(order, _forest, Read, split, _settings)]);
    }

    private string SplitOf(PostFacts root) =>
        root.ThreadId == _onlyValidation || _onlyValidation is null && IsForValidation(root.ThreadId) ? "val" : "train";

    private bool IsForValidation(string threadId) => StableHash(threadId) % (ulong)_settings.ValidationEvery == 0;

    // A corpus of eighteen articles needs something to validate on too: then it is the thread with the least hash.
    private string? LeastThreadIfNoneIsForValidation(List<PostFacts> roots)
    {
        var threads = roots.Where(r => _forest.ReadingOrder(r).Sum(p => (double)p.Weight) >= _settings.MinConversation)
            .Select(r => r.ThreadId).Distinct().ToList();
        return threads.Count < 2 || threads.Exists(IsForValidation) ? null : threads.MinBy(t => (StableHash(t), t));
    }

    private static string LanguageOf(List<PostFacts> posts) =>
        posts.Where(p => p.Lang != LanguageDetector.Undetermined && p.LangScore >= 0.4f)
            .GroupBy(p => p.Lang)
            .OrderByDescending(g => g.Sum(p => (double)p.Weight)).ThenBy(g => g.Key, StringComparer.Ordinal)
            .FirstOrDefault()?.Key ?? LanguageDetector.Undetermined;

    private string NothingLeft()
    {
        var reasons = _posts.GroupBy(p => p.Dropped).OrderByDescending(g => g.Count())
            .Select(g => FormattableString.Invariant($"{g.Key} {g.Count():N0}"));
        return FormattableString.Invariant($"No document is left of {_posts.Length:N0} posts: {string.Join(", ", reasons)}. ")
            + "See docs/curate.md for what the reasons mean; --policy adult keeps more, and a longer export helps with too_short.";
    }

    private static void WriteLine<T>(Stream stream, T record)
    {
        JsonSerializer.Serialize(stream, record, CorpusFiles.Json);
        stream.WriteByte((byte)'\n');
    }

    /// <summary>FNV-1a over UTF-16, mixed: string.GetHashCode differs from run to run.</summary>
    internal static ulong StableHash(string text)
    {
        ulong hash = 0xCBF29CE484222325UL;
        foreach (char c in text)
            hash = (hash ^ c) * 0x100000001B3UL;
        hash = (hash ^ hash >> 33) * 0xFF51AFD7ED558CCDUL;
        return hash ^ hash >> 33;
    }
}
