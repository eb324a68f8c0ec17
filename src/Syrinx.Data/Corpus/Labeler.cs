using System.Diagnostics;
using Syrinx.Data.Corpus.Classifiers;
using Syrinx.Data.Posts.Sources;

namespace Syrinx.Data.Corpus;

/// <summary>What <c>label</c> did.</summary>
/// <param name="Rows">Rows read and written.</param>
/// <param name="Seconds">Wall-clock time.</param>
public sealed record LabelReport(long Rows, double Seconds);

/// <summary>
/// Labels the rows of a JSONL file as <c>curate</c> would see them: by the text alone language, spam, toxicity, adult content, quality,
/// where personal data stands, and which rules of web corpora it fails; by its author, and by what the author's other rows say and
/// when, bot and campaign. Drops and changes nothing. Memory holds 80 bytes a row, and the authors; the lines lie in a file without a
/// name beside the output until all rows are read.
/// </summary>
public static class Labeler
{
    /// <summary>Reads rows with <c>id</c>, <c>text</c> and optional <c>title</c>, <c>urls</c>, <c>sensitive</c>, <c>author_id</c>,
    /// <c>author</c>, <c>created_at</c>, <c>reply_to</c>, <c>quote_of</c>; writes them with <c>labels</c>.</summary>
    /// <param name="input">The JSONL file to read.</param>
    /// <param name="output">The JSONL file to write; whole or absent.</param>
    /// <param name="models">The trained classifiers.</param>
    /// <param name="threads">Threads to use; the output is the same for any number.</param>
    /// <param name="progress">Told the rows done, or null.</param>
    /// <param name="cancel">Stops the work; no file is written.</param>
    /// <exception cref="InputException">A row is malformed (the message names file, line and field), or a file cannot be
    /// opened.</exception>
    public static LabelReport Run(
        string input, string output, LabelModels models, int threads, IProgress<StageProgress>? progress, CancellationToken cancel)
    {
        var clock = Stopwatch.StartNew();
        using var source = JsonRow.Open(input);
        using var texts = new TextSpill(Path.GetDirectoryName(Path.GetFullPath(output))!);
        var rows = new LabelledRows(texts);
        foreach (var chunk in OrderedBatches.Map(
            LineRecords.Read(source), threads, chunk => LabelledChunk.Of(chunk, input, models, cancel), cancel, batch: 1))
        {
            rows.Add(chunk);
            progress?.Report(new("label", rows.Count, null, "rows"));
        }
        AtomicFile.Write(output, stream => rows.Write(stream, models, threads, progress, cancel));
        return new(rows.Count, clock.Elapsed.TotalSeconds);
    }
}
