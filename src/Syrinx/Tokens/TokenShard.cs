// A token shard: the tokens of many documents one after the other, each document ended by the end-of-text token.
//
//   offset  bytes  what (all little-endian)
//   0       8      the ASCII letters "SYRXTOK1"
//   8       4      bytes per token, 2 or 4 (2 when the vocabulary has at most 65,536 entries)
//   12      4      size of the vocabulary that the tokens are of
//   16      8      number of tokens
//   24      8      number of documents
//   32      …      the tokens, uint16 or uint32
using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Syrinx.Tokens;

/// <summary>
/// Tokens on disk, memory-mapped, read by position. Safe to share between threads until disposed.
/// Written by <see cref="TokenShardWriter"/>; the first lines of this file give the layout.
/// </summary>
public sealed class TokenShard : IDisposable
{
    internal const int HeaderBytes = 32;
    internal static ReadOnlySpan<byte> Magic => "SYRXTOK1"u8;

    private readonly MappedFile _file;
    private readonly int _bytesPerToken;

    private TokenShard(MappedFile file)
    {
        _file = file;
        var header = file.Span(0, HeaderBytes);
        string path = file.Path;
        if (!header[..8].SequenceEqual(Magic))
            throw new InputException(
                $"{path} is not a token shard: it does not begin with SYRXTOK1. 'syrinx train' writes them from the corpus.");
        _bytesPerToken = BinaryPrimitives.ReadInt32LittleEndian(header[8..]);
        VocabSize = BinaryPrimitives.ReadInt32LittleEndian(header[12..]);
        Count = BinaryPrimitives.ReadInt64LittleEndian(header[16..]);
        Documents = BinaryPrimitives.ReadInt64LittleEndian(header[24..]);
        if (_bytesPerToken is not (2 or 4) || VocabSize < 1 || (_bytesPerToken == 2 && VocabSize > 65_536))
            throw new InputException(
                $"{path}: its header tells {_bytesPerToken} bytes a token and a vocabulary of {VocabSize}, which no shard has.");
        long held = (file.Length - HeaderBytes) / _bytesPerToken;
        if (Count < 0 || Count != held || (file.Length - HeaderBytes) % _bytesPerToken != 0)
            throw new InputException(
                $"{path}: its header tells {Count} tokens, but it holds {held}: it is truncated. Delete it and write it anew.");
    }

    /// <summary>Opens a shard.</summary>
    /// <exception cref="InputException">The file is missing, not a shard, or truncated.</exception>
    public static TokenShard Open(string path)
    {
        var file = new MappedFile(path, HeaderBytes);
        try
        {
            return new TokenShard(file);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Number of tokens.</summary>
    public long Count { get; }

    /// <summary>Number of documents, each ended by the end-of-text token.</summary>
    public long Documents { get; }

    /// <summary>Size of the vocabulary that the tokens are of; every token is below it.</summary>
    public int VocabSize { get; }

    /// <summary>Copies the tokens from <paramref name="start"/> on into <paramref name="destination"/>, all of it.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The range is not wholly inside the shard.</exception>
    /// <exception cref="InputException">A token lies outside the vocabulary: the file is damaged.</exception>
    public void Read(long start, Span<int> destination)
    {
        if (start < 0 || start > Count - destination.Length)
            throw new ArgumentOutOfRangeException(nameof(start), $"tokens {start} to {start + destination.Length} of {Count}");
        var bytes = _file.Span(HeaderBytes + start * _bytesPerToken, destination.Length * _bytesPerToken);
        if (_bytesPerToken == 2)
        {
            var tokens = MemoryMarshal.Cast<byte, ushort>(bytes);
            for (int i = 0; i < tokens.Length; i++)
                destination[i] = tokens[i];
        }
        else
        {
            MemoryMarshal.Cast<byte, int>(bytes).CopyTo(destination);
        }
        foreach (int token in destination)
        {
            if ((uint)token >= (uint)VocabSize)
                throw new InputException(
                    $"{_file.Path}: it holds token {token} near position {start}, outside its vocabulary of {VocabSize}: it " +
                    $"is damaged.");
        }
    }

    /// <summary>Unmaps the file.</summary>
    public void Dispose() => _file.Dispose();
}
