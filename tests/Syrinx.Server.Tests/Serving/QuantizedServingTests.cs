using Syrinx.Models;
using Syrinx.Server.Tests.Support;

namespace Syrinx.Server.Tests.Serving;

public sealed class QuantizedServingTests
{
    [Fact]
    public async Task Weights_are_kept_as_they_were_asked_for()
    {
        var whole = await Embedding(null);
        double q8 = Cosine(whole, await Embedding(TensorType.Q8)), q4 = Cosine(whole, await Embedding(TensorType.Q4));
        Assert.InRange(q8, 0.999, 0.9999999); // almost the same, and not the same
        Assert.InRange(q4, 0.9, q8 - 1e-6); // half the bits are further off
    }

    [Fact]
    public void Whoever_sits_behind_keeps_weights_as_it_likes() => Assert.Throws<InputException>(() => new ServerSettings
    {
        Home = new("unused"),
        Upstream = ServerSettings.UpstreamOf("http://127.0.0.1:1"),
        Engine = new() { Quantization = TensorType.Q8 },
    }.Validated());

    private static async Task<double[]> Embedding(TensorType? type)
    {
        await using var server = await TestServer.Start(TownServer.Fill, s => s with { Engine = s.Engine with { Quantization = type } });
        var (response, json) = await server.Post("/v1/embeddings", """{"model":"town","input":"The ferry leaves at nine."}""");
        Assert.True(response.IsSuccessStatusCode, json.ToString());
        return [.. json.GetProperty("data")[0].GetProperty("embedding").EnumerateArray().Select(x => x.GetDouble())];
    }

    private static double Cosine(double[] a, double[] b) => a.Zip(b, (x, y) => x * y).Sum(); // both are of length 1
}
