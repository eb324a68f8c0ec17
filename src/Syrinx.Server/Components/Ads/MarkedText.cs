using System.Text.RegularExpressions;
using Syrinx.Ads;

namespace Syrinx.Server.Components.Ads;

/// <summary>A piece of an ad's text and what it is: plain, a claim with its fact, words that a rule refuses, or a link.</summary>
/// <param name="Text">As it stands.</param>
/// <param name="Claim">The claim that it is.</param>
/// <param name="Problem">What is wrong with it.</param>
/// <param name="IsLink">Whether it is a web address.</param>
internal readonly record struct TextPiece(string Text, AdClaim? Claim = null, AdProblem? Problem = null, bool IsLink = false);

/// <summary>Cuts a text where its claims and problems begin and end. The checker names words, not places: each takes the first
/// place that is still free.</summary>
internal static partial class MarkedText
{
    internal static List<TextPiece> Of(string text, IEnumerable<AdClaim> claims, IEnumerable<AdProblem> problems)
    {
        List<(int Start, TextPiece Piece)> marks = [];
        foreach (var problem in problems.Where(p => p.Rule != AdRules.TooLong))
            Place(problem.Found, new(problem.Found, Problem: problem));
        // the longest first: of claims within each other the outer one is marked
        foreach (var claim in claims.OrderByDescending(c => c.Text.Length))
            Place(claim.Text, new(claim.Text, claim));
        foreach (Match link in Link().Matches(text))
            Place(link.Value, new(link.Value, IsLink: true));
        marks.Sort((a, b) => a.Start.CompareTo(b.Start));

        List<TextPiece> pieces = [];
        int at = 0;
        foreach (var (start, piece) in marks)
        {
            if (start > at)
                pieces.Add(new(text[at..start]));
            pieces.Add(piece);
            at = start + piece.Text.Length;
        }
        if (at < text.Length)
            pieces.Add(new(text[at..]));
        return pieces;

        void Place(string words, TextPiece piece)
        {
            if (words.Length == 0)
                return;
            for (int i = text.IndexOf(words, StringComparison.OrdinalIgnoreCase); i >= 0; i = text.IndexOf(words, i + 1, StringComparison.OrdinalIgnoreCase))
            {
                int end = i + words.Length;
                if (marks.Any(m => m.Start < end && i < m.Start + m.Piece.Text.Length))
                    continue;
                marks.Add((i, piece with { Text = text.Substring(i, words.Length) }));
                return;
            }
        }
    }

    [GeneratedRegex(@"https?://[^\s<>""]+", RegexOptions.IgnoreCase)]
    private static partial Regex Link();
}
