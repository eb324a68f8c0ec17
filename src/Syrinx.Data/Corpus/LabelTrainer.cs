using System.Diagnostics;
using System.Text.Json;
using Syrinx.Data.Corpus.Classifiers;
using Syrinx.Data.Posts;

namespace Syrinx.Data.Corpus;

/// <summary>What <c>label train</c> did.</summary>
/// <param name="Label">The label.</param>
/// <param name="Kind"><c>text</c> or <c>account</c>.</param>
/// <param name="Rows">Rows trained on.</param>
/// <param name="Positives">Of them, labelled 1.</param>
/// <param name="HeldOutRows">Rows that were kept aside for the measurement.</param>
/// <param name="HeldOutAuc">Area under the ROC curve on them; null where they are of one class.</param>
/// <param name="Path">The weights file.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="Seconds">Wall-clock time.</param>
public sealed record LabelTrainReport(
    string Label, string Kind, long Rows, long Positives, long HeldOutRows, double? HeldOutAuc, string Path, long Bytes, double Seconds);

/// <summary>
/// Trains a label on a user's own rows: a linear classifier of the text, or, for the label <c>bot</c>, boosted trees over the
/// author's fields. A fifth of the rows, chosen by their text, is never trained on and tells how good the label is.
/// </summary>
public static class LabelTrainer
{
    /// <summary>The label that is about accounts.</summary>
    public const string BotLabel = "bot";

    private const int FewestPerClass = 10;

    // What label and curate write besides.
    private static readonly string[] Reserved = ["id", "lang", "lang_score", "quality", "pii", "signals", "fails", "campaign", "cluster", "dropped"];

    /// <summary>Reads rows with <c>id</c>, <c>text</c>, <c>label</c> (0 or 1) and, for <c>bot</c>, <c>author</c>; writes
    /// <c>NAME.label</c> into a folder.</summary>
    /// <param name="input">The JSONL file.</param>
    /// <param name="label">The label's name: lower-case letters, digits and <c>_</c>.</param>
    /// <param name="folder">Where the file goes; created.</param>
    /// <param name="progress">Told the rows read, or null.</param>
    /// <param name="cancel">Stops the work; no file is written.</param>
    /// <exception cref="InputException">A row is malformed (the message names file, line and field), a class has too few rows, or
    /// the name cannot be a label's.</exception>
    public static LabelTrainReport Run(
        string input, string label, string folder, IProgress<StageProgress>? progress, CancellationToken cancel)
    {
        var clock = Stopwatch.StartNew();
        Check(label);
        bool accounts = label == BotLabel;
        List<Row> rows = [], heldOut = [];
        foreach (var (line, where) in JsonRow.Lines(input))
        {
            cancel.ThrowIfCancellationRequested();
            var row = JsonRow.Parse(line, where);
            var author = accounts ? row.Author ?? throw new InputException($"{where} has no author object; '{BotLabel}' is trained on the author's fields.") : null;
            // accounts are told apart by their handle, texts by themselves
            var part = HeldOut.Contains(author is { Handle.Length: > 0 } ? author.Handle : row.Whole) ? heldOut : rows;
            part.Add(new(row.Whole, author, row.Time("created_at"), LabelOf(row, where)));
            if ((rows.Count + heldOut.Count) % 4096 == 0)
                progress?.Report(new("read", rows.Count + heldOut.Count, null, "rows"));
        }
        int positives = rows.Count(r => r.Label);
        if (positives < FewestPerClass || rows.Count - positives < FewestPerClass)
            throw new InputException(FormattableString.Invariant(
                $"{input} has {positives} rows to train on with label 1 and {rows.Count - positives} with label 0; at least {FewestPerClass} of each are needed (a fifth of the rows is held out)."));

        progress?.Report(new("train", 0, null, "rows"));
        var text = accounts ? null : TextTraining.Fit([.. rows.Select(r => new LabelledText(r.Text, r.Label))], prior: null);
        var trees = accounts ? AccountTraining.Fit([.. rows.Select(r => (r.Author!, r.Time, r.Label))]) : null;
        double auc = RocAuc.Of(heldOut.Select(r => ((double)(text?.Score(TextFeatures.OfThread.Of(r.Text))
            ?? trees!.Score(AccountFeatures.Of(r.Author!, r.Time))), r.Label)));
        cancel.ThrowIfCancellationRequested();
        var weights = new LabelFile(
            LabelFile.NewCard(label, accounts ? "account" : "text", rows.Count, positives, heldOut.Count, auc, Path.GetFileName(input)),
            text, trees);
        string path = Path.Combine(folder, label + LabelFile.Extension);
        AtomicFile.Write(path, weights.Write);
        return new(label, weights.Card.Kind, rows.Count, positives, heldOut.Count, weights.Card.HeldOutAuc, path,
            new FileInfo(path).Length, clock.Elapsed.TotalSeconds);
    }

    private static void Check(string label)
    {
        if (label.Length is 0 or > 40 || !label.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '_'))
            throw new InputException($"'{label}' cannot be a label's name: use lower-case letters, digits and '_', at most 40.");
        if (Reserved.Contains(label))
            throw new InputException($"'{label}' is a label that is not trained; choose another name.");
    }

    private static bool LabelOf(JsonRow row, string where)
    {
        if (row.Json.TryGetProperty("label", out var value))
        {
            switch (value.ValueKind)
            {
                case JsonValueKind.True or JsonValueKind.False:
                    return value.GetBoolean();
                case JsonValueKind.Number when value.TryGetInt64(out long n) && n is 0 or 1:
                    return n == 1;
                case JsonValueKind.String when value.ValueEquals("0") || value.ValueEquals("1"):
                    return value.ValueEquals("1");
            }
        }
        throw new InputException($"{where}: 'label' should be 0 or 1.");
    }

    private sealed record Row(string Text, Author? Author, DateTime? Time, bool Label);
}
