namespace Syrinx.Data.Posts.Import;

/// <summary>What the readers of one import tell besides records. The reading thread writes, the importing one looks.</summary>
internal sealed class ImportScope
{
    private readonly List<string> _notes = [];
    private readonly Dictionary<string, List<string>> _filesReadWith = new(StringComparer.Ordinal);
    private long _finishedBytes;
    private Sources.CheckedStream? _open;

    /// <summary>Bytes read so far, unpacked.</summary>
    public long Bytes => _finishedBytes + (_open?.BytesRead ?? 0);

    /// <summary>The file that is being read.</summary>
    public string File { get; private set; } = "";

    /// <summary>Name of the folder or archive that is read.</summary>
    public string Label { get; set; } = "";

    /// <summary>
    /// Of which site a file is that does not tell: the folder or archive that it lies in has the site's name. One line without
    /// white space, for it becomes part of ids.
    /// </summary>
    public string Site(Sources.SourceFile file)
    {
        string name = file.Folder ?? Label;
        if (Path.GetExtension(name) is ".zip" or ".tar" or ".tgz")
            name = Path.GetFileNameWithoutExtension(name);
        name = string.Concat(name.Where(c => char.IsLetterOrDigit(c) || c is '.' or '-' or '_'));
        return name.Length == 0 ? "unknown" : name;
    }

    /// <summary>Files opened.</summary>
    public long Files { get; private set; }

    /// <summary>What a person should know, in order, each once.</summary>
    public IReadOnlyList<string> Notes => [.. _notes, .. _filesReadWith.Select(f => $"{Names(f.Value)} read with {f.Key}.")];

    /// <summary>Notes how a file was understood; files that were understood alike share a note.</summary>
    public void ReadWith(string how, string file)
    {
        if (!_filesReadWith.TryGetValue(how, out var files) && _filesReadWith.Count < MaxNotes)
            _filesReadWith[how] = files = [];
        files?.Add(file);
    }

    /// <summary><c>1 file (a.csv) was</c>, <c>9 files (a.csv, b.csv, c.csv, …) were</c>.</summary>
    public static string Names(IReadOnlyList<string> files)
    {
        string names = string.Join(", ", files.Take(4)) + (files.Count > 4 ? ", …" : "");
        return files.Count == 1 ? $"1 file ({names}) was" : $"{files.Count} files ({names}) were";
    }

    /// <summary>Notes at most; a million files of a wrong kind must not fill the memory.</summary>
    private const int MaxNotes = 50;

    public void Note(string note)
    {
        if (_notes.Count < MaxNotes && !_notes.Contains(note))
            _notes.Add(note);
    }

    /// <summary>Opens a source file and counts what is read of it. One at a time.</summary>
    public Sources.CheckedStream Open(Sources.SourceFile file)
    {
        Close();
        File = file.Name;
        Files++;
        return _open = file.Open();
    }

    /// <summary>Opens a source file that is not read from front to back; the caller closes it.</summary>
    public Stream OpenSeekable(Sources.SourceFile file)
    {
        Close();
        File = file.Name;
        Files++;
        var stream = file.OpenSeekable();
        _finishedBytes += stream.Length;
        return stream;
    }

    /// <summary>Ends the file that is open, if any.</summary>
    public void Close()
    {
        _finishedBytes += _open?.BytesRead ?? 0;
        _open?.Dispose();
        _open = null;
    }
}
