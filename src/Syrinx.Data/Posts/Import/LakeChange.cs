using ParquetSharp;

namespace Syrinx.Data.Posts.Import;

/// <summary>
/// A change of the lake that may fail on the way: then nothing that was staged for it stays, because that may be what fills the disk,
/// and the system's refusal to write is told as such. Under the lake's lock, which the caller holds.
/// </summary>
internal static class LakeChange
{
    /// <summary>Runs <paramref name="change"/>, which stages files and commits a manifest.</summary>
    /// <exception cref="InputException">The folder cannot be written to, or the disk is full; the lake is as it was.</exception>
    public static T Run<T>(string postsDir, Func<T> change)
    {
        try
        {
            return change();
        }
        catch (Exception e)
        {
            Discard(postsDir);
            if ((e is ParquetException native ? ParquetError.Reason(native) : WriteError.Reason(e)) is not { } reason)
                throw;
            throw new InputException($"Cannot write {postsDir}: {reason} The posts that were there are untouched; make room, or choose another --home.", e);
        }
    }

    private static void Discard(string postsDir)
    {
        try
        {
            LakeManifest.Load(postsDir).Sweep(postsDir); // as it is now: the failure may have come after the switch
        }
        catch (Exception e) when (e is InputException or IOException or UnauthorizedAccessException)
        {
        }
    }
}
