namespace Syrinx.Search.Analysis;

/// <summary>What a token was cut from.</summary>
internal enum TokenKind
{
    /// <summary>Letters and digits between spaces or signs, folded and stemmed.</summary>
    Word,

    /// <summary>Two neighbouring characters of a script that is written without spaces, or a lone one.</summary>
    Bigram,

    /// <summary>An emoji or another pictorial sign.</summary>
    Symbol,
}

/// <summary>One indexed unit of a text.</summary>
/// <param name="Term">As it stands in the index.</param>
/// <param name="Start">First UTF-16 unit of the text that it covers.</param>
/// <param name="End">One past the last.</param>
/// <param name="Kind">What it was cut from.</param>
internal readonly record struct Token(string Term, int Start, int End, TokenKind Kind);
