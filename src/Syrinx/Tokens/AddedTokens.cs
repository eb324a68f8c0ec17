using System.Buffers;

namespace Syrinx.Tokens;

/// <summary>
/// Finds the tokens in a text that were added to a vocabulary as ordinary text, such as <c>&lt;think&gt;</c>: they are taken
/// whole before anything is merged, the leftmost first, of those that begin at one place the longest. Immutable.
/// </summary>
internal sealed class AddedTokens(IReadOnlyList<SpecialToken> tokens)
{
    private readonly SpecialToken[] _longestFirst = [.. tokens.OrderByDescending(t => t.Text.Length)];
    private readonly SearchValues<string> _any = SearchValues.Create([.. tokens.Select(t => t.Text)], StringComparison.Ordinal);

    /// <summary>The first token in a text, or null.</summary>
    /// <param name="text">The text.</param>
    /// <param name="start">Where the token begins.</param>
    public SpecialToken? Find(ReadOnlySpan<char> text, out int start)
    {
        start = text.IndexOfAny(_any);
        if (start < 0)
            return null;
        foreach (var token in _longestFirst)
        {
            if (text[start..].StartsWith(token.Text, StringComparison.Ordinal))
                return token;
        }
        return null;
    }
}
