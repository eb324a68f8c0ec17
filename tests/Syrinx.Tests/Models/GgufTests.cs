using System.Buffers.Binary;
using Syrinx.Models;

namespace Syrinx.Tests.Models;

public class GgufTests
{
    private static readonly (string, object)[] OneOfEach =
    [
        ("a.u8", (byte)200), ("a.i8", (sbyte)-3), ("a.u16", (ushort)60_000), ("a.i16", (short)-300), ("a.u32", 4_000_000_000u), ("a.i32", -5), ("a.f32", 0.5f),
        ("a.bool", true), ("a.string", "翠河 ☄"), ("a.u64", ulong.MaxValue), ("a.i64", long.MinValue), ("a.f64", 1e300),
        ("b.strings", new[] { "one", "", "三" }), ("b.floats", new[] { 1f, -2f }), ("b.ints", new[] { 1, 2, 3 }), ("b.empty", Array.Empty<int>()),
        ("b.bools", new object[] { true, false }), ("b.nested", new object[] { new[] { 1 }, new[] { 2, 3 } }),
    ];

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void Every_type_of_metadata_is_read_back(int version)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder["a.gguf"], GgufFile.Write(OneOfEach, version));
        var file = Gguf.Open(folder["a.gguf"]);
        Assert.Equal((version, 0L), (file.Version, file.TensorCount));
        Assert.Equal(OneOfEach.Select(e => e.Item1), file.Metadata.Keys);
        foreach (var (key, value) in OneOfEach)
            Assert.Equal(value, file.Metadata[key]);
        Assert.Equal("翠河 ☄", file.Required<string>("a.string"));
        Assert.True(file.Find<bool?>("a.bool"));
        Assert.Null(file.Find<bool?>("absent"));
        Assert.Contains("'absent' is missing", Assert.Throws<InputException>(() => file.Required<string>("absent")).Message);
        Assert.Contains("'a.i32' is of type Int32", Assert.Throws<InputException>(() => file.Find<string>("a.i32")).Message);
    }

    [Fact]
    public void A_file_cut_short_anywhere_is_refused()
    {
        using var folder = new TemporaryFolder();
        byte[] bytes = GgufFile.Write(OneOfEach);
        for (int length = 0; length < bytes.Length; length++)
        {
            File.WriteAllBytes(folder["cut.gguf"], bytes[..length]);
            Assert.Throws<InputException>(() => Gguf.Open(folder["cut.gguf"]));
        }
    }

    [Fact]
    public void Lengths_that_no_file_could_have_are_refused_before_memory_is_taken()
    {
        using var folder = new TemporaryFolder();
        byte[] good = GgufFile.Write([("k", new[] { "one", "two" })]);
        foreach (int at in (int[])[16, 24, 24 + 8 + 1 + 4 + 4, 24 + 8 + 1 + 4 + 4 + 8]) // entries, key, array, string
        {
            foreach (long length in (long[])[-1, long.MaxValue, 1L << 40, good.Length])
            {
                byte[] bad = [.. good];
                BinaryPrimitives.WriteInt64LittleEndian(bad.AsSpan(at), length);
                File.WriteAllBytes(folder["bad.gguf"], bad);
                Assert.Contains("bad.gguf", Assert.Throws<InputException>(() => Gguf.Open(folder["bad.gguf"])).Message);
            }
        }
    }

    [Fact]
    public void Other_files_versions_and_types_are_refused_by_name()
    {
        using var folder = new TemporaryFolder();
        string Error(byte[] bytes)
        {
            File.WriteAllBytes(folder["x.gguf"], bytes);
            return Assert.Throws<InputException>(() => Gguf.Open(folder["x.gguf"])).Message;
        }
        Assert.Contains("not a GGUF file", Error(new byte[100]));
        Assert.Contains("version 1", Error(GgufFile.Write([], 1)));
        Assert.Contains("version 50331648", Error(GgufFile.Write([], 0x03000000))); // big-endian
        Assert.Contains("listed twice", Error(GgufFile.Write([("k", 1), ("k", 2)])));
        byte[] strange = GgufFile.Write([("k", 1)]);
        strange[24 + 8 + 1] = 77;
        Assert.Contains("type 77", Error(strange));
        Assert.Throws<InputException>(() => Gguf.Open(folder["absent.gguf"]));
    }
}
