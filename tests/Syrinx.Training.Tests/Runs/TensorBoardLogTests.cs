using System.Buffers.Binary;
using System.Text;
using System.Text.Json.Nodes;
using Syrinx.Training.Runs;

namespace Syrinx.Training.Tests.Runs;

public sealed class TensorBoardLogTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("syrinx-board-").FullName;

    [Fact]
    public void Records_are_framed_with_their_checksums_and_hold_tag_step_and_value()
    {
        using (var log = new TensorBoardLog(_folder, [new JsonObject { ["step"] = 1L, ["loss"] = 2.5 }]))
            log.Append(new JsonObject { ["step"] = 300L, ["loss"] = 0.5, ["val_loss"] = 0.75, ["skipped"] = false });
        byte[] bytes = File.ReadAllBytes(Path.Combine(_folder, "events.out.tfevents.0.syrinx"));
        var messages = new List<byte[]>();
        for (int at = 0; at < bytes.Length;)
        {
            int length = (int)BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan(at));
            Assert.Equal(TensorBoardLog.MaskedCrc(bytes.AsSpan(at, 8)), BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(at + 8)));
            messages.Add(bytes[(at + 12)..(at + 12 + length)]);
            Assert.Equal(TensorBoardLog.MaskedCrc(messages[^1]), BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(at + 12 + length)));
            at += 16 + length;
        }
        Assert.Equal(3, messages.Count);
        Assert.Equal((byte[])[0x1A, 13, .. "brain.Event:2"u8], messages[0]);
        // step 300 as a varint, then the summary with the value 0.5 under the tag
        Assert.Equal((byte[])[0x10, 0xAC, 0x02], messages[2][..3]);
        Assert.Contains("loss", Encoding.Latin1.GetString(messages[2]));
        Assert.Contains("val_loss", Encoding.Latin1.GetString(messages[2]));
        Assert.True(messages[2].AsSpan().IndexOf((ReadOnlySpan<byte>)[0x15, 0, 0, 0, 0x3F]) > 0);
    }

    [Fact]
    public void The_checksum_is_crc32c() =>
        // the check value of CRC-32C over "123456789" is E3069283
        Assert.Equal(((0xE3069283 >> 15) | (0xE3069283 << 17)) + 0xA282EAD8, TensorBoardLog.MaskedCrc("123456789"u8));

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
