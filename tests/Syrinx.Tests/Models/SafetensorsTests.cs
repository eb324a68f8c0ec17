using System.Buffers.Binary;
using System.Text;
using Syrinx.Models;

namespace Syrinx.Tests.Models;

public class SafetensorsTests
{
    [Fact]
    public void Float32_tensors_come_back_bit_for_bit()
    {
        using var folder = new TemporaryFolder();
        float[] a = [1.5f, -0f, float.NaN, float.PositiveInfinity, 1e-45f, 3], b = [42];
        SafetensorsWriter.Write(folder["m.safetensors"],
            [TensorSource.Float32("b", [], b), TensorSource.Float32("a", [2, 3], a)], new Dictionary<string, string> { ["step"] = "7" });
        using var file = Safetensors.Open(folder["m.safetensors"]);
        Assert.Equal(a.Select(BitConverter.SingleToInt32Bits), file.ReadFloats("a").Select(BitConverter.SingleToInt32Bits));
        Assert.Equal(b, file.ReadFloats("b"));
        Assert.Equal([2, 3], file.Tensors["a"].Shape);
        Assert.Equal(("pt", "7"), (file.Metadata["format"], file.Metadata["step"]));
        Assert.Equal(a, file.ReadFloats(file.Find("a", 2, 3).Name));
    }

    [Fact]
    public void Bfloat16_rounds_to_nearest_with_ties_to_even_and_keeps_infinity_and_NaN()
    {
        using var folder = new TemporaryFolder();
        float one = 1f, next = BitConverter.Int32BitsToSingle(0x3F810000), after = BitConverter.Int32BitsToSingle(0x3F820000);
        float[] values = [one, (one + next) / 2, (next + after) / 2, MathF.BitIncrement((one + next) / 2), float.NegativeInfinity, float.NaN, -one];
        SafetensorsWriter.Write(folder["m.safetensors"], [TensorSource.BFloat16("w", [7], values)]);
        using var file = Safetensors.Open(folder["m.safetensors"]);
        Assert.Equal([one, one, after, next, float.NegativeInfinity, float.NaN, -one], file.ReadFloats("w"));
    }

    [Fact]
    public void Half_precision_is_read()
    {
        using var folder = new TemporaryFolder();
        Write(folder["m.safetensors"], """{"w":{"dtype":"F16","shape":[2],"data_offsets":[0,4]}}""", [0x00, 0x3C, 0x00, 0xC0]);
        using var file = Safetensors.Open(folder["m.safetensors"]);
        Assert.Equal([1f, -2f], file.ReadFloats("w"));
    }

    [Fact]
    public void The_data_begins_at_a_multiple_of_64_bytes()
    {
        using var folder = new TemporaryFolder();
        SafetensorsWriter.Write(folder["m.safetensors"], [TensorSource.Float32("w", [1], new float[1])]);
        using var file = Safetensors.Open(folder["m.safetensors"]);
        Assert.Equal(0, file.Tensors["w"].Offset % 64);
    }

    [Fact]
    public void A_header_length_that_lies_is_refused()
    {
        using var folder = new TemporaryFolder();
        foreach (long length in (long[])[0, -1, 1000, long.MaxValue, 99_999_999])
        {
            byte[] bytes = new byte[100];
            BinaryPrimitives.WriteInt64LittleEndian(bytes, length);
            File.WriteAllBytes(folder["m.safetensors"], bytes);
            var error = Assert.Throws<InputException>(() => Safetensors.Open(folder["m.safetensors"]));
            Assert.Contains("m.safetensors", error.Message);
        }
    }

    [Theory]
    [InlineData("""{"w":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}""", "w")]
    [InlineData("""{"w":{"dtype":"F32","shape":[4],"data_offsets":[0,16]}}""", "truncated")]
    [InlineData("""{"w":{"dtype":"F32","shape":[4294967296,4294967296],"data_offsets":[0,8]}}""", "too large")]
    [InlineData("""{"w":{"dtype":"F32","shape":[-2],"data_offsets":[0,8]}}""", "size -2")]
    [InlineData("""{"w":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", "gap")]
    [InlineData("""{"w":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"v":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", "overlaps")]
    [InlineData("""{"w":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", "4 bytes at its end")]
    [InlineData("""{"w":{"dtype":"I4","shape":[2],"data_offsets":[0,8]}}""", "dtype 'I4'")]
    [InlineData("""{"w":{"dtype":"F32","shape":[2]}}""", "lacks")]
    [InlineData("""{"w":{"dtype":"F32","shape":"2","data_offsets":[0,8]}}""", "not the JSON")]
    [InlineData("""{"w":7}""", "tensor w")]
    [InlineData("[1,2]", "not the JSON")]
    [InlineData("{\"w\":", "not the JSON")]
    public void A_header_that_does_not_fit_the_file_is_refused_by_name(string header, string expected)
    {
        using var folder = new TemporaryFolder();
        Write(folder["m.safetensors"], header, new byte[8]);
        var error = Assert.Throws<InputException>(() => Safetensors.Open(folder["m.safetensors"]));
        Assert.Contains("m.safetensors", error.Message);
        Assert.Contains(expected, error.Message);
    }

    [Fact]
    public void A_tensor_of_another_shape_is_refused_with_both_shapes()
    {
        using var folder = new TemporaryFolder();
        SafetensorsWriter.Write(folder["m.safetensors"], [TensorSource.Float32("w", [2, 3], new float[6])]);
        using var file = Safetensors.Open(folder["m.safetensors"]);
        Assert.Contains("w has shape [2, 3], but config.json asks for [3, 2]", Assert.Throws<InputException>(() => file.Find("w", 3, 2)).Message);
        Assert.Contains("v is missing", Assert.Throws<InputException>(() => file.Find("v", 1)).Message);
    }

    [Fact]
    public void A_source_that_writes_too_little_leaves_no_file()
    {
        using var folder = new TemporaryFolder();
        Assert.Throws<ArgumentException>(() => SafetensorsWriter.Write(folder["m.safetensors"],
            [new TensorSource("w", TensorType.Float32, [2], s => s.Write(new byte[4]))]));
        Assert.False(File.Exists(folder["m.safetensors"]));
    }

    private static void Write(string path, string header, byte[] data)
    {
        byte[] length = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, Encoding.UTF8.GetByteCount(header));
        File.WriteAllBytes(path, [.. length, .. Encoding.UTF8.GetBytes(header), .. data]);
    }
}
