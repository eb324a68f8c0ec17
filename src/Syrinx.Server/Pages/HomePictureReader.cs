using System.Text.Json;
using Syrinx.Search;
using Syrinx.Server.Charts;
using Syrinx.Server.Serving;
using Syrinx.Server.Text;
using Syrinx.Tokens;

namespace Syrinx.Server.Pages;

/// <summary>Turns what stands in the home folder into what the home page draws. Safe to share between threads.</summary>
public sealed class HomePictureReader(
    HomeFolder home, HomeStatusReader status, ServedModels models, PostIndex posts, SuggestedQuestions questions, TimeProvider time)
{
    private const int Most = 6, MostRuns = 4;

    /// <summary>A run that was written to this recently is going on.</summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(15);

    private (DateTime Built, IReadOnlyList<FacetCount> Counts)? _months;

    /// <summary>Everything anew, some milliseconds.</summary>
    public HomePicture Read(UiText text)
    {
        var now = status.Read();
        var card = now.Corpus;
        var tokens = Tokens();
        return new()
        {
            Corpus = card,
            Posts = card?.Posts ?? now.IndexedPosts,
            Kept = card is null ? null : (long?)Number(card.Json, "kept"),
            TrainTokens = tokens?.Train.Tokens,
            Vocabulary = tokens?.VocabSize,
            Model = models.Default,
            Indexed = now.IndexedPosts,
            Questions = questions.In(text),
            Facts = models.Default is { } model ? Facts(model, text) : [],
            Languages = Largest(card?.Languages, text.Language, text.OtherItems),
            Communities = Largest(card?.Communities, c => c, null),
            Dropped = Largest(card?.Dropped, text.DropReason, null),
            Lengths = Histogram(card, text),
            Months = Months(text),
            Runs = [.. now.Runs.Where(r => r.Points.Any(p => p.Loss is not null)).Take(MostRuns).Reverse().Select(run => new HomeRun(
                run.Name, Lines(run, text), Summary(run, text), time.GetUtcNow().UtcDateTime - run.UpdatedAt < Fresh))],
        };
    }

    private static List<ChartItem> Largest(IReadOnlyDictionary<string, long>? counts, Func<string, string> name, string? rest)
    {
        var sorted = (counts ?? new Dictionary<string, long>()).Where(c => c.Value > 0)
            .OrderByDescending(c => c.Value).ThenBy(c => c.Key, StringComparer.Ordinal).ToList();
        bool more = rest is not null && sorted.Count > Most;
        var items = sorted.Take(more ? Most - 1 : Most).Select(c => new ChartItem(name(c.Key), c.Value)).ToList();
        if (more)
            items.Add(new(rest!, sorted.Skip(Most - 1).Sum(c => c.Value)));
        return items;
    }

    /// <summary>Documents by length: the card's bars, from the first to the last that holds any.</summary>
    private static List<ChartItem> Histogram(CorpusCard? card, UiText text)
    {
        if (card is null || !card.Json.TryGetProperty("lengths", out var bars) || bars.ValueKind != JsonValueKind.Array)
            return [];
        var items = bars.EnumerateArray().Where(bar => Number(bar, "count") is not null)
            .Select(bar => new ChartItem(
                text.LengthBar(Number(bar, "from") ?? 0, Number(bar, "to")), Number(bar, "count")!.Value)).ToList();
        int first = items.FindIndex(i => i.Value > 0), last = items.FindLastIndex(i => i.Value > 0);
        return first < 0 ? [] : items[first..(last + 1)];
    }

    /// <summary>Posts a month, from the index; counted once for each index, since it looks at every post.</summary>
    private List<ChartItem> Months(UiText text)
    {
        var built = File.GetLastWriteTimeUtc(Path.Combine(home.Index, "index.json"));
        if (_months is not { } known || known.Built != built)
            _months = known = (built, posts.Search(new() { Text = "", Limit = 0 })?.Months ?? []);
        return MonthColumns.Of(known.Counts, text);
    }

    private static List<ChartLine> Lines(RunMetrics run, UiText text)
    {
        List<ChartLine> lines = [];
        var train = run.Points.Where(p => p.Loss is not null).Select(p => new ChartPoint(p.Step, p.Loss!.Value)).ToList();
        if (train.Count > 0)
            lines.Add(new(text.TrainingLoss, train));
        var validation = run.Points.Where(p => p.ValLoss is not null).Select(p => new ChartPoint(p.Step, p.ValLoss!.Value)).ToList();
        if (validation.Count > 0)
            lines.Add(new(text.ValidationLoss, validation, Dots: true));
        return lines;
    }

    private static string Summary(RunMetrics run, UiText text)
    {
        var losses = run.Points.Where(p => p.Loss is not null).ToList();
        return losses.Count == 0 ? text.LossChart : text.LossFell(losses[0].Loss!.Value, losses[^1].Loss!.Value, losses[^1].Step);
    }

    /// <summary>
    /// Only what the files of the model and of those it came from tell; nothing is worked out but sums, and Wh from joules.
    /// </summary>
    private List<(string, string, string?)> Facts(ServedModel model, UiText text)
    {
        List<(string, string, string?)> facts =
        [
            (text.Context, text.TokensOf(model.ContextLength), null),
        ];
        if (model.Config is { } config)
        {
            facts.InsertRange(0,
            [
                (text.Parameters, text.Compact(config.Parameters), model.IsTiny ? text.TinyNote : null),
                (text.Shape, text.ShapeOf(config.NumHiddenLayers, config.HiddenSize), null),
            ]);
        }
        var line = Line(model);
        double? Sum(string name) =>
            line.Select(m => Number(m.Card!.Value, name)).Aggregate((double?)null, (sum, n) => n is null ? sum : (sum ?? 0) + n);
        if (Sum("tokens_seen") is { } seen)
            facts.Add((text.TokensSeen, text.Compact(seen), line.Count > 1 ? text.TrainedIn(line.Count) : null));
        if (Sum("flops") is { } flops)
        {
            string? took = Sum("seconds") is { } seconds ? text.Duration(TimeSpan.FromSeconds(seconds)) : null;
            facts.Add((text.ComputeSpent, text.Scientific(flops) + " FLOP", took));
        }
        if (model.Card is { ValueKind: JsonValueKind.Object } card && card.TryGetProperty("evaluations", out var evaluations))
        {
            if (Number(evaluations, "val_loss") is { } loss)
                facts.Add((text.ValidationLoss, text.Decimal(loss, 3), text.NatsAToken));
            if (Number(evaluations, "val_bpb") is { } bits)
                facts.Add((text.BitsPerByte, text.Decimal(bits, 3), null));
        }
        if (Sum("energy_joules") is { } joules)
            facts.Add((text.Energy, text.Decimal(joules / 3600, joules < 36_000 ? 2 : 0) + " Wh", text.Estimate));
        return facts;
    }

    /// <summary>The model and those it was continued or tuned from.</summary>
    private List<ServedModel> Line(ServedModel model)
    {
        List<ServedModel> line = [];
        for (var one = model; one?.Card is { ValueKind: JsonValueKind.Object } card && !line.Contains(one);)
        {
            line.Add(one);
            one = card.TryGetProperty("from", out var from) && from.ValueKind == JsonValueKind.String
                ? models.Find(from.GetString()!) : null;
        }
        return line;
    }

    private CorpusTokens? Tokens()
    {
        try
        {
            return File.Exists(Path.Combine(home.Tokens, "tokens.json")) ? CorpusTokens.Read(home.Tokens) : null;
        }
        catch (InputException)
        {
            return null;
        }
    }

    private static double? Number(JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number
            ? value.GetDouble() : null;
}
