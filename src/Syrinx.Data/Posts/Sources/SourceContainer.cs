using System.IO.Compression;

namespace Syrinx.Data.Posts.Sources;

/// <summary>
/// What holds source files: a single file, the loose files of a folder, or a zip. Only names are read here. Files are in
/// ordinal order of their names; hidden ones and what macOS adds to zips are left out.
/// </summary>
internal sealed class SourceContainer : IDisposable
{
    private readonly ZipArchive? _zip;

    private SourceContainer(string name, IReadOnlyList<SourceFile> files, bool single, ZipArchive? zip) =>
        (Name, Files, IsSingleFile, _zip) = (name, files, single, zip);

    /// <summary>As reports show it; empty for the folder that was given itself.</summary>
    public string Name { get; }

    public IReadOnlyList<SourceFile> Files { get; }

    /// <summary>The file was named on the command line, so it is read whatever it is called.</summary>
    public bool IsSingleFile { get; }

    public bool IsZip => _zip is not null;

    public void Dispose() => _zip?.Dispose();

    /// <summary>
    /// The containers under a path, opened one after another: dispose each before taking the next. A folder gives its loose
    /// files first and then every zip in it.
    /// </summary>
    /// <exception cref="InputException">There is no such path, it cannot be read, or a zip is damaged.</exception>
    public static IEnumerable<SourceContainer> Under(string path)
    {
        string full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        if (File.Exists(full))
        {
            string name = Path.GetFileName(full);
            yield return IsZipName(name) ? OpenZip(full, name) : new(name, [OnDisk(full, name)], true, null);
            yield break;
        }
        if (!Directory.Exists(full))
            throw new InputException($"{path} does not exist. Give a file, a folder or a zip of the export.");
        string[] names = Names(full, path);
        yield return new("", [.. names.Where(n => !IsZipName(n)).Select(n => OnDisk(Path.Combine(full, n), n))], false, null);
        foreach (string name in names.Where(IsZipName))
            yield return OpenZip(Path.Combine(full, name), name);
    }

    private static string[] Names(string folder, string asGiven)
    {
        try
        {
            var options = new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint };
            string[] names = [.. Directory.EnumerateFiles(folder, "*", options)
                .Select(f => Path.GetRelativePath(folder, f).Replace('\\', '/')).Where(n => !IsNoise(n))];
            Array.Sort(names, StringComparer.Ordinal);
            return names;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"The folder {asGiven} cannot be read: {e.Message}", e);
        }
    }

    private static SourceFile OnDisk(string path, string name) => new(
        name, new FileInfo(path).Length, () => new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16));

    private static SourceContainer OpenZip(string path, string name)
    {
        try
        {
            var zip = ZipFile.OpenRead(path);
            var files = zip.Entries.Where(e => !e.FullName.EndsWith('/') && !IsNoise(e.FullName))
                .OrderBy(e => e.FullName, StringComparer.Ordinal)
                .Select(e => new SourceFile($"{name}/{e.FullName}", e.CompressedLength, () => new EntryStream(e.Open(), e.Length)));
            return new(name, [.. files], false, zip);
        }
        catch (Exception e) when (e is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            throw new InputException($"{name} is not a whole zip file: {e.Message} Nothing was imported; download or copy it "
                + "again, then import again.", e);
        }
    }

    private static bool IsZipName(string name) => name.EndsWith(".zip", StringComparison.OrdinalIgnoreCase);

    private static bool IsNoise(string name) => name.Split('/').Any(part => part.StartsWith('.') || part == "__MACOSX");

    /// <summary>
    /// An entry's content, which must be as long as the zip's directory says: no longer (a bomb), no shorter (cut).
    /// </summary>
    private sealed class EntryStream(Stream content, long length) : Stream
    {
        private long _read;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => length;

        public override long Position { get => _read; set => throw new NotSupportedException(); }

        public override int Read(Span<byte> buffer)
        {
            int n = content.Read(buffer);
            _read += n;
            if (n == 0 && buffer.Length > 0 && _read < length || _read > length)
                throw new InvalidDataException($"the zip promises {length} bytes there.");
            return n;
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override void Flush() { }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            if (disposing)
                content.Dispose();
            base.Dispose(disposing);
        }
    }
}
