using System.Text;
using System.Text.Json;

namespace Syrinx.Tokens;

/// <summary>
/// What <c>tokenizer.json</c> says of a tokenizer that merges characters: how spaces become ▁ and whether one is put before a
/// text, as a normalizer or as the pre-tokenizer Metaspace.
/// </summary>
internal static class TokenizerJsonSpaces
{
    private const string Mark = "\u2581";

    public static SentencePieceRules Read(JsonElement root, Dictionary<string, int> known, Func<string, InputException> bad)
    {
        var bytes = new int[256];
        for (int b = 0; b < 256; b++)
        {
            if (!known.TryGetValue($"<0x{b:X2}>", out bytes[b]))
                throw bad($"field 'model.vocab' lacks <0x{b:X2}>, which 'byte_fallback' needs");
        }
        bool marks = false, spaceBefore = false;
        var normalizer = TokenizerJson.Property(root, "normalizer");
        foreach (var step in Steps(normalizer, "normalizers"))
        {
            string? type = TokenizerJson.Text(step, "type");
            if (type == "Prepend" && TokenizerJson.Text(step, "prepend") == Mark)
                spaceBefore = true;
            else if (type == "Replace" && TokenizerJson.Text(step, "content") == Mark
                && TokenizerJson.Property(step, "pattern") is { } pattern && TokenizerJson.Text(pattern, "String") == " ")
                marks = true;
            else
                throw bad($"field 'normalizer' has a step of type '{type}' that is not known; Prepend and Replace by ▁ are");
        }
        foreach (var step in Steps(TokenizerJson.Property(root, "pre_tokenizer"), "pretokenizers"))
        {
            bool metaspace = TokenizerJson.Text(step, "type") == "Metaspace" && TokenizerJson.Text(step, "replacement") == Mark
                && TokenizerJson.Property(step, "split") is { ValueKind: JsonValueKind.False };
            if (!metaspace)
                throw bad($"field 'pre_tokenizer' has a step of type '{TokenizerJson.Text(step, "type")}'; beside 'byte_fallback' " +
                    $"only Metaspace without splitting is known");
            marks = true;
            spaceBefore |= TokenizerJson.Text(step, "prepend_scheme") != "never";
        }
        if (!marks)
            throw bad("neither 'normalizer' nor 'pre_tokenizer' turns spaces into ▁, as 'byte_fallback' lets expect");
        return new(bytes, Unknown: -1, spaceBefore, CollapseSpaces: false, RankByResult: false);
    }

    public static byte[] ToBytes(string token) =>
        SentencePieceRules.ByteOf(token) is { } b ? [b] : Encoding.UTF8.GetBytes(token.Replace(SentencePieceRules.Space, ' '));

    /// <summary>How a token is spelt.</summary>
    /// <param name="token">Its bytes.</param>
    /// <param name="asByte">The byte that it stands for; −1 when it is of characters.</param>
    public static string ToText(byte[] token, int asByte) =>
        asByte >= 0 ? $"<0x{asByte:X2}>" : Encoding.UTF8.GetString(token).Replace(' ', SentencePieceRules.Space);

    public static void Write(Utf8JsonWriter json, SentencePieceRules rules)
    {
        json.WriteStartObject("normalizer");
        json.WriteString("type", "Sequence");
        json.WriteStartArray("normalizers");
        if (rules.SpaceBefore)
        {
            json.WriteStartObject();
            json.WriteString("type", "Prepend");
            json.WriteString("prepend", Mark);
            json.WriteEndObject();
        }
        WriteReplace(json, " ", Mark);
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteNull("pre_tokenizer");
    }

    public static void WriteDecoder(Utf8JsonWriter json, SentencePieceRules rules)
    {
        json.WriteStartObject("decoder");
        json.WriteString("type", "Sequence");
        json.WriteStartArray("decoders");
        WriteReplace(json, Mark, " ");
        foreach (string type in (string[])["ByteFallback", "Fuse"])
        {
            json.WriteStartObject();
            json.WriteString("type", type);
            json.WriteEndObject();
        }
        if (rules.SpaceBefore)
        {
            json.WriteStartObject();
            json.WriteString("type", "Strip");
            json.WriteString("content", " ");
            json.WriteNumber("start", 1);
            json.WriteNumber("stop", 0);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteReplace(Utf8JsonWriter json, string pattern, string content)
    {
        json.WriteStartObject();
        json.WriteString("type", "Replace");
        json.WriteStartObject("pattern");
        json.WriteString("String", pattern);
        json.WriteEndObject();
        json.WriteString("content", content);
        json.WriteEndObject();
    }

    private static IEnumerable<JsonElement> Steps(JsonElement? element, string list) =>
        element is not { } one ? []
        : TokenizerJson.Text(one, "type") != "Sequence" ? [one]
        : TokenizerJson.Property(one, list)?.EnumerateArray() ?? Enumerable.Empty<JsonElement>();
}
