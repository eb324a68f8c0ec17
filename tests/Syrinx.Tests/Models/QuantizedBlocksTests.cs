using Syrinx.Models;

namespace Syrinx.Tests.Models;

/// <summary>Blocks worked out by hand from the formulas of ggml's reference code.</summary>
public class QuantizedBlocksTests
{
    [Fact]
    public void Q8_blocks_have_the_bytes_of_ggmls_formula()
    {
        // largest 63.5, so d = 0.5 (half: 0x3800); 0.25 / 0.5 and 0.75 / 0.5 lie halfway and go away from zero
        float[] x = Block((0, 63.5f), (1, -63.5f), (2, 0.25f), (3, -0.25f), (4, 0.2f), (5, 0.75f), (31, 10));
        byte[] expected = Bytes(34, (0, 0x00), (1, 0x38), (2, 127), (3, 0x81), (4, 1), (5, 0xFF), (7, 2), (33, 20));
        Assert.Equal(expected, Pack8(x));

        // d = 1/127 = 0.00787402 is kept as 0.00787354 (half: 0x2008), but integers are found with d itself: 0.5 · 127 = 63.5
        byte[] second = Pack8(Block((0, 1), (1, 0.5f), (2, -0.5f), (3, 0.003f)));
        Assert.Equal(Bytes(34, (0, 0x08), (1, 0x20), (2, 127), (3, 64), (4, 0xC0)), second);
        var back = new float[32];
        QuantizedBlocks.UnpackQ8(second, back);
        Assert.Equal([127 * 0.00787353515625f, 64 * 0.00787353515625f, -64 * 0.00787353515625f, 0], back[..4]);
        Assert.Equal(new byte[34], Pack8(new float[32]));
    }

    [Fact]
    public void Q4_blocks_have_the_bytes_of_ggmls_layout()
    {
        // multiples of 0.5 from −4 to 3.5 fit d = 0.5 (0x3800) exactly: −4 → 0, 0 → 8, 1 → 10, 3.5 → 15
        float[] x = Block((3, -4), (0, 1), (16, 3.5f), (17, 3), (31, -1));
        byte[] bytes = Bytes(18, (0, 0x00), (1, 0x38));
        for (int i = 2; i < 18; i++)
            bytes[i] = 0x88;
        (bytes[2], bytes[3], bytes[5], bytes[17]) = (0xFA, 0xE8, 0x80, 0x68);
        Assert.Equal(bytes, Pack4(x));

        // both ends cannot be met exactly with 16 steps: 4 and −4 become 7 and −7 steps of 4/7
        var back = new float[32];
        QuantizedBlocks.UnpackQ4(Pack4(Block((0, 4), (1, -4))), back);
        Assert.Equal(4, back[0], 0.002f);
        Assert.Equal(-4, back[1], 0.002f);
        // no numbers: d = 0 / −8 is a negative zero, as there
        Assert.Equal([0x00, 0x80, 0x88], Pack4(new float[32])[..3]);
    }

    [Fact]
    public void Q4_scales_leave_less_of_the_large_weights_than_the_largest_number_alone_would()
    {
        var random = new Random(5);
        double ours = 0, usual = 0;
        for (int block = 0; block < 200; block++)
        {
            float[] x = [.. Enumerable.Range(0, 32).Select(_ => (float)(Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(random.NextDouble() * 7)))];
            var back = new float[32];
            QuantizedBlocks.UnpackQ4(Pack4(x), back);
            float largest = x.MaxBy(MathF.Abs), d = (float)(Half)(largest / -8);
            double own = x.Zip(back, (a, b) => (double)a * a * (a - b) * (a - b)).Sum();
            double plain = x.Sum(a => (double)a * a * Math.Pow(a - (d * (Math.Min(15, MathF.Floor((a / d) + 8.5f)) - 8)), 2));
            Assert.True(own <= plain * 1.01, $"block {block}: {own} is more than {plain}");
            (ours, usual) = (ours + own, usual + plain);
        }
        Assert.InRange(ours / usual, 0.3, 0.85);
    }

    [Fact]
    public void Numbers_come_back_within_half_a_step_and_packing_them_again_changes_nothing()
    {
        var random = new Random(3);
        float[] x = [.. Enumerable.Range(0, 32 * 50).Select(i => (float)((random.NextDouble() - 0.5) * Math.Pow(10, i / 32 % 6 - 1)))];
        float[] eight = new float[x.Length], four = new float[x.Length];
        QuantizedBlocks.UnpackQ8(Pack8(x), eight);
        QuantizedBlocks.UnpackQ4(Pack4(x), four);
        for (int block = 0; block < 50; block++)
        {
            float largest = x.AsSpan(block * 32, 32).ToArray().Max(MathF.Abs);
            for (int i = block * 32; i < (block + 1) * 32; i++)
            {
                Assert.True(MathF.Abs(eight[i] - x[i]) <= largest / 127 * 0.57f, $"q8_0, number {i}: {x[i]} became {eight[i]}");
                Assert.True(MathF.Abs(four[i] - x[i]) <= largest / 8 * 1.01f, $"q4_0, number {i}: {x[i]} became {four[i]}");
            }
        }
        var again = new float[x.Length];
        QuantizedBlocks.UnpackQ4(Pack4(four), again);
        for (int i = 0; i < x.Length; i++)
            Assert.Equal(four[i], again[i], MathF.Abs(four[i]) * 0.002f + 1e-7f);
    }

    [Fact]
    public void Every_half_and_every_bfloat16_is_read_exactly()
    {
        ushort[] bits = [.. Enumerable.Range(0, 65_536).Select(i => (ushort)i)];
        var bytes = System.Runtime.InteropServices.MemoryMarshal.AsBytes(bits.AsSpan());
        var numbers = new float[bits.Length];
        ShortFloats.FromHalf(bytes, numbers);
        for (int i = 0; i < bits.Length; i++)
            Assert.Equal((float)BitConverter.UInt16BitsToHalf(bits[i]), numbers[i]);
        ShortFloats.FromBFloat16(bytes, numbers);
        for (int i = 0; i < bits.Length; i++)
            Assert.Equal(BitConverter.UInt32BitsToSingle((uint)bits[i] << 16), numbers[i]);
    }

    private static float[] Block(params (int At, float Value)[] numbers)
    {
        var block = new float[32];
        foreach (var (at, value) in numbers)
            block[at] = value;
        return block;
    }

    private static byte[] Bytes(int length, params (int At, int Value)[] values)
    {
        var bytes = new byte[length];
        foreach (var (at, value) in values)
            bytes[at] = (byte)value;
        return bytes;
    }

    private static byte[] Pack8(float[] x)
    {
        var bytes = new byte[x.Length / 32 * 34];
        QuantizedBlocks.PackQ8(x, bytes);
        return bytes;
    }

    private static byte[] Pack4(float[] x)
    {
        var bytes = new byte[x.Length / 32 * 18];
        QuantizedBlocks.PackQ4(x, bytes);
        return bytes;
    }
}
