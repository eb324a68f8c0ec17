// Hugging Face's tokenizer.json, the part of it that BPE needs:
//
//   added_tokens    [{"id", "content", "special", …}]: no text becomes a special one; any text that contains another does
//   model           {"type": "BPE", "vocab": {TOKEN: ID}, "merges": ["LEFT RIGHT", …] or [[LEFT, RIGHT], …], …}
//
// byte-level (GPT-2, Llama 3, Qwen; ours):
//   normalizer      null or {"type": "NFC"}
//   pre_tokenizer   {"type": "Sequence", "pretokenizers": [{"type": "Split", "pattern": {"Regex": …}, "behavior": "Isolated"},
//                   {"type": "ByteLevel", "use_regex": false}]}, or ByteLevel alone (GPT-2's pattern)
//   model           tokens are spelt in the byte-level alphabet, where a space is Ġ; "ignore_merges"
//
// of characters, as SentencePiece (Llama 2, Mistral):
//   normalizer      {"type": "Sequence", "normalizers": [{"type": "Prepend", "prepend": "▁"},
//                   {"type": "Replace", "pattern": {"String": " "}, "content": "▁"}]}, or
//   pre_tokenizer   {"type": "Metaspace", "replacement": "▁", "prepend_scheme": "first", "split": false}
//   model           "byte_fallback": true; a space is spelt ▁, the byte 0xE4 <0xE4>
using System.Text;
using System.Text.Json;

namespace Syrinx.Tokens;

/// <summary>Reads <c>tokenizer.json</c>; the first lines of this file tell its layout.</summary>
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
        foreach (string affix in (string[])["continuing_subword_prefix", "end_of_word_suffix"])
        {
            if (Text(model, affix) is { Length: > 0 } text)
                throw Bad($"field 'model.{affix}' is '{text}', but only tokenizers without one are read");
        }
        bool characters = IsTrue(model, "byte_fallback");
        var vocab = Property(model, "vocab") ?? throw Bad("field 'model.vocab' is missing");
        var merges = Property(model, "merges") ?? throw Bad("field 'model.merges' is missing");

        var known = new Dictionary<string, int>();
        foreach (var token in vocab.EnumerateObject())
            known[token.Name] = token.Value.GetInt32();
        var (special, added) = ReadAdded(root, Bad);
        var names = special.Concat(added).ToDictionary(s => s.Id, s => s.Text);
        var tokens = ReadTokens(known, names, characters, Bad);
        var pairs = ReadMerges(merges, known, Bad);
        if (characters)
        {
            return new(tokens, pairs, special, Patterns: [], Nfc: false, IgnoreMerges: false, added,
                TokenizerJsonSpaces.Read(root, known, Bad));
        }
        for (int b = 0; b < 256; b++)
        {
            if (!known.ContainsKey(ByteLevel.ToText([(byte)b])))
                throw Bad($"field 'model.vocab' lacks the token of the single byte 0x{b:X2}, so not every text could be encoded");
        }
        return new(tokens, pairs, special, Patterns(Property(root, "pre_tokenizer"), Bad), Nfc(Property(root, "normalizer"), Bad),
            IsTrue(model, "ignore_merges"), added);
    }

    private static (List<SpecialToken> Special, List<SpecialToken> Added) ReadAdded(
        JsonElement root, Func<string, InputException> bad)
    {
        var special = new List<SpecialToken>();
        var added = new List<SpecialToken>();
        foreach (var entry in Property(root, "added_tokens")?.EnumerateArray() ?? default)
        {
            var token = new SpecialToken(
                Text(entry, "content") ?? throw bad("an entry of 'added_tokens' lacks 'content'"),
                Property(entry, "id")?.GetInt32() ?? throw bad("an entry of 'added_tokens' lacks 'id'"));
            if (token.Id < 0)
                throw bad($"field 'added_tokens': '{token.Text}' has id {token.Id}");
            if (Property(entry, "special") is not { ValueKind: JsonValueKind.False })
            {
                special.Add(token);
                continue;
            }
            foreach (string flag in (string[])["single_word", "lstrip", "rstrip"])
            {
                if (IsTrue(entry, flag))
                    throw bad($"field 'added_tokens': '{token.Text}' has the flag '{flag}', which only special ones may have");
            }
            if (token.Text.Length > 0)
                added.Add(token);
        }
        return (special, added);
    }

    private static byte[][] ReadTokens(
        Dictionary<string, int> known, Dictionary<int, string> names, bool characters, Func<string, InputException> bad)
    {
        long size = known.Values.Concat(names.Keys).DefaultIfEmpty(-1).Max() + 1L;
        if (size > 2L * (known.Count + names.Count) + 1024)
            throw bad($"the largest id is {size - 1}, but there are only {known.Count + names.Count} tokens");
        var tokens = new byte[size][];
        foreach (var (text, id) in known)
        {
            if (id < 0 || tokens[id] is not null)
                throw bad($"field 'model.vocab': token '{text}' has id {id}, which is negative or another's");
            tokens[id] = names.ContainsKey(id) ? Encoding.UTF8.GetBytes(text)
                : characters ? TokenizerJsonSpaces.ToBytes(text)
                : ByteLevel.ToBytes(text)
                    ?? throw bad($"field 'model.vocab': token '{text}' is not spelt in the byte-level alphabet");
        }
        foreach (var (id, text) in names)
            tokens[id] = Encoding.UTF8.GetBytes(text);
        for (int id = 0; id < tokens.Length; id++)
            tokens[id] ??= []; // a hole in the numbering
        return tokens;
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
                && !IsTrue(step, "invert")
                && Property(step, "pattern") is { } pattern && Text(pattern, "Regex") is { } regex)
            {
                patterns.Add(regex);
            }
            else if (type == "Digits" && IsTrue(step, "individual_digits"))
            {
                patterns.Add(@"\p{N}");
            }
            else if (type == "ByteLevel" && !IsTrue(step, "add_prefix_space"))
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

    private static bool IsTrue(JsonElement element, string name) => Property(element, name) is { ValueKind: JsonValueKind.True };

    internal static JsonElement? Property(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value)
            && value.ValueKind != JsonValueKind.Null
            ? value : null;

    internal static string? Text(JsonElement element, string name) =>
        Property(element, name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;
}
