using Syrinx.Data.Posts.Readers;
using Syrinx.Data.Posts.Sources;

namespace Syrinx.Data.Posts.Import;

/// <summary>
/// Decides which reader reads which file. With a format given, the files whose names fit it, and whatever is named on the
/// command line itself; with <c>auto</c>, what names and first bytes tell. What nobody reads is noted, not opened.
/// </summary>
internal sealed class ImportSources(ImportSettings settings, ImportScope scope)
{
    private readonly List<string> _unread = [];

    /// <summary>The work of reading everything, in order: to be run on any thread, results to be taken in order.</summary>
    public IEnumerable<Func<ReadBatch>> Plan()
    {
        foreach (string given in settings.Paths)
        {
            // What the other files of an archive say of its owner (is the account public?) counts for a single one too.
            bool ofArchive = settings.Format is "auto" or "x-archive"
                && File.Exists(given) && XArchiveFiles.IsTweets(Path.GetFileName(given));
            string path = ofArchive ? Path.GetDirectoryName(Path.GetFullPath(given))! : given;
            string label = Path.GetFileNameWithoutExtension(Path.TrimEndingDirectorySeparator(Path.GetFullPath(path)));
            foreach (var container in SourceContainer.Under(path))
            {
                using (container)
                {
                    foreach (var work in Plan(container, container.IsZip ? Path.GetFileNameWithoutExtension(container.Name) : label))
                        yield return work;
                    scope.Close();
                }
            }
        }
        if (_unread.Count > 0)
        {
            string what = settings.Format == "auto" ? "export that auto knows" : settings.Format + " by name";
            scope.Note($"{ImportScope.Names(_unread)} left unread, being no {what}.");
        }
    }

    /// <summary>What would have been right, for an error.</summary>
    public string Expected() => settings.Format switch
    {
        "x-archive" => "expected the zip that X gives, or its folder with data/tweets.js.",
        "x-api" => "expected .json or .jsonl files with answers of X's API v2, or one tweet a line.",
        "ptt-text" => "expected text files with the lines 作者, 看板, 標題 and 時間.",
        "jsonl" => "expected .jsonl files with one post a line, as 'syrinx posts export' writes them.",
        "csv" => "expected .csv files with a row of column names.",
        _ => $"expected exports of one of these formats: {string.Join(", ", ImportSettings.Formats.Skip(1))}.",
    };

    private IEnumerable<Func<ReadBatch>> Plan(SourceContainer container, string label)
    {
        IReadOnlyList<XArchiveFiles> archives = [];
        if (settings.Format is "auto" or "x-archive" && !container.IsSingleFile)
        {
            archives = XArchiveFiles.In(container, label);
            foreach (var archive in archives)
            {
                foreach (var work in XArchiveReader.Plan(scope, archive))
                    yield return work;
            }
        }
        foreach (var file in container.Files)
        {
            if (archives.Any(a => a.Holds(file)))
                continue;
            string? format = settings.Format == "auto" ? FormatGuess.Of(file)
                : container.IsSingleFile || FormatGuess.FitsName(settings.Format, file) ? settings.Format : null;
            switch (format)
            {
                case "x-api":
                    foreach (var work in XApiReader.Plan(scope, file))
                        yield return work;
                    break;
                case "ptt-text":
                    foreach (var work in PttTextReader.Plan(scope, file))
                        yield return work;
                    break;
                case "jsonl":
                    foreach (var work in JsonlReader.Plan(scope, file))
                        yield return work;
                    break;
                case "csv":
                    foreach (var work in CsvReader.Plan(scope, file, settings.Map))
                        yield return work;
                    break;
                default:
                    _unread.Add(file.Name);
                    break;
            }
        }
    }
}
