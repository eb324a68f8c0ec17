namespace Syrinx.Server.OpenAi;

/// <summary>The body of <c>POST /v1/embeddings</c>.</summary>
internal sealed record EmbeddingRequest(string Model, IReadOnlyList<string> Input, bool Base64, int? Dimensions)
{
    /// <summary>Most texts in one request.</summary>
    private const int MostInputs = 256;

    public static EmbeddingRequest Read(JsonFields body)
    {
        var input = body.Texts("input") ?? throw body.Missing("input");
        if (input.Count is 0 or > MostInputs)
            throw JsonFields.Invalid($"Invalid 'input': expected 1 to {MostInputs} texts, but got {input.Count}.",
                "input", "invalid_value");
        int empty = input.FindIndex(text => text.Length == 0);
        if (empty >= 0)
            throw JsonFields.Invalid($"Invalid 'input[{empty}]': the text is empty.", "input", "invalid_value");
        string format = body.Text("encoding_format") ?? "float";
        if (format is not ("float" or "base64"))
        {
            throw JsonFields.Invalid($"Invalid value: '{format}'. Supported values are: 'float', 'base64'.",
                "encoding_format", "invalid_value");
        }
        return new(body.RequiredText("model"), input, format == "base64", (int?)body.Integer("dimensions", 1, int.MaxValue));
    }
}
