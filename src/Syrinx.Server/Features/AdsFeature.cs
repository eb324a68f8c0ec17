using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Syrinx.Ads;
using Syrinx.Server.OpenAi;
using Syrinx.Server.Serving;

namespace Syrinx.Server.Features;

/// <summary>
/// <c>POST /api/ads/generate</c> and <c>POST /api/ads/check</c>: the reports of <c>syrinx ads</c> as JSON. A client that goes
/// away stops the work.
/// </summary>
internal static class AdsFeature
{
    /// <summary>Most ads that one request may have checked.</summary>
    private const int MostChecked = 500;

    /// <summary>Variants where no count is sent, as the verb writes.</summary>
    private const int UsualCount = 8;

    public static void MapAds(this WebApplication app)
    {
        app.MapPost("/api/ads/generate", (HttpContext http, AdWriter writer, ServedModels models) => Generate(http, writer, models));
        app.MapPost("/api/ads/check", (HttpContext http, AdWriter writer) => Check(http, writer));
    }

    private static async Task Generate(HttpContext http, AdWriter writer, ServedModels models)
    {
        var cancel = http.RequestAborted;
        var fields = await JsonFields.Read(http.Request);
        var (brief, format) = (Brief(fields), Format(fields));
        int count = (int)(fields.Integer("count", 1, AdGenerator.MaxCount) ?? UsualCount);
        ulong seed = (ulong)(fields.Integer("seed", 0, long.MaxValue) ?? 1);
        var model = Model(fields, writer, models);
        var ads = model is null
            ? await writer.WriteByRule(brief, format, count, seed, cancel)
            : await writer.WriteWith(model, brief, format, count, seed, cancel) ?? throw GenerationGate.Full();

        AiMark.Set(http.Response);
        var json = JsonSerializer.SerializeToNode(ads, ApiJson.Options)!.AsObject();
        json["ai_generated"] = true;
        await http.Response.WriteAsJsonAsync(json, ApiJson.Options, cancel);
    }

    private static async Task Check(HttpContext http, AdWriter writer)
    {
        var cancel = http.RequestAborted;
        var request = await JsonFields.Read(http.Request);
        var (brief, format) = (Brief(request), Format(request));
        var ads = Copy(request, format);
        var checker = await writer.Read(brief, cancel);
        List<AdVerdict> verdicts = [];
        foreach (var ad in ads)
            verdicts.Add(await writer.Check(checker, format, ad, cancel));
        await http.Response.WriteAsJsonAsync(new CheckReport(verdicts, checker.BriefProblems), ApiJson.Options, cancel);
    }

    private static AdBrief Brief(JsonFields request)
    {
        var brief = request.Get("brief") ?? throw request.Missing("brief");
        return brief.ValueKind == JsonValueKind.Object
            ? AdBrief.Parse(brief.GetRawText()) : throw JsonFields.WrongType("brief", "an object", brief);
    }

    private static AdFormat Format(JsonFields request) => AdFormat.Find(request.RequiredText("format"));

    /// <summary>The model that may draft: the one that is named, else the default one; <c>"use_model": false</c> asks for none.</summary>
    private static ServedModel? Model(JsonFields request, AdWriter writer, ServedModels models)
    {
        if (request.Flag("use_model") is false)
            return null;
        return request.Text("model") is not { } name ? writer.Model : models.Find(name) ?? throw new ApiException(
            StatusCodes.Status404NotFound, $"model: there is no model '{name}'. GET /v1/models lists those that there are.");
    }

    /// <summary><c>fields</c>: one ad; <c>ads</c>: several, each with its <c>fields</c>.</summary>
    private static IReadOnlyList<FieldValues<string>> Copy(JsonFields request, AdFormat format)
    {
        if (request.Get("ads") is { } several)
        {
            if (several.ValueKind != JsonValueKind.Array)
                throw JsonFields.WrongType("ads", "an array", several);
            if (several.GetArrayLength() is 0 or > MostChecked)
                throw JsonFields.Invalid($"ads has {several.GetArrayLength()} elements; 1 to {MostChecked} are checked at a time.", "ads", "invalid_value");
            return AdFields.Parse(several.GetRawText(), format);
        }
        if (request.Get("fields") is not { } one)
            throw JsonFields.Invalid("'fields' is missing: one ad's copy; or send 'ads', several, each with its fields.", "fields", "missing_required_parameter");
        return AdFields.Parse($$"""{"fields":{{one.GetRawText()}}}""", format);
    }

    /// <summary>One verdict an ad, in their order, and what of the brief itself cannot be used.</summary>
    private sealed record CheckReport(IReadOnlyList<AdVerdict> Verdicts, IReadOnlyList<AdProblem> BriefProblems);
}
