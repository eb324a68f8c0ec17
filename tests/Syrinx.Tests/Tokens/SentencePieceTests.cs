using CsCheck;
using Microsoft.ML.Tokenizers;
using Syrinx.Tokens;
using BpeTokenizer = Syrinx.Tokens.BpeTokenizer;

namespace Syrinx.Tests.Tokens;

/// <summary>SentencePiece's <c>tokenizer.model</c>, with Microsoft.ML.Tokenizers' LlamaTokenizer as the slow twin.</summary>
public class SentencePieceTests
{
    private static readonly List<ScoredPiece> Vocabulary = SentencePieceFile.Pieces();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Sentences_have_the_same_ids_as_the_twins(bool spaceBefore)
    {
        var ours = Load(Vocabulary, spaceBefore);
        var theirs = LlamaTokenizer.Create(
            new MemoryStream(SentencePieceFile.Write(Vocabulary, spaceBefore: spaceBefore)), addBeginOfSentence: false, addEndOfSentence: false);
        foreach (string text in Languages.Sentences)
            Assert.Equal(theirs.EncodeToIds(text, addBeginningOfSentence: false, addEndOfSentence: false), ours.Encode(text));
    }

    /// <summary>Where merges overlap ("aaa"), Microsoft's twin takes another one than the leftmost, which is SentencePiece's.</summary>
    [Fact]
    public void Any_text_is_merged_best_score_first_and_leftmost_among_equals()
    {
        var tokenizer = Load(Vocabulary);
        void Same(string text) => Assert.Equal(Slow(tokenizer.Normalize(text)), tokenizer.Encode(text).Select(id => Vocabulary[id].Text));
        Assert.All(Languages.Sentences, Same);
        Assert.All(Languages.Traps, Same);
        BpeTokenizerTests.Texts.Sample(Same, iter: 1000);
    }

    private static IEnumerable<string> Slow(string text)
    {
        var scores = Vocabulary.Where(p => p.Kind == PieceKind.Normal).ToDictionary(p => p.Text, p => p.Score);
        var symbols = text.Replace(' ', '▁').EnumerateRunes().Select(r => r.ToString()).ToList();
        while (true)
        {
            var best = (Score: float.NegativeInfinity, At: -1);
            for (int i = 0; i + 1 < symbols.Count; i++)
            {
                if (scores.TryGetValue(symbols[i] + symbols[i + 1], out float score) && score > best.Score)
                    best = (score, i);
            }
            if (best.At < 0)
                return symbols.SelectMany(s => scores.ContainsKey(s) ? [s] : System.Text.Encoding.UTF8.GetBytes(s).Select(b => $"<0x{b:X2}>"));
            symbols[best.At] += symbols[best.At + 1];
            symbols.RemoveAt(best.At + 1);
        }
    }

    [Fact]
    public void Cutting_at_spaces_changes_nothing()
    {
        // a piece with a space inside keeps texts whole; this one is never made, since its halves are no pieces
        var (cut, whole) = (Load(Vocabulary), Load([.. Vocabulary, new("☄▁☄", 0, PieceKind.Normal)]));
        foreach (string text in Languages.Sentences.Concat(Languages.Traps))
            Assert.Equal(whole.Encode(text), cut.Encode(text));
        BpeTokenizerTests.Texts.Sample(text => Assert.Equal(whole.Encode(text), cut.Encode(text)), iter: 1000);
    }

    [Fact]
    public void Characters_without_a_token_are_spelt_in_bytes_and_come_back()
    {
        var tokenizer = Load(Vocabulary);
        Assert.Equal(["<0xE2>", "<0x98>", "<0x84>"], tokenizer.Encode("☄")[1..].Select(id => Vocabulary[id].Text));
        foreach (string text in Languages.Sentences.Concat(Languages.Traps).Where(t => !t.Contains('▁')))
            Assert.Equal(text, tokenizer.Decode(tokenizer.Encode(text)));
    }

