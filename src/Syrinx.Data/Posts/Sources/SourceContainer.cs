using System.Formats.Tar;
using System.IO.Compression;

namespace Syrinx.Data.Posts.Sources;

/// <summary>
/// What holds source files: a single file, the loose files of a folder, a zip, a tar, or one entry of a packed tar. Only names
/// are read here. Files are in ordinal order of their names (a packed tar's in its own); hidden ones and what macOS adds to
/// zips are left out.
/// </summary>
internal sealed class SourceContainer : IDisposable
{
    private readonly ZipArchive? _zip;

    private SourceContainer(string name, IReadOnlyList<SourceFile> files, bool single = false, ZipArchive? zip = null) =>
        (Name, Files, IsSingleFile, _zip) = (name, files, single, zip);

    /// <summary>As reports show it; empty for the folder that was given itself.</summary>
    public string Name { get; }

    public IReadOnlyList<SourceFile> Files { get; }

    /// <summary>The file was named on the command line, so it is read whatever it is called.</summary>
    public bool IsSingleFile { get; }

    /// <summary>Its files lie in an archive of this name.</summary>
    public bool IsArchive { get; private init; }

    /// <summary>The other files of the archive cannot be looked at together with this one.</summary>
    public bool IsPassing { get; private init; }

    public void Dispose() => _zip?.Dispose();

    /// <summary>
    /// The containers under a path, opened one after another: dispose each before taking the next. A folder gives its loose
    /// files first and then every zip and tar in it. Archives in archives stay closed.
    /// </summary>
    /// <exception cref="InputException">There is no such path, it cannot be read, or an archive is damaged.</exception>
    public static IEnumerable<SourceContainer> Under(string path)
    {
        string full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        if (File.Exists(full))
        {
            string name = Path.GetFileName(full);
            if (!IsArchiveName(name))
                yield return new(name, [OnDisk(full, name)], single: true);
            else
            {
                foreach (var container in OpenArchive(full, name))
                    yield return container;
            }
            yield break;
        }
        if (!Directory.Exists(full))
            throw new InputException($"{path} does not exist. Give a file, a folder or a zip of the export.");
        string[] names = Names(full, path);
        yield return new("", [.. names.Where(n => !IsArchiveName(n)).Select(n => OnDisk(Path.Combine(full, n), n))]);
        foreach (string name in names.Where(IsArchiveName))
        {
            foreach (var container in OpenArchive(Path.Combine(full, name), name))
                yield return container;
        }
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

    private static IEnumerable<SourceContainer> OpenArchive(string path, string name) =>
        IsZipName(name) ? [OpenZip(path, name)] : Packing.Ending(name).Length == 0 && !IsTgzName(name) ? [OpenTar(path, name)]
            : PackedTar(path, name);

    private static SourceContainer OpenZip(string path, string name)
    {
        try
        {
            var zip = ZipFile.OpenRead(path);
            var files = zip.Entries.Where(e => !e.FullName.EndsWith('/') && !IsNoise(e.FullName))
                .OrderBy(e => e.FullName, StringComparer.Ordinal)
                .Select(e => new SourceFile(
                    $"{name}/{e.FullName}", e.CompressedLength, () => new BoundedStream(e.Open(), e.Length, isPart: false)));
            return new(name, [.. files], zip: zip) { IsArchive = true };
        }
        catch (Exception e) when (e is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            throw Damaged(name, "zip", e);
        }
    }

    /// <summary>A tar that is not packed: its entries can be opened in any order.</summary>
    private static SourceContainer OpenTar(string path, string name)
    {
        try
        {
            using var stream = File.OpenRead(path);
            using var tar = new TarReader(stream);
            var files = new List<SourceFile>();
            while (tar.GetNextEntry() is { } entry)
            {
                if (entry.EntryType is not (TarEntryType.RegularFile or TarEntryType.V7RegularFile) || IsNoise(Relative(entry.Name)))
                    continue;
                long offset = entry.DataOffset;
                long length = entry.Length;
                files.Add(new($"{name}/{Relative(entry.Name)}", length, () =>
                {
                    var whole = File.OpenRead(path);
                    whole.Position = offset;
                    return new BoundedStream(whole, length, isPart: true);
                }));
            }
            return new(name, [.. files.OrderBy(f => f.Name, StringComparer.Ordinal)]) { IsArchive = true };
        }
        catch (Exception e) when (e is InvalidDataException or IOException or UnauthorizedAccessException or FormatException
            or ArgumentException)
        {
            throw Damaged(name, "tar", e);
        }
    }

    /// <summary>A packed tar passes by once, an entry at a time.</summary>
    private static IEnumerable<SourceContainer> PackedTar(string path, string name)
    {
        var packed = new SourceFile(IsTgzName(name) ? name[..^4] + ".gz" : name, 0, () => File.OpenRead(path));
        using var stream = packed.Open();
        using var tar = new TarReader(stream);
        while (Next(tar, name) is { } entry)
        {
            if (entry is not { EntryType: TarEntryType.RegularFile or TarEntryType.V7RegularFile, DataStream: { } data }
                || IsNoise(Relative(entry.Name)))
                continue;
            var file = new SourceFile($"{name}/{Relative(entry.Name)}", entry.Length,
                () => new BoundedStream(data, entry.Length, isPart: true), once: true);
            yield return new(name, [file]) { IsArchive = true, IsPassing = true };
        }
        stream.CopyTo(Stream.Null); // only at its end does it tell whether it was cut
    }

    private static TarEntry? Next(TarReader tar, string name)
    {
        try
        {
            return tar.GetNextEntry();
        }
        catch (Exception e) when (e is InvalidDataException or IOException or FormatException or ArgumentException)
        {
            throw Damaged(name, "tar", e);
        }
    }

    private static InputException Damaged(string name, string kind, Exception e) => new(
        $"{name} is not a whole {kind} file: {e.Message} Nothing was imported; download or copy it again, then import again.", e);

    /// <summary>Whether a file is a zip or a tar by its name.</summary>
    public static bool IsArchiveName(string name) => IsZipName(name) || IsTgzName(name)
        || name[..^Packing.Ending(name).Length].EndsWith(".tar", StringComparison.OrdinalIgnoreCase);

    private static bool IsZipName(string name) => name.EndsWith(".zip", StringComparison.OrdinalIgnoreCase);

    private static bool IsTgzName(string name) => name.EndsWith(".tgz", StringComparison.OrdinalIgnoreCase);

    /// <summary><c>./outbox.json</c> as <c>outbox.json</c>.</summary>
    private static string Relative(string name) => name.StartsWith("./", StringComparison.Ordinal) ? name[2..] : name;

    private static bool IsNoise(string name) => name.Split('/').Any(part => part.StartsWith('.') || part == "__MACOSX");
}
