using System.Text;
using Syrinx.Data.Posts.Import;
using Syrinx.Data.Posts.Sources;

namespace Syrinx.Data.Posts.Readers;

/// <summary>Reads articles saved from PTT's website, one a file.</summary>
internal static class PttHtmlReader
{
    private const int MaxPageBytes = 1 << 24;
    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);

    public static IEnumerable<Func<ReadBatch>> Plan(ImportScope scope, SourceFile file)
    {
        var stream = scope.Open(file);
        var page = new MemoryStream();
        var buffer = new byte[1 << 16];
        int n;
        while (page.Length <= MaxPageBytes && (n = stream.Read(buffer)) > 0)
            page.Write(buffer, 0, n);
        yield return () => Parse(page, file);
        scope.Close();
    }

    /// <summary>Whether a file's start is that of an article of the website, or of the question whether one is of age.</summary>
    public static bool Recognises(ReadOnlySpan<byte> start) => start.IndexOf("id=\"main-content\""u8) >= 0 && start.IndexOf("article-meta"u8) >= 0;

    private static ReadBatch Parse(MemoryStream page, SourceFile file)
    {
        var batch = new ReadBatch();
        string? problem = page.Length > MaxPageBytes ? "too_long" : null;
        try
        {
            if (problem is null)
                PttPage.Read(StrictUtf8.GetString(page.GetBuffer(), 0, (int)page.Length), file, batch);
        }
        catch (Exception e) when (e is DecoderFallbackException or BadUnicodeException)
        {
            problem = "bad_unicode";
        }
        if (problem is not null)
            batch.Quarantine(file.Name, 0, page.Length, problem);
        return batch;
    }
}
