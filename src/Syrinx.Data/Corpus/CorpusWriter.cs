using System.Buffers;
using System.Security.Cryptography;
using System.Text.Json;
using Syrinx.Data.Corpus.Language;
using Syrinx.Data.Corpus.Mixing;
using Syrinx.Data.Corpus.Signals;
using Syrinx.Data.Corpus.Threads;

namespace Syrinx.Data.Corpus;

/// <summary>Writes the conversations of the kept posts as documents, dialogues and preferences, and a label per post; drops what is
/// too little as a whole, and what the mix wants less of.</summary>
internal sealed class CorpusWriter
{
    private readonly PostTable _posts;
    private readonly CurateSettings _settings;
    private readonly int _threads;
    private readonly Action<string, double, double?, string> _report;
    private readonly CancellationToken _cancel;
    private readonly ConversationForest _forest;
    private readonly IncrementalHash _content = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private ulong? _onlyValidation;

    public CorpusWriter(
        PostTable posts, CurateSettings settings, int threads, Action<string, double, double?, string> report, CancellationToken cancel)
    {
        _posts = posts;
        _settings = settings;
        _threads = threads;
        _report = report;
        _cancel = cancel;
        _forest = new ConversationForest(posts);
        Mix = new MixPlan(settings.Mix, posts, _forest);
    }

    /// <summary>How often what is in the corpus.</summary>
    public MixPlan Mix { get; }

    /// <summary>What was written so far.</summary>
    public WrittenCounts Written { get; } = new();

    /// <summary>Names the documents, dialogues and preferences that were written: 32 hex digits of SHA-256.</summary>
    public string Content => Convert.ToHexStringLower(_content.GetCurrentHash().AsSpan(0, 16));

    /// <summary>Renders, judges and writes every conversation, in the order of their first posts; repeated ones once more behind
    /// them all.</summary>
    /// <exception cref="InputException">No document comes out; the message says which reasons took the posts.</exception>
    public void WriteConversations(Stream documents, Stream dialogues, Stream preferences)
    {
        DropForMix();
        _onlyValidation = LeastThreadIfNoneIsForValidation();
        for (int copy = 1; copy <= Mix.MostCopies; copy++)
        {
            int done = 0, number = copy;
            var roots = _forest.Roots.Where(r => Mix.CopiesOf(r) >= number);
            foreach (var batch in OrderedBatches.MapBatches(roots, _threads, batch => Build(batch, number), _cancel))
            {
                Write(documents, batch.Documents);
                Write(dialogues, batch.Dialogues);
                Write(preferences, batch.Preferences);
                Written.Add(batch.Counts);
                done += batch.Conversations;
                _report("conversations", done, null, "conversations");
            }
        }
        if (Written.Documents == 0)
            throw new InputException(NothingLeft());
    }

    /// <summary>Writes a label per post; after the conversations, which drop some.</summary>
    /// <param name="labels">Where to.</param>
    /// <param name="botOf">Bot score of a post's author.</param>
    /// <param name="own">Names of a user's own labels.</param>
    public void WriteLabels(Stream labels, Func<PostFacts, float> botOf, IReadOnlyList<string> own)
    {
        foreach (var lines in OrderedBatches.MapBatches(Enumerable.Range(0, _posts.Count), _threads, batch => Labels(batch, botOf, own), _cancel))
            labels.Write(lines.WrittenSpan);
    }

    private ArrayBufferWriter<byte> Labels(int[] batch, Func<PostFacts, float> botOf, IReadOnlyList<string> own)
    {
        var lines = new ArrayBufferWriter<byte>(batch.Length * 160);
        using var json = new Utf8JsonWriter(lines, JsonLines.Options);
        foreach (int i in batch)
        {
            ref var post = ref _posts[i];
            JsonLines.Append(json, lines, new PostLabel
            {
                Id = _posts.IdOf(i),
                Lang = _posts.LanguageOf(post),
                LangScore = post.LangScore,
                Spam = post.Spam,
                Bot = Math.Round(botOf(post), 4),
                Toxicity = post.Toxicity,
                Nsfw = post.Nsfw,
                Quality = post.Quality,
                Pii = _posts.PersonalDataOf(i),
                Campaign = post.Campaign == PostFacts.None ? null : "campaign:" + _posts.IdOf(post.Campaign),
                Cluster = post.Cluster == PostFacts.None ? null : _posts.IdOf(post.Cluster),
                Dropped = post.Dropped,
                Own = own.Count == 0 ? null : own.Index().ToDictionary(o => o.Item, o => (object)Math.Round(_posts.OwnOf(i, o.Index), 4)),
            });
        }
        return lines;
    }

    private void DropForMix()
    {
        foreach (int root in _forest.Roots.Where(r => Mix.CopiesOf(r) == 0).ToList())
            Drop(_forest.ReadingOrder(root), DropReason.Mix);
    }

    private void Drop(IEnumerable<int> posts, string reason)
    {
        foreach (int post in posts)
            _posts[post].Dropped = reason;
    }

    private ConversationBatch Build(int[] roots, int copy)
    {
        var batch = new ConversationBatch { Conversations = roots.Length };
        using var json = new Utf8JsonWriter(batch.Documents, JsonLines.Options);
        foreach (int root in roots)
            Build(root, copy, batch, json);
        return batch;
    }

