namespace Syrinx.Data.Posts.Import;

/// <summary>What the readers of one import tell besides records. The reading thread writes, the importing one looks.</summary>
internal sealed class ImportScope
{
    private readonly List<string> _notes = [];
    private long _finishedBytes;
    private Sources.CheckedStream? _open;

    /// <summary>Bytes read so far, unpacked.</summary>
    public long Bytes => _finishedBytes + (_open?.BytesRead ?? 0);

    /// <summary>The file that is being read.</summary>
    public string File { get; private set; } = "";

    /// <summary>Files opened.</summary>
    public long Files { get; private set; }

    /// <summary>What a person should know, in order, each once.</summary>
    public IReadOnlyList<string> Notes => _notes;

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
        return _open = (Sources.CheckedStream)file.Open();
    }

    /// <summary>Ends the file that is open, if any.</summary>
    public void Close()
    {
        _finishedBytes += _open?.BytesRead ?? 0;
        _open?.Dispose();
        _open = null;
    }
}
