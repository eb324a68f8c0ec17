using Syrinx.Inference.Structured;
using Syrinx.Tests.Tokens;
using Syrinx.Tokens;

namespace Syrinx.Tests.Inference.Structured;

public class GrammarTests
{
    private static readonly BpeTokenizer Tokenizer = TestTokenizer.Create("h+e", "l+l", "he+ll");
    private static readonly StructuredRun Run = new(Tokenizer);

    [Theory]
    [InlineData("root ::= \"yes\" | \"no\"", "yes no", "y yesno maybe")]
    [InlineData("root ::= [a-cX]+ # letters\n", "a abcX", "d abcd")]
    [InlineData("root ::= [^0-9] .", "ab 台b é😀", "1b a abc")]
    [InlineData("root ::= item (\",\" item)*\nitem ::= [0-9]{2,3}", "12 12,345", "1 12, 1234")]
    [InlineData("root ::= \"a\"{2} \"b\"{,2} \"c\"{1,}", "aac aabbccc", "ac aabbbc aab")]
    [InlineData("root ::= ( \"x\"\n  | \"\\x41\\u53f0\\n\" )?\n  | \"z\"", "x A台\n z", "xz")]
    [InlineData("root ::= expr\nexpr ::= term ([-+*] term)*\nterm ::= [0-9]+ | \"(\" expr \")\"", "1 1+2*(3-(4)) ((((1))))", "1+ (1 )1(")]
    [InlineData("root ::= list\nlist ::= \"a\" list | \"\"", "a aaaaaaaaaaaaaaaa", "b ab")]
    [InlineData("root ::= a a \"!\"\na ::= \"x\"? b\nb ::= \"y\"*", "! xyxyy! x!", "xxx! xy")]
    public void Grammars_say_what_fits(string grammar, string fits, string doesNot)
    {
        var constraint = Run.Factory.Grammar(grammar);
        Assert.All(fits.Split(' '), text => Assert.True(Fits(constraint, text), text));
        Assert.All(doesNot.Split(' '), text => Assert.False(Fits(constraint, text), text));
    }

    [Theory]
    [InlineData("root = \"a\"", "expected '::=' in line 1, column 6")]
    [InlineData("start ::= \"a\"", "no rule 'root'")]
    [InlineData("root ::= other", "no rule 'other'")]
    [InlineData("root ::= \"a\nb\"", "line 1")]
    [InlineData("root ::= \"a\"\nroot ::= \"b\"", "written twice; the second time in line 2")]
    [InlineData("root ::= root \"a\" | \"b\"", "left-recursive")]
    [InlineData("root ::= x root | \"b\"\nx ::= \"a\"?", "left-recursive")]
    [InlineData("root ::= \"a\" root", "needs itself within itself")]
    [InlineData("root ::= \"\"", "only the empty text")]
    [InlineData("root ::= (\"a\"", "expected ')'")]
    [InlineData("root ::= [z-a]", "from lower to higher")]
    [InlineData("root ::= \"a\"{3,2}", "a repetition")]
    [InlineData("root ::= \"\\q\"", "escapes")]
    public void What_is_no_grammar_is_refused_with_its_place(string grammar, string told) =>
        Assert.Contains(told, Assert.Throws<InputException>(() => Run.Factory.Grammar(grammar)).Message);

    [Fact]
    public void A_text_ends_with_its_grammar_and_with_its_tokens()
    {
        var number = Run.Factory.Grammar("root ::= [0-9]+");
        for (int seed = 0; seed < 20; seed++)
        {
            Assert.Equal((true, true), (Run.Generate(number, 5, seed) is var r && r.Text.All(char.IsAsciiDigit), r.Complete));
            var (text, complete, tokens) = Run.Generate(Run.Factory.Grammar("root ::= \"hello\""), 9, seed);
            Assert.Equal(("hello", true), (text, complete));
            Assert.InRange(tokens, 2, 5); // hell + o, and no token for the end
        }
    }

    [Fact]
    public void A_vocabulary_that_cannot_spell_it_is_said()
    {
        var some = Tokenizer.Vocabulary;
        var tokens = some.Tokens.Select(t => t.Length == 1 && t[0] == 'q' ? [(byte)'Q'] : t).ToList();
        var run = new StructuredRun(new(some with { Tokens = tokens }));
        Assert.Contains("cannot spell", Assert.Throws<InputException>(() => run.Factory.Grammar("root ::= \"quiz\"")).Message);
        // where something else fits, the model is led around what it cannot spell
        Assert.Equal("hell", run.Generate(run.Factory.Grammar("root ::= \"hell\" | \"he\" \"quiz\""), 4, 1).Text);
    }

    private static bool Fits(TokenConstraint constraint, string text)
    {
        var at = constraint.Start;
        foreach (int token in Tokenizer.Encode(text))
        {
            if (constraint.After(at, token) is not { } next)
                return false;
            at = next;
        }
        return at.Accepts;
    }
}
