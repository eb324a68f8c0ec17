using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Syrinx.Server.Serving;
using Syrinx.Server.Upstream;

namespace Syrinx.Server.OpenAi;

/// <summary>
/// The models under the names that the API gives them: <c>NAME</c> is the raw model; <c>NAME+search</c>, where there is a
/// search index, answers out of posts.
/// </summary>
internal sealed class ModelCatalog(ServedModels models, PostIndex posts, UpstreamServer? upstream = null)
{
    public const string SearchSuffix = "+search";

    /// <summary>All of them, as <c>/v1/models</c> lists them.</summary>
    public IReadOnlyList<ModelCard> List() =>
        [.. models.All.SelectMany(model =>
            (ModelCard[])(HasPosts ? [Card(model, false), Card(model, true)] : [Card(model, false)]))];

    /// <summary>One of them.</summary>
    public ModelCard Get(string id)
    {
        var (model, search) = Resolve(id);
        return Card(model, search);
    }

    /// <summary>What a name stands for.</summary>
    /// <exception cref="ApiException">404: nothing of that name.</exception>
    public (ServedModel Model, bool Search) Resolve(string id)
    {
        bool search = id.EndsWith(SearchSuffix, StringComparison.Ordinal);
        if (models.Find(search ? id[..^SearchSuffix.Length] : id) is not { } model)
            throw NotFound($"The model '{id}' does not exist. GET /v1/models lists those that do.");
        if (search && !HasPosts)
            throw NotFound($"The model '{id}' needs a search index, and there is none yet: run 'syrinx index'.");
        return (model, search);
    }

    /// <summary>Hands a request on where its model is that of the server behind this one.</summary>
    /// <param name="http">The request.</param>
    /// <param name="body">Its body.</param>
    /// <param name="path">OpenAI's path, <c>chat/completions</c>.</param>
    /// <param name="operation">What it asks for, as metrics call it.</param>
    /// <returns>Whether it was answered.</returns>
    public async Task<bool> Relayed(HttpContext http, JsonFields body, string path, string operation)
    {
        if (upstream is null || Resolve(body.RequiredText("model")).Search)
            return false;
        await UpstreamReply.Relay(http, upstream, path, body.Json, operation);
        return true;
    }

    /// <summary>The weights.</summary>
    /// <exception cref="ApiException">503: they cannot be loaded.</exception>
    public static async Task<LoadedModel> Load(ServedModel model, CancellationToken cancel)
    {
        try
        {
            return await model.Load(cancel);
        }
        catch (InputException e)
        {
            throw new ApiException(StatusCodes.Status503ServiceUnavailable,
                $"The model '{model.Name}' cannot be loaded: {e.Message}");
        }
    }

    /// <summary>Changes when the weights do.</summary>
    public static string Fingerprint(ServedModel model) =>
        "fp_" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{model.Name} {model.CreatedAt:O}"))
            .AsSpan(0, 5));

    private bool HasPosts => posts.PostCount > 0;

    private static ApiException NotFound(string message) =>
        new(StatusCodes.Status404NotFound, message, "model", "model_not_found");

    private static ModelCard Card(ServedModel model, bool search) =>
        new(search ? model.Name + SearchSuffix : model.Name,
            "model", new DateTimeOffset(model.CreatedAt).ToUnixTimeSeconds(), "syrinx",
            model.Parameters, model.ContextLength);
}

/// <summary>OpenAI's model object, and what else is worth knowing.</summary>
internal sealed record ModelCard(string Id, string Object, long Created, string OwnedBy, long? Parameters, int ContextLength);

/// <summary>OpenAI's list object.</summary>
internal sealed record ModelList(string Object, IReadOnlyList<ModelCard> Data);
