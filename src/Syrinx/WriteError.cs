namespace Syrinx;

/// <summary>
/// Tells errors of the system when it is asked to write, of which a person can be told, from our own. A full disk is an <see cref="IOException"/>; a file
/// that becomes too large for its file system (4 GB on FAT) or for <c>ulimit -f</c> is what .NET takes for a wrong argument.
/// </summary>
public static class WriteError
{
    /// <summary>Why the system refused to write, as the end of a sentence, with its full stop.</summary>
    /// <returns>Null where the exception is none of the system's.</returns>
    public static string? Reason(Exception exception) => exception switch
    {
        IOException e when IsInUse(e) => "another process is writing it. Wait until it has ended, then run this again.",
        UnauthorizedAccessException => "permission denied. Choose a folder that you can write to.",
        IOException e => Sentence(e.Message),
        // by its words (.NET has them in English only): where the exception passes a loop that was compiled anew while it ran, Source names that assembly
        ArgumentOutOfRangeException { ParamName: "value" } e when e.Message.StartsWith("Specified file length was too large", StringComparison.Ordinal) =>
            "the file becomes larger than the file system or the limit on files (ulimit -f) allows.",
        _ => null,
    };

    /// <summary>Whether another has the file open and shares it with nobody: .NET locks it with flock, which says EWOULDBLOCK (11 on Linux, 35 on
    /// macOS); on Windows that is ERROR_SHARING_VIOLATION.</summary>
    internal static bool IsInUse(IOException exception) => exception.HResult is 11 or 35 or unchecked((int)0x80070020);

    /// <summary>The system's words without the path, which whoever asks tells.</summary>
    private static string Sentence(string message)
    {
        int path = message.LastIndexOf(" : '", StringComparison.Ordinal);
        message = path > 0 ? message[..path] : message;
        return message.EndsWith('.') ? message : message + ".";
    }
}
