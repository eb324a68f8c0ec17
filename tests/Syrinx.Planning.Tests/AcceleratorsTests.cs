using Syrinx.Planning.Hardware;

namespace Syrinx.Planning.Tests;

public sealed class AcceleratorsTests
{
    [Theory]
    [InlineData("V100", 125, 32, 0.9, 300.0)]
    [InlineData("TPUv3", 123, 32, 0.9, 220.0)]
    [InlineData("A100-40", 312, 40, 1.6, 400.0)]
    [InlineData("A100-80", 312, 80, 2.0, 400.0)]
    [InlineData("A100-PCIe", 312, 80, 1.94, 300.0)]
    [InlineData("H100", 989, 80, 3.35, 700.0)]
    [InlineData("H100-PCIe", 756, 80, 2.0, 350.0)]
    [InlineData("H200", 989, 141, 4.8, 700.0)]
    [InlineData("B200", 2250, 180, 8.0, 1000.0)]
    [InlineData("MI250X", 383, 128, 3.28, 560.0)]
    [InlineData("MI300X", 1307, 192, 5.3, 750.0)]
    [InlineData("TPUv4", 275, 32, 1.2, 192.0)]
    [InlineData("TPUv5p", 459, 95, 2.765, null)]
    [InlineData("Dojo-D1", 362, 0.44, 10, 400.0)]
    public void An_accelerator_has_the_numbers_of_its_data_sheet(string name, double tflops, double gb, double tbs, double? watts)
    {
        var found = Accelerators.Find(name);
        Assert.Equal((tflops, gb, tbs, watts), (found.PeakTflops, found.MemoryGb, found.MemoryTbs, found.Watts));
    }

    [Theory]
    [InlineData("h100", "H100")]
    [InlineData("H100 SXM", "H100")]
    [InlineData("a100", "A100-80")]
    [InlineData("A100_40", "A100-40")]
    [InlineData("tpu v4", "TPUv4")]
    [InlineData("dojo", "Dojo-D1")]
    public void Case_blanks_and_hyphens_of_a_name_do_not_matter(string asked, string name) =>
        Assert.Equal(name, Accelerators.Find(asked).Name);

    [Fact]
    public void A_name_that_there_is_not_is_answered_with_those_that_there_are()
    {
        var error = Assert.Throws<InputException>(() => Accelerators.Find("H1000"));
        Assert.Contains("H1000", error.Message);
        Assert.All(Accelerators.All, a => Assert.Contains(a.Name, error.Message));
    }

    [Fact]
    public void Every_assumption_names_a_field_and_has_a_reason()
    {
        string[] fields = ["matmul_tflops", "memory_tbs", "node_size", "node_link_gbs", "network_gbs"];
        Assert.All(Accelerators.All, a =>
        {
            Assert.All(a.Assumed, field => Assert.Contains(field, fields));
            Assert.NotEmpty(a.Note);
            Assert.InRange(a.MatmulTflops ?? a.PeakTflops / 2, 0.5 * a.PeakTflops, a.PeakTflops);
        });
    }
}
