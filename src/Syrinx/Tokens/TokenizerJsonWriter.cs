using System.Text.Encodings.Web;
using System.Text.Json;

namespace Syrinx.Tokens;

/// <summary>Writes <c>tokenizer.json</c>, whose layout <c>TokenizerJson.cs</c> tells.</summary>
internal static class TokenizerJsonWriter
{
    /// <exception cref="InputException">It cannot be written, or the tokenizer has no place in that format.</exception>
    public static void Write(string path, BpeVocabulary vocabulary)
    {
        if (vocabulary.SentencePiece is { Bytes.Length: 0 })
            throw new InputException(
                $"{path} cannot be written: a SentencePiece tokenizer without tokens for bytes has no form in tokenizer.json that " +
                $"is read here.");
        AtomicFile.Write(path, stream => Write(stream, vocabulary));
    }

    private static void Write(Stream stream, BpeVocabulary vocabulary)
    {
        using var json = new Utf8JsonWriter(
            stream, new JsonWriterOptions { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        var special = vocabulary.Special.Select(s => s.Id).ToHashSet();
        var names = vocabulary.Special.Concat(vocabulary.Added).OrderBy(s => s.Id).ToDictionary(s => s.Id, s => s.Text);
        bool characters = vocabulary.SentencePiece is not null;
        json.WriteStartObject();
        json.WriteString("version", "1.0");
        json.WriteNull("truncation");
        json.WriteNull("padding");
        json.WriteStartArray("added_tokens");
        foreach (var (id, name) in names)
        {
            json.WriteStartObject();
            json.WriteNumber("id", id);
            json.WriteString("content", name);
            foreach (string flag in (string[])["single_word", "lstrip", "rstrip", "normalized"])
                json.WriteBoolean(flag, false);
            json.WriteBoolean("special", special.Contains(id));
            json.WriteEndObject();
        }
        json.WriteEndArray();
        if (vocabulary.SentencePiece is { } rules)
            TokenizerJsonSpaces.Write(json, rules);
        else
            WriteForm(json, vocabulary);
        json.WriteNull("post_processor");
        if (characters)
            TokenizerJsonSpaces.WriteDecoder(json, vocabulary.SentencePiece!);
        else
            WriteByteLevel(json, "decoder");
        json.WriteStartObject("model");
        json.WriteString("type", "BPE");
        json.WriteNull("dropout");
        json.WriteString("unk_token", vocabulary.SentencePiece is { Unknown: >= 0 } known ? names[known.Unknown] : null);
        json.WriteNull("continuing_subword_prefix");
        json.WriteNull("end_of_word_suffix");
        json.WriteBoolean("fuse_unk", characters);
        json.WriteBoolean("byte_fallback", characters);
        json.WriteBoolean("ignore_merges", vocabulary.IgnoreMerges);
        json.WriteStartObject("vocab");
        for (int id = 0; id < vocabulary.Tokens.Count; id++)
        {
            if (!names.TryGetValue(id, out string? name))
            {
                if (vocabulary.Tokens[id].Length > 0)
                    json.WriteNumber(Spell(vocabulary, id), id);
            }
            else if (characters) // among the others' ids, not after them
                json.WriteNumber(name, id);
        }
        json.WriteEndObject();
        json.WriteStartArray("merges");
        foreach (var (left, right, _) in vocabulary.Merges)
            json.WriteStringValue($"{Spell(vocabulary, left)} {Spell(vocabulary, right)}");
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
    }

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

    private static string Spell(BpeVocabulary vocabulary, int id) => vocabulary.SentencePiece is { } rules
        ? TokenizerJsonSpaces.ToText(vocabulary.Tokens[id], Array.IndexOf(rules.Bytes, id))
        : ByteLevel.ToText(vocabulary.Tokens[id]);

    private static void WriteForm(Utf8JsonWriter json, BpeVocabulary vocabulary)
    {
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
    }
}
