using System.Diagnostics;
using System.Globalization;
using Syrinx.Cli.Terminal;
using Syrinx.Cli.Verbs;
using Syrinx.Data.Corpus;
using Syrinx.Data.Posts;
using Syrinx.Data.Posts.Import;
using Syrinx.Data.Sample;
using Syrinx.Models;
using Syrinx.Search;
using Syrinx.Tokens;
using Syrinx.Training;

namespace Syrinx.Cli.Quickstart;

/// <summary>
/// The whole way of the data, step by step: sample → import → curate → tokenizer → train → tune → index. A step whose inputs
/// and settings are unchanged is reused; an interrupted training goes on from its checkpoint.
/// </summary>
internal sealed class QuickstartRun(QuickstartSettings settings, VerbContext context)
{
    private readonly HomeFolder _home = context.Home;
    private readonly Dictionary<string, double> _seconds = [];
    private readonly bool _own = settings.Paths.Count > 0;
    private StepLedger _ledger = null!;

    /// <summary>Seconds of each step in this run; a reused step took 0.</summary>
    public IReadOnlyDictionary<string, double> Seconds => _seconds;

    /// <summary>Sample exports lie beside the home folder: what is inside it has passed the door.</summary>
    private string SampleFolder => _home.Path.TrimEnd(Path.DirectorySeparatorChar) + "-sample";

    /// <summary>Runs the steps and returns the name of the model to serve.</summary>
    /// <exception cref="InputException">Another quickstart builds the same home folder: its sample would be written anew under its import.</exception>
    public string Run()
    {
        using var guard = FolderLock.Take(In(_home.Path, ".quickstart.lock"),
            $"Another quickstart is building {_home.Path}. Wait until it has ended, or give another folder with --home DIR.");
        Prepare();
        string[] exports = _own ? [.. settings.Paths] : [Path.Combine(SampleFolder, "x-archives"), Path.Combine(SampleFolder, "x-api"), Path.Combine(SampleFolder, "ptt")];
        string? optOut = _own ? null : Path.Combine(SampleFolder, "opt-out.txt");
        if (!_own)
            Step("sample", StepLedger.Key(QuickstartSettings.SamplePosts, context.Seed), SampleFolder, WriteSample);
        Step("import", StepLedger.Key(StepLedger.KeyOfFiles(exports), optOut), _home.Posts, () => Import(exports, optOut));
        Step("curate", StepLedger.Key(PostStore.Open(_home.Posts).Fingerprint), In(_home.Corpus, CorpusFiles.Documents), Curate);
        Step("tokenizer", StepLedger.Key(KeyOf(_home.Corpus, CorpusFiles.Documents), BpeTrainer.DefaultVocabulary), In(_home.Tokens, "tokens.json"), Tokenize);
        Step("train", StepLedger.Key(KeyOf(_home.Tokens, "train.bin"), settings.Minutes, settings.Depth, context.Seed),
            WeightsOf(QuickstartSettings.BaseModel), Train);
        string model = QuickstartSettings.Model;
        if (CorpusFiles.ReadDialogues(_home.Corpus).Take(QuickstartSettings.FewestDialogues).Count() < QuickstartSettings.FewestDialogues)
        {
            context.Progress.Note($"Fewer than {QuickstartSettings.FewestDialogues} dialogues came out of these posts: the model is served as pretrained, untuned.");
            model = QuickstartSettings.BaseModel;
        }
        else
        {
            string from = Path.GetDirectoryName(WeightsOf(QuickstartSettings.BaseModel))!;
            Step("tune", StepLedger.Key(KeyOf(from, "model.safetensors"), KeyOf(_home.Corpus, CorpusFiles.Dialogues), settings.Minutes, context.Seed),
                WeightsOf(QuickstartSettings.Model), Tune);
        }
        Step("index", StepLedger.Key(PostStore.Open(_home.Posts).Fingerprint, KeyOf(_home.Corpus, CorpusFiles.Labels)), _home.Index, Index);
        return model;
    }

    /// <summary>Sees that the home folder can be written to and that it holds nothing of another platform.</summary>
    private void Prepare()
    {
        string source = _own ? string.Join('\n', settings.Paths.Select(Path.GetFullPath).Order(StringComparer.Ordinal)) : "sample";
        string ledger = In(_home.Path, "quickstart.json");
        _ledger = StepLedger.Load(ledger);
        string key = StepLedger.Key(source);
        bool ours = _ledger.IsDone("source", key);
        if (!ours && !settings.Fresh && PostStore.Open(_home.Posts).PostCount > 0)
        {
            throw new InputException($"{_home.Path} already holds posts of another source, and quickstart would mix them. " +
                "Give another folder with --home DIR, or build this one anew with --fresh; to add posts on purpose use 'syrinx import'.");
        }
        if (settings.Fresh)
        {
            foreach (string folder in new[] { _home.Posts, _home.Corpus, _home.Tokens, _home.Index }
                .Concat(new[] { QuickstartSettings.BaseModel, QuickstartSettings.Model }.SelectMany(m => new[] { _home.Model(m), _home.Run(m) })))
            {
                if (_ledger.Has("source") && Directory.Exists(folder))
                    Directory.Delete(folder, recursive: true);
            }
            _ledger = StepLedger.Empty(ledger);
        }
        _ledger.Finish("source", key, 0); // also proves that the folder can be written to, before minutes are spent
    }

