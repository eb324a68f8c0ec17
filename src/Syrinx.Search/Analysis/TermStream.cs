using Lucene.Net.Analysis;
using Lucene.Net.Analysis.TokenAttributes;

namespace Syrinx.Search.Analysis;

/// <summary>Hands terms to Lucene, one position each. Reused from document to document; not thread-safe.</summary>
internal sealed class TermStream : TokenStream
{
    private readonly ICharTermAttribute _term;
    private readonly List<Token> _tokens = [];
    private int _next;

    public TermStream() => _term = AddAttribute<ICharTermAttribute>();

    /// <summary>Terms in the text set last.</summary>
    public int Count => _tokens.Count;

    /// <summary>What the stream gives next: the text cut by <see cref="TextTokenizer"/>.</summary>
    public void SetText(string text)
    {
        _tokens.Clear();
        TextTokenizer.Tokenize(text, _tokens);
    }

    /// <summary>What the stream gives next: each character of a script without spaces, once.</summary>
    public void SetCharacters(string text, string? more)
    {
        _tokens.Clear();
        var seen = new HashSet<string>();
        foreach (string part in (ReadOnlySpan<string>)[text, more ?? ""])
        {
            for (int i = 0; i < part.Length; i++)
            {
                int length = TextTokenizer.UnspacedLength(part, i);
                if (length == 0)
                    continue;
                string character = SingleCharacter(part.AsSpan(i, length));
                if (seen.Add(character))
                    _tokens.Add(new(character, i, i + length, TokenKind.Bigram));
                i += length - 1;
            }
        }
    }

    /// <summary>The index term of one character.</summary>
    public static string SingleCharacter(ReadOnlySpan<char> character) =>
        character.Length == 1 ? CharacterFolding.Fold(character[0]).ToString() : character.ToString();

    public override void Reset()
    {
        base.Reset();
        _next = 0;
    }

    public override bool IncrementToken()
    {
        if (_next == _tokens.Count)
            return false;
        ClearAttributes();
        _term.SetEmpty().Append(_tokens[_next++].Term);
        return true;
    }
}
