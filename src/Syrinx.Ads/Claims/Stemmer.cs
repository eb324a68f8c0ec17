namespace Syrinx.Ads;

/// <summary>
/// English word forms folded together, just far enough to see that roasted and roasting, colour and colors are the same. Not a
/// dictionary: two forms of one word may stay apart, which refuses a paraphrase but never lets a claim pass.
/// </summary>
internal static class Stemmer
{
    public static string Stem(string word)
    {
        string w = word.EndsWith("'s", StringComparison.Ordinal) ? word[..^2] : word.Replace("'", "", StringComparison.Ordinal);
        if (w.Length > 4 && w.EndsWith("ves", StringComparison.Ordinal) && w is "loaves" or "knives" or "shelves" or "halves" or "wolves" or "leaves" or "scarves" or "wives" or "lives" or "themselves")
            w = w[..^3] + "f";
        else if (w.Length > 4 && w.EndsWith("ies", StringComparison.Ordinal))
            w = w[..^3] + "y";
        else if (w.Length > 4 && w.EndsWith("es", StringComparison.Ordinal) && (w[^3] is 's' or 'x' or 'z' || w[^3] == 'h' && w[^4] is 'c' or 's'))
            w = w[..^2];
        else if (w.Length > 3 && w[^1] == 's' && w[^2] is not ('s' or 'u' or 'i'))
            w = w[..^1];
        if (w.Length > 5 && w.EndsWith("ing", StringComparison.Ordinal) && HasVowel(w[..^3]))
            w = Single(w[..^3]);
        else if (w.Length > 4 && w.EndsWith("ed", StringComparison.Ordinal) && HasVowel(w[..^2]))
            w = Single(w[..^2]);
        else if (w.Length > 5 && w.EndsWith("ly", StringComparison.Ordinal))
            w = w[..^2];
        if (w.Length > 7 && w.EndsWith("ation", StringComparison.Ordinal))
            w = w[..^5] is var root && root[^1] == root[^2] ? root[..^1] : root;
        if (w.Length > 8 && w.EndsWith("ment", StringComparison.Ordinal))
            w = w[..^4]; // adjustment, treatment
        if (w.Length > 8 && w.EndsWith("ction", StringComparison.Ordinal))
            w = w[..^3]; // inspection, collection
        if (w.Length > 6 && w.EndsWith("ll", StringComparison.Ordinal))
            w = w[..^1]; // cancelling
        if (w.Length > 5 && w.EndsWith("our", StringComparison.Ordinal))
            w = w[..^3] + "or";
        if (w.Length > 3 && w[^1] == 'e')
            w = w[..^1];
        if (w.Length > 3 && w[^1] == 'y')
            w = w[..^1] + "i";
        return w;
    }

    private static bool HasVowel(string stem) => stem.AsSpan().ContainsAny("aeiouy");

    private static string Single(string stem) =>
        stem.Length > 3 && stem[^1] == stem[^2] && stem[^1] is not ('l' or 's' or 'z') ? stem[..^1] : stem;
}
