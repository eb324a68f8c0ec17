using System.Buffers.Binary;

namespace Syrinx.Tokens;

/// <summary>
/// Writes a <see cref="TokenShard"/> document by document. The file appears when <see cref="Complete"/> is called;
/// disposed before that, nothing is left. For one thread.
/// </summary>
public sealed class TokenShardWriter : IDisposable
{
    private readonly string _path;
    private readonly string _temporary;
    private readonly FileStream _stream;
    private readonly int _vocabSize;
    private readonly int _endOfText;
    private readonly int _bytesPerToken;
    private readonly byte[] _buffer = new byte[1 << 16];
    private bool _completed;

    /// <summary>Begins a shard.</summary>
    /// <param name="path">The file; its folder is created.</param>
    /// <param name="vocabSize">Size of the vocabulary; at most 65,536 makes two bytes a token.</param>
    /// <param name="endOfText">The token put after each document.</param>
    /// <exception cref="InputException">The folder cannot be written to.</exception>
    public TokenShardWriter(string path, int vocabSize, int endOfText)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(vocabSize, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)endOfText, (uint)vocabSize, nameof(endOfText));
        _path = path;
        _temporary = path + ".tmp";
        _vocabSize = vocabSize;
        _endOfText = endOfText;
        _bytesPerToken = vocabSize <= 65_536 ? 2 : 4;
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
            _stream = new FileStream(_temporary, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 18);
            _stream.Write(new byte[TokenShard.HeaderBytes]);
        }
        catch (Exception e) when (WriteError.Reason(e) is { } reason)
        {
            throw new InputException($"Cannot write {path}: {reason}", e);
        }
    }

    /// <summary>Tokens written so far, with those that end documents.</summary>
    public long Count { get; private set; }

    /// <summary>Documents written so far.</summary>
    public long Documents { get; private set; }

    /// <summary>Adds a document and the token that ends it.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A token is not of the vocabulary.</exception>
    /// <exception cref="InputException">The disk is full.</exception>
    public void Append(ReadOnlySpan<int> document)
    {
        Write(document);
        Write([_endOfText]);
        Documents++;
    }

    /// <summary>Writes the header, flushes to the disk and gives the file its name.</summary>
    /// <exception cref="InputException">The disk is full.</exception>
    public void Complete()
    {
        Span<byte> header = stackalloc byte[TokenShard.HeaderBytes];
        TokenShard.Magic.CopyTo(header);
        BinaryPrimitives.WriteInt32LittleEndian(header[8..], _bytesPerToken);
        BinaryPrimitives.WriteInt32LittleEndian(header[12..], _vocabSize);
        BinaryPrimitives.WriteInt64LittleEndian(header[16..], Count);
        BinaryPrimitives.WriteInt64LittleEndian(header[24..], Documents);
        try
        {
            _stream.Position = 0;
            _stream.Write(header);
            _stream.Flush(flushToDisk: true);
            _stream.Dispose();
            File.Move(_temporary, _path, overwrite: true);
        }
        catch (Exception e) when (WriteError.Reason(e) is { } reason)
        {
            throw new InputException($"Cannot write {_path}: {reason}", e);
        }
        _completed = true;
    }

    /// <summary>Closes the file; without <see cref="Complete"/>, removes it.</summary>
    public void Dispose()
    {
        if (!_completed)
            AtomicFile.Discard(_stream, _temporary);
        _completed = true;
    }

    private void Write(ReadOnlySpan<int> tokens)
    {
        while (tokens.Length > 0)
        {
            int n = Math.Min(tokens.Length, _buffer.Length / 4);
            for (int i = 0; i < n; i++)
            {
                int token = tokens[i];
                ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)token, (uint)_vocabSize, nameof(tokens));
                if (_bytesPerToken == 2)
                    BinaryPrimitives.WriteUInt16LittleEndian(_buffer.AsSpan(2 * i), (ushort)token);
                else
                    BinaryPrimitives.WriteInt32LittleEndian(_buffer.AsSpan(4 * i), token);
            }
            try
            {
                _stream.Write(_buffer, 0, n * _bytesPerToken);
            }
            catch (Exception e) when (WriteError.Reason(e) is { } reason)
            {
                throw new InputException($"Cannot write {_path}: {reason}", e);
            }
            Count += n;
            tokens = tokens[n..];
        }
    }
}
