using System.Globalization;
using System.Text;
using System.Text.Json;
using Syrinx.Data.Corpus.Classifiers;
using Syrinx.Data.Corpus.Signals;

namespace Syrinx.Data.Corpus;

/// <summary>
/// All rows of a file: 80 bytes of facts each in memory, their lines aside on disk until bots and campaigns are known. For one
/// thread.
/// </summary>
internal sealed class LabelledRows(TextSpill texts)
{
    private const int BytesAtOnce = 1 << 20;

    private readonly PostTable _rows = new(texts);
    private readonly Column<int> _templates = new();
    private readonly Dictionary<ulong, int> _firsts = [];
    private readonly Column<float> _accountOdds = new();

    /// <summary>Rows so far.</summary>
    public int Count => _rows.Count;

    /// <summary>Takes the rows of a chunk.</summary>
    public void Add(LabelledChunk chunk)
    {
        long offset = texts.Append(chunk.Records.WrittenSpan);
        foreach (var row in chunk.Rows)
        {
            int number = Count;
            int first = number;
            if (row.Template != 0 && !_firsts.TryAdd(row.Template, number))
                first = _firsts[row.Template];
            _templates.Add(first);
            _accountOdds.Add(row.AccountOdds);
            _rows.Add(row.Facts with { RecordOffset = offset }, row.Author, row.Host);
            offset += row.Length;
        }
    }

    /// <summary>Finds bots and campaigns, and writes the lines in order.</summary>
    /// <param name="stream">Where to.</param>
    /// <param name="models">The classifiers.</param>
    /// <param name="threads">Threads to use.</param>
    /// <param name="progress">Told the rows written, or null.</param>
    /// <param name="cancel">Stops the work.</param>
    public void Write(Stream stream, LabelModels models, int threads, IProgress<StageProgress>? progress, CancellationToken cancel)
    {
        texts.Flush();
        var scores = AuthorScores.Of(
            _rows, _rows.GroupBy(i => _rows[i].Author), i => _templates[i], [], models, threads, cancel);
        Campaigns.Mark(_rows, i => _templates[i], new CurateSettings().CampaignAuthors);
        for (int first = 0, last; first < Count; first = last)
        {
            cancel.ThrowIfCancellationRequested();
            int bytes = 0;
            for (last = first; last < Count && bytes < BytesAtOnce; last++)
                bytes += _rows[last].RecordLength;
            int from = first, to = last;
            texts.Read(_rows[first].RecordOffset, bytes, records =>
            {
                for (int i = from, at = 0; i < to; at += _rows[i++].RecordLength)
                    Write(stream, records.Slice(at, _rows[i].RecordLength), _rows[i], scores);
                return 0;
            });
            progress?.Report(new("write", last, Count, "rows"));
        }
    }

    private void Write(Stream stream, ReadOnlySpan<byte> record, in PostFacts row, AuthorScores scores)
    {
        stream.Write(record[(record.IndexOf(LabelledChunk.Separator) + 1)..]);
        // its own profile, and what its author does in all rows
        float bot = BotScore.Of(_accountOdds[row.Index], row.Author == PostFacts.None ? null : scores.Activities[row.Author]);
        string campaign = row.Campaign == PostFacts.None ? "null"
            : JsonSerializer.Serialize("campaign:" + _rows.IdOf(row.Campaign), CorpusFiles.Json);
        Span<byte> tail = stackalloc byte[64];
        System.Text.Unicode.Utf8.TryWrite(tail, CultureInfo.InvariantCulture, $",\"bot\":{bot:0.####},\"campaign\":", out int length);
        stream.Write(tail[..length]);
        stream.Write(Encoding.UTF8.GetBytes(campaign));
        stream.Write("}}\n"u8);
    }
}
