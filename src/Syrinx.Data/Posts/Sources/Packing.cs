using System.IO.Compression;
using SharpCompress.Compressors.BZip2;
using ZstdSharp;
using ZstdSharp.Unsafe;

namespace Syrinx.Data.Posts.Sources;

/// <summary>How a file is compressed, told by the end of its name; and taking it apart as a stream.</summary>
internal static class Packing
{
    /// <summary>Pushshift's dumps of Reddit are packed with windows of 2^31 bytes, which zstd refuses unless it is told.</summary>
    private const int ZstdWindowLog = 31;

    private static readonly string[] Endings = [".gz", ".bz2", ".zst"];

    /// <summary>The ending that tells how a file is packed, or empty.</summary>
    public static string Ending(string name) =>
        Endings.FirstOrDefault(e => name.EndsWith(e, StringComparison.OrdinalIgnoreCase)) ?? "";

    /// <summary>Unpacks a stream. Files of several members (as WARC and Wikipedia's multistream dumps are) are read to their end.</summary>
    /// <param name="raw">As it lies on the disk; closed with what is returned.</param>
    /// <param name="ending">What <see cref="Ending"/> told.</param>
    public static Stream Unpack(Stream raw, string ending)
    {
        switch (ending)
        {
            case ".gz":
                return new GZipStream(raw, CompressionMode.Decompress);
            case ".bz2":
                return BZip2Stream.Create(raw, SharpCompress.Compressors.CompressionMode.Decompress, decompressConcatenated: true);
            case ".zst":
                var zstd = new DecompressionStream(raw, leaveOpen: false);
                zstd.SetParameter(ZSTD_dParameter.ZSTD_d_windowLogMax, ZstdWindowLog);
                return zstd;
            default:
                return raw;
        }
    }
}