    private string WriteSample()
    {
        var report = SamplePlatform.Write(SampleFolder, QuickstartSettings.SamplePosts, context.Seed, context.Progress, context.Cancel);
        return $"{N(report.Posts)} posts of an invented town, as {report.Files} export files in {SampleFolder}";
    }

    private string Import(string[] exports, string? optOut)
    {
        var report = PostImport.Run(_home, new ImportSettings { Format = "auto", Paths = exports, OptOutFile = optOut, Threads = context.Threads },
            context.Progress, context.Cancel);
        foreach (string note in report.Notes)
            context.Progress.Note("  note: " + note);
        return $"{N(report.Read)} records read: {N(report.Imported)} imported, {N(report.Skipped.Values.Sum())} skipped, {N(report.Quarantined)} in quarantine";
    }

    private string Curate()
    {
        var report = HomeCuration.Run(_home, null, new CurateSettings(), context.Threads, context.Progress, context.Cancel);
        return $"{N(report.Posts)} posts: {N(report.Kept)} in {N(report.Documents)} documents, {N(report.Dialogues)} dialogues, {N(report.Dropped.Values.Sum())} dropped";
    }

    private string Tokenize()
    {
        var folder = new ModelDirectory(_home.Tokens);
        var texts = CorpusFiles.ReadDocuments(_home.Corpus, context.Cancel).Where(d => d.Split == "train").Select(d => d.Text);
        var tokenizer = BpeTrainer.Train(texts, BpeTrainer.DefaultVocabulary, context.Threads, context.Progress, context.Cancel);
        folder.WriteTokenizer(tokenizer, contextLength: null);
        var tokens = CorpusTokens.Build(_home.Corpus, folder.TokenizerPath, _home.Tokens, context.Threads, context.Progress, context.Cancel);
        return string.Create(CultureInfo.InvariantCulture, $"{N(tokenizer.VocabSize)} tokens learnt; the corpus is {N(tokens.Train.Tokens + tokens.Val.Tokens)} tokens");
    }

    private string Train()
    {
        var recipe = TrainRecipe.ForDepth(settings.Depth) with { Minutes = settings.Minutes * QuickstartSettings.PretrainingShare, Seed = context.Seed };
        return Trained(Pretrainer.Run(new PretrainSettings(QuickstartSettings.BaseModel, recipe), Training()));
    }

    private string Tune()
    {
        var from = new ModelDirectory(_home.Model(QuickstartSettings.BaseModel));
        var recipe = TrainRecipe.ForTuning(ModelConfig.Read(from.ConfigPath)) with
        {
            Minutes = settings.Minutes * (1 - QuickstartSettings.PretrainingShare),
            Seed = context.Seed,
        };
        return Trained(Tuner.Run(
            new TuneSettings(QuickstartSettings.Model, from.Path, recipe), TuneVerb.Dialogues(context), Training()));
    }

    private string Index() => $"{N(HomeIndex.Build(_home, context.Progress, context.Cancel))} posts searchable";

    private TrainContext Training() =>
        new(_home, context.Threads, _resume, context.Progress, context.Progress.Note, context.Cancel);

    private static string Trained(TrainReport r) => string.Create(CultureInfo.InvariantCulture,
        $"{r.Params / 1e6:0.0}M parameters, {N(r.Steps)} steps, {N((long)r.TokensPerSecond)} tokens/s, MFU {r.Mfu:P0}, validation loss {r.ValLoss:0.00}");

    private bool _resume;

    private void Step(string name, string key, string output, Func<string> work)
    {
        context.Cancel.ThrowIfCancellationRequested();
        if (_ledger.IsDone(name, key) && (File.Exists(output) || Directory.Exists(output)))
        {
            _seconds[name] = 0;
            context.Progress.Note($"= {name,-10} unchanged");
            return;
        }
        _resume = _ledger.IsBegun(name, key);
        _ledger.Begin(name, key);
        long started = Stopwatch.GetTimestamp();
        string done = work();
        double seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        _ledger.Finish(name, key, seconds);
        _seconds[name] = Math.Round(seconds, 3);
        context.Progress.Complete();
        context.Progress.Note(string.Create(CultureInfo.InvariantCulture, $"✓ {name,-10} {done} ({seconds:0.0} s)"));
    }

    private string WeightsOf(string model) => In(_home.Model(model), "model.safetensors");

    private static string KeyOf(string folder, string file) => StepLedger.KeyOfFiles([In(folder, file)]);

    private static string In(string folder, string file) => Path.Combine(folder, file);

    private static string N(long n) => n.ToString("N0", CultureInfo.InvariantCulture);
}
