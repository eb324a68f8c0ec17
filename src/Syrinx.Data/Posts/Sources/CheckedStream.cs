using System.Buffers.Binary;

namespace Syrinx.Data.Posts.Sources;

/// <summary>
/// The content of a source file while it is read: counts its bytes, names the file in what goes wrong, and notices what
/// unpackers let pass: a gzip file that was cut, which .NET takes for a file that ends, and a small file that unpacks without
/// end (a bomb).
/// </summary>
/// <param name="name">As reports show it.</param>
/// <param name="content">Unpacked.</param>
/// <param name="packed">What is unpacked, or null where nothing is.</param>
/// <param name="isGzip">Whether it is gzip.</param>
internal sealed class CheckedStream(string name, Stream content, Stream? packed, bool isGzip) : ReadOnlyStream
{
    /// <summary>
    /// Unpacked bytes for a packed one, from a gigabyte on. Dumps of posts have 5 to 30, and gzip cannot have more than 1,032;
    /// zeros have 40,000 with bzip2 and more with zstd.
    /// </summary>
    private const long MaxRatio = 2000;

    private const long FreeBytes = 1L << 30;

    private bool _ended;

    /// <summary>Bytes read so far.</summary>
    public long BytesRead { get; private set; }

    public override int Read(Span<byte> buffer)
    {
        try
        {
            int n = content.Read(buffer);
            BytesRead += n;
            if (n == 0 && buffer.Length > 0 && !_ended)
            {
                _ended = true;
                if (isGzip && packed is { CanSeek: true } && WasCut(packed))
                    throw new InvalidDataException("the gzip data end too early.");
            }
            if (BytesRead > FreeBytes && packed is not null && BytesRead / MaxRatio > packed.Position)
                throw new InvalidDataException($"it unpacks to more than {MaxRatio} times its size, which no export does.");
            return n;
        }
        catch (Exception e) when (e is not (InputException or OutOfMemoryException))
        {
            // Unpackers throw what they please at damaged data.
            throw new InputException($"{name} is damaged after {BytesRead} bytes: {e.Message.TrimEnd('.')}. Nothing was imported; "
                + "get a whole copy of the file and import again.", e);
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            content.Dispose();
        base.Dispose(disposing);
    }

    /// <summary>
    /// A gzip member ends with its length mod 2^32 (RFC 1952). Where that is not what was read, the file either has several
    /// members or was cut; several members show their headers.
    /// </summary>
    private bool WasCut(Stream raw)
    {
        if (raw.Length < 18)
            return raw.Length > 0;
        Span<byte> tail = stackalloc byte[4];
        raw.Seek(-4, SeekOrigin.End);
        raw.ReadExactly(tail);
        if (BinaryPrimitives.ReadUInt32LittleEndian(tail) == (uint)BytesRead)
            return false;
        raw.Seek(1, SeekOrigin.Begin);
        var buffer = new byte[1 << 16];
        int kept = 0;
        int n;
        while ((n = raw.Read(buffer, kept, buffer.Length - kept)) > 0)
        {
            var block = buffer.AsSpan(0, kept + n);
            for (int i = 0; i + 10 <= block.Length; i++)
            {
                if (block[i] == 0x1F && block[i + 1] == 0x8B && block[i + 2] == 8 && block[i + 3] < 0x20 && block[i + 8] is 0 or 2 or 4)
                    return false;
            }
            kept = Math.Min(9, block.Length);
            block[^kept..].CopyTo(buffer);
        }
        return true;
    }
}
