namespace Syrinx.Data.Posts;

/// <summary>What Parquet's native code says, as a sentence for a person.</summary>
internal static class ParquetError
{
    /// <summary>
    /// The message without its frame, <c>N7parquet…E (message: 'IOError: … Detail: [errno 28] No space left on device')</c>; of the system's
    /// errors their words alone (Arrow's <c>io_util.cc</c>).
    /// </summary>
    public static string Reason(Exception e)
    {
        string message = e.Message;
        int frame = message.IndexOf("(message: '", StringComparison.Ordinal);
        if (frame >= 0)
            message = message[(frame + 11)..].TrimEnd(')', '\'');
        int number = message.LastIndexOf("[errno ", StringComparison.Ordinal);
        if (number >= 0)
            message = message[(message.IndexOf(']', number) + 1)..];
        return message.Trim().TrimEnd('.') + ".";
    }
}