    [Fact]
    public void Where_there_are_no_bytes_a_run_of_strange_characters_is_one_unknown_token()
    {
        var pieces = Vocabulary.Where(p => p.Kind != PieceKind.Byte).ToList();
        Assert.Equal(["▁", "<unk>", "."], Load(pieces).Encode("☄☄☄.").Select(id => pieces[id].Text));
        var none = pieces.Where(p => p.Kind != PieceKind.Unknown).ToList();
        Assert.Contains("neither", Assert.Throws<InputException>(() => Load(none)).Message);
    }

    [Fact]
    public void Control_tokens_are_no_text_and_user_defined_ones_are_taken_whole()
    {
        var pieces = Vocabulary.Append(new("[again▁and]", 0, PieceKind.UserDefined)).ToList();
        var tokenizer = Load(pieces);
        Assert.DoesNotContain(tokenizer.Encode("<s>late</s>"), tokenizer.IsSpecial);
        var ids = tokenizer.Encode("late[again and]late");
        Assert.Single(ids, pieces.Count - 1);
        Assert.Equal("late[again and]late", tokenizer.Decode(ids));
    }

    [Fact]
    public void Runs_of_spaces_become_one_where_the_model_says_so()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder["tokenizer.model"], SentencePieceFile.Write(Vocabulary, collapseSpaces: true));
        var tokenizer = BpeTokenizer.Load(folder["tokenizer.model"]);
        Assert.Equal(tokenizer.Encode("the tram"), tokenizer.Encode("  the   tram "));
        Assert.Empty(tokenizer.Encode("   "));
    }

    [Fact]
    public void Saved_as_tokenizer_json_it_gives_the_same_ids()
    {
        using var folder = new TemporaryFolder();
        var tokenizer = Load([.. Vocabulary, new("<tool>", 0, PieceKind.UserDefined)]);
        tokenizer.Save(folder["tokenizer.json"]);
        var loaded = BpeTokenizer.Load(folder["tokenizer.json"]);
        Assert.Equal(tokenizer.VocabSize, loaded.VocabSize);
        foreach (string text in Languages.Sentences.Append("a<tool>b"))
        {
            Assert.Equal(tokenizer.Encode(text), loaded.Encode(text));
            Assert.Equal(text, loaded.Decode(loaded.Encode(text)));
        }
        Assert.Equal(tokenizer.TokenId("<s>"), loaded.TokenId("<s>"));
        loaded.Save(folder["again.json"]);
        Assert.Equal(File.ReadAllText(folder["again.json"]).Replace("\"unk_token\": null", "\"unk_token\": \"<unk>\""), File.ReadAllText(folder["tokenizer.json"]));
    }

    [Fact]
    public void Other_kinds_and_damaged_files_are_refused()
    {
        using var folder = new TemporaryFolder();
        string Error(byte[] bytes)
        {
            File.WriteAllBytes(folder["tokenizer.model"], bytes);
            return Assert.Throws<InputException>(() => BpeTokenizer.Load(folder["tokenizer.model"])).Message;
        }
        Assert.Contains("model_type is 1", Error(SentencePieceFile.Write(Vocabulary, kind: 1)));
        Assert.Contains("precompiled_charsmap", Error(SentencePieceFile.Write(Vocabulary, table: [1])));
        Assert.Contains("<0x00>", Error(SentencePieceFile.Write([.. Vocabulary, new("x", 0, PieceKind.Byte)])));
        Assert.Contains("no pieces", Error([]));
        byte[] file = SentencePieceFile.Write(Vocabulary);
        for (int length = 1; length < file.Length - 1; length = length * 5 / 4 + 1)
            Error(file[..length]);
        Assert.Throws<InputException>(() => BpeTokenizer.Load(folder["absent.model"]));
    }

    private static BpeTokenizer Load(List<ScoredPiece> pieces, bool spaceBefore = true)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder["tokenizer.model"], SentencePieceFile.Write(pieces, spaceBefore: spaceBefore));
        return BpeTokenizer.Load(folder["tokenizer.model"]);
    }
}
