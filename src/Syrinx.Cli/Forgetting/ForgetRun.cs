using System.Diagnostics;
using System.Text.Json;
using Syrinx.Cli.Terminal;
using Syrinx.Data.Corpus;
using Syrinx.Data.Posts;
using Syrinx.Data.Posts.Forgetting;
using Syrinx.Search;
using Syrinx.Server.Chat;
using Syrinx.Tokens;

namespace Syrinx.Cli.Forgetting;

/// <summary>
/// Takes an author out of a home folder, step by step, each of which may be repeated: posts and what others quoted of them,
/// quarantine, corpus (curated anew with the settings that made it), tokens, files of runs, index, conversations. What there was is
/// written down first, as keyed hashes; a run that was interrupted goes on from that. At the end everything is read again, and what
/// is left is counted into the report.
/// </summary>
internal sealed class ForgetRun(VerbContext context)
{
    private static readonly JsonSerializerOptions Json = new(VerbRunner.ReportJson) { WriteIndented = true };

    private readonly HomeFolder _home = context.Home;
    private readonly CancellationToken _cancel = context.Cancel;
    private readonly Stopwatch _clock = Stopwatch.StartNew();

    /// <summary>What there was when the removal began, and the tokens that their texts are made of.</summary>
    private sealed record Started(ForgetReport Found, int[] Tokens);

    private string Pending => Path.Combine(_home.Lineage, "forgetting.json");

    /// <summary>Forgets an author; first, if a former run was interrupted, whom that one was to forget.</summary>
    /// <param name="author">An id or a handle.</param>
    /// <exception cref="InputException">The author is not known, or the home folder cannot be written to.</exception>
    public async Task<ForgetReport> Run(string author)
    {
        if (!Directory.Exists(_home.Posts))
            throw new InputException($"There are no posts in {_home.Posts}, so there is nobody to forget. Is --home right?");
        var traces = ForgottenTraces.Open(_home);
        if (File.Exists(Pending))
        {
            context.Progress.Note("Going on with a removal that was interrupted.");
            bool same = traces.IsAuthor(author) || traces.IsName(author[(author.IndexOf(':', StringComparison.Ordinal) + 1)..].TrimStart('@'));
            var report = await Finish(traces);
            if (same)
                return report;
        }
        traces.Delete(); // of a run that ended before it had begun to remove
        traces = ForgottenTraces.Open(_home);
        Begin(AuthorLookup.Find(PostStore.Open(_home.Posts), author), traces);
        return await Finish(traces);
    }

    /// <summary>Writes down what there is of the author; removes nothing.</summary>
    private void Begin(string authorId, ForgottenTraces traces)
    {
        traces.Collect(PostStore.Open(_home.Posts), authorId, _cancel);
        var corpus = CorpusTraces.Count(_home.Corpus, traces, _cancel);
        var (saw, unknown) = ModelsThatSaw.Of(_home, authorId);
        var found = new ForgetReport
        {
            Author = SeenAuthors.Open(_home).NameOf(authorId),
            Posts = traces.Posts,
            Documents = corpus.Documents,
            Dialogues = corpus.Dialogues,
            Preferences = corpus.Preferences,
            Index = InIndex(traces),
            Conversations = 0,
            ModelsThatSaw = saw,
            ModelsUnknown = unknown,
        };
        int[] tokens = TokenizerForgetting.TokensOf(_home, authorId, traces, context.Threads, _cancel);
        // the list first: what goes on from the pending file trusts that it names the author
        OptOutList.Change(_home, list => list.Add(authorId));
        AtomicFile.WriteText(Pending, JsonSerializer.Serialize(new Started(found, tokens), Json) + "\n");
    }

    private async Task<ForgetReport> Finish(ForgottenTraces traces)
    {
        var (report, tokens) = JsonSerializer.Deserialize<Started>(File.ReadAllBytes(Pending), Json)!;
        report = report with
        {
            Quotes = ForgetInPosts.RemovePosts(_home, traces, _cancel),
            Quarantined = ForgetInPosts.CleanQuarantine(_home, traces),
        };
        Curate(traces);
        report = report with { Vocabulary = TokenizerForgetting.Remove(_home, tokens, context.Threads, _cancel) };
        Tokenize();
        report = report with { RunFiles = RunFiles.Delete(_home, report) };
        Index(traces);
        report = report with { Conversations = await InConversations(traces, remove: true) };
        report = await Proven(report, traces);
        string path = Path.Combine(_home.Lineage, FormattableString.Invariant($"forgotten-{report.Author}-{report.At:yyyyMMddHHmmss}.json"));
        report = report with { Report = Path.GetRelativePath(_home.Path, path), Seconds = Math.Round(_clock.Elapsed.TotalSeconds, 3) };
        AtomicFile.WriteText(path, JsonSerializer.Serialize(report, Json) + "\n");
        File.Delete(Pending);
        traces.Delete();
        return report;
    }