    private void Build(int root, int copy, ConversationBatch batch, Utf8JsonWriter json)
    {
        var order = ConversationPost.Load(root, _posts, _forest);
        var parts = ConversationText.Render(order, _settings.MaxDocument);
        TextQuality? quality = parts.Count > 1 || IsTooShort(order) ? null : TextQuality.Of(parts[0].Text);
        if (copy == 1 && WhyNot(order, quality) is { } reason)
        {
            Drop(order.Select(p => p.Facts.Index), reason);
            return;
        }
        var first = order[0];
        var place = _posts.Places[first.Facts.Place];
        string split = SplitOf(first.Facts);
        if (copy > 1 && split == "val")
            return; // what is validated on is seen once
        string lang = LanguageOf(order);
        foreach (var (i, part) in parts.Index())
        {
            var signals = QualitySignals.Of(part.Text, lang, LanguageScoreOf(part));
            string id = i == 0 ? first.Id : FormattableString.Invariant($"{first.Id}~{i + 1}");
            JsonLines.Append(json, batch.Documents, new CorpusDocument
            {
                Id = copy == 1 ? id : FormattableString.Invariant($"{id}^{copy}"),
                Text = part.Text,
                Lang = lang,
                Platform = place.Platform,
                Community = place.Community,
                CreatedAt = first.Facts.CreatedAt,
                Posts = [.. part.Posts.Select(p => p.Id)],
                Split = split,
                Quality = Math.Round((quality ?? TextQuality.Of(part.Text)).Score, 4),
                Signals = QualityJson.Numbers(signals),
                Fails = signals.Fails,
            });
            batch.Counts.AddDocument(part.Text.Length, split, place.Kind, copy);
        }
        if (copy > 1)
            return;
        var (dialogues, preferences) = DialogueBuilder.Of(order, split, _settings);
        foreach (var dialogue in dialogues)
            JsonLines.Append(json, batch.Dialogues, dialogue);
        foreach (var preference in preferences)
            JsonLines.Append(json, batch.Preferences, preference);
        batch.Counts.Dialogues += dialogues.Count;
        batch.Counts.Preferences += preferences.Count;
    }

    private bool IsTooShort(List<ConversationPost> order) => order.Sum(p => (double)p.Facts.Weight) < _settings.MinConversation;

    // A conversation in parts is not judged by its symbols.
    private string? WhyNot(List<ConversationPost> order, TextQuality? quality) =>
        IsTooShort(order) ? DropReason.TooShort
        : quality?.RepeatedShare > _settings.MaxRepetition ? DropReason.Repetitive
        : quality?.SymbolShare > _settings.MaxSymbols ? DropReason.Symbols
        : null;

    // What a post says alone was found out when it was read, and kept in ten-thousandths.
    private static double LanguageScoreOf(ConversationPart part) =>
        part.Posts is [var only] && part.Text == only.Whole && !QualityRules.IsCloseToLanguageRule(only.Facts.LangScore)
            ? only.Facts.LangScore : LanguageDetector.Detect(part.Text).Score;

    private string SplitOf(PostFacts root) =>
        root.Thread == _onlyValidation || _onlyValidation is null && IsForValidation(root.Thread) ? "val" : "train";

    private bool IsForValidation(ulong thread) => thread % (ulong)_settings.ValidationEvery == 0;

    // A corpus of eighteen articles needs something to validate on too: then it is the thread with the least hash.
    private ulong? LeastThreadIfNoneIsForValidation()
    {
        ulong? least = null;
        bool several = false;
        foreach (int root in _forest.Roots)
        {
            ulong thread = _posts[root].Thread;
            if (!_posts[root].IsKept || _forest.ReadingOrder(root).Sum(p => (double)_posts[p].Weight) < _settings.MinConversation)
                continue;
            if (IsForValidation(thread))
                return null;
            several |= least is not null && least != thread;
            least = Math.Min(least ?? ulong.MaxValue, thread);
        }
        return several ? least : null;
    }

    private static string LanguageOf(List<ConversationPost> posts) =>
        posts.Count == 1 ? (posts[0].Facts.LangScore >= 0.4 ? posts[0].Lang : LanguageDetector.Undetermined)
        : posts.Where(p => p.Lang != LanguageDetector.Undetermined && p.Facts.LangScore >= 0.4)
            .GroupBy(p => p.Lang)
            .OrderByDescending(g => g.Sum(p => (double)p.Facts.Weight)).ThenBy(g => g.Key, StringComparer.Ordinal)
            .FirstOrDefault()?.Key ?? LanguageDetector.Undetermined;

    private string NothingLeft()
    {
        var reasons = Enumerable.Range(0, _posts.Count).GroupBy(i => _posts[i].Dropped).OrderByDescending(g => g.Count())
            .Select(g => FormattableString.Invariant($"{g.Key} {g.Count():N0}"));
        return FormattableString.Invariant($"No document is left of {_posts.Count:N0} posts: {string.Join(", ", reasons)}. ")
            + "See docs/curate.md for what the reasons mean; --policy adult keeps more, and a longer export helps with too_short.";
    }

    private void Write(Stream stream, ArrayBufferWriter<byte> lines)
    {
        stream.Write(lines.WrittenSpan);
        _content.AppendData(lines.WrittenSpan);
    }
}
