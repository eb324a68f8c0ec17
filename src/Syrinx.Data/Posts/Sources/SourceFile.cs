using System.IO.Compression;

namespace Syrinx.Data.Posts.Sources;

/// <summary>
/// One file of an export: on disk, or an entry of a zip. Nothing of it is read before <see cref="Open"/>, so that files
/// which nobody asks for stay closed.
/// </summary>
/// <param name="name">As reports and posts show it: relative to what was given on the command line.</param>
/// <param name="length">Bytes on disk, for the progress.</param>
/// <param name="open">Opens the raw bytes.</param>
internal sealed class SourceFile(string name, long length, Func<Stream> open)
{
    public string Name { get; } = name;

    public long Length { get; } = length;

    public bool IsGzip => Name.EndsWith(".gz", StringComparison.OrdinalIgnoreCase);

    /// <summary>File name without folders and without <c>.gz</c>.</summary>
    public string PlainName => Path.GetFileName(IsGzip ? Name[..^3] : Name);

    /// <summary>In lower case, with its dot, <c>.gz</c> aside.</summary>
    public string Extension => Path.GetExtension(PlainName).ToLowerInvariant();

    /// <summary>Opens the content, unpacked.</summary>
    /// <exception cref="InputException">The file cannot be read.</exception>
    public Stream Open()
    {
        try
        {
            var raw = open();
            return new CheckedStream(Name, IsGzip ? new GZipStream(raw, CompressionMode.Decompress) : raw, IsGzip ? raw : null);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            throw new InputException($"{Name} cannot be read: {e.Message}", e);
        }
    }
}
