using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Syrinx.Data.Corpus;
using Syrinx.Data.Corpus.Classifiers;

namespace Syrinx.Server.OpenAi;

/// <summary>
/// <c>POST /v1/moderations</c>: texts judged by the classifiers that curation uses, those of the home folder included, in this process
/// also where the models are another server's. Only two of OpenAI's categories have a classifier; the reply says which, and the others
/// are always false with a score of 0.
/// </summary>
internal sealed class Moderations(HomeFolder home)
{
    private const string Harassment = "harassment", Sexual = "sexual";

    /// <summary>OpenAI's, in the order of its reference; its clients need all of them.</summary>
    private static readonly string[] Categories =
    [
        Harassment, "harassment/threatening", "hate", "hate/threatening", "illicit", "illicit/violent", "self-harm", "self-harm/intent",
        "self-harm/instructions", Sexual, "sexual/minors", "violence", "violence/graphic",
    ];

    /// <summary>From these scores on the standard policy drops a post.</summary>
    private static readonly CurateSettings Curation = new();

    private readonly Lazy<LabelModels> _models = new(() => LabelModels.Load(home.Labels));

    public async Task Post(HttpContext http)
    {
        var request = ModerationRequest.Read(await JsonFields.Read(http.Request));
        var models = Models();
        await http.Response.WriteAsJsonAsync(new JsonObject
        {
            ["id"] = "modr-" + Guid.NewGuid().ToString("N"),
            ["model"] = ModerationRequest.Model,
            ["results"] = new JsonArray([.. request.Input.Select(text => (JsonNode)Result(TextScores.Of(text, models)))]),
        }, ApiJson.Options, http.RequestAborted);
    }

    private LabelModels Models()
    {
        try
        {
            return _models.Value;
        }
        catch (InputException e)
        {
            throw new ApiException(StatusCodes.Status503ServiceUnavailable, $"The labels cannot be loaded: {e.Message}");
        }
    }

    private static JsonObject Result(TextScores scores)
    {
        bool harassment = scores.Toxicity >= Curation.MaxToxicity, sexual = scores.Nsfw >= Curation.MaxNsfw;
        return new()
        {
            ["flagged"] = harassment || sexual,
            ["categories"] = Each(c => c switch { Harassment => harassment, Sexual => sexual, _ => false }),
            ["category_scores"] = Each(c => c switch { Harassment => scores.Toxicity, Sexual => scores.Nsfw, _ => 0f }),
            ["category_applied_input_types"] = Each(c => c is Harassment or Sexual ? new JsonArray("text") : new JsonArray()),
            ["categories_checked"] = new JsonArray(Harassment, Sexual),
        };
    }

    private static JsonObject Each(Func<string, JsonNode> value) => new(Categories.Select(c => KeyValuePair.Create(c, (JsonNode?)value(c))));
}