    /// <summary>Curates anew with the settings of the corpus that is there; without posts there is none any more.</summary>
    private void Curate(ForgottenTraces traces)
    {
        if (!Directory.Exists(_home.Corpus))
            return;
        using (HomeCuration.Lock(_home))
        {
            foreach (string left in Directory.GetFiles(_home.Corpus, "*.tmp"))
                File.Delete(left); // of a curation that was killed
        }
        if (!CorpusFiles.All.Any(name => File.Exists(Path.Combine(_home.Corpus, name))))
            return;
        var card = TryReadCard();
        if (card?.PostsFingerprint == PostStore.Open(_home.Posts).Fingerprint && CorpusTraces.Count(_home.Corpus, traces, _cancel) is
            { Documents: 0, Dialogues: 0, Preferences: 0, Labels: 0 })
            return;
        try
        {
            HomeCuration.Run(_home, null, card?.Settings ?? new CurateSettings(), context.Threads, context.Progress, _cancel);
        }
        // a full disk, or another curation at work, says nothing about the posts: the corpus waits for the next run
        catch (InputException e) when (e.InnerException is not { } cause || WriteError.Reason(cause) is null)
        {
            context.Progress.Note($"The corpus is deleted, because none can be made of the posts that are left: {e.Message}");
            foreach (string name in CorpusFiles.All)
                File.Delete(Path.Combine(_home.Corpus, name));
        }
    }

    private Data.Corpus.Card.CorpusCard? TryReadCard()
    {
        try
        {
            return CorpusFiles.ReadCard(_home.Corpus);
        }
        catch (InputException)
        {
            return null; // of an older version
        }
    }

    private void Tokenize()
    {
        string tokenizer = Path.Combine(_home.Tokens, "tokenizer.json");
        string[] shards = [.. new[] { "train.bin", "val.bin", "tokens.json" }.Select(n => Path.Combine(_home.Tokens, n))];
        if (!shards.Any(File.Exists))
            return;
        if (File.Exists(tokenizer) && File.Exists(Path.Combine(_home.Corpus, CorpusFiles.Documents)))
            CorpusTokens.Build(_home.Corpus, tokenizer, _home.Tokens, context.Threads, context.Progress, _cancel);
        else
            Array.ForEach(shards, File.Delete);
    }

    private void Index(ForgottenTraces traces)
    {
        if (!Directory.Exists(_home.Index))
            return;
        if (PostStore.Open(_home.Posts).PostCount == 0)
            Directory.Delete(_home.Index, recursive: true);
        else if (!HomeIndex.IsCurrent(_home) || InIndex(traces) > 0)
            HomeIndex.Build(_home, context.Progress, _cancel);
    }

    private long InIndex(ForgottenTraces traces)
    {
        if (SearchIndex.FingerprintOf(_home.Index) is null)
            return 0;
        using var index = SearchIndex.Open(_home.Index);
        return index.PostIds().LongCount(traces.IsPost);
    }

    private async Task<int> InConversations(ForgottenTraces traces, bool remove)
    {
        if (!File.Exists(_home.AppDb))
            return 0;
        var database = new AppDb(_home);
        database.Migrate();
        var conversations = new ConversationRedaction(database);
        bool IsTheirs(string words) => words.Split('\n').Any(traces.IsLine);
        return remove ? await conversations.Remove(traces.IsPost, IsTheirs, _cancel)
            : (await conversations.Concerned(traces.IsPost, IsTheirs, _cancel)).Count;
    }

    /// <summary>Reads everything again and counts what is left.</summary>
    private async Task<ForgetReport> Proven(ForgetReport report, ForgottenTraces traces)
    {
        var (posts, authors, quarantined) = ForgetInPosts.Left(_home, traces, _cancel);
        var corpus = CorpusTraces.Count(_home.Corpus, traces, _cancel);
        var left = new Dictionary<string, long>
        {
            ["posts"] = posts,
            ["authors"] = authors,
            ["quarantine"] = quarantined,
            ["documents"] = corpus.Documents,
            ["dialogues"] = corpus.Dialogues,
            ["preferences"] = corpus.Preferences,
            ["labels"] = corpus.Labels,
            ["stale_tokens"] = StaleTokens(),
            ["run_files"] = RunFiles.Find(_home, report).Count(),
            ["index"] = InIndex(traces),
            ["conversations"] = await InConversations(traces, remove: false),
        };
        if (left.Values.Any(n => n != 0))
        {
            throw new InvalidOperationException(
                $"Of the author is left: {string.Join(", ", left.Where(l => l.Value != 0).Select(l => $"{l.Key} {l.Value}"))}. Run the command again.");
        }
        return report with { Left = left, SameLinesOfOthers = corpus.Lines, At = DateTime.UtcNow };
    }

    /// <summary>1 where there are tokens of other documents than those of the corpus.</summary>
    private long StaleTokens()
    {
        string record = Path.Combine(_home.Tokens, "tokens.json");
        if (!File.Exists(record))
            return Directory.Exists(_home.Tokens) && Directory.GetFiles(_home.Tokens, "*.bin").Length > 0 ? 1 : 0;
        var tokens = CorpusTokens.Build(_home.Corpus, Path.Combine(_home.Tokens, "tokenizer.json"), _home.Tokens, context.Threads, null, _cancel);
        return tokens.Reused ? 0 : 1;
    }
}
