using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Syrinx.Server.OpenAi;

/// <summary>The body of <c>POST /v1/moderations</c>.</summary>
internal sealed record ModerationRequest(IReadOnlyList<string> Input)
{
    /// <summary>What judges; the name that replies give.</summary>
    public const string Model = "syrinx-labels";

    /// <summary>Most texts in one request.</summary>
    private const int MostInputs = 256;

    /// <summary>OpenAI's models, which clients name by default: another judge answers, under its own name.</summary>
    private static readonly string[] Models =
        [Model, "omni-moderation-latest", "omni-moderation-2024-09-26", "text-moderation-latest", "text-moderation-stable", "text-moderation-007"];

    public static ModerationRequest Read(JsonFields body)
    {
        if (body.Text("model") is { } model && !Models.Contains(model))
        {
            throw new ApiException(StatusCodes.Status404NotFound,
                $"The model '{model}' does not moderate; leave 'model' out, or name '{Model}'.", "model", "model_not_found");
        }
        var input = Texts(body);
        return input.Count is > 0 and <= MostInputs ? new(input)
            : throw JsonFields.Invalid($"Invalid 'input': expected 1 to {MostInputs} texts, but got {input.Count}.", "input", "invalid_value");
    }

    /// <summary>A text, several, or the parts of one: <c>[{"type":"text","text":"…"}]</c>.</summary>
    private static List<string> Texts(JsonFields body)
    {
        bool parts = body.Get("input") is { ValueKind: JsonValueKind.Array } list && list.GetArrayLength() > 0 && list[0].ValueKind == JsonValueKind.Object;
        if (!parts)
            return body.Texts("input") ?? throw body.Missing("input");
        return [string.Join('\n', body.RequiredObjects("input").Select(part => part.RequiredText("type") == "text"
            ? part.RequiredText("text")
            : throw JsonFields.Invalid(
                $"Invalid value: '{part.Text("type")}'. This server reads text only; the supported value is 'text'.", part.At("type"), "invalid_value")))];
    }
}
