// Hugging Face's tokenizer.json, the part of it that byte-level BPE needs:
//
//   normalizer      null or {"type": "NFC"}
//   pre_tokenizer   {"type": "Sequence", "pretokenizers": [{"type": "Split", "pattern": {"Regex": …}, "behavior": "Isolated"},
//                   {"type": "ByteLevel", "use_regex": false}]}, or ByteLevel alone (GPT-2's pattern)
//   model           {"type": "BPE", "vocab": {TOKEN: ID}, "merges": ["LEFT RIGHT", …] or [[LEFT, RIGHT], …],
//                   "ignore_merges"}; tokens are spelt in the byte-level alphabet, where a space is Ġ
//   added_tokens    [{"id", "content", "special", …}]
//   decoder         {"type": "ByteLevel"}
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Syrinx.Tokens;

/// <summary>Reads and writes <c>tokenizer.json</c>; the first lines of this file tell its layout.</summary>
internal static class TokenizerJson
{
    /// <exception cref="InputException">The file is missing or holds something else; the message names file and
    /// field.</exception>
    public static BpeVocabulary Read(string path)
    {
        try
        {
            using var stream = File.OpenRead(path);
            using var json = JsonDocument.Parse(stream);
            return Read(path, json.RootElement);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new InputException($"{path} is not there: 'syrinx tokenizer train' makes one.", e);
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException or InvalidOperationException
            or FormatException or ArgumentException)
        {
            throw new InputException($"{path} is not a tokenizer.json: {e.Message}", e);
        }
    }

    private static BpeVocabulary Read(string path, JsonElement root)
    {
        InputException Bad(string what) => new($"{path}: {what}.");
        var model = Property(root, "model") ?? throw Bad("field 'model' is missing");
        if (Property(model, "type") is { } type && type.GetString() != "BPE")
            throw Bad($"field 'model.type' is '{type}', but only 'BPE' is read");
        if (Property(model, "byte_fallback") is { ValueKind: JsonValueKind.True })
            throw Bad("field 'model.byte_fallback' is true: SentencePiece vocabularies are not read, only byte-level BPE is");
        var vocab = Property(model, "vocab") ?? throw Bad("field 'model.vocab' is missing");
        var merges = Property(model, "merges") ?? throw Bad("field 'model.merges' is missing");

        var ids = vocab.EnumerateObject().Select(t => (Text: t.Name, Id: t.Value.GetInt32())).ToList();
        var special = (Property(root, "added_tokens")?.EnumerateArray() ?? default).Select(t => new SpecialToken(
            Property(t, "content")?.GetString() ?? throw Bad("an entry of 'added_tokens' lacks 'content'"),
            Property(t, "id")?.GetInt32() ?? throw Bad("an entry of 'added_tokens' lacks 'id'"))).ToList();
        var added = special.ToDictionary(s => s.Id, s => s.Text);
        long size = ids.Select(t => (long)t.Id).Concat(added.Keys.Select(k => (long)k)).DefaultIfEmpty(-1).Max() + 1;
        if (size > 2L * (ids.Count + added.Count) + 1024)
            throw Bad($"the largest id is {size - 1}, but there are only {ids.Count + added.Count} tokens");

        var tokens = new byte[size][];
        foreach (var (text, id) in ids)
        {
            if (id < 0 || tokens[id] is not null)
                throw Bad($"field 'model.vocab': token '{text}' has id {id}, which is negative or another's");
            tokens[id] = added.ContainsKey(id) ? Encoding.UTF8.GetBytes(text) : ByteLevel.ToBytes(text)
                ?? throw Bad($"field 'model.vocab': token '{text}' is not spelt in the byte-level alphabet");
        }
        foreach (var (id, text) in added)
        {
            if (id < 0)
                throw Bad($"field 'added_tokens': '{text}' has id {id}");
            tokens[id] = Encoding.UTF8.GetBytes(text);
        }
        for (int id = 0; id < tokens.Length; id++)
            tokens[id] ??= []; // a hole in the numbering
        var known = ids.ToDictionary(t => t.Text, t => t.Id);
        for (int b = 0; b < 256; b++)
        {
            if (!known.ContainsKey(ByteLevel.ToText([(byte)b])))
                throw Bad($"field 'model.vocab' lacks the token of the single byte 0x{b:X2}, so not every text could be encoded");
        }
        return new BpeVocabulary(tokens, ReadMerges(merges, known, Bad), special, Patterns(Property(root, "pre_tokenizer"), Bad),
            Nfc(Property(root, "normalizer"), Bad), Property(model, "ignore_merges") is { ValueKind: JsonValueKind.True });
    }

    private static List<(int, int, int)> ReadMerges(
        JsonElement merges, Dictionary<string, int> known, Func<string, InputException> bad)
    {
        var list = new List<(int, int, int)>(merges.GetArrayLength());
        foreach (var merge in merges.EnumerateArray())
        {
            string[] pair = merge.ValueKind == JsonValueKind.Array
                ? [.. merge.EnumerateArray().Select(t => t.GetString()!)]
                : merge.GetString()!.Split(' ');
            if (pair is not [var left, var right] || !known.TryGetValue(left, out int l) || !known.TryGetValue(right, out int r)
                || !known.TryGetValue(left + right, out int merged))
                throw bad($"field 'model.merges', entry {list.Count}: {merge} must be two tokens of the vocabulary whose " +
                    $"concatenation is one, too");
            list.Add((l, r, merged));
        }
        return list;
    }

