using Syrinx.Tokens;

namespace Syrinx.Tests.Tokens;

public class TextFileTests
{
    [Fact]
    public void A_large_plain_file_comes_in_parts_that_are_the_file_and_are_cut_where_words_are()
    {
        using var folder = new TemporaryFolder();
        string text = string.Concat(Enumerable.Range(0, 9_000).Select(i => TestText.Paragraph(i) + "\n\n"));
        var parts = TextFile.ReadDocuments(folder.Write("a.txt", text)).ToList();
        Assert.True(parts.Count > 1);
        Assert.Equal(text, string.Concat(parts));
        Assert.All(parts[..^1], part => Assert.Equal('\n', part[^1]));
        Assert.All(parts[1..], part => Assert.False(char.IsWhiteSpace(part[0])));
    }

    [Fact]
    public void A_plain_file_without_line_ends_is_cut_all_the_same()
    {
        using var folder = new TemporaryFolder();
        string text = string.Concat(Enumerable.Repeat("😀", 4_300_000));
        var parts = TextFile.ReadDocuments(folder.Write("a.txt", text)).ToList();
        Assert.True(parts.Count > 1);
        Assert.All(parts, part => Assert.True(char.IsHighSurrogate(part[0]) && char.IsLowSurrogate(part[^1])));
        Assert.Equal(text.Length, parts.Sum(p => p.Length));
    }

    [Fact]
    public void Rows_are_lines_or_the_texts_of_JSON_lines()
    {
        using var folder = new TemporaryFolder();
        Assert.Equal(["a", "", " b"], TextFile.ReadRows(folder.Write("a.txt", "a\r\n\n b")));
        Assert.Equal(["a", "b\nc"], TextFile.ReadRows(folder.Write("a.jsonl", "{\"text\":\"a\"}\n\n{\"x\":1,\"text\":\"b\\nc\"}\n")));
    }

    [Fact]
    public void What_is_not_UTF8_is_refused_with_the_place()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder["a.txt"], [.. "ok\n"u8, 0xFF, 0xFE, 0x80]);
        Assert.Contains("a.txt", Assert.Throws<InputException>(() => TextFile.ReadDocuments(folder["a.txt"]).ToList()).Message);
        Assert.Contains("not UTF-8", Assert.Throws<InputException>(() => TextFile.ReadRows(folder["a.txt"]).ToList()).Message);
        Assert.Contains("a.jsonl:2", Assert.Throws<InputException>(
            () => TextFile.ReadRows(folder.Write("a.jsonl", "{\"text\":\"a\"}\n{\"body\":1}")).ToList()).Message);
        Assert.Throws<InputException>(() => TextFile.ReadRows(folder["absent.txt"]).ToList());
    }
}
