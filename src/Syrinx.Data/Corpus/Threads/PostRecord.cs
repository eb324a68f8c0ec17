using System.Buffers;
using System.Text;

namespace Syrinx.Data.Corpus.Threads;

/// <summary>A post's id and words, cleaned and masked, as they are set aside on disk.</summary>
internal readonly record struct PostRecord(string Id, string? Title, string Text)
{
    // The cleaner leaves no such character in titles and texts; ids have none.
    private const byte Separator = 0x1F;

    /// <summary>Title and text on lines of their own.</summary>
    public string Whole => Title is null ? Text : Text.Length == 0 ? Title : Title + "\n" + Text;

    /// <summary>Appends the record's bytes; returns how many.</summary>
    public int Encode(ArrayBufferWriter<byte> output)
    {
        int before = output.WrittenCount;
        Encoding.UTF8.GetBytes(Id, output);
        output.Write([Separator]);
        if (Title is not null)
            Encoding.UTF8.GetBytes(Title, output);
        output.Write([Separator]);
        Encoding.UTF8.GetBytes(Text, output);
        return output.WrittenCount - before;
    }

    /// <summary>The record of such bytes.</summary>
    public static PostRecord Decode(ReadOnlySpan<byte> bytes)
    {
        int id = bytes.IndexOf(Separator), title = id + 1 + bytes[(id + 1)..].IndexOf(Separator);
        return new(Encoding.UTF8.GetString(bytes[..id]),
            title == id + 1 ? null : Encoding.UTF8.GetString(bytes[(id + 1)..title]), Encoding.UTF8.GetString(bytes[(title + 1)..]));
    }

    /// <summary>The id alone, of a record's first bytes; null where it goes on beyond them.</summary>
    public static string? DecodeId(ReadOnlySpan<byte> bytes) =>
        bytes.IndexOf(Separator) is >= 0 and var end ? Encoding.UTF8.GetString(bytes[..end]) : null;
}
