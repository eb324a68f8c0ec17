// TensorBoard's event files: TFRecords, each a serialized Event message of tensorflow/core/util/event.proto.
//
//   8 bytes  length, uint64, little-endian     4 bytes  masked CRC-32C of the length
//   …        the message                       4 bytes  masked CRC-32C of the message
using System.Buffers.Binary;
using System.Numerics;
using System.Text;
using System.Text.Json.Nodes;

namespace Syrinx.Training.Runs;

/// <summary>
/// A run's numbers for TensorBoard, one scalar a field of <c>metrics.jsonl</c>. The file is written anew when a run begins or is
/// resumed, from the lines that were kept, so it never tells a step twice.
/// </summary>
internal sealed class TensorBoardLog : IDisposable
{
    private static readonly string[] Fields = ["loss", "val_loss", "lr", "grad_norm", "tokens_per_second", "mfu"];

    private readonly FileStream _stream;

    /// <summary>Begins the file <c>events.out.tfevents.0.syrinx</c> of a folder.</summary>
    /// <param name="folder">The run's folder.</param>
    /// <param name="kept">Lines of the steps that were done before.</param>
    public TensorBoardLog(string folder, IEnumerable<JsonObject> kept)
    {
        string path = Path.Combine(folder, "events.out.tfevents.0.syrinx");
        try
        {
            _stream = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 1); // nothing held back that a full disk could refuse when it is closed
        }
        catch (Exception e) when (WriteError.Reason(e) is { } reason)
        {
            throw new InputException($"Cannot write {path}: {reason}", e);
        }
        var version = new MemoryStream();
        Bytes(version, 3, "brain.Event:2"u8); // Event.file_version
        Record(version);
        foreach (var line in kept)
            Append(line);
    }

    /// <summary>Adds the numbers of a step.</summary>
    public void Append(JsonObject line)
    {
        long step = line["step"]!.GetValue<long>();
        var summary = new MemoryStream();
        foreach (string field in Fields)
        {
            if (line[field] is not JsonValue value || !value.TryGetValue(out double number))
                continue;
            var scalar = new MemoryStream();
            Bytes(scalar, 1, Encoding.UTF8.GetBytes(field)); // Summary.Value.tag
            Key(scalar, 2, 5); // Summary.Value.simple_value
            scalar.Write(BitConverter.GetBytes((float)number)); // little-endian on every machine that libtorch runs on
            Bytes(summary, 1, scalar.ToArray()); // Summary.value
        }
        var message = new MemoryStream();
        Key(message, 2, 0); // Event.step
        Variable(message, (ulong)step);
        Bytes(message, 5, summary.ToArray()); // Event.summary
        Record(message);
    }

    public void Dispose() => _stream.Dispose();

    private void Record(MemoryStream message)
    {
        Span<byte> head = stackalloc byte[12];
        BinaryPrimitives.WriteInt64LittleEndian(head, message.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(head[8..], MaskedCrc(head[..8]));
        Span<byte> tail = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(tail, MaskedCrc(message.ToArray()));
        try
        {
            _stream.Write([.. head, .. message.ToArray(), .. tail]);
        }
        catch (Exception e) when (WriteError.Reason(e) is { } reason)
        {
            throw new InputException($"Cannot write {_stream.Name}: {reason}", e);
        }
    }

    // protocol buffers: a key is field << 3 | wire type; type 2 is length-delimited
    private static void Bytes(Stream stream, int field, ReadOnlySpan<byte> value)
    {
        Key(stream, field, 2);
        Variable(stream, (ulong)value.Length);
        stream.Write(value);
    }

    private static void Key(Stream stream, int field, int type) => Variable(stream, (ulong)((field << 3) | type));

    private static void Variable(Stream stream, ulong value)
    {
        for (; value >= 0x80; value >>= 7)
            stream.WriteByte((byte)(value | 0x80));
        stream.WriteByte((byte)value);
    }

    // a CRC of data that holds CRCs is weak, so TFRecords rotate and shift it
    internal static uint MaskedCrc(ReadOnlySpan<byte> data)
    {
        uint crc = uint.MaxValue;
        foreach (byte b in data)
            crc = BitOperations.Crc32C(crc, b);
        crc = ~crc;
        return ((crc >> 15) | (crc << 17)) + 0xA282EAD8;
    }
}
