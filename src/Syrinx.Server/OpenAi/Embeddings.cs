using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Syrinx.Server.Observability;
using Syrinx.Server.Serving;

namespace Syrinx.Server.OpenAi;

/// <summary>
/// <c>POST /v1/embeddings</c>: vectors of texts, as numbers or, as the official clients ask, as base64 of little-endian floats.
/// </summary>
internal sealed class Embeddings(ModelCatalog catalog, GenerationGate gate)
{
    public async Task Post(HttpContext http)
    {
        var cancel = http.RequestAborted;
        var body = await JsonFields.Read(http.Request);
        if (await catalog.Relayed(http, body, "embeddings", "embeddings"))
            return;
        var request = EmbeddingRequest.Read(body);
        var (model, search) = catalog.Resolve(request.Model);
        if (search)
            throw JsonFields.Invalid($"'{request.Model}' makes no embeddings; name the raw model '{model.Name}'.",
                "model", "invalid_value");
        var loaded = await ModelCatalog.Load(model, cancel);
        int tokens = CheckLengths(loaded, request.Input);
        if (request.Dimensions is { } dimensions && dimensions != loaded.EmbeddingSize)
        {
            throw JsonFields.Invalid(
                $"Invalid 'dimensions': this model's embeddings have {loaded.EmbeddingSize}, but {dimensions} were asked for.",
                "dimensions", "invalid_value");
        }
        var meter = RequestMeter.Of(http);
        meter.Asked("embeddings", request.Model, tokens);
        using var place = await gate.Enter(cancel, meter.Priority);
        meter.LeftQueue();
        var embeddings = await loaded.Embeddings.GenerateAsync(request.Input, cancellationToken: cancel);
        meter.Ended(tokens, 0, "stop");
        var data = new JsonArray([.. embeddings.Select((e, i) => new JsonObject
        {
            ["object"] = "embedding",
            ["index"] = i,
            ["embedding"] = request.Base64 ? Convert.ToBase64String(MemoryMarshal.AsBytes(e.Vector.Span))
                : Numbers(e.Vector.Span),
        })]);
        await http.Response.WriteAsJsonAsync(new JsonObject
        {
            ["object"] = "list",
            ["data"] = data,
            ["model"] = request.Model,
            ["usage"] = new JsonObject { ["prompt_tokens"] = tokens, ["total_tokens"] = tokens },
        }, ApiJson.Options, cancel);
    }

    private static int CheckLengths(LoadedModel model, IReadOnlyList<string> input)
    {
        int all = 0;
        for (int i = 0; i < input.Count; i++)
        {
            int tokens = model.CountTokens(input[i]);
            if (tokens > model.ContextLength)
                throw JsonFields.TooLong("input", $"'input[{i}]'", model.ContextLength, tokens);
            all += tokens;
        }
        return all;
    }

    private static JsonArray Numbers(ReadOnlySpan<float> vector)
    {
        var array = new JsonArray();
        foreach (float x in vector)
            array.Add(x);
        return array;
    }
}
