using Syrinx.Data.Posts.Readers;
using Syrinx.Data.Posts.Sources;

namespace Syrinx.Data.Posts.Import;

/// <summary>
/// Decides which reader reads which file. With a format given, the files whose names fit it, and whatever is named on the
/// command line itself; with <c>auto</c>, what names and first bytes tell. What nobody reads is noted, not opened.
/// </summary>
internal sealed class ImportSources(ImportSettings settings, ImportScope scope)
{
    private readonly List<string> _unread = [], _closed = [], _empty = [];

    /// <summary>The work of reading everything, in order: to be run on any thread, results to be taken in order.</summary>
    public IEnumerable<Func<ReadBatch>> Plan()
    {
        foreach (string given in settings.Paths)
        {
            // What the other files of an archive say of its owner (is the account public?) counts for a single one too.
            bool ofArchive = settings.Format is "auto" or "x-archive"
                && File.Exists(given) && XArchiveFiles.IsTweets(Path.GetFileName(given));
            string path = ofArchive ? Path.GetDirectoryName(Path.GetFullPath(given))! : given;
            string full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
            string label = Path.GetFileName(File.Exists(full) ? Path.GetDirectoryName(full) : full) ?? "";
            foreach (var container in SourceContainer.Under(path))
            {
                using (container)
                {
                    foreach (var work in Plan(container, container.IsArchive ? Path.GetFileNameWithoutExtension(container.Name) : label))
                        yield return work;
                    scope.Close();
                }
            }
        }
        if (_closed.Count > 0)
            scope.Note(Closed());
        if (_empty.Count > 0)
            scope.Note(Empty());
        if (_unread.Count > 0)
        {
            string what = settings.Format == "auto" ? "export that auto knows" : settings.Format + " by name";
            scope.Note($"{ImportScope.Names(_unread)} left unread, being no {what}.");
        }
    }

    /// <summary>What would have been right, for an error.</summary>
    public string Expected() => (SourceFormats.Find(settings.Format) is { } format ? $"expected {format.Expected}."
        : $"expected exports of one of these formats: {string.Join(", ", ImportSettings.Formats.Skip(1))}.")
        + (_empty.Count > 0 ? " " + Empty() : "") + (_closed.Count > 0 ? " " + Closed() : "");

    private string Empty() => $"{ImportScope.Names(_empty)} empty.";

    private string Closed() => $"{ImportScope.Names(_closed)} left closed, for archives in archives are not opened: unpack what they lie in, and import the folder.";

    private bool IsWanted(SourceContainer container, SourceFile file) =>
        SourceFormats.IsCsv(file) && (container.IsSingleFile || settings.Map.Count > 0);

    private IEnumerable<Func<ReadBatch>> Plan(SourceContainer container, string label)
    {
        scope.Label = label;
        IReadOnlyList<XArchiveFiles> archives = [];
        if (settings.Format is "auto" or "x-archive" && !container.IsSingleFile)
        {
            archives = XArchiveFiles.In(container, label);
            foreach (var archive in archives)
            {
                // Whether the account is public stands in another file.
                if (container.IsPassing)
                    throw new InputException($"{container.Name} is a packed tar with an archive of X in it, whose files can only be "
                        + "read together. Unpack it, then import the folder.");
                foreach (var work in XArchiveReader.Plan(scope, archive))
                    yield return work;
            }
        }
        foreach (var file in container.Files)
        {
            if (archives.Any(a => a.Holds(file)))
                continue;
            var format = SourceFormats.Find(settings.Format);
            // A table that is named itself, or whose columns are told, is one.
            if (settings.Format == "auto")
                format = SourceFormats.Find(FormatGuess.Of(file) ?? (IsWanted(container, file) ? "csv" : null));
            else if (!container.IsSingleFile && !format!.FitsName(file))
                format = null;
            if (format?.Plan is not { } plan)
            {
                bool isArchive = container.IsArchive && SourceContainer.IsArchiveName(file.Name);
                (isArchive ? _closed : file.Length == 0 || container.IsSingleFile && file.Peek(1).Length == 0 ? _empty : _unread).Add(file.Name);
                continue;
            }
            if (file.Peek(1).Length == 0)
            {
                _empty.Add(file.Name);
                continue;
            }
            foreach (var work in plan(scope, file, settings))
                yield return work;
        }
    }
}
