namespace Syrinx.Data.Posts.Readers;

/// <summary>How a link is written in plain text.</summary>
internal static class LinkText
{
    /// <summary>Its address where its text shows that, perhaps cut or without the scheme; else <c>text (address)</c>.</summary>
    public static string Of(string label, string address) => Shows(label, address) ? address : $"{label} ({address})";

    /// <summary>Whether a link's text is its address.</summary>
    public static bool Shows(string label, string address)
    {
        var shown = WithoutScheme(label);
        bool cut = shown.EndsWith("…") || shown.EndsWith("...");
        shown = shown.TrimEnd("….").TrimEnd('/');
        return shown.Length >= 4 && !shown.Contains(' ') && (Begins(address, shown, cut)
            || address.Contains('%', StringComparison.Ordinal) && Begins(Uri.UnescapeDataString(address), shown, cut));
    }

    private static bool Begins(string address, ReadOnlySpan<char> shown, bool cut)
    {
        var full = WithoutScheme(address);
        return full.StartsWith(shown, StringComparison.OrdinalIgnoreCase) && (cut || full.TrimEnd("/.").Length == shown.Length);
    }

    private static ReadOnlySpan<char> WithoutScheme(string address)
    {
        int scheme = address.IndexOf("://", StringComparison.Ordinal);
        var rest = address.AsSpan(scheme is >= 0 and < 6 ? scheme + 3 : 0);
        return rest.StartsWith("www.", StringComparison.OrdinalIgnoreCase) ? rest[4..] : rest;
    }
}
