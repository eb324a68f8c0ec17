using System.Text.RegularExpressions;
using CsCheck;
using Microsoft.ML.Tokenizers;
using Syrinx.Tokens;
using BpeTokenizer = Syrinx.Tokens.BpeTokenizer;
using PreTokenizer = Syrinx.Tokens.PreTokenizer;

namespace Syrinx.Tests.Tokens;

/// <summary>The slow twin: Microsoft.ML.Tokenizers with the same vocabulary, merges and pattern gives the same ids.</summary>
public class OtherTokenizerTests
{
    private static readonly BpeTokenizer Ours = BpeTrainer.Train(Enumerable.Range(0, 300).Select(TestText.Paragraph), 800, threads: 2);
    private static readonly Microsoft.ML.Tokenizers.BpeTokenizer Theirs = Twin();

    // Its regex sees a character beyond U+FFFF as two surrogates, which are signs; so are emoji, but not rare Han.
    private static string Plain(string text) => Ours.Normalize(text).Replace("𠮷", "").Replace("𝟙", "").Replace("\u0000", "");

    [Fact]
    public void Paragraphs_have_the_same_ids()
    {
        for (int i = 0; i < 300; i++)
            AssertSame(Plain(TestText.Paragraph(1000 + i)));
    }

    [Fact]
    public void Adversarial_texts_have_the_same_ids()
    {
        string[] texts =
        [
            "", " ", "\n", "\r\n \r\n", "   x", "x   ", "'", "''s", "'S'LL'Re", new string('a', 500), new string(' ', 300), new string('的', 200), "\u00A0\u3000",
            "a\u0301\u0301\u0301", "\u0301", "🏳️‍🌈👩‍👩‍👧‍👦", "<|im_start|>user<|im_end|>", "Ġ Ċ â", "\u0085\u2028", "0123456789٣Ⅻ½", "ＡＢＣ　１２３", "\u200B\u200D\uFEFF",
        ];
        Assert.All(texts, text => AssertSame(Plain(text)));
        BpeTokenizerTests.Texts.Select(Plain).Where(t => !BeyondWords(t)).Sample(AssertSame, iter: 1000);
    }

    // letters, digits and unassigned characters beyond U+FFFF, where the twin's regex is the one that errs
    private static bool BeyondWords(string text) => text.EnumerateRunes().Any(r => r.Value > 0xFFFF && (System.Text.Rune.IsLetterOrDigit(r) || System.Text.Rune.IsNumber(r)));

    private static void AssertSame(string text) => Assert.Equal(Theirs.EncodeToIds(text), Ours.Encode(text));

    private static Microsoft.ML.Tokenizers.BpeTokenizer Twin()
    {
        var vocabulary = Ours.Vocabulary;
        var tokens = vocabulary.Tokens.Take(vocabulary.Tokens.Count - BpeTrainer.SpecialTokens.Count).Select((bytes, id) => KeyValuePair.Create(ByteLevel.ToText(bytes), id));
        return Microsoft.ML.Tokenizers.BpeTokenizer.Create(new BpeOptions(tokens)
        {
            Merges = [.. vocabulary.Merges.Select(m => $"{ByteLevel.ToText(vocabulary.Tokens[m.Left])} {ByteLevel.ToText(vocabulary.Tokens[m.Right])}")],
            ByteLevel = true,
            PreTokenizer = new RegexPreTokenizer(new Regex(PreTokenizer.Qwen2Pattern, RegexOptions.CultureInvariant), null),
        });
    }
}