    private static IReadOnlyList<string> Patterns(JsonElement? preTokenizer, Func<string, InputException> bad)
    {
        if (preTokenizer is not { } element)
            throw bad("field 'pre_tokenizer' is missing");
        JsonElement[] steps = Text(element, "type") == "Sequence"
            ? [.. Property(element, "pretokenizers")?.EnumerateArray() ?? default] : [element];
        var patterns = new List<string>();
        bool byteLevel = false;
        foreach (var step in steps)
        {
            string? type = Text(step, "type");
            if (type == "Split" && Text(step, "behavior") == "Isolated"
                && Property(step, "invert") is not { ValueKind: JsonValueKind.True }
                && Property(step, "pattern") is { } pattern && Text(pattern, "Regex") is { } regex)
            {
                patterns.Add(regex);
            }
            else if (type == "Digits" && Property(step, "individual_digits") is { ValueKind: JsonValueKind.True })
            {
                patterns.Add(@"\p{N}");
            }
            else if (type == "ByteLevel" && Property(step, "add_prefix_space") is not { ValueKind: JsonValueKind.True })
            {
                byteLevel = true;
                if (Property(step, "use_regex") is not { ValueKind: JsonValueKind.False })
                    patterns.Add(PreTokenizer.Gpt2Pattern);
            }
            else
            {
                throw bad($"field 'pre_tokenizer' has a step of type '{type}' with options that are not known; Split (Regex, " +
                    $"Isolated) and ByteLevel (no prefix space) are");
            }
        }
        if (!byteLevel || patterns.Count == 0)
            throw bad("field 'pre_tokenizer' lacks the step 'ByteLevel', or a pattern");
        try
        {
            _ = new PreTokenizer(patterns);
        }
        catch (ArgumentException e)
        {
            throw bad($"field 'pre_tokenizer': {e.Message}");
        }
        return patterns;
    }

    private static bool Nfc(JsonElement? normalizer, Func<string, InputException> bad)
    {
        if (normalizer is not { } element)
            return false;
        return Text(element, "type") switch
        {
            "NFC" => true,
            "Sequence" when Property(element, "normalizers") is { } list && list.GetArrayLength() == 0 => false,
            var other => throw bad($"field 'normalizer' is of type '{other}', but only NFC is known"),
        };
    }

    public static void Write(string path, BpeVocabulary vocabulary) => AtomicFile.Write(path, stream =>
    {
        using var json = new Utf8JsonWriter(
            stream, new JsonWriterOptions { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        var special = vocabulary.Special.Select(s => s.Id).ToHashSet();
        json.WriteStartObject();
        json.WriteString("version", "1.0");
        json.WriteNull("truncation");
        json.WriteNull("padding");
        json.WriteStartArray("added_tokens");
        foreach (var token in vocabulary.Special.OrderBy(s => s.Id))
        {
            json.WriteStartObject();
            json.WriteNumber("id", token.Id);
            json.WriteString("content", token.Text);
            foreach (string flag in (string[])["single_word", "lstrip", "rstrip", "normalized"])
                json.WriteBoolean(flag, false);
            json.WriteBoolean("special", true);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        if (vocabulary.Nfc)
            WriteType(json, "normalizer", "NFC");
        else
            json.WriteNull("normalizer");
        json.WriteStartObject("pre_tokenizer");
        json.WriteString("type", "Sequence");
        json.WriteStartArray("pretokenizers");
        foreach (string pattern in vocabulary.Patterns)
        {
            json.WriteStartObject();
            json.WriteString("type", "Split");
            json.WriteStartObject("pattern");
            json.WriteString("Regex", pattern);
            json.WriteEndObject();
            json.WriteString("behavior", "Isolated");
            json.WriteBoolean("invert", false);
            json.WriteEndObject();
        }
        WriteByteLevel(json, null);
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteNull("post_processor");
        WriteByteLevel(json, "decoder");
        json.WriteStartObject("model");
        json.WriteString("type", "BPE");
        foreach (string absent in (string[])["dropout", "unk_token", "continuing_subword_prefix", "end_of_word_suffix"])
            json.WriteNull(absent);
        json.WriteBoolean("fuse_unk", false);
        json.WriteBoolean("byte_fallback", false);
        json.WriteBoolean("ignore_merges", vocabulary.IgnoreMerges);
        json.WriteStartObject("vocab");
        for (int id = 0; id < vocabulary.Tokens.Count; id++)
        {
            if (!special.Contains(id) && vocabulary.Tokens[id].Length > 0)
                json.WriteNumber(ByteLevel.ToText(vocabulary.Tokens[id]), id);
        }
        json.WriteEndObject();
        json.WriteStartArray("merges");
        foreach (var (left, right, _) in vocabulary.Merges)
            json.WriteStringValue($"{ByteLevel.ToText(vocabulary.Tokens[left])} {ByteLevel.ToText(vocabulary.Tokens[right])}");
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
    });

    private static void WriteByteLevel(Utf8JsonWriter json, string? name)
    {
        if (name is null)
            json.WriteStartObject();
        else
            json.WriteStartObject(name);
        json.WriteString("type", "ByteLevel");
        json.WriteBoolean("add_prefix_space", false);
        json.WriteBoolean("trim_offsets", false);
        json.WriteBoolean("use_regex", false);
        json.WriteEndObject();
    }

    private static void WriteType(Utf8JsonWriter json, string name, string type)
    {
        json.WriteStartObject(name);
        json.WriteString("type", type);
        json.WriteEndObject();
    }

    private static JsonElement? Property(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value)
            && value.ValueKind != JsonValueKind.Null
            ? value : null;

    private static string? Text(JsonElement element, string name) =>
        Property(element, name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;
}
